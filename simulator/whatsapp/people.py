"""What people do with WhatsApp on their phones, asked for under /sim/whatsapp."""

import json
import secrets
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.control import Asked, Given, asked, asked_with_files
from simulator.whatsapp import outbox, webhooks
from simulator.whatsapp.account import RECEIVED_LIVES, Message, Person, WhatsApp, in_chat, wamid
from simulator.whatsapp.errors import GraphError
from simulator.whatsapp.odd import ODD, STICKER
from simulator.whatsapp.webhooks import News
from simulator.world import World, Wrong

Body = dict[str, Any]

LONGEST_TEXT = 65_536
LARGEST_FILE = 100 * 1024 * 1024
KINDS = ("image", "document", "video", "audio", "voice", "sticker")
WITH_CAPTION = ("image", "document", "video")


class People:
    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def _account(self) -> WhatsApp:
        return self._world.whatsapp

    def routes(self) -> list[Route]:
        acts = {
            "people": self.welcome,
            "message": self.message,
            "press": self.press,
            "files": self.files,
            "odd": self.odd,
            "seen": self.seen,
            "webhook": self.webhook,
            "verify": self.verify,
        }
        return [Route(f"/sim/whatsapp/{name}", act, methods=["POST"]) for name, act in acts.items()]

    async def welcome(self, request: Request) -> Response:
        person = self._account.welcome(await _asked(request))
        self._world.changed()
        return JSONResponse(person.shown())

    async def message(self, request: Request) -> Response:
        order = await _asked(request)
        person, text = self._writer(order), order.need("text", str)
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise Wrong(f"a message has 1 to {LONGEST_TEXT} characters")
        message = self._bubble(person, "text", text=text, reply_to=order.maybe("reply_to", str))
        return self._sent(message, self._said(message, "text", {"body": text}))

    async def press(self, request: Request) -> Response:
        """A tap on a button or a row; what was never offered is sent all the same, as any client could."""
        order = await _asked(request)
        person, pressed = self._writer(order), order.need("id", str)
        target = self._account.messages.get(order.need("message", str))
        kind, content, title = _choice(target, pressed)
        message = self._bubble(person, "text", text=title, reply_to=order.need("message", str))
        return self._sent(message, self._said(message, kind, content))

    async def files(self, request: Request) -> Response:
        """Each file is a message of its own: WhatsApp's albums arrive so."""
        order, files = await asked_with_files(request)
        person, kind, caption = self._writer(order), order.need("as", str), order.may("caption", str, "")
        if kind not in KINDS:
            raise Wrong(f"as should be one of {', '.join(KINDS)}")
        base = str(request.base_url)
        messages = [self._give(base, person, kind, file, caption if at == 0 else "") for at, file in enumerate(files)]
        self._world.changed()
        return JSONResponse({"ids": [message.id for message in messages]})

    async def odd(self, request: Request) -> Response:
        order = await _asked(request)
        person, kind = self._writer(order), order.need("kind", str)
        if kind == "sticker":
            return self._sticker(person, str(request.base_url))
        if kind not in ODD:
            raise Wrong(f"kind should be sticker or one of {', '.join(ODD)}")
        message = self._bubble(person, "odd", text=kind)
        news = ODD[kind](self._account, person, message, order)
        return self._sent(message, news, person=person.id)

    def _sticker(self, person: Person, base: str) -> Response:
        message = self._give(base, person, "sticker", Given("stiker.webp", "image/webp", STICKER), "")
        self._world.changed()
        return JSONResponse({"id": message.id})

    async def seen(self, request: Request) -> Response:
        order = await asked(request)
        person = self._account.person(order.need("person", str))
        unread = list(self._account.unread(person))
        for message in unread:
            message.status = "read"
            self._account.tell(webhooks.status(person, message, "read", self._world.now()))
        self._world.changed()
        return JSONResponse({"read": [message.id for message in unread]})

    async def webhook(self, request: Request) -> Response:
        """Any bytes, once and now, beside the queue."""
        order = await asked(request)
        if "body" not in order:
            raise Wrong("body is missing")
        body = order["body"]
        raw = body if isinstance(body, str) else json.dumps(body)
        async with self._http() as http:
            status = await outbox.deliver(
                http, self._account, raw.encode("utf-8", "surrogatepass"), order.maybe("signature", str)
            )
        if status is None:
            raise Wrong(f"the webhook does not answer: {self._account.outbox.answered}", 502)
        return JSONResponse({"status": status})

    async def verify(self, request: Request) -> Response:
        """Meta's handshake: the webhook should say the challenge back."""
        order = await asked(request)
        challenge = f"{secrets.randbelow(10**10)}"
        token = order.may("verify_token", str, self._account.verify_token)
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token}
        try:
            async with self._http() as http:
                answer = await http.get(self._webhook(), params=query)
        except httpx.RequestError as error:
            raise Wrong(f"the webhook does not answer: {type(error).__name__}", 502) from error
        same = answer.status_code == httpx.codes.OK and answer.text == challenge
        return JSONResponse({"status": answer.status_code, "body": answer.text[:1000], "verified": same})

    def _webhook(self) -> str:
        if self._account.webhook is None:
            raise Wrong("this setup has no webhook", 409)
        return self._account.webhook

    def _http(self) -> httpx.AsyncClient:
        self._webhook()
        return httpx.AsyncClient(timeout=outbox.PATIENCE, trust_env=False)

    def _writer(self, order: Asked) -> Person:
        """Who does it; refused while the webhook leaves too much waiting, so that nothing is lost."""
        if self._account.outbox.full:
            raise Wrong("too much waits for a webhook that does not answer", 503)
        return self._account.person(order.need("person", str))

    def _bubble(self, person: Person, kind: str, **shown: Any) -> Message:
        return Message(wamid(), person.id, "person", kind, self._world.now(), **shown)

    def _said(self, message: Message, kind: str, content: Body) -> News:
        person = self._account.person(message.person)
        context = {"from": self._account.number, "id": message.reply_to} if message.reply_to else None
        message.told = {"type": kind, kind: content}
        return webhooks.said(person, message, kind, content, context)

    def _sent(self, message: Message, news: News, **more: str) -> Response:
        self._account.say(message)
        self._account.tell(news)
        self._world.changed()
        return JSONResponse({"id": message.id, **more})

    def _give(self, base: str, person: Person, kind: str, given: Given, caption: str) -> Message:
        media = self._world.keep(given.data, given.name, given.mime)
        shown = caption if kind in WITH_CAPTION else ""
        message = self._bubble(person, kind, text=shown, media=in_chat(media, kind))
        self._account.say(message)
        if len(given.data) > LARGEST_FILE:
            self._account.tell(too_big(person, message))
            return message
        file = self._account.store(media, message.at + RECEIVED_LIVES)
        content = webhooks.media(
            file, self._account.url(base, file, message.at, "webhook"), **_about(kind, given, shown)
        )
        self._account.tell(self._said(message, "audio" if kind == "voice" else kind, content))
        return message


