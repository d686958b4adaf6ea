"""Groups, topics and members, as the desk meets them."""

import copy
from datetime import timedelta
from email.utils import parsedate_to_datetime

import aiogram.exceptions
import pytest
import telegram
from telegram.error import BadRequest, Forbidden, RetryAfter

from simulator.telegram.errors import Refused
from simulator.telegram.limits import Limiter
from simulator.world import EXAMPLE
from tests.simulator.clients import DESK, aiogram_bot, ptb_bot
from tests.simulator.running import Running

GROUP = -1001000000001
ME = {"person": 7001, "chat": "saksi_demo_bot"}
OFFICER = {"person": 9001, "chat": GROUP}


async def test_a_group_turned_supergroup_names_its_new_id(simulator: Running) -> None:
    new = (await simulator.sim("telegram/migrate", group=GROUP))["id"]
    async with ptb_bot(simulator) as bot:
        with pytest.raises(telegram.error.ChatMigrated) as told:
            await bot.send_message(GROUP, "Halo")
        assert told.value.new_chat_id == new
        assert (await bot.send_message(new, "Halo")).chat.id == new
        notices = [update.message for update in await bot.get_updates() if update.message]
    assert [one.migrate_to_chat_id for one in notices] == [new, None]
    assert [one.migrate_from_chat_id for one in notices] == [None, GROUP]


async def test_forum_topics_come_close_and_go(simulator: Running) -> None:
    forum = {"id": -1002, "title": "Forum", "forum": True, "bots": ["saksi_desk_bot"]}
    await simulator.sim("telegram/groups", **forum, members=[{"person": 9001, "status": "creator"}])
    async with ptb_bot(simulator) as bot:
        topic = await bot.create_forum_topic(-1002, "Laporan A")
        thread = topic.message_thread_id
        sent = await bot.send_message(-1002, "Kartu", message_thread_id=thread)
        assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
        assert (await bot.send_message(-1002, "Umum")).message_thread_id is None
        await bot.edit_forum_topic(-1002, thread, name="Laporan A (selesai)")
        await bot.close_forum_topic(-1002, thread)
        with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
            await bot.close_forum_topic(-1002, thread)
        await bot.reopen_forum_topic(-1002, thread)
        await simulator.sim("telegram/topic", group=-1002, thread=thread, action="delete")
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(-1002, "Kartu", message_thread_id=thread)
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(-1002, "Kartu", message_thread_id=1)
        with pytest.raises(BadRequest, match="not a forum"):
            await bot.create_forum_topic(GROUP, "Laporan B")
    assert [one["text"] for one in await simulator.messages("-1002")] == ["Umum"]


async def test_the_group_shows_who_is_in_and_how_it_is_protected(simulator: Running) -> None:
    async with ptb_bot(simulator) as bot:
        chat = await bot.get_chat(GROUP)
        assert (chat.type, chat.has_protected_content) == ("supergroup", True)
        assert await bot.get_chat_member_count(GROUP) == 3
        statuses = {one.user.id: one.status for one in await bot.get_chat_administrators(GROUP)}
        assert statuses == {9001: "creator", 9002: "administrator", 200: "administrator"}
        assert (await bot.get_chat_member(GROUP, 7001)).status == "left"
        await simulator.sim("telegram/member", group=GROUP, person=9002, status="left")
        assert (await bot.get_chat_member(GROUP, 9002)).status == "left"
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.left_chat_member is not None
        await simulator.sim("telegram/member", group=GROUP, bot="saksi_desk_bot", status="kicked")
        with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
            await bot.send_message(GROUP, "Halo")
    async with aiogram_bot(simulator) as stranger:
        with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="not a member of the supergroup"):
            await stranger.get_chat(GROUP)


async def test_aiogram_reads_the_same_group(simulator: Running) -> None:
    async with aiogram_bot(simulator, DESK) as bot:
        assert (await bot.get_chat(GROUP)).has_protected_content
        assert {one.status for one in await bot.get_chat_administrators(GROUP)} == {
            "creator",
            "administrator",
        }
        for status in ("administrator", "restricted", "kicked", "member", "left"):
            await simulator.sim("telegram/member", group=GROUP, person=9002, status=status)
            assert (await bot.get_chat_member(GROUP, 9002)).status == status


