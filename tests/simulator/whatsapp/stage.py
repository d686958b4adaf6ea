"""Both sides of the simulated WhatsApp over real HTTP: a simulator and a webhook, each on a free port."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from simulator.app import build
from simulator.line import Line

SECRET, TOKEN, VERIFY, PHONE_ID, NUMBER = (
    "app-secret",
    "wa-token",
    "verify",
    "100000000000001",
    "628000000000",
)
HIDDEN = "ID.11111111111111111111"  # shows no phone number
SHOWN = "ID.22222222222222222222"
PHONE = "6280000000001"
PATIENCE = 20

Json = dict[str, Any]


class Server(uvicorn.Server):
    """Says when it accepts connections."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        super().__init__(uvicorn.Config(app, port=port, http=Line, ws="none", access_log=False, log_level="error"))
        self.ready, self.leave = asyncio.Event(), asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Without uvicorn's own tick of a tenth of a second, which a hundred tests would feel."""
        await self.leave.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """The address of an application that is being served; port 0 is any free one."""
    server = Server(app, port)
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    try:
        yield server.url
    finally:
        server.leave.set()
        await running


@dataclass
class Post:
    """What one POST to the webhook brought, and what it was told."""

    raw: bytes
    headers: dict[str, str]
    answer: int
    path: str

    @property
    def body(self) -> Json:
        body: Json = json.loads(self.raw)
        return body

    @property
    def values(self) -> list[Json]:
        return [change["value"] for entry in self.body["entry"] for change in entry["changes"]]

    def items(self, kind: str) -> list[Json]:
        return [item for value in self.values for item in value.get(kind, [])]

    @property
    def signed(self) -> bool:
        """Checked without the simulator's own code."""
        wanted = hmac.new(SECRET.encode(), self.raw, hashlib.sha256).hexdigest()
        return self.headers["x-hub-signature-256"] == f"sha256={wanted}"


@dataclass
class Webhook:
    """A bot's end of the line. `answers` are given in turn, then 200 for ever."""

    answers: list[int] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["GET", "POST"])])

    async def _take(self, request: Request) -> Response:
        if request.method == "GET":
            return self._verify(request)
        answer = self.answers.pop(0) if self.answers else 200
        self.posts.append(Post(await request.body(), dict(request.headers), answer, request.url.path))
        self._arrived.set()
        return PlainTextResponse("", answer)

    def _verify(self, request: Request) -> Response:
        if request.query_params["hub.verify_token"] != VERIFY or request.query_params["hub.mode"] != "subscribe":
            return PlainTextResponse("no", 403)
        return PlainTextResponse(request.query_params["hub.challenge"])

    @property
    def taken(self) -> list[Post]:
        return [post for post in self.posts if post.answer == 200]

    def items(self, kind: str) -> list[Json]:
        return [item for post in self.taken for item in post.items(kind)]

    @property
    def messages(self) -> list[Json]:
        return self.items("messages")

    @property
    def statuses(self) -> list[Json]:
        return self.items("statuses")

    async def until(self, true: Callable[[Self], bool]) -> None:
        """Wait for posts until it is true; TimeoutError when it never is."""
        async with asyncio.timeout(PATIENCE):
            while not true(self):
                self._arrived.clear()
                await self._arrived.wait()


