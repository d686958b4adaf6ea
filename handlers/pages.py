"""What can be read beside the questions: about, help, the whole notice, the languages, a last word."""

from handlers import rules
from handlers.languages import LANGUAGES
from handlers.messages import Option, Say, Term
from handlers.scene import Fresh


def page(word: str, fresh: Fresh, onward: Option) -> Say:
    """Say something to read, with the way on below it."""
    match word:
        case "rules":
            return rules.read(rules.ALL, onward)
        case "about":
            return Say("about", {"channel": fresh.scene.channel, "office": fresh.scene.office}, (onward,))
        case _:
            return Say("help", options=(onward,))


def languages() -> tuple[Option, ...]:
    """Offer every language."""
    return tuple(Option("lobby", name, f"language-{one.code}") for name, one in LANGUAGES.items())


def bye(fresh: Fresh, wipe: Option) -> Say:
    """Say the last word after the code was written down."""
    return Say("bye" if fresh.scene.erasable else "bye-by-hand", options=(wipe,))


def promises(fresh: Fresh) -> dict[str, str | int | Term]:
    """Fill the whole notice with what this deployment does."""
    scene = fresh.scene
    return {
        "channel": scene.channel,
        "office": scene.office,
        "push": scene.promises.push,
        "keep": scene.promises.keep,
        "unsent": scene.promises.unsent,
        "platform": Term(f"platform-{scene.channel.lower()}"),
    }
