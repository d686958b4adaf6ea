"""Abuse by people whose names nobody knows: crowds of strangers, the same words and the same file again and again."""

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import Connection, Table, func, select

from bot.channels.base import Arrived, FileRef, Reporter
from bot.parcels import FETCH, HUSH, REMIND
from handlers.dialogue import MOST_WORDS
from handlers.messages import Chose, Kind, Sent
from storage.drafts import DRAFT, REMEMBERED, SEEN, TRACE
from storage.outbox import OWED
from tests.courier.intake import CHANNEL, RINA, Intake

STRANGERS = 1500
STORY = "Camat membagi amplop di rumah warga. " * 12


async def counted(intake: Intake) -> Counter[str]:
    """How many rows there are: of conversations by their table, of what is owed by its lane."""

    def count(tx: Connection) -> Counter[str]:
        lanes = tx.execute(select(OWED.c.lane, func.count()).group_by(OWED.c.lane)).all()
        tables = [(table.name, tx.execute(select(func.count()).select_from(table)).scalar_one())
                  for table in (DRAFT, SEEN, TRACE)]  # fmt: skip
        return Counter({row[0]: row[1] for row in lanes} | dict(tables))

    return await intake.committer.commit(count)


async def test_a_crowd_of_strangers_waits_in_line_and_leaves_nothing_behind(intake: Intake) -> None:
    crowd = [Reporter(CHANNEL, f"stranger {number}") for number in range(STRANGERS)]
    flood = [asyncio.create_task(intake.say("halo", "1", who)) for who in crowd]
    await asyncio.sleep(0)
    await intake.say("halo", "1", RINA)
    await asyncio.gather(*flood)
    assert (await counted(intake))[CHANNEL] == STRANGERS + 1, "and nobody was sent away"
    assert intake.turns._tries._missed == {}  # noqa: SLF001  # nor is anybody remembered in memory
    await intake.committer.commit(
        lambda tx: intake.turns.house.conversations.sweep(tx, intake.clock() + timedelta(days=10))
    )
    left = await counted(intake)
    assert (left["draft"], left["seen"], left["trace"]) == (0, 0, 0)


async def test_the_same_words_again_and_again_fill_no_more_than_one_story(intake: Intake) -> None:
    await begin(intake)
    for number in range(2 * MOST_WORDS // len(STORY)):
        await intake.say(STORY, f"same {number}")
    draft, rows = await intake.held(), await counted(intake)
    assert draft.length <= MOST_WORDS
    assert (rows["draft"], rows["seen"], rows[REMIND]) == (1, 1, 1)
    assert await longest(intake, DRAFT) < 2 * MOST_WORDS
    assert await longest(intake, SEEN) < 16 * REMEMBERED


async def longest(intake: Intake, table: Table) -> int:
    """The most bytes that a row of conversations takes."""
    wanted = select(func.max(func.length(table.c.body)))
    return int(await intake.committer.commit(lambda tx: tx.execute(wanted).scalar_one()))


async def test_the_same_file_again_and_again_is_fetched_so_often_and_no_more(intake: Intake) -> None:
    await begin(intake)
    most = intake.turns.house.scenes[CHANNEL].most_files
    for number in range(3 * most):
        sent = Sent(f"item {number}", Kind.IMAGE)
        await intake.turns.take(Arrived(RINA, f"file {number}", sent, file=FileRef("the same", 4096, "image/jpeg")))
    rows = await counted(intake)
    assert (rows[FETCH], rows[HUSH]) == (most, 1)
    assert len((await intake.held()).files.held) == most
    assert await intake.said(), "and they are told so"


async def begin(intake: Intake) -> None:
    """Rina reads the notice and goes on."""
    await intake.say("halo", "hello")
    await intake.turns.take(Arrived(RINA, "go on", Chose("notice", "go")))
    await intake.said()
