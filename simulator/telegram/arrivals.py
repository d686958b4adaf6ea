"""How what happens in a chat reaches the bots in it, as updates of the right kind and order."""

from typing import Any

from simulator.telegram import shapes
from simulator.telegram.model import ADMINISTRATORS, Bot, Chat, Message, Person
from simulator.world import World


def hears(bot: Bot, message: Message) -> bool:
    """Privacy mode: in groups a bot that is no administrator gets commands, mentions and answers to itself.

    Source: https://core.telegram.org/bots/features#privacy-mode
    """
    chat = message.chat
    if chat.person or chat.status(bot) in ADMINISTRATORS or message.extra:
        return True
    answered = chat.messages.get(message.reply_to or 0)
    meant = message.text.startswith("/") or f"@{bot.username}" in message.text
    return meant or (answered is not None and answered.sender is bot)


class Arrivals:
    """Messages, presses and changes of members each travel in a queue of their own, in order within it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def message(self, message: Message, kind: str = "message") -> Message:
        """Put a person's new (or edited) message into its chat and on its way."""
        message.chat.add(message)
        for bot in self.world.telegram.bots_in(message.chat):
            if hears(bot, message):
                self._send(bot, message.chat, kind, shapes.message(message, bot))
        self.world.changed()
        return message

    def press(self, bot: Bot, person: Person, query: dict[str, Any]) -> None:
        bot.tell("callback_query", f"press {person.id}", {"callback_query": query}, self.world.now())
        self.world.changed()

    def notice(self, chat: Chat, by: Person, thread: int | None = None, **extra: Any) -> Message:
        """A service message: somebody came, a topic was closed, the group is another one now."""
        number = next(chat.ids)
        thread = number if "forum_topic_created" in extra else thread
        return self.message(Message(id=number, chat=chat, sender=by, at=self.world.now(), thread=thread, extra=extra))

    def my_status(self, bot: Bot, chat: Chat, by: Person, before: str, after: str) -> None:
        self._send(bot, chat, "my_chat_member", self._change(chat, bot, by, before, after))
        self.world.changed()

    def status(self, who: Person, chat: Chat, by: Person, before: str, after: str) -> None:
        """Administrators among the bots hear how a member changed, when they asked for it."""
        for bot in self.world.telegram.bots_in(chat):
            if chat.status(bot) in ADMINISTRATORS:
                self._send(bot, chat, "chat_member", self._change(chat, who, by, before, after))

    def _send(self, bot: Bot, chat: Chat, kind: str, body: dict[str, Any]) -> None:
        lane = str(chat.id) if kind == "message" else f"{kind} {chat.id}"
        bot.tell(kind, lane, {kind: body}, self.world.now())

    def _change(self, chat: Chat, who: Bot | Person, by: Person, before: str, after: str) -> dict[str, Any]:
        return {
            "chat": shapes.chat(chat),
            "from": shapes.user(by),
            "date": int(self.world.now()),
            "old_chat_member": shapes.member(chat, who, before),
            "new_chat_member": shapes.member(chat, who, after),
        }