@dataclass
class Stage:
    """A simulator to play with."""

    http: httpx.AsyncClient
    webhook: Webhook

    async def sim(self, path: str, *, expect: int = 200, method: str = "POST", **body: Any) -> Json:
        """A control call under /sim."""
        answer = await self.http.request(method, f"/sim/{path}", json=body)
        assert answer.status_code == expect, answer.text
        found: Json = answer.json()
        return found

    async def state(self) -> Json:
        found: Json = (await self.http.get("/sim/state")).json()["whatsapp"]
        return found

    async def chat(self, person: str = HIDDEN) -> list[Json]:
        chats = (await self.state())["chats"]
        found: list[Json] = next(chat["messages"] for chat in chats if chat["key"] == person)
        return found

    async def calls(self) -> list[Json]:
        found: list[Json] = (await self.http.get("/sim/calls")).json()["calls"]
        return found

    async def write(self, text: str = "Halo", person: str = HIDDEN, **more: Any) -> str:
        """A person writes; returns the message's id."""
        wamid: str = (await self.sim("whatsapp/message", person=person, text=text, **more))["id"]
        return wamid

    async def give(self, *files: tuple[str, bytes, str], kind: str, person: str = HIDDEN, caption: str = "") -> None:
        form = {"person": person, "as": kind, "caption": caption}
        answer = await self.http.post("/sim/whatsapp/files", data=form, files=[("file", file) for file in files])
        assert answer.status_code == 200, answer.text

    async def graph(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A call of the Cloud API, below the version."""
        headers = {"Authorization": f"Bearer {options.pop('token', TOKEN)}"}
        return await self.http.request(method, f"/v25.0/{path}", headers=headers, **options)

    async def post(self, body: Json) -> httpx.Response:
        return await self.graph("POST", f"{PHONE_ID}/messages", json=body)

    async def send(self, kind: str, content: Json, to: str = HIDDEN, **more: Any) -> str:
        """The business sends; returns the message's id."""
        answer = await self.post(message(kind, content, to, **more))
        assert answer.status_code == 200, answer.text
        wamid: str = answer.json()["messages"][0]["id"]
        return wamid

    async def refused(self, kind: str, content: Json, to: str = HIDDEN, **more: Any) -> int:
        """The business sends what is refused; returns the error's code."""
        answer = await self.post(message(kind, content, to, **more))
        assert answer.status_code >= 400, answer.text
        code: int = answer.json()["error"]["code"]
        return code

    async def upload(self, data: bytes, name: str = "foto.png", mime: str = "image/png", **form: str) -> httpx.Response:
        form = {"messaging_product": "whatsapp", **form}
        return await self.graph("POST", f"{PHONE_ID}/media", data=form, files={"file": (name, data, mime)})


def message(kind: str, content: Json, to: str = HIDDEN, **more: Any) -> Json:
    who = {"recipient": to} if to.startswith("ID.") else {"to": to}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **who,
        "type": kind,
        kind: content,
        **more,
    }


def buttons(*choices: tuple[str, str], body: str = "Pilih:") -> Json:
    replies = [{"type": "reply", "reply": {"id": key, "title": title}} for key, title in choices]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}


def menu(*rows: Json, body: str = "Pilih:") -> Json:
    sections = [{"title": "Pilihan", "rows": list(rows)}]
    return {"type": "list", "body": {"text": body}, "action": {"button": "Buka daftar", "sections": sections}}


def setup(webhook: str | None, **more: Any) -> Json:
    people = [
        {"id": HIDDEN, "name": "Warga Tersembunyi", "phone": None, "username": "warga.tersembunyi"},
        {"id": SHOWN, "name": "Warga Terlihat", "phone": PHONE},
    ]
    keys = {
        "phone_id": PHONE_ID,
        "number": NUMBER,
        "token": TOKEN,
        "app_secret": SECRET,
        "verify_token": VERIFY,
    }
    return {"whatsapp": {**keys, "webhook": webhook, "name": "Saksi", "people": people, **more}}


@contextlib.asynccontextmanager
async def raised(webhook_path: str = "/whatsapp", **more: Any) -> AsyncIterator[Stage]:
    """A simulator and a webhook, wired to each other."""
    webhook = Webhook()
    async with contextlib.AsyncExitStack() as stack:
        there = await stack.enter_async_context(serving(webhook.app()))
        here = await stack.enter_async_context(serving(build(setup(there + webhook_path, **more))))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=here, trust_env=False, timeout=PATIENCE))
        yield Stage(http, webhook)
