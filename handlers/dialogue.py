"""A dialogue is a row of steps; where a person stands is a function of their answers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from msgspec.structs import replace

from handlers.answers import Changing, Draft, Fate, Gathered, Item, WhichMoment, WhichPlace
from handlers.effects import Discard, Effect, Fetch, Hush
from handlers.files import FILES, TAKEN, missing
from handlers.keywords import chosen, is_blank, is_reply
from handlers.messages import Chose, Hushed, Incoming, Kept, Lost, Odd, Said, Say, Sent
from handlers.scene import Fresh
from handlers.steps import PATIENCE, Choice, Redo, Refused, Step, Told

# Characters of one message: the most that either channel carries, so that no part of a longer one is taken for all.
LONGEST = 4096
# Characters of one report; more of it would not be read either.
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one message led to."""

    draft: Draft
    says: tuple[Say, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Ear:
    """How a dialogue hears in a story what it would ask or was told wrongly, and reads it back."""

    hear: Callable[[Draft, Draft, Fresh], Draft]
    correct: Callable[[Draft, str, Fresh], Draft | None]
    readback: Callable[[Iterable[str], Draft, Fresh, Say, int], Say]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The questions, in their order. A person answers them in any order, several at once, or again."""

    name: str
    steps: tuple[Step, ...]
    ear: Ear | None = None

    def waiting(self, draft: Draft, fresh: Fresh) -> Step | None:
        """Find the first question still open; none when all are answered."""
        for step in self.steps:
            if step.open(draft) and step.asked_if(draft, fresh):
                return step
        return None

    def prompt(self, draft: Draft, fresh: Fresh) -> Say:
        """Say what is asked now."""
        step = self.waiting(draft, fresh)
        if step is None:
            raise AssertionError(f"{self.name} is over, there is nothing to ask")
        return step.ask(draft, fresh)

    def turn(self, draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
        """Answer one message. When the last question is answered, nothing is said: the caller goes on."""
        match incoming:
            case Kept() | Lost() | Hushed():
                return self._news(draft, incoming, fresh)
            case Odd(kind):
                return self._refuse(draft, Refused(f"odd-{kind}"), fresh)
            case Said(text) if is_blank(text):
                return self._refuse(draft, Refused("odd-empty"), fresh)
            case Said(text) if len(text) > LONGEST:
                return self._refuse(draft, Refused("too-long", {"most": LONGEST}), fresh)
            case Said(text) | Sent(caption=text) if draft.length + len(text) > MOST_WORDS:
                return self._refuse(draft, Refused("too-much", {"most": MOST_WORDS}), fresh)
            case Sent():
                return self._file(draft, incoming, fresh)
            case _:
                return self._answer(draft, incoming, fresh)

    def back(self, draft: Draft, fresh: Fresh) -> Turn:
        """Ask again what was answered last in the row."""
        here = self.waiting(draft, fresh)
        if here and isinstance(draft[here.name], WhichPlace | WhichMoment | Changing):
            return self.ask(draft.drop(here.name), fresh)
        before = takewhile(lambda step: step is not here, self.steps)
        answered = [step.name for step in before if draft[step.name] is not None and step.asked_if(draft, fresh)]
        return self.ask(self.reopen(draft, answered[-1]) if answered else draft, fresh)

    def reopen(self, draft: Draft, name: str) -> Draft:
        """Ask a question again. Files that were sent stay: only "these are all" is taken back."""
        answer = draft[name]
        if isinstance(answer, Gathered):
            return draft.put(name, Gathered(answer.items))
        return draft.drop(name)

    def ask(self, draft: Draft, fresh: Fresh) -> Turn:
        """Ask what is open now, or say nothing when all is answered. What was heard meanwhile is read back, once."""
        step = self.waiting(draft, fresh)
        if step is None:
            return Turn(draft)
        question, shown = step.ask(draft, fresh), replace(draft, unshown=())
        if self.ear is None or not draft.unshown or step.sums_up:
            return Turn(shown, (question,))
        return Turn(shown, (self.ear.readback(draft.unshown, draft, fresh, question, self._left(draft, fresh)),))

    def hear(self, before: Draft, after: Draft, fresh: Fresh) -> Draft:
        """Answer from a story what it answers."""
        return self.ear.hear(before, after, fresh) if self.ear else after

    def _left(self, draft: Draft, fresh: Fresh) -> int:
        """Count the questions still to come, without the last look."""
        asked = (step for step in self.steps if not (step.part_of or step.sums_up))
        return sum(step.open(draft) and step.asked_if(draft, fresh) for step in asked)

    def keys(self) -> Iterator[str]:
        """Name every key of the catalogue that this dialogue may say."""
        for step in self.steps:
            yield from step.keys()

    def _answer(self, draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
        step = self.waiting(draft, fresh)
        if step is None:
            return Turn(draft)
        incoming = chosen(incoming, step.ask(draft, fresh))
        if isinstance(incoming, Chose) and incoming.step != step.name:
            return self.ask(draft, fresh)
        if isinstance(incoming, Said) and self.ear and (other := self.ear.correct(draft, incoming.text, fresh)):
            return self.ask(other, fresh)
        patient = draft.misses < PATIENCE or not isinstance(step, Choice)
        if isinstance(incoming, Said) and is_reply(incoming.text) and patient:
            return self.ask(draft.missed(), fresh)
        match step.read(incoming, draft, fresh):
            case Refused() as refused:
                told = self.hear(draft, draft.told(refused.kept), fresh)
                if self.waiting(told, fresh) is not step:
                    return self.ask(told, fresh)
                return self._refuse(replace(told, misses=draft.misses + 1), refused, fresh)
            case Redo(names):
                for name in names:
                    draft = self.reopen(draft, name)
                return self.ask(draft, fresh)
            case Told(answers):
                told = self.hear(draft, draft.told(answers), fresh)
                gone = tuple(Discard(item) for item in missing(draft.files, told.files))
                asked = self.ask(told, fresh)
                return Turn(asked.draft, asked.says, gone)

    def _refuse(self, draft: Draft, refused: Refused, fresh: Fresh) -> Turn:
        """Say why not, with the buttons of the question that stands."""
        step = self.waiting(draft, fresh)
        options = step.ask(draft, fresh).options if step else ()
        return Turn(draft, (Say(refused.key, refused.words, options),))

    def _file(self, draft: Draft, sent: Sent, fresh: Fresh) -> Turn:
        """Take in a file. Its caption is part of the story, also where the file itself cannot be taken."""
        told = draft if is_blank(sent.caption) else draft.put(*draft.told_more(sent.caption))
        told = self.hear(draft, told, fresh)
        refused = _refused(sent, draft.files, fresh)
        if refused and told is draft:
            return self._refuse(draft, refused, fresh)
        if refused:
            asked = self.ask(told, fresh)
            return Turn(asked.draft, (Say(refused.key, refused.words), *asked.says))
        files = draft.files
        told = told.put(FILES, Gathered((*files.items, Item(sent.item, sent.kind, fresh.key)), files.done))
        moved = self.waiting(told, fresh) is not self.waiting(draft, fresh)
        asked = self.ask(told, fresh) if moved else Turn(told)
        return Turn(asked.draft, asked.says, (Fetch(sent.item, fresh.key), Hush()))

    def _news(self, draft: Draft, incoming: Kept | Lost | Hushed, fresh: Fresh) -> Turn:
        files = draft.files
        match incoming:
            case Kept(item, taken) if any(one.id == item for one in files.items):
                return Turn(draft.put(FILES, files.marked(item, Fate.KEPT, taken)), effects=(Hush(),))
            case Lost(item, why) if any(one.id == item for one in files.items):
                draft = draft.put(FILES, files.marked(item, Fate.LOST))
                return Turn(draft, self._refuse(draft, Refused(f"lost-{why}"), fresh).says, (Hush(),))
            case Kept(item):
                return Turn(draft, effects=(Discard(item),))
            case Hushed() if files.held:
                return self._confirm(draft, fresh)
            case _:
                return Turn(draft)

    def _confirm(self, draft: Draft, fresh: Fresh) -> Turn:
        """Confirm an album once: with the question about files, or quietly beside another one."""
        step, files = self.waiting(draft, fresh), draft.files
        if step is not None and step.name == FILES:
            return self.ask(draft, fresh)
        if files.count(Fate.COMING):
            # Each one that arrives comes back here; the last of them is told of.
            return Turn(draft)
        if step is not None and step.shows_files:
            return self.ask(draft, fresh)
        if step is not None and step.quiet:
            return Turn(draft)
        return Turn(draft, (Say("files-noted", {"kept": files.count(Fate.KEPT), "all": len(files.held)}),))


def _refused(sent: Sent, files: Gathered, fresh: Fresh) -> Refused | None:
    """Say why a file cannot be taken, if it cannot."""
    if sent.kind not in TAKEN:
        return Refused("file-document")
    if len(files.held) >= fresh.scene.most_files:
        return Refused("too-many-files", {"most": fresh.scene.most_files})
    return None
