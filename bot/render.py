"""Put a `Say` into words that a given channel can show, and take typed words for the button they name."""

from collections.abc import Iterator, Sequence

from bot.channels.base import Button, Limits, Shown
from handlers.messages import Chose, Incoming, Option, Said, Say, Term, Word
from handlers.moments import Moment
from locales import Catalogue, Value

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def show(say: Say, words: Catalogue, limits: Limits) -> tuple[Shown, ...]:
    """Say it in as many bubbles as the channel needs; words are never cut, and buttons stand below the last."""
    text = words.say(say.key, resolve(say.words, words))
    options = _roomy(say.options, limits)
    buttons = tuple(_button(option, words) for option in options)
    if not buttons:
        return tuple(Shown(piece) for piece in pieces(text, limits.text))
    if len(buttons) <= limits.buttons and _fits(buttons, limits.label):
        return _below(text, limits, buttons=buttons)
    if len(buttons) <= limits.rows and _fits(buttons, limits.row_label):
        return _below(text, limits, rows=buttons, menu=words.say("choose"))
    lettered = (f"{letter}. {button.label}" for letter, button in zip(LETTERS, buttons, strict=False))
    lines = (text, "", *lettered, "", words.say("choose-letter"))
    return tuple(Shown(piece) for piece in pieces("\n".join(lines), limits.text))


def _roomy(options: Sequence[Option], limits: Limits) -> Sequence[Option]:
    """Leave minor options to typing where that saves the buttons from becoming a list."""
    main = [option for option in options if not option.minor]
    return main if len(options) > limits.buttons >= len(main) else options


def _button(option: Option, words: Catalogue) -> Button:
    about = words.say(f"{option.key}.about") if f"{option.key}.about" in words.keys else ""  # not a mapping
    return Button(f"{option.step}:{option.value}", label(option, words), about)


def label(option: Option, words: Catalogue) -> str:
    return words.say(option.key, resolve(option.words, words))


def _fits(buttons: Sequence[Button], most: int) -> bool:
    labels = [button.label for button in buttons]
    return max(map(len, labels)) <= most and len(set(labels)) == len(labels)


def _below(
    text: str,
    limits: Limits,
    *,
    buttons: tuple[Button, ...] = (),
    rows: tuple[Button, ...] = (),
    menu: str = "",
) -> tuple[Shown, ...]:
    *before, last = pieces(text, limits.text_with_buttons)
    return (*(Shown(piece) for piece in before), Shown(last, buttons, rows, menu))


def pieces(text: str, most: int) -> list[str]:
    """Cut a text between lines, or between words where a line alone is too long, into pieces of at most `most`."""
    cut: list[str] = []
    rest = text
    while len(rest) > most:
        # From the middle on, so that an early line break does not make a tiny bubble.
        ends = (rest.rfind(mark, most // 2, most + 1) for mark in ("\n", " "))
        end = next((end for end in ends if end > 0), most)
        cut.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*cut, rest]


def resolve(words: object, catalogue: Catalogue) -> dict[str, Value]:
    """Fill nested terms, moments and lists of lines in the reader's language."""
    return {name: _value(word, catalogue) for name, word in dict(words).items()}  # type: ignore[call-overload]  # a mapping of words


def _value(word: Word, catalogue: Catalogue) -> Value:
    match word:
        case Term(key, words):
            return catalogue.say(key, resolve(words, catalogue))
        case Moment():
            return moment(word, catalogue)
        case tuple():
            return "\n".join(str(_value(line, catalogue)) for line in word)
        case _:
            return word


def moment(when: Moment, catalogue: Catalogue) -> str:
    """Say a moment in words: "Jumat, 13 November 2026, sekitar pukul 09.00 WIB"."""
    if when.kind == "unknown":
        return catalogue.say("moment-unknown")
    day = catalogue.say("moment-day", {"day": when.first})
    if when.first != when.last:
        day = catalogue.say("moment-range", {"first": when.first, "last": when.last})
    return ", ".join((day, *_hour(when, catalogue)))


def _hour(when: Moment, catalogue: Catalogue) -> Iterator[str]:
    if when.time:
        key = "moment-about" if when.about else "moment-time"
        yield catalogue.say(key, {"time": when.time.replace(":", "."), "zone": when.zone or "WIB"})
    elif when.part:
        yield catalogue.say(f"part-{when.part}")


def take(incoming: Incoming, prompt: Say, catalogue: Catalogue) -> Incoming:
    """Take typed words for a press where they are the label of a button on offer, or the letter before it."""
    if not isinstance(incoming, Said):
        return incoming
    typed = incoming.text.strip().strip("[]().").casefold()
    for letter, option in zip(LETTERS, prompt.options, strict=False):
        if typed in (letter.casefold(), label(option, catalogue).casefold()):
            return Chose(option.step, option.value)
    return incoming
