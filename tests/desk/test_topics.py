"""Where the officers' group is a forum: one topic for all the desk says, whatever is done to it."""

import pytest

from bot.group import REFUSED
from tests.desk.hands import heard_after, press
from tests.desk.office import BAGUS, DEWI, RINA, Office
from tests.desk.test_bursts import shown
from tests.town import Message

BOT = "saksi_desk_bot"


async def topics(office: Office) -> list[Message]:
    groups = (await office.simulator.get("state"))["telegram"]["groups"]
    return next(list(one["topics"]) for one in groups if one["id"] == office.group)


async def turn(office: Office, *, on: bool) -> None:
    """Turn the group's topics on or off; the desk sees it at its next look."""
    await office.simulator.sim("telegram/forum", group=office.group, on=on)
    office.carrier.group.hygiene.forget()


async def topic(office: Office, action: str, thread: int) -> None:
    await office.simulator.sim("telegram/topic", group=office.group, action=action, thread=thread)


async def rights(office: Office, *without: str) -> None:
    await office.simulator.sim(
        "telegram/member", group=office.group, bot=BOT, status="administrator", without=list(without)
    )


async def own(office: Office) -> int:
    """The desk's one topic."""
    await office.settled()
    [one] = await topics(office)
    assert one["name"] == "Laporan"
    return int(one["thread"])


async def cards(office: Office) -> list[Message]:
    """Every card in the group, in order, and no card twice."""
    await office.settled()
    found = [one for one in await office.cards() if "Status:" in one["text"]]
    names = [one["text"].split()[0] for one in found]
    assert len(set(names)) == len(names)
    return found


async def tries_again(office: Office) -> None:
    """Let what was put off, half a second at first, have its turn."""
    for _ in range(3):
        await office.settled()
        await office.pass_time(seconds=10)


async def asked(office: Office, person: int, text: str, **where: int) -> list[Message]:
    """Type in the group; return what the bot says then."""

    async def write() -> None:
        await office.simulator.sim("telegram/message", person=person, chat=office.group, text=text, **where)

    return await heard_after(office, write)


@pytest.fixture
async def forum(office: Office) -> Office:
    await turn(office, on=True)
    return office


async def test_the_weekly_pictures_stand_in_the_desks_topic_too(forum: Office) -> None:
    await forum.receive_all([{} for _ in range(6)])
    await cards(forum)
    for _ in range(5):
        await forum.pass_time(days=1)
    pictures = [one for one in await forum.group_messages() if one["media"]]
    assert [one["thread"] for one in pictures] == [await own(forum)] * 2


async def test_all_that_the_desk_says_stands_in_one_topic_of_its_own(forum: Office) -> None:
    await forum.receive_all([{}, {}])
    now = await cards(forum)
    assert {one["thread"] for one in now} == {await own(forum)}
    await forum.pass_time(hours=30)
    told = [one for one in await forum.group_messages() if one["kind"] == "text"]
    assert any("Rantai catatan" in one["text"] or "Selamat pagi" in one["text"] for one in told)
    assert {one["thread"] for one in told} == {await own(forum)}
    assert len(await forum.simulator.calls("createForumTopic")) == 1


async def test_the_topic_is_found_again_after_a_restart(forum: Office) -> None:
    await forum.receive()
    [first] = await cards(forum)
    await forum.stop()
    await forum.start()
    await forum.receive()
    assert {one["thread"] for one in await cards(forum)} == {first["thread"]} == {await own(forum)}


async def test_a_deleted_topic_is_made_anew_with_every_open_card_once(forum: Office) -> None:
    rina = await forum.officer(RINA)
    tips = [await forum.receive() for _ in range(3)]
    closed = await forum.receive()
    await press(forum, rina, tips[0], "Ambil")
    await press(forum, rina, closed, "Selesai …", "Spam")
    await forum.settled()
    gone = await own(forum)
    await topic(forum, "delete", gone)
    assert await cards(forum) == []
    await forum.receive()
    await tries_again(forum)
    now = await cards(forum)
    assert len(now) == 4
    assert {one["thread"] for one in now} == {await own(forum)} != {gone}
    assert sum("Dipegang: Rina" in one["text"] for one in now) == 1
    assert await press(forum, rina, tips[1], "Ambil") == "Anda yang memegang sekarang."


