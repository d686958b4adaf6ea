"""The privacy notice of a deployment, written from its own settings: in the chat, and whole for a web page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import asdict

from bot.settings import Settings
from handlers import reminder
from handlers.promises import Promises
from locales import Catalogue, catalogue
from storage.drafts import DAYS

# Pushes end so many days after the tip: an account is not kept for as long as a case may take.
PUSH_DAYS = 90

# One heading and its paragraphs a row; "platform" stands for one paragraph a channel.
SECTIONS = (
    ("offices", ("offices", "around")),
    ("kept", ("unsent", "remind", "edits", "tip", "address", "seen", "trace", "backup")),
    ("never", ("never", "logs", "files")),
    ("platforms", ("platform", "writing", "few")),
    ("rights", ("wipe", "forget", "withdraw", "law")),
)


def promises(settings: Settings) -> Promises:
    """Read the promises off what runs. A row touched on a day is swept when that many days lie between."""
    kept = {name: days + 1 for name, days in DAYS.items()}
    return Promises(
        PUSH_DAYS, settings.keep_days, unsent=kept["draft"], trace=kept["trace"], seen=kept["seen"],
        dawn=reminder.FIRST.hour, night=reminder.NIGHT.hour,
    )  # fmt: skip


def channels(settings: Settings) -> tuple[str, ...]:
    """Name the platforms that are on, as people know them."""
    return tuple(one.title for one in settings.channels)


@dataclass(frozen=True, slots=True)
class Notice:
    """All that the notice tells of."""

    promises: Promises
    offices: Sequence[str]
    channels: Sequence[str]

    def written(self, language: str) -> str:
        """Write it as Markdown."""
        return "\n\n".join(self._parts(catalogue(language))) + "\n"

    def _parts(self, words: Catalogue) -> Iterator[str]:
        yield f"# {words.say('privacy-title')}"
        for head, paragraphs in SECTIONS:
            yield f"## {words.say(f'privacy-{head}-head')}"
            lines = (line for name in paragraphs for line in self._paragraph(name, words))
            yield "\n".join(f"* {line}" for line in lines)

    def _paragraph(self, name: str, words: Catalogue) -> Iterator[str]:
        if name == "platform":
            for channel in self.channels:
                told = words.say(f"platform-{channel.lower()}")
                yield f"{words.say('privacy-platform', {'channel': channel})} {told}"
            return
        given = asdict(self.promises) | {"offices": ", ".join(self.offices)}
        # Line by line, so that the file reads well, as one paragraph, so that the page does.
        yield " ".join(words.say(f"privacy-{name}", given).split())
