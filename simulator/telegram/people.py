"""What people on phones do: write, press, send files, edit, take back, block."""

import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulator.control import Asked, Given, asked, asked_with_files
from simulator.telegram import odd, shapes
from simulator.telegram.arrivals import Arrivals
from simulator.telegram.files import SHAPES, attach
from simulator.telegram.model import GONE, Bot, Chat, Message, Person, Query, Telegram
from simulator.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, found, units
from simulator.world import World, Wrong

ALBUM = 10  # files; clients send the eleventh in an album of its own
IN_ALBUMS = ("photo", "video", "document", "audio")
NUMBERS = ("person", "reply_to", "thread")  # of a form, where everything is text


def pieces(text: str) -> list[str]:
    """A long text as the clients send it: in several messages of at most 4096 UTF-16 units."""
    parts, rest = [], text.strip()
    while rest:
        # Cutting a pair in half leaves a byte pair that is no character: it stays for the next piece.
        part = rest.encode("utf-16-le")[: 2 * TEXT_LIMIT].decode("utf-16-le", "ignore")
        parts.append(part.strip())
        rest = rest[len(part) :].strip()
    return parts


def albums(files: list[Given], kind: str) -> list[str | None]:
    """For each file the album it goes in: with up to nine others, or alone and in none."""
    together: list[str | None] = []
    for start in range(0, len(files), ALBUM):
        size = min(ALBUM, len(files) - start)
        album = str(secrets.randbelow(10**17)) if size > 1 and kind in IN_ALBUMS else None
        together += [album] * size
    return together