async def test_a_deleted_topic_is_noticed_by_a_press_in_private_as_well(forum: Office) -> None:
    rina = await forum.officer(RINA)
    tips = [await forum.receive() for _ in range(2)]
    await press(forum, rina, tips[0], "Buka")
    await forum.settled()
    await topic(forum, "delete", await own(forum))
    message, data = await rina.private.choice("Ambil")
    assert await rina.forge(message, data, chat=rina.private.bot) == "Anda yang memegang sekarang."
    await tries_again(forum)
    assert len(await cards(forum)) == 2


async def test_dying_after_a_topic_was_lost_posts_each_card_once(forum: Office) -> None:
    await forum.receive_all([{}, {}, {}])
    await cards(forum)
    await topic(forum, "delete", await own(forum))
    await forum.simulator.put("faults", telegram={"fail": {"times": 99, "methods": ["createForumTopic"]}})
    await forum.receive()
    while len(await forum.simulator.calls("createForumTopic")) < 2:
        await forum.pass_time(seconds=1)
    await forum.stop()
    await forum.simulator.client.delete("/sim/faults")
    await forum.start()
    await forum.pass_time(minutes=11)
    await forum.pass_time(minutes=11)
    assert len(await cards(forum)) == 4
    assert {one["thread"] for one in await cards(forum)} == {await own(forum)}


async def test_a_digest_in_a_deleted_topic_is_told_again(forum: Office) -> None:
    forum.pace.most = 8
    tips = await forum.receive_all([{} for _ in range(12)])
    await forum.settled()
    await forum.pass_time(minutes=1)
    digests = [one for one in await forum.group_messages() if one["text"].startswith("Laporan baru")]
    assert len(digests) == 1
    forum.pace.most = 6000
    await topic(forum, "delete", await own(forum))
    await forum.receive()
    await tries_again(forum)
    await forum.pass_time(seconds=31)
    seen = await shown(forum)
    assert (len(seen), set(seen.values())) == (len(tips) + 1, {1})


async def test_a_closed_topic_takes_cards_from_whoever_manages_topics(forum: Office) -> None:
    await forum.receive()
    await forum.settled()
    await topic(forum, "close", await own(forum))
    await forum.receive()
    assert len(await cards(forum)) == 2
    assert [one["closed"] for one in await topics(forum)] == [True]


async def test_a_closed_topic_of_its_own_is_opened_again_without_the_right(forum: Office) -> None:
    await forum.receive()
    await forum.settled()
    await rights(forum, "can_manage_topics")
    await topic(forum, "close", await own(forum))
    await forum.receive()
    await tries_again(forum)
    assert {one["thread"] for one in await cards(forum)} == {await own(forum)}
    assert len(await cards(forum)) == 2
    assert [one["closed"] for one in await topics(forum)] == [False]


