"""The last look before sending: everything as officers will see it, each answer one press from change."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.answers import Answer, Changing, Dated, Draft, Gathered, Located, Picked, Skipped, Words
from handlers.messages import Chose, Incoming, Option, Said, Say, Term, Word
from handlers.scene import Fresh
from handlers.steps import Reading, Redo, Refused, Step, Told

SEND = ("send", "push")
CHANGE = "change"
WHOLE = "whole"
# A longer story is shown on its own, so that the summary fits beside buttons on every channel.
SUMMED_UP = 240
NOTHING = Term("nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Step):
    """Shows what will be sent; sends it, or opens a question again."""

    shows_files = True
    sums_up = True

    steps: tuple[Step, ...]
    more: tuple[str, ...] = ()

    def ask(self, draft: Draft, fresh: Fresh) -> Say:
        match draft[self.name]:
            case Changing():
                asked = [step for step in self._whole if step.asked_if(draft, fresh)]
                options = (Option(self.name, step.name, f"field-{step.name}") for step in asked)
                return Say("ask-change", options=(*options, self.option("keep")))
            case _:
                return Say("ask-send", self._words(draft, fresh), self._options(draft))

    @property
    def _whole(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.part_of)

    def _options(self, draft: Draft) -> tuple[Option, ...]:
        whole = (self.option(WHOLE),) if is_long(draft) else ()
        return (*(self.option(value) for value in SEND), self.option(CHANGE), *whole)

    def _words(self, draft: Draft, fresh: Fresh) -> dict[str, Word]:
        fields: dict[str, Word] = {step.name: summed_up(step.name, draft, fresh) for step in self._whole}
        more = (Term("heard-line", {"field": Term(f"field-{name}"), "value": fields[name]}) for name in self.more)
        below = (fields["evidence"], *more)
        return {"office": fresh.scene.office, **fields, "evidence": below if self.more else fields["evidence"]}

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # asked alike
        match incoming, draft[self.name]:
            case Chose(value="keep"), Changing():
                return Redo((self.name,))
            case Chose(value=name), Changing() if name in {step.name for step in self._whole}:
                parts = (step.name for step in self.steps if step.part_of == name)
                return Redo((name, *parts, self.name))
            case Chose(value=value), _ if value in SEND and says_nothing(draft):
                return Refused("too-little")
            case Chose(value=value), _ if value in SEND:
                return self.told(Picked(value))
            case Chose(value=value), _ if value == CHANGE:
                return self.told(Changing())
            case Chose(value=value), _ if value == WHOLE:
                return Refused("whole-story", {"story": _text(draft["story"])})
            case Said(text), None:
                # More words at the end are more of the story, not a mistake.
                return Told((draft.told_more(text),))
            case _:
                return Refused("not-a-choice")

    def keys(self) -> Iterator[str]:
        yield from (
            "ask-send",
            "ask-change",
            "whole-story",
            "nothing",
            f"{self.name}-keep",
            f"{self.name}-{WHOLE}",
        )
        yield from (f"{self.name}-{value}" for value in (*SEND, CHANGE))
        yield from (f"field-{step.name}" for step in self._whole)
        yield from ("sum-files", "sum-long", "sum-live", "sum-place")


def says_nothing(draft: Draft) -> bool:
    """Whether there is not a word, nor a file, nor even a kind of event: nobody could do anything with that."""
    told = any(isinstance(answer, Words) and answer.text.strip() for _, answer in draft.answers)
    return not told and not draft.files.held and draft["what"] == Picked("lain")


def is_long(draft: Draft) -> bool:
    return len(_text(draft["story"])) > SUMMED_UP


def _text(answer: Answer | None) -> str:
    return answer.text if isinstance(answer, Words) else ""


def summed_up(name: str, draft: Draft, fresh: Fresh) -> Word:
    """One line of the summary."""
    match draft[name]:
        case Words(text):
            return _short(text)
        case Picked(value):
            return Term(f"{name}-{value}")
        case Located(code, words):
            return _place(code, words, fresh)
        case Dated(moment, words, live):
            return _moment(moment or _short(words), live=live)
        case Gathered() as files if files.held:
            return Term("sum-files", {"count": len(files.held)})
        case Skipped() | None | _:
            return NOTHING


def _short(text: str) -> Word:
    return Term("sum-long", {"length": len(text)}) if len(text) > SUMMED_UP else text


def _place(code: str, words: str, fresh: Fresh) -> Word:
    name = fresh.scene.places.named(code) if code else ""
    return Term("sum-place", {"name": name, "words": _short(words)}) if name and words else name or _short(words)


def _moment(when: Word, *, live: bool) -> Word:
    return Term("sum-live", {"when": when}) if live else when