class People:
    def __init__(self, world: World) -> None:
        self.world, self.arrivals = world, Arrivals(world)

    def routes(self) -> list[BaseRoute]:
        deeds = {
            "people": self.add,
            "start": self.start,
            "message": self.message,
            "press": self.press,
            "files": self.files,
            "odd": self.odd,
            "edit": self.edit,
            "delete": self.delete,
            "block": self.block,
            "update": self.update,
        }
        return [Route(f"/sim/telegram/{name}", deed, methods=["POST"]) for name, deed in deeds.items()]

    @property
    def telegram(self) -> Telegram:
        return self.world.telegram

    def _where(self, body: Asked) -> tuple[Person, Chat]:
        """Who acts, and in which chat: that with a bot (its username) or a group (its id)."""
        person, chat = self.telegram.person(body.need("person", int)), body.get("chat")
        if isinstance(chat, int) or (isinstance(chat, str) and re.fullmatch(r"-[0-9]{1,18}", chat)):
            group = self.telegram.group(int(chat))
            if group.upgraded_to:
                raise Wrong(f"this group is {group.upgraded_to} now", 409)
            if group.status(person) in GONE:
                raise Wrong(f"{person.name} is not in this group", 403)
            return person, group
        return person, self.telegram.private(person, self.telegram.bot(body.need("chat", str)))

    def _say(self, body: Asked, **content: Any) -> Message:
        """A new message of a person, on its way to the bots."""
        person, chat = self._where(body)
        if chat.blocked:
            raise Wrong("this person has blocked the bot; /start it again", 409)
        thread = body.maybe("thread", int)
        if thread and (thread not in chat.topics or chat.topics[thread].closed):
            raise Wrong("no such open topic", 404)
        chat.started = True
        message = Message(
            id=next(chat.ids),
            chat=chat,
            sender=person,
            at=self.world.now(),
            reply_to=body.maybe("reply_to", int),
            thread=thread,
            anonymous=body.may("anonymous", bool, default=False),
            **content,
        )
        return self.arrivals.message(message)

    async def add(self, request: Request) -> Response:
        person = self.telegram.add_person(await asked(request))
        self.world.changed()
        return JSONResponse({"id": person.id}, 201)

    async def start(self, request: Request) -> Response:
        """What the Start button sends; it also lifts a block."""
        body = await asked(request)
        self._blocking(self._where(body)[1], blocked=False)
        text = f"/start {body.may('payload', str, '')}".strip()
        return JSONResponse({"message": self._say(body, text=text, entities=found(text, [])).id})

    async def message(self, request: Request) -> Response:
        body = await asked(request)
        parts = pieces(body.need("text", str))
        if not parts:
            raise Wrong("a message cannot be empty")
        sent = [self._say(body, text=part, entities=found(part, [])) for part in parts]
        return said(sent)

    async def press(self, request: Request) -> Response:
        body = await asked(request)
        person, chat = self._where(body)
        number, data = body.need("message", int), body.need("data", str)
        message = chat.messages.get(number)
        bot = self._pressed(chat, message)
        query = Query(str(10**17 + secrets.randbelow(10**17)), bot, person, self.world.now())
        self.telegram.queries[query.id] = query
        shape = {
            "id": query.id,
            "from": shapes.user(person),
            "message": shapes.message(message, bot) if message else shapes.inaccessible(chat, number),
            "chat_instance": str(chat.id * 7 + bot.id),
            "data": data,
        }
        self.arrivals.press(bot, person, shape)
        return JSONResponse({"query": query.id})

    def _pressed(self, chat: Chat, message: Message | None) -> Bot:
        """Whose button it is: the sender's or, when the message is gone, that of the only bot there."""
        if message and isinstance(message.sender, Bot):
            return message.sender
        bots = self.telegram.bots_in(chat)
        if message or len(bots) != 1:
            raise Wrong("no bot's message", 404)
        return bots[0]

    async def files(self, request: Request) -> Response:
        form, given = await asked_with_files(request)
        body = Asked({name: whole(name, value) for name, value in form.items()})
        kind, caption = body.may("as", str, "document"), body.may("caption", str, "").strip()
        if kind not in SHAPES:
            raise Wrong(f"as should be one of {', '.join(SHAPES)}")
        if units(caption) > CAPTION_LIMIT:
            raise Wrong(f"a caption has at most {CAPTION_LIMIT} characters")
        sent: list[Message] = []
        for file, album in zip(given, albums(given, kind), strict=True):
            its = "video" if kind == "photo" and file.mime.startswith("video/") else kind
            words = {} if sent else {"text": caption, "entities": found(caption, [])}
            sent.append(self._say(body, attachment=attach(self.world, its, file), album=album, **words))
        return said(sent)

    async def odd(self, request: Request) -> Response:
        body = await asked(request)
        return JSONResponse({"message": self._say(body, **odd.content(self.world, body)).id})

    def _own(self, body: Asked) -> Message:
        person, chat = self._where(body)
        message = chat.messages.get(body.need("message", int))
        if message is None or message.sender is not person:
            raise Wrong("no such message of this person", 404)
        return message

    async def edit(self, request: Request) -> Response:
        body = await asked(request)
        message, text = self._own(body), body.need("text", str).strip()
        if not text and not message.attachment:
            raise Wrong("a message cannot be empty")
        message.text, message.entities = text, found(text, [])
        message.edited_at = self.world.now()
        self.arrivals.message(message, "edited_message")
        return JSONResponse({"message": message.id})

    async def delete(self, request: Request) -> Response:
        """Take a message back; Telegram tells bots nothing of it."""
        message = self._own(await asked(request))
        del message.chat.messages[message.id]
        self.world.changed()
        return JSONResponse({"message": message.id})

    async def block(self, request: Request) -> Response:
        _, chat = self._where(await asked(request))
        if chat.bot is None:
            raise Wrong("only a bot can be blocked")
        self._blocking(chat, blocked=True)
        return JSONResponse({"blocked": chat.bot.username})

    def _blocking(self, chat: Chat, *, blocked: bool) -> None:
        if chat.person and chat.bot and chat.blocked is not blocked:
            chat.blocked = blocked
            before, after = ("member", "kicked") if blocked else ("kicked", "member")
            self.arrivals.my_status(chat.bot, chat, chat.person, before, after)

    async def update(self, request: Request) -> Response:
        """Any update at all, as it is."""
        body = await asked(request)
        bot, update = self.telegram.bot(body.need("bot", str)), Asked(body.need("update", dict))
        update.maybe("update_id", int)
        kind = next((name for name in update if name != "update_id"), "message")
        put = bot.tell(kind, "raw", update, self.world.now())
        return JSONResponse({"update_id": put.id if put else None})


def whole(name: str, value: Any) -> Any:
    return int(value) if name in NUMBERS and re.fullmatch(r"[0-9]{1,18}", value) else value


def said(sent: list[Message]) -> Response:
    return JSONResponse({"message": sent[0].id, "messages": [one.id for one in sent]})