async def test_without_the_right_cards_go_to_general_and_the_operator_is_told_once(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await rights(office, "can_manage_topics")
    await turn(office, on=True)
    await office.receive()
    await office.receive()
    assert [one["thread"] for one in await cards(office)] == [None, None]
    assert await topics(office) == []
    assert len(await office.simulator.calls("createForumTopic")) == 1
    assert capsys.readouterr().out.count("topic-refused") == 1
    # Once it has the right, new cards have their topic, and the old ones are changed where they stand.
    await rights(office)
    monkeypatch.setattr(office.carrier.group, "_wait", office.carrier.group._wait - REFUSED)  # noqa: SLF001  # ten minutes
    rina, tip = await office.officer(RINA), await office.receive()
    assert (await office.posted(tip))["thread"] == await own(office)
    assert await rina.press((await cards(office))[0], "Ambil") == "Anda yang memegang sekarang."
    assert len(await cards(office)) == 3


async def test_a_closed_general_topic_keeps_cards_owed_until_it_is_open(office: Office) -> None:
    await rights(office, "can_manage_topics")
    await turn(office, on=True)
    await topic(office, "close", 0)
    await office.receive()
    await office.settled()
    assert await cards(office) == []
    await topic(office, "reopen", 0)
    await office.pass_time(minutes=2)
    assert len(await cards(office)) == 1


async def test_a_group_becomes_a_forum_later_and_ceases_to_be_one(office: Office) -> None:
    rina = await office.officer(RINA)
    before = await office.receive()
    assert (await office.posted(before))["thread"] is None
    await turn(office, on=True)
    within = await office.receive()
    thread = await own(office)
    assert (await office.posted(within))["thread"] == thread
    assert await press(office, rina, before, "Ambil") == "Anda yang memegang sekarang."
    # It ceases while the desk still believes in the topic.
    await office.simulator.sim("telegram/forum", group=office.group, on=False)
    after = await office.receive()
    await tries_again(office)
    assert (await office.posted(after))["thread"] is None
    assert await press(office, rina, within, "Ambil") == "Anda yang memegang sekarang."
    await turn(office, on=True)
    again = await office.receive()
    assert (await office.posted(again))["thread"] == thread
    # Only what stood in the topic goes with it.
    await topic(office, "delete", thread)
    last = await office.receive()
    await tries_again(office)
    assert len(await cards(office)) == 5
    new = await own(office)
    places = {tip: (await office.posted(tip))["thread"] for tip in (before, within, after, again, last)}
    assert places == {before: None, within: new, after: None, again: new, last: new}


async def test_a_topic_is_forgotten_with_the_group_it_was_in(forum: Office) -> None:
    tip = await forum.receive()
    await forum.posted(tip)
    forum.group = (await forum.simulator.sim("telegram/migrate", group=forum.group))["id"]
    while not await cards(forum):
        await forum.pass_time(seconds=1)
    [card] = await cards(forum)
    assert card["thread"] == await own(forum)


async def test_a_command_is_answered_in_the_topic_where_it_was_asked(forum: Office) -> None:
    rina = await forum.officer(RINA)
    card = await forum.posted(await forum.receive())
    other = (await forum.simulator.sim("telegram/topic", group=forum.group, action="create", name="Obrolan"))["thread"]
    [queue] = await asked(forum, RINA, "/antrean", thread=other)
    assert queue["thread"] == other
    [queue] = await asked(forum, RINA, "/antrean")
    assert queue["thread"] is None
    [told] = await asked(forum, BAGUS, "Jam berapa?", thread=card["thread"], reply_to=card["id"])
    assert ("tidak sampai ke pelapor" in told["text"], told["thread"]) == (True, card["thread"])
    [told] = await asked(forum, DEWI, "/antrean", thread=other, anonymous=True)
    assert told["thread"] == other
    # A list asked for in a topic that is gone before it comes stops nothing.
    await forum.simulator.put("faults", telegram={"fail": {"times": 1, "status": 500, "methods": ["sendMessage"]}})
    await forum.simulator.sim("telegram/message", person=RINA, chat=forum.group, text="/antrean", thread=other)
    await topic(forum, "delete", other)
    tip = await forum.receive()
    await tries_again(forum)
    assert (await forum.posted(tip))["thread"] == card["thread"]
    assert await press(forum, rina, tip, "Ambil") == "Anda yang memegang sekarang."


async def test_an_answer_in_general_is_no_topic(forum: Office) -> None:
    """Telegram numbers a chain of answers like a topic; to write to it is refused."""
    update = {
        "message": {
            "message_id": 900, "date": 1, "text": "/antrean", "message_thread_id": 77,
            "chat": {"id": forum.group, "type": "supergroup"}, "from": {"id": RINA, "is_bot": False, "first_name": "R"},
        }
    }  # fmt: skip

    async def write() -> None:
        await forum.simulator.sim("telegram/update", bot=BOT, update=update)

    await forum.officer(RINA)
    [queue] = await heard_after(forum, write)
    assert queue["thread"] is None


async def test_a_new_topic_counts_among_the_messages_of_a_minute(forum: Office) -> None:
    await forum.simulator.put("limits", telegram={"group_per_minute": 20})
    forum.pace.most = 20
    await forum.receive_all([{"live": True} for _ in range(25)])
    sent = list[Message]()
    while len(sent) < 19:
        await forum.simulator.get("calls", since=0, wait=1)
        sent = await forum.simulator.calls("sendMessage")
    assert forum.pace.left() == 0
    assert [call["status"] for call in (*sent, *await forum.simulator.calls("createForumTopic"))] == [200] * 20
