"""What a person has answered so far: the draft, and the kinds of answer it holds."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from handlers.messages import Kind
from handlers.moments import Moment


class Words(Struct, frozen=True, tag=True):
    """Free words, as written."""

    text: str


class Picked(Struct, frozen=True, tag=True):
    """One of the choices offered."""

    value: str


class Skipped(Struct, frozen=True, tag=True):
    """The person would rather not say."""


class Located(Struct, frozen=True, tag=True):
    """A place: its code where we know it, and always the person's own words."""

    code: str = ""
    words: str = ""


class Dated(Struct, frozen=True, tag=True):
    """A moment: what was understood, if anything, and the person's own words."""

    moment: Moment | None = None
    words: str = ""
    live: bool = False


class WhichPlace(Struct, frozen=True, tag=True):
    """Open: the words fit several places, or one of them not exactly."""

    words: str
    codes: tuple[str, ...] = ()


class WhichMoment(Struct, frozen=True, tag=True):
    """Open: the words fit several moments."""

    words: str
    moments: tuple[Moment, ...] = ()


class Changing(Struct, frozen=True, tag=True):
    """Open: the person is choosing which answer to change."""


class Fate(StrEnum):
    """What became of a file after it was announced."""

    COMING = "coming"
    KEPT = "kept"
    LOST = "lost"


class Item(Struct, frozen=True):
    """One file. `key` opens it, and leaves the intake with the tip.

    `taken` is when it says it was made, "YYYY-MM-DDTHH:MM" on the clock of the place, or "".
    """

    id: str
    kind: Kind
    key: str
    fate: Fate = Fate.COMING
    taken: str = ""


class Gathered(Struct, frozen=True, tag=True):
    """Files sent so far; open until the person says that these are all."""

    items: tuple[Item, ...] = ()
    done: bool = False

    def marked(self, item: str, fate: Fate, taken: str = "") -> "Gathered":
        """Write down what became of one file."""
        items = (replace(one, fate=fate, taken=taken) if one.id == item else one for one in self.items)
        return replace(self, items=tuple(items))

    def without(self, kinds: Collection[Kind]) -> "Gathered":
        """Take these kinds of file out."""
        return replace(self, items=tuple(item for item in self.items if item.kind not in kinds))

    def closed(self) -> "Gathered":
        """These are all."""
        return replace(self, done=True)

    def count(self, fate: Fate) -> int:
        return sum(item.fate is fate for item in self.items)

    @property
    def held(self) -> tuple[Item, ...]:
        """The files that are stored or still may be."""
        return tuple(item for item in self.items if item.fate is not Fate.LOST)


Answer = Words | Picked | Skipped | Located | Dated | WhichPlace | WhichMoment | Changing | Gathered


def is_open(answer: Answer | None) -> bool:
    """Whether the question behind this answer must still be asked."""
    match answer:
        case None | WhichPlace() | WhichMoment() | Changing():
            return True
        case Gathered(done=done):
            return not done
        case _:
            return False


class Receipt(Struct, frozen=True):
    """What the intake still knows of a tip it has just handed over: enough to take it back."""

    tip: str
    card: str
    files: tuple[str, ...] = ()
    pushed: bool = False


class Session(Struct, frozen=True):
    """A reporter who has come back with a ticket: which tip, and the key of its mailbox."""

    tip: str
    key: str
    doing: str = ""


class Draft(Struct, frozen=True):
    """All that is remembered of one conversation: the answers, in the order they were given.

    `aside` names what stands beside the questions of the row and waits for its answer: "stop", "check", "rules",
    "resume" or "resume-stop". `unshown` names the answers that were taken from a story and not yet read back.
    `touched` is the minute of the last message (since 1970) while something stands open, else 0. `held` is what was
    written to a draft at rest, to be heard when its writer goes on. `reminded`: its one reminder was due.
    """

    language: str = "id"
    answers: tuple[tuple[str, Answer], ...] = ()
    misses: int = 0
    hint: str = ""
    aside: str = ""
    unshown: tuple[str, ...] = ()
    receipt: Receipt | None = None
    session: Session | None = None
    touched: int = 0
    held: tuple[str, ...] = ()
    reminded: bool = False

    def __getitem__(self, name: str) -> Answer | None:
        return dict(self.answers).get(name)

    def put(self, name: str, answer: Answer) -> "Draft":
        """Answer a question; an earlier answer to it is replaced where it stood."""
        if any(known == name for known, _ in self.answers):
            answers = tuple((known, answer if known == name else old) for known, old in self.answers)
        else:
            answers = (*self.answers, (name, answer))
        return replace(self, answers=answers, misses=0)

    def told(self, answers: Iterable[tuple[str, Answer]]) -> "Draft":
        """Answer several questions."""
        draft = self
        for name, answer in answers:
            draft = draft.put(name, answer)
        return draft

    def drop(self, *names: str) -> "Draft":
        """Forget answers, so that their questions are asked again."""
        kept = tuple(pair for pair in self.answers if pair[0] not in names)
        return replace(self, answers=kept, misses=0)

    def told_more(self, text: str) -> tuple[str, Words]:
        """The story with more words at its end."""
        story = self["story"]
        return "story", Words(f"{story.text}\n{text}" if isinstance(story, Words) else text)

    def missed(self) -> "Draft":
        """One more message that did not answer the question."""
        return replace(self, misses=self.misses + 1)

    @property
    def length(self) -> int:
        """How much was written so far, in characters."""
        return sum(len(answer.text) for _, answer in self.answers if isinstance(answer, Words))

    @property
    def files(self) -> Gathered:
        """The evidence so far."""
        answer = self["evidence"]
        return answer if isinstance(answer, Gathered) else Gathered()