async def test_an_anonymous_admin_writes_as_the_group_and_presses_as_themself(simulator: Running) -> None:
    async with ptb_bot(simulator) as bot:
        card = await bot.send_message(GROUP, "Kartu")
        await simulator.sim("telegram/message", **OFFICER, text="/status", anonymous=True)
        await simulator.sim("telegram/press", **OFFICER, message=card.message_id, data="ambil")
        said, pressed = await bot.get_updates()
    assert said.message is not None
    assert said.message.sender_chat is not None
    assert said.message.sender_chat.id == GROUP
    assert said.message.from_user is not None
    assert said.message.from_user.username == "GroupAnonymousBot"
    assert pressed.callback_query is not None
    assert pressed.callback_query.from_user.id == 9001


async def test_a_plain_member_bot_hears_only_what_is_meant_for_it(simulator: Running) -> None:
    bots = [{"username": "saksi_desk_bot", "status": "member"}]
    await simulator.sim(
        "telegram/groups", id=-5, title="Kecil", bots=bots, members=[{"person": 9001, "status": "creator"}]
    )
    async with ptb_bot(simulator) as bot:
        card = await bot.send_message(-5, "Kartu")
        for text in ("obrolan", "/antrean", "halo @saksi_desk_bot"):
            await simulator.sim("telegram/message", person=9001, chat=-5, text=text)
        await simulator.sim("telegram/message", person=9001, chat=-5, text="jawaban", reply_to=card.message_id)
        heard = [update.message for update in await bot.get_updates() if update.message]
    assert [one.text for one in heard] == ["/antrean", "halo @saksi_desk_bot", "jawaban"]
    assert heard[2].reply_to_message is not None
    assert heard[2].reply_to_message.text == "Kartu"


