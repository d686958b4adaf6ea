"""The questions about files: which there are, whether a voice may go, whether a time may stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.answers import Answer, Draft, Fate, Gathered, Item, Picked, Skipped
from handlers.messages import Chose, Incoming, Kind, Said, Say
from handlers.moments import Moment
from handlers.scene import Fresh
from handlers.steps import Reading, Refused, Step, Told

FILES = "evidence"
TAKEN = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.VOICE, Kind.AUDIO, Kind.PDF})
SOUNDS = frozenset({Kind.VOICE, Kind.AUDIO})
DONE, YES, NO = "done", "yes", "no"
# A voice tells everything at once: what it does not say, an officer cannot ask of a form either. The place is asked.
TOLD_BY_VOICE: tuple[tuple[str, Answer], ...] = (
    ("story", Skipped()),
    ("what", Picked("lain")),
    ("post", Picked("unknown")),
    ("who", Skipped()),
    ("when", Skipped()),
)


def has_sound(draft: Draft, _fresh: Fresh) -> bool:
    """Whether somebody could be known by their voice; that of a video belongs to the event."""
    return any(item.kind in SOUNDS for item in draft.files.held)


def has_time(draft: Draft, _fresh: Fresh) -> bool:
    """Whether a file says when it was made."""
    return any(_moment(item) for item in draft.files.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Step):
    """Files, as many as the deployment takes, until the person says that these are all."""

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # every kind of question is asked alike
        files = draft.files
        if not files.held:
            return Say(f"ask-{self.name}", options=(self.option(DONE, f"{self.name}-none"),))
        kept, held = files.count(Fate.KEPT), len(files.held)
        key = f"{self.name}-kept" if kept == held else f"{self.name}-coming"
        return Say(key, {"kept": kept, "all": held}, (self.option(DONE, f"{self.name}-enough"),))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value == DONE:
                return self.told(draft.files.closed())
            case Said(text):
                # A link or an explanation beside the files belongs to the story; the question stays.
                return Refused("evidence-noted", kept=(draft.told_more(text),))
            case _:
                return Refused("not-a-file")

    def keys(self) -> Iterator[str]:
        yield f"ask-{self.name}"
        yield from (f"{self.name}-{state}" for state in ("none", "kept", "coming", "enough"))


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Step):
    """A plain question about the files; words beside it are more of the story."""

    quiet = True

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # as above
        return Say(f"ask-{self.name}", options=tuple(self.option(value) for value in (YES, NO)))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value in {YES, NO}:
                return Told(self.answers(value, draft))
            case Said(text):
                return Refused("choice-noted", kept=(draft.told_more(text),))
            case _:
                return Refused("not-a-choice")

    def answers(self, value: str, draft: Draft) -> tuple[tuple[str, Answer], ...]:  # noqa: ARG002  # for those below
        """Say what the answer answers, maybe more than was asked."""
        return ((self.name, Picked(value)),)

    def keys(self) -> Iterator[str]:
        yield from (f"ask-{self.name}", f"{self.name}-{YES}", f"{self.name}-{NO}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(YesNo):
    """Warn that a voice is a fingerprint. One that may go, and came before any words, is the story itself."""

    def answers(self, value: str, draft: Draft) -> tuple[tuple[str, Answer], ...]:
        if value == NO:
            return ((FILES, draft.files.without(SOUNDS)),)
        told = TOLD_BY_VOICE if draft["story"] is None else ()
        return ((self.name, Picked(YES)), *((name, answer) for name, answer in told if draft[name] is None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(YesNo):
    """Offer to keep the hour that a file tells of, before it is thrown away with all else a file tells."""

    def ask(self, draft: Draft, fresh: Fresh) -> Say:
        moments = [moment for item in draft.files.held if (moment := _moment(item))]
        return Say(f"ask-{self.name}", {"moment": moments[0]}, YesNo.ask(self, draft, fresh).options)


def kept_time(item: Item, draft: Draft) -> str:
    """Say what of a file's time goes to officers: nothing, unless the person wanted it."""
    return item.taken if draft["taken"] == Picked(YES) else ""


def _moment(item: Item) -> Moment | None:
    return at(item.taken) if item.taken else None


def at(taken: str) -> Moment:
    """Read a file's time; its camera's clock names no zone."""
    then = datetime.fromisoformat(taken)
    return Moment("time", then.date(), then.date(), time=f"{then:%H:%M}")


def missing(before: Gathered, after: Gathered) -> tuple[str, ...]:
    """Name the files that are not wanted any more."""
    left = {item.id for item in after.items}
    return tuple(item.id for item in before.held if item.id not in left)
