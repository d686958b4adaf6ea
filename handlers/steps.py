"""The kinds of question a dialogue may ask."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from handlers.answers import (
    Answer,
    Dated,
    Draft,
    Located,
    Picked,
    Skipped,
    WhichMoment,
    WhichPlace,
    Words,
    is_open,
)
from handlers.keywords import is_reply
from handlers.messages import Chose, Incoming, Option, Pinned, Said, Say, Word
from handlers.moments import Ask, Moment, read
from handlers.scene import Fresh

SKIP = "skip"
# After this many messages that were no answer, the next one is taken as it is: nobody is kept at a question.
PATIENCE = 2
# Characters: more than this is no name of a person or a place, but more of the story.
LONG = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """This will not do as an answer; `key` says why, and what would. `kept` is remembered of it all the same."""

    key: str
    words: dict[str, Word] = field(default_factory=dict)
    kept: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class Redo:
    """The person wants to answer these questions again."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one message answered, maybe more than what was asked."""

    answers: tuple[tuple[str, Answer], ...]


Reading = Told | Refused | Redo


def always(_draft: Draft, _fresh: Fresh) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(ABC):
    """One question. Its name is its place in the draft and the root of its words in the catalogue.

    One that is `part_of` another is answered again together with that one. Its kind says whether asking it shows the
    files that came (`shows_files`) or every answer (`sums_up`), and whether nothing is said beside it (`quiet`).
    """

    shows_files: ClassVar[bool] = False
    sums_up: ClassVar[bool] = False
    quiet: ClassVar[bool] = False

    name: str
    part_of: str = ""
    asked_if: Callable[[Draft, Fresh], bool] = always

    def open(self, draft: Draft) -> bool:
        """Whether the question must still be asked."""
        return is_open(draft[self.name])

    @abstractmethod
    def ask(self, draft: Draft, fresh: Fresh) -> Say:
        """Say the question, given what is known already."""

    @abstractmethod
    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:
        """Take one message as an answer."""

    def keys(self) -> Iterator[str]:
        """Name every key of the catalogue that this question may say."""
        yield f"ask-{self.name}"

    def told(self, answer: Answer) -> Told:
        return Told(((self.name, answer),))

    def option(self, value: str, key: str = "", *, minor: bool = False, likely: bool = False, **words: Word) -> Option:
        return Option(self.name, value, key or f"{self.name}-{value}", words, minor, likely)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Step):
    """Free words, or none."""

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # every kind of question is asked alike
        return Say(f"ask-{self.name}", options=(self.option(SKIP, "skip"),))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value == SKIP:
                return self.told(Skipped())
            case Said(text) if len(text) > LONG:
                return Refused("long-noted", kept=(draft.told_more(text),))
            case Said(text):
                return self.told(Words(text))
            case _:
                return Refused("not-words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Step):
    """One of a few. Who cannot choose is taken at `other`, so that nobody is kept here; their words join the story."""

    values: tuple[str, ...]
    other: str
    names_office: bool = False

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # as above
        words = {"office": fresh.scene.office} if self.names_office else {}
        return Say(f"ask-{self.name}", words, tuple(self.option(value) for value in self.values))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value in self.values:
                return self.told(Picked(value))
            case Said(text) if not is_reply(text):
                return self._told_words(draft, draft.told_more(text))
            case _:
                return self._told_words(draft)

    def _told_words(self, draft: Draft, *kept: tuple[str, Answer]) -> Reading:
        if draft.misses >= PATIENCE:
            return Told((*kept, (self.name, Picked(self.other))))
        return Refused("choice-noted" if kept else "not-a-choice", kept=kept)

    def keys(self) -> Iterator[str]:
        yield f"ask-{self.name}"
        yield from (f"{self.name}-{value}" for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Step):
    """The one open question: words, or one of the choices that answer the step `of` as well."""

    shows_files = True

    of: Choice

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # as above
        key = f"ask-{self.name}-files" if draft.files.held else f"ask-{self.name}"
        return Say(key, options=tuple(self.option(value, f"{self.of.name}-{value}") for value in self.of.values))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:  # noqa: ARG002  # as above
        match incoming:
            case Chose(value=value) if value in self.of.values:
                return Told(((self.name, Skipped()), (self.of.name, Picked(value))))
            case Said(text):
                return Told((draft.told_more(text),))
            case _:
                return Refused("not-a-story")

    def keys(self) -> Iterator[str]:
        yield from (f"ask-{self.name}", f"ask-{self.name}-files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Step):
    """A place in the deployment's table, or in the person's own words, or somewhere online."""

    def ask(self, draft: Draft, fresh: Fresh) -> Say:
        places = fresh.scene.places
        match draft[self.name]:
            case WhichPlace(words, codes):
                sole = len(codes) == 1
                options = tuple(self.option(code, "named", likely=sole, name=places.named(code)) for code in codes)
                key = f"which-{self.name}" if codes else f"no-such-{self.name}"
                return Say(key, {"words": words}, (*options, self.option("mine")))
            case _:
                here = (self.option("here", "named", name=places.named(draft.hint)),) if draft.hint else ()
                skip = self.option(SKIP, "skip")
                return Say(f"ask-{self.name}", options=(*here, self.option("online"), skip))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:
        match incoming, draft[self.name]:
            case Chose(value=value), WhichPlace(words, codes) if value in codes:
                return self.told(Located(value, words))
            case Chose(value="mine"), WhichPlace(words):
                return self.told(Located(words=words) if words else Skipped())
            case Chose(value="here"), _ if draft.hint:
                return self.told(Located(draft.hint))
            case Chose(value="online"), _:
                return self.told(Picked("online"))
            case Chose(value=value), _ if value == SKIP:
                return self.told(Skipped())
            case Said(text), _ if len(text) > LONG:
                return Refused("long-noted", kept=(draft.told_more(text),))
            case Said(text), before:
                return self._look_up(text, before, draft, fresh)
            case Pinned(), _:
                return Refused("no-pins")
            case _:
                return Refused("not-words")

    def _look_up(self, text: str, before: Answer | None, draft: Draft, fresh: Fresh) -> Told:
        found = fresh.scene.places.find(text, draft.hint)
        words = f"{before.words}, {text}" if isinstance(before, WhichPlace) and before.words else text
        if found and found.sure:
            return self.told(Located(found.matches[0].code, words))
        codes = tuple(match.code for match in found.matches) if found else ()
        if isinstance(before, WhichPlace) and (before.codes or not codes):
            return self.told(Located(words=words))
        return self.told(WhichPlace(words, codes))

    def keys(self) -> Iterator[str]:
        yield from (f"ask-{self.name}", f"which-{self.name}", f"no-such-{self.name}", "no-pins")
        yield from (f"{self.name}-online", f"{self.name}-mine", "named")


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Step):
    """A day, a time, a range, or "I do not remember". `live` offers "it is happening now"."""

    live: bool = False

    def ask(self, draft: Draft, fresh: Fresh) -> Say:  # noqa: ARG002  # as above
        match draft[self.name]:
            case WhichMoment(words, moments) if moments:
                sole = len(moments) == 1
                options = tuple(self.option(_name(one), "moment", likely=sole, moment=one) for one in moments)
                return Say("which-moment", {"words": words}, (*options, self.option("unknown", minor=True)))
            case _:
                live = (self.option("now"),) if self.live else ()
                rest = (
                    self.option("today"),
                    self.option("yesterday"),
                    self.option("unknown", minor=self.live),
                )
                return Say(f"ask-{self.name}", options=(*live, *rest))

    def read(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Reading:
        match incoming, draft[self.name]:
            case Chose(value=value), WhichMoment(words, moments) if value in map(_name, moments):
                return self.told(Dated(next(one for one in moments if _name(one) == value), words))
            case Chose(value="now"), _ if self.live:
                return self.told(Dated(_today(fresh), live=True))
            case Chose(value="today"), _:
                return self.told(Dated(_today(fresh)))
            case Chose(value="yesterday"), _:
                return self.told(Dated(_today(fresh, back=1)))
            case Chose(value="unknown"), WhichMoment(words) if words:
                return self.told(Dated(words=words))
            case Chose(value="unknown"), _:
                return self.told(Skipped())
            case Said(text), _:
                return self._understand(text, draft, fresh)
            case _:
                return Refused("not-a-moment")

    def _understand(self, text: str, draft: Draft, fresh: Fresh) -> Reading:
        match read(text, fresh.now, fresh.scene.holidays):
            case Moment() as moment:
                return self.told(Dated(moment, text))
            case Ask(options=options) if options:
                return self.told(WhichMoment(text, options))
            case _ if draft.misses >= PATIENCE:
                return self.told(Dated(words=text))
            case _:
                return Refused("not-a-moment")

    def keys(self) -> Iterator[str]:
        yield from (f"ask-{self.name}", "which-moment", "not-a-moment", "moment", f"{self.name}-unknown")
        yield from (f"{self.name}-{day}" for day in ("today", "yesterday"))
        yield from (f"{self.name}-now",) if self.live else ()


def _name(moment: Moment) -> str:
    """Name a moment on its button by all it says, so that the button of an older choice cannot mean another one."""
    clock = moment.time.replace(":", ".")
    return "/".join((f"{moment.first:%Y%m%d}", f"{moment.last:%Y%m%d}", clock, moment.part, moment.zone))


def _today(fresh: Fresh, *, back: int = 0) -> Moment:
    day = fresh.now.date().fromordinal(fresh.now.date().toordinal() - back)
    return Moment("day", day, day)