async def test_limits_slow_a_group_down_and_count_edits_too(
    simulator: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or the library warns of its own future
    await simulator.put("limits", telegram={"group_per_minute": 2})
    async with ptb_bot(simulator) as bot:
        card = await bot.send_message(GROUP, "Kartu")
        await bot.edit_message_text("Kartu 2", GROUP, card.message_id)
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(GROUP, "Kartu 3")
        assert isinstance(told.value.retry_after, timedelta)
        assert timedelta() < told.value.retry_after <= timedelta(minutes=1)
        await simulator.sim("clock", advance=61)
        await bot.send_message(GROUP, "Kartu 3")


async def test_a_bot_says_it_works_pins_leaves_and_closes(simulator: Running) -> None:
    async with ptb_bot(simulator) as bot:
        card = await bot.send_message(GROUP, "Kartu")
        assert await bot.send_chat_action(GROUP, "typing")
        assert await bot.pin_chat_message(GROUP, card.message_id)
        assert (await bot.get_chat(GROUP)).pinned_message is not None
        assert await bot.leave_chat(GROUP)
        with pytest.raises(Forbidden, match="not a member"):
            await bot.send_message(GROUP, "Halo")
        assert await bot.close()
        assert await bot.log_out()


async def test_a_topic_a_person_made_closes_and_opens_again(simulator: Running) -> None:
    group = {"id": -1003, "title": "Forum", "forum": True, "bots": ["saksi_desk_bot"]}
    await simulator.sim("telegram/groups", **group, members=[{"person": 9001, "status": "creator"}])
    thread = (await simulator.sim("telegram/topic", group=-1003, action="create", name="Baru"))["thread"]
    where = {"person": 9001, "chat": -1003, "thread": thread, "text": "di dalam"}
    await simulator.sim("telegram/topic", group=-1003, action="close", thread=thread)
    refused = await simulator.client.post("/sim/telegram/message", json=where)
    assert refused.status_code == 404
    await simulator.sim("telegram/topic", group=-1003, action="reopen", thread=thread)
    await simulator.sim("telegram/message", **where)
    async with ptb_bot(simulator) as bot:
        made, closed, opened, said = [update.message for update in await bot.get_updates() if update.message]
    assert made.forum_topic_created is not None
    assert closed.forum_topic_closed is not None
    assert opened.forum_topic_reopened is not None
    assert (said.text, said.message_thread_id, said.is_topic_message) == ("di dalam", thread, True)


@pytest.mark.parametrize(
    ("limits", "chat", "most"),
    [({"chat_per_second": 1}, 7001, 1), ({"all_per_second": 3}, 7001, 3), ({"group_per_minute": 20}, -1, 20)],
)
def test_each_limit_lets_so_many_through_and_then_names_the_wait(
    limits: dict[str, float], chat: int, most: int
) -> None:
    limiter = Limiter()
    for _ in range(most):
        limiter.check(limits, 100, chat, now=1000.0)
    with pytest.raises(Refused) as refused:
        limiter.check(limits, 100, chat, now=1000.5)
    wait = refused.value.parameters["retry_after"]
    assert refused.value.description == f"Too Many Requests: retry after {wait}"
    limiter.check(limits, 100, chat, now=1000.5 + wait)


def test_a_private_chat_has_no_limit_of_a_minute() -> None:
    limiter = Limiter()
    for second in range(40):
        limiter.check({"group_per_minute": 20}, 100, 7001, now=1000.0 + second)


async def test_an_answer_tells_the_time_of_the_world_and_not_of_this_machine(simulator: Running) -> None:
    before = parsedate_to_datetime((await simulator.client.get("/bot200:desk-token/getMe")).headers["date"])
    await simulator.sim("clock", advance=7200)
    after = parsedate_to_datetime((await simulator.client.get("/bot200:desk-token/getMe")).headers["date"])
    assert timedelta(hours=2) <= after - before < timedelta(hours=2, minutes=1)


async def test_a_bot_may_be_kept_out_of_groups_and_a_group_be_public(simulator: Running) -> None:
    world = copy.deepcopy(EXAMPLE)
    world["telegram"]["bots"][1]["joins"] = False
    world["telegram"]["groups"][0]["username"] = "bawaslu_contoh"
    await simulator.sim("setup", **world)
    async with ptb_bot(simulator) as bot:
        assert (await bot.get_me()).can_join_groups is False
        assert (await bot.get_chat(GROUP)).username == "bawaslu_contoh"


async def test_a_bot_manages_topics_only_with_the_right_or_in_its_own(simulator: Running) -> None:
    owner = [{"person": 9001, "status": "creator"}]
    await simulator.sim("telegram/groups", id=-1004, title="Biasa", bots=["saksi_desk_bot"], members=owner)
    group = -1001000000777
    await simulator.sim("telegram/groups", id=group, title="Forum", bots=["saksi_desk_bot"], members=owner)
    desk = {"group": group, "bot": "saksi_desk_bot", "status": "administrator"}
    refused = await simulator.client.post("/sim/telegram/forum", json={"group": -1004, "on": True})
    assert refused.status_code == 409
    await simulator.sim("telegram/forum", group=group, on=True)
    async with ptb_bot(simulator) as bot:
        assert (await bot.get_chat(group)).is_forum is True
        thread = (await bot.create_forum_topic(group, "Laporan")).message_thread_id
        await simulator.sim("telegram/member", **desk, without=["can_manage_topics"])
        assert (await bot.get_chat_member(group, 200)).to_dict()["can_manage_topics"] is False
        with pytest.raises(BadRequest, match=r"(?i)not enough rights to create a topic"):
            await bot.create_forum_topic(group, "Lain")
        for where, number in ((thread, thread), (0, None)):
            await simulator.sim("telegram/topic", group=group, action="close", thread=where)
            with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
                await bot.send_message(group, "Kartu", message_thread_id=number)
        await bot.reopen_forum_topic(group, thread)
        with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage topics"):
            await bot.reopen_general_forum_topic(group)
        await simulator.sim("telegram/member", **desk)
        await bot.reopen_general_forum_topic(group)
        with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
            await bot.reopen_general_forum_topic(group)
        await bot.close_general_forum_topic(group)
        await simulator.sim("telegram/forum", group=group, on=False)
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(group, "Kartu", message_thread_id=thread)
        assert (await bot.send_message(group, "Kartu")).message_thread_id is None
