"""What a bot asks and does about chats: who is in, which topics there are, leaving."""

from typing import Any

from simulator.telegram.call import Call
from simulator.telegram.errors import bad
from simulator.telegram.model import ADMINISTRATORS, GONE, TOPIC_COLOR, Bot, Chat, Message, Person, Topic
from simulator.telegram.shapes import Shape, chat_in_full, member, topic

TOPIC_NAME = 128  # characters


def _chat(call: Call) -> Chat:
    return call.telegram.seen_by(call.bot, call.params["chat_id"])


async def get_chat(call: Call) -> Shape:
    return chat_in_full(_chat(call))


async def get_chat_member(call: Call) -> Shape:
    chat, who = _chat(call), call.telegram.known(call.number("user_id"))
    if who is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return member(chat, who, "member" if chat.person else "")


async def get_chat_member_count(call: Call) -> int:
    chat = _chat(call)
    return 2 if chat.person else len(present(call, chat))


async def get_chat_administrators(call: Call) -> list[Shape]:
    """Administrators, without bots unless asked for; this bot is never left out of its own view."""
    chat = _chat(call)
    if chat.person:
        raise bad("there are no administrators in the private chat")
    wanted = [who for who in present(call, chat) if chat.status(who) in ADMINISTRATORS]
    return [
        member(chat, who) for who in wanted if isinstance(who, Person) or who is call.bot or call.flag("return_bots")
    ]


def present(call: Call, chat: Chat) -> list[Bot | Person]:
    everybody = [call.telegram.known(number) for number, status in chat.members.items() if status not in GONE]
    return [who for who in everybody if who]


async def leave_chat(call: Call) -> bool:
    chat = _chat(call)
    if chat.person:
        raise bad("chat member status can't be changed in private chats")
    chat.members[call.bot.id] = "left"
    call.world.changed()
    return True


def notice(call: Call, chat: Chat, number: int, thread: int, **extra: Any) -> None:
    """A service message of this bot; Telegram tells bots nothing of their own."""
    now = call.world.now()
    chat.add(Message(id=number, chat=chat, sender=call.bot, at=now, thread=thread, extra=extra))
    call.world.changed()


def _forum(call: Call) -> Chat:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    if not chat.forum:
        raise bad("the chat is not a forum")
    return chat


def _manageable(call: Call, chat: Chat, what: str, found: Topic | None = None) -> None:
    """Raises Refused unless this bot has the right, or made the topic."""
    if not chat.may(call.bot, "can_manage_topics") and (found is None or found.by != call.bot.id):
        raise bad(f"not enough rights to {what}")


def _topic(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    found = chat.topics.get(call.number("message_thread_id"))
    if found is None:
        raise bad("TOPIC_ID_INVALID")
    _manageable(call, chat, "manage topics", found)
    return chat, found


def _name(call: Call) -> str:
    name = call.words("name").strip()
    if not name:
        raise bad("TOPIC_TITLE_EMPTY")
    if len(name) > TOPIC_NAME:
        raise bad("TOPIC_TITLE_TOO_LONG")
    return name


async def create_forum_topic(call: Call) -> Shape:
    chat = _forum(call)
    _manageable(call, chat, "create a topic")
    new = Topic(next(chat.ids), _name(call), call.number("icon_color", TOPIC_COLOR), by=call.bot.id)
    chat.topics[new.thread] = new
    notice(call, chat, new.thread, new.thread, forum_topic_created={"name": new.name, "icon_color": new.color})
    return topic(new)


async def edit_forum_topic(call: Call) -> bool:
    _, found = _topic(call)
    found.name = _name(call) if "name" in call.params else found.name
    call.world.changed()
    return True


async def _turn(call: Call, *, closed: bool) -> bool:
    chat, found = _topic(call)
    if found.closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    found.closed = closed
    what = "forum_topic_closed" if closed else "forum_topic_reopened"
    notice(call, chat, next(chat.ids), found.thread, **{what: {}})
    return True


async def close_forum_topic(call: Call) -> bool:
    return await _turn(call, closed=True)


async def reopen_forum_topic(call: Call) -> bool:
    return await _turn(call, closed=False)


async def _turn_general(call: Call, *, closed: bool) -> bool:
    chat = _forum(call)
    _manageable(call, chat, "manage topics")
    if chat.general_closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.general_closed = closed
    call.world.changed()
    return True


async def close_general_forum_topic(call: Call) -> bool:
    return await _turn_general(call, closed=True)


async def reopen_general_forum_topic(call: Call) -> bool:
    return await _turn_general(call, closed=False)


async def delete_forum_topic(call: Call) -> bool:
    chat, found = _topic(call)
    drop_topic(chat, found.thread)
    call.world.changed()
    return True


def drop_topic(chat: Chat, thread: int) -> None:
    """Delete a topic with everything in it; no bot is told."""
    del chat.topics[thread]
    for number in [number for number, one in chat.messages.items() if one.thread == thread]:
        del chat.messages[number]
