"""What a bot does to messages that are there: edit, delete, pin; and its answers to pressed buttons."""

from typing import Any

from simulator.telegram.call import Call
from simulator.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad
from simulator.telegram.markup import checked
from simulator.telegram.model import ADMINISTRATORS, Chat, Message
from simulator.telegram.sending import caption_of, text_of
from simulator.telegram.shapes import Shape, message
from simulator.telegram.updates import PRESS

TOO_OLD = 48 * 3600  # seconds after which a message cannot be deleted, https://core.telegram.org/bots/api#deletemessage
MOST_DELETED = 100
TOAST = 200  # characters


def to_edit(call: Call) -> Message:
    chat = call.telegram.writable(call.bot, call.params.get("chat_id"))
    found = chat.messages.get(call.number("message_id"))
    if found is None:
        raise bad("message to edit not found")
    if found.sender is not call.bot:
        raise bad("message can't be edited")
    return found


def change(call: Call, one: Message, **new: Any) -> Shape:
    """Give a message its new content; raises Refused when nothing is new."""
    if all(getattr(one, name) == value for name, value in new.items()):
        raise bad(NOT_MODIFIED)
    for name, value in new.items():
        setattr(one, name, value)
    one.edited_at = call.world.now()
    call.world.changed()
    return message(one, call.bot)


def markup_of(call: Call) -> dict[str, Any] | None:
    return checked(call.params.get("reply_markup"), inline_only=True)


async def edit_message_text(call: Call) -> Shape:
    one = to_edit(call)
    text, entities = text_of(call)
    if one.attachment or one.extra:
        raise bad("there is no text in the message to edit")
    return change(call, one, text=text, entities=entities, markup=markup_of(call))


async def edit_message_caption(call: Call) -> Shape:
    one = to_edit(call)
    mode, entities = call.words("parse_mode"), call.listed("caption_entities")
    text, entities = caption_of(call.words("caption"), mode, entities)
    if one.attachment is None:
        raise bad("there is no caption in the message to edit")
    return change(call, one, text=text, entities=entities, markup=markup_of(call))


async def edit_message_reply_markup(call: Call) -> Shape:
    return change(call, to_edit(call), markup=markup_of(call))


async def delete_message(call: Call) -> bool:
    chat = call.telegram.seen_by(call.bot, call.params["chat_id"])
    one = chat.messages.get(call.number("message_id"))
    if one is None:
        raise bad("message to delete not found")
    _deletable(call, chat, one)
    _delete(call, chat, [one])
    return True


async def delete_messages(call: Call) -> bool:
    """Deletes all of them or, when one is too old, none; those not found are skipped."""
    chat = call.telegram.seen_by(call.bot, call.params["chat_id"])
    numbers = call.listed("message_ids")
    if not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > MOST_DELETED:
        raise bad("too many message identifiers specified")
    there = [chat.messages[number] for number in numbers if isinstance(number, int) and number in chat.messages]
    for one in there:
        _deletable(call, chat, one)
    _delete(call, chat, there)
    return True


def _deletable(call: Call, chat: Chat, one: Message) -> None:
    others = one.sender is not call.bot and not chat.person
    if call.world.now() - one.at > TOO_OLD:
        raise bad("message can't be deleted for everyone")
    if others and chat.status(call.bot) not in ADMINISTRATORS:
        raise bad("message can't be deleted")


def _delete(call: Call, chat: Chat, those: list[Message]) -> None:
    for one in those:
        chat.messages.pop(one.id, None)
    call.world.changed()


async def pin_chat_message(call: Call) -> bool:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    if call.number("message_id") not in chat.messages:
        raise bad("message to pin not found")
    if not chat.person and chat.status(call.bot) not in ADMINISTRATORS:
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned = call.number("message_id")
    call.world.changed()
    return True


async def answer_callback_query(call: Call) -> bool:
    query = call.telegram.queries.get(call.words("callback_query_id"))
    if query is None or query.bot is not call.bot or call.world.now() - query.at > PRESS:
        raise bad(QUERY_TOO_OLD)
    text = call.words("text")
    if len(text) > TOAST:
        raise bad("MESSAGE_TOO_LONG")
    if text:
        toasts = call.telegram.toasts
        shown = {"person": query.person.id, "text": text, "alert": call.flag("show_alert")}
        toasts.append({"n": len(toasts) + 1, **shown})
        call.world.changed()
    return True
