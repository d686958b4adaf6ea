"""Messages, taps and bubbles until a report is sent, played through the real dialogue by people with manners.

Nothing here knows the order of the questions: whoever is asked looks at what stands in the chat and answers that.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.table import Table
from bot import render
from handlers.effects import Fetch, FileTip
from handlers.messages import Chose, Hushed, Incoming, Kept, Kind, Option, Said, Say, Sent
from locales import catalogue
from tests.dialogue.player import Phone
from tests.dialogue.world import LIMITS, World, scene
from tests.understanding import test_understand as tips

# More than any report takes: who is still asked after so many turns is never done.
MOST = 40
# What is pressed where a person has nothing of their own to say, the first that is offered.
PRESSED = ("go", "on", "send", "written", "done", "skip", "no", "unknown", "lain", "mine", "report", "keep")


@dataclass(frozen=True, slots=True)
class Person:
    """`story` is what they write first if they write all at once; `told` what they answer to each question."""

    name: str
    channel: str
    story: str
    told: dict[str, str]
    files: tuple[Kind, ...] = ()
    opening: str = "halo"
    voice: bool = False


@dataclass(slots=True)
class Count:
    messages: int = 0
    taps: int = 0
    bubbles: int = 0
    sent: bool = False


@dataclass(slots=True)
class Played:
    """A person with a phone, until the ticket is written down or they give up."""

    person: Person
    at_once: bool
    phone: Phone
    count: Count = field(default_factory=Count)
    left: list[Kind] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    did: list[Incoming] = field(default_factory=list)

    @classmethod
    def of(cls, person: Person, *, at_once: bool) -> "Played":
        world = World(scene(person.channel))
        return cls(person, at_once, Phone(world, LIMITS[person.channel]), left=list(person.files))

    def play(self) -> Count:
        self._does(Said(self.person.opening))
        for _ in range(MOST):
            standing = self.phone.standing()
            if standing is None or self.count.sent:
                break
            self._does(self._answer(standing))
        return self.count

    def _answer(self, say: Say) -> Incoming:
        """Say what one has to say to what is asked; else press."""
        offered = {option.value: option for option in say.options}
        step = say.key.removeprefix("ask-")
        if step == "story" and self.at_once and "story" not in self.said:
            self.said.add("story")
            return Sent("suara", Kind.VOICE) if self.person.voice else Said(self.person.story)
        if step.startswith("evidence") and self.left:
            return Sent(f"berkas {len(self.left)}", self.left.pop())
        told = self.person.told.get("what" if step == "story" else step, "ajakan" if step == "story" else "")
        if told in offered and (step, told) not in self.pressed:
            return self._press(step, offered[told])
        if told and step not in self.said:
            self.said.add(step)
            return Said(told)
        fresh = [option for option in offered.values() if (step, option.value) not in self.pressed]
        ranked = sorted(fresh, key=_liked)
        return self._press(step, ranked[0]) if ranked else Said("tidak tahu")

    def _press(self, step: str, option: Option) -> Chose:
        """Nobody presses again what led nowhere."""
        self.pressed.add((step, option.value))
        return Chose(option.step, option.value)

    def _does(self, incoming: Incoming) -> None:
        self.did.append(incoming)
        self.count.taps += isinstance(incoming, Chose)
        self.count.messages += isinstance(incoming, Said | Sent)
        items = self._turn(incoming)
        if not items or self.left:
            return
        for item in items:
            self._turn(Kept(item))
        self._turn(Hushed())

    def _turn(self, incoming: Incoming) -> list[str]:
        turn, fresh, _ = self.phone.turn(incoming)
        words = catalogue(turn.draft.language)
        self.count.bubbles += sum(len(render.show(say, words, self.phone.limits)) for say in turn.says)
        for effect in turn.effects:
            self.phone.world.do(effect, fresh)
        self.count.sent |= any(isinstance(effect, FileTip) for effect in turn.effects)
        return [effect.item for effect in turn.effects if isinstance(effect, Fetch)]


def _liked(option: Option) -> int:
    return PRESSED.index(option.value) if option.value in PRESSED else len(PRESSED)


TEACHER = Person(
    "a frightened teacher",
    "WhatsApp",
    "ass. mau lapor pak camat jekan raya td malam di grup wa rt suruh pilih no 2. ada sc nya",
    {"what": "ajakan", "post": "district", "who": "pak camat", "where": "jekan raya", "when": "kemarin malam"},
    (Kind.IMAGE,),
)
RALLY = Person(
    "nineteen, at a rally, six photos and a video",
    "Telegram",
    "ada pegawai dinas pendidikan ikut kampanye paslon skrg di lapangan menteng",
    {"what": "kampanye", "post": "staff", "who": "pegawai dinas pendidikan", "where": "menteng", "when": "now"},
    (Kind.IMAGE,) * 6 + (Kind.VIDEO,),
    opening="/start p-6271",
)
TRADER = Person(
    "a market trader, who speaks rather than writes",
    "WhatsApp",
    "lurah bagi beras di pasar kahayan kemarin",
    {"voice": "yes", "what": "uang", "post": "district", "where": "palangka", "when": "yesterday"},
    opening="p",
    voice=True,
)
MOCKER = Person("somebody who mocks the bot", "Telegram", "wkwkwk bot tolol", {}, opening="tes")
PEOPLE = (TEACHER, RALLY, TRADER, MOCKER)


def measured() -> list[Table]:
    return [_people(), _tips()]


def _people() -> Table:
    heads = ("person", "manner", "messages", "taps", "bubbles", "sent")
    table = Table("From the first word to the ticket", heads)
    for person in PEOPLE:
        for at_once in (True, False):
            count = Played.of(person, at_once=at_once).play()
            manner = "says it at once" if at_once else "answers each question"
            table.add(person.name, manner, count.messages, count.taps, count.bubbles, "yes" if count.sent else "no")
            if not count.sent and person.told:
                table.missing.append(f"{person.name}, {manner}: no report after {MOST} turns")
    table.notes.append(
        "Files are messages of their own; an album of seven is seven. Both manners take the same dialogue."
    )
    table.notes.append(
        "The aim for the teacher: at most 3 messages, 6 taps, 8 bubbles; plain asking was once counted as 3, 22, 16."
    )
    return table


def _tips() -> Table:
    heads = ("manner", "people", "messages", "taps", "bubbles", "most bubbles", "sent")
    table = Table("The written tips, each by a person who then knows nothing more", heads)
    texts = [row["text"] for row in tips.rows()]
    for at_once in (True, False):
        counts = [Played.of(person, at_once=at_once).play() for person in _writers(texts)]
        means = [statistics.mean(getattr(one, name) for one in counts) for name in ("messages", "taps", "bubbles")]
        manner = "says it at once" if at_once else "taps through the questions"
        table.add(manner, len(counts), *means, max(one.bubbles for one in counts), sum(one.sent for one in counts))
    return table


def _writers(texts: list[str]) -> Iterator[Person]:
    return (Person("somebody", "WhatsApp", text, {}) for text in texts)
