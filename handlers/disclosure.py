"""Shows people the words that give them away: never blocked, never changed without them."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from handlers.answers import Answer, Draft, Located, Picked, Words
from handlers.messages import Chose, Incoming, Said, Say
from handlers.scene import Fresh
from handlers.self_disclosure import find
from handlers.steps import Reading, Redo, Refused, Step, Told

# Officers read the person's own words of every answer; these are looked at first.
FIRST = ("story", "who", "where")
CUT, LEAVE, AGAIN = "yes", "keep", "again"
CUT_OUT = "…"
MOST_SHOWN, LONGEST_SHOWN = 5, 60
BETWEEN = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Step):
    """Cut it out, leave it, or write it anew. Asked again only for what was not shown before."""

    def open(self, draft: Draft) -> bool:
        left = draft[self.name]
        known = left.value.split(BETWEEN) if isinstance(left, Picked) else ()
        return any(part not in known for part in _parts(draft))

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # every kind of question is asked alike
        parts = [f"“{_short(part)}”" for part in dict.fromkeys(_parts(draft))]
        options = tuple(self.option(value) for value in (CUT, LEAVE, AGAIN))
        return Say(f"ask-{self.name}", {"parts": ", ".join(parts[:MOST_SHOWN])}, options)

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value == CUT:
                return Told(tuple(_cut_out(draft)))
            case Chose(value=value) if value == LEAVE:
                return self.told(Picked(BETWEEN.join(_parts(draft))))
            case Chose(value=value) if value == AGAIN:
                return Redo(tuple(name for name in _names(draft) if find(_words(draft[name]))))
            case Said(text):
                return Refused("choice-noted", kept=(draft.told_more(text),))
            case _:
                return Refused("not-a-choice")

    def keys(self) -> Iterator[str]:
        yield from (f"ask-{self.name}", *(f"{self.name}-{value}" for value in (CUT, LEAVE, AGAIN)))


def _names(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*FIRST, *(name for name, _ in draft.answers))))


def _words(answer: Answer | None) -> str:
    match answer:
        case Words(text):
            return text
        case Located(words=words):
            return words
        case _:
            return ""


def _parts(draft: Draft) -> tuple[str, ...]:
    """All that gives the writer away, as it is written, each in one line."""
    texts = (_words(draft[name]) for name in _names(draft))
    return tuple(" ".join(text[span.start : span.end].split()) for text in texts for span in find(text))


def _short(part: str) -> str:
    return part if len(part) <= LONGEST_SHOWN else f"{part[:LONGEST_SHOWN]}{CUT_OUT}"


def _cut_out(draft: Draft) -> Iterator[tuple[str, Answer]]:
    for name in _names(draft):
        match draft[name]:
            case Words(text) if find(text):
                yield name, Words(without(text))
            case Located(words=words) as place if find(words):
                yield name, replace(place, words=without(words))
            case _:
                continue


def without(text: str) -> str:
    """Cut out of a text what gives its writer away, until nothing is found any more."""
    while spans := find(text):
        for span in reversed(spans):
            text = f"{text[: span.start]}{CUT_OUT}{text[span.end :]}"
    return text
