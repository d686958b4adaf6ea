"""The last look, once nobody is killed any more: the phones, the group, the officer's chat, then the disk."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.status import Status
from tests.crash.blame import Blame
from tests.crash.crowd import Crowd, Reporter, reader_on
from tests.crash.desk import AtWork, twice
from tests.crash.inside import Inside, Kept, compare
from tests.crash.phones import throw
from tests.crash.rough import Broken, Rough

# Phones that look codes up, and seconds that a child which cleans may outlive who has started it.
LOOKING = 8
ORPHANED = 30.0


@dataclass
class Figures:
    """What came of it."""

    tips: int
    people: int
    withdrawn: int
    twice: int
    cards_twice: int
    late: int
    stale: int
    unwiped: int
    files: int
    strays: int
    presses: int
    points: Counter[str] = field(default_factory=Counter)

    def told(self, seconds: float, kills: int) -> str:
        points = ", ".join(f"{name} {count}" for name, count in sorted(self.points.items()))
        return (
            f"{kills} kills, {seconds:.0f} s: {self.people} people, {self.tips} tips on the desk once each with "
            f"{self.files} files, {self.withdrawn} taken back, {self.presses} presses; said twice, each in flight at a "
            f"kill or its answer lost: {self.twice} bubbles ({self.late} behind later ones), {self.cards_twice} "
            f"cards ({self.stale} of them stay); "
            f"copies of bubbles that HAPUS left: {self.unwiped}; "
            f"files left to the sweeper: {self.strays}; died at: {points}"
        )


async def look(town: Rough, crowd: Crowd, desk: AtWork, blame: Blame, tell: Callable[[str], None]) -> Figures:
    """Hold everything against what the phones were shown. Raises Broken."""
    inside = Inside(town)
    tell("waiting until nothing is owed any more")
    await inside.quiet()
    await _finish_reading(crowd)
    cards_twice = blame.check(twice(await desk.cards()))
    said_twice = blame.check(crowd.twice)
    tell("looked at with the desk's key")
    compare(crowd.told, await asyncio.to_thread(inside.kept))
    tell("read by an officer")
    stale = await desk.take_down_older()
    opened = await desk.read_all()
    seen = [Kept(one.word, "", one.pictures, one.voices, _added(crowd, one.text)) for one in opened]
    compare(crowd.told, seen, only_with_files=True)
    tell("codes looked up")
    await _look_up(town, crowd)
    await inside.quiet()
    unwiped = await _finish_reading(crowd)
    await _nothing_shown_stays(inside, desk)
    await _nobody_left_behind(town)
    cards = await desk.cards()
    for name in list(town.lives):
        await town.slay(name, "SIGTERM")
    kept = await asyncio.to_thread(inside.kept)
    compare(crowd.told, kept)
    if len(cards) != len(kept):
        raise Broken(f"{len(kept)} tips and {len(cards)} cards")
    _check_pushes(crowd, kept)
    inside.check_owed()
    inside.check_audit()
    files, strays = inside.check_files()
    inside.check_folders()
    return Figures(
        tips=len(kept),
        people=len(crowd.people),
        withdrawn=sum(told.withdrawn for told in crowd.told),
        twice=said_twice,
        cards_twice=cards_twice,
        late=sum(one.late for one in crowd.twice),
        stale=stale,
        unwiped=unwiped,
        files=files,
        strays=strays,
        presses=desk.presses,
    )


def _added(crowd: Crowd, text: str) -> list[str]:
    """The words that were added by code, as they stand in an opened tip."""
    return [words for told in crowd.told for words in told.words if f"pelapor: {words}" in text]


async def _finish_reading(crowd: Crowd) -> int:
    """Nothing new came after the last answer, and what was wiped is gone; count the copies that stay."""
    for reader in (reader for reporter in crowd.people for reader in reporter.readers):
        await reader.finish()
    return sum([await _left_of_wiped(reporter) for reporter in crowd.people])


async def _left_of_wiped(reporter: Reporter) -> int:
    """Count what stands there after HAPUS: of each text one copy fewer than there were. Raises Broken for more.

    A bubble in flight at a kill, or whose answer was lost, is noted nowhere: nobody can delete that copy of it.
    """
    if reporter.reader.side != "telegram":
        return 0
    left = Counter(str(one["text"]) for one in await reporter.phone.messages() if one["id"] in reporter.wiped)
    if odd := [text for text, copies in left.items() if copies >= reporter.reader.shown[text]]:
        raise Broken(f"still there after HAPUS: {odd}")
    return left.total()


async def _look_up(town: Rough, crowd: Crowd) -> None:
    """Every code that was shown opens its tip from a phone never seen before; one taken back does not."""
    gate = asyncio.Semaphore(LOOKING)

    async def one(ticket: str, wanted: str) -> None:
        async with gate:
            reader = await reader_on(town, telegram=True)
            await throw(reader.phone, ticket)
            await reader.answered(wanted)

    async with asyncio.TaskGroup() as group:
        for told in crowd.told:
            group.create_task(one(told.ticket, "tidak kami temukan" if told.withdrawn else "kodenya cocok"))


async def _nothing_shown_stays(inside: Inside, desk: AtWork) -> None:
    """What stands of opened tips in an officer's chat is owed to be deleted."""
    shown = {bubble["id"] for bubble in await desk.officer.private.said() if bubble["protected"]}
    if left := shown - await asyncio.to_thread(inside.sweepings):
        raise Broken(f"{len(left)} messages of opened tips stay with the officer")


async def _nobody_left_behind(town: Rough) -> None:
    """No child of a dead process lives on."""
    try:
        async with asyncio.timeout(ORPHANED):
            while town.left_behind():  # noqa: ASYNC110  # other processes
                await asyncio.sleep(0.5)
    except TimeoutError:
        raise Broken(f"processes whose parent is dead: {town.left_behind()}") from None


def _check_pushes(crowd: Crowd, kept: list[Kept]) -> None:
    """Who wanted to be told of news, and of whose tip there were, was told; a closed tip has no address any more."""
    moved = {one.word for one in kept if one.status != Status.RECEIVED and not Status(one.status).closed}
    for reporter in crowd.people:
        wanted = {told.word for told in reporter.told if told.pushed}
        if wanted & moved and not reporter.reader.pushes:
            raise Broken(f"{reporter.reader.side} {reporter.phone.person} was never told that there are news")