def too_big(person: Person, message: Message) -> News:
    error = GraphError(131052, "Media file size too big. Max file size we currently support: 100MB.")
    return webhooks.unsupported(person, message, error, "media_placeholder")


def _about(kind: str, given: Given, caption: str) -> Body:
    """What a message tells about its file besides the file."""
    more: dict[str, Body] = {
        "document": {"filename": given.name},
        "audio": {"voice": False},
        "voice": {"voice": True},
        "sticker": {"animated": False},
    }
    return {**({"caption": caption} if caption else {}), **more.get(kind, {})}


def _choice(target: Message | None, pressed: str) -> tuple[str, Body, str]:
    """Kind, content and words of a tap."""
    rows = target.menu["rows"] if target and target.menu else []
    for row in rows:
        if row["id"] == pressed:
            said = {name: value for name, value in row.items() if value}
            return "interactive", {"type": "list_reply", "list_reply": said}, row["title"]
    buttons = target.buttons if target else []
    title = next((button["title"] for button in buttons if button["id"] == pressed), pressed[:20])
    if target and target.kind == "template":
        return "button", {"payload": pressed, "text": title}, title
    return "interactive", {"type": "button_reply", "button_reply": {"id": pressed, "title": title}}, title


async def _asked(request: Request) -> Asked:
    """As `asked`, and everything in it can be said again: no lone surrogates, no NaN."""
    order = await asked(request)
    try:
        json.dumps(order, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise Wrong("the body holds characters or numbers that JSON has not") from error
    return order
