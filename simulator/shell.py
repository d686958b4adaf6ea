"""What belongs to no platform: setting the world up, its clock, faults and limits, and what happened."""

import asyncio
import contextlib
import copy
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from simulator import telegram, whatsapp
from simulator.control import Asked, asked
from simulator.telegram import Telegram
from simulator.whatsapp import WhatsApp
from simulator.world import Setup, World, Wrong

AT_MOST_EVERY = 0.05  # seconds between two events
FARTHEST = 10 * 366 * 86_400  # seconds the clock may jump at once
HEARTBEAT = 15.0  # seconds of silence before a comment keeps the stream alive
LIMITS = {
    "telegram": {"group_per_minute", "chat_per_second", "all_per_second"},
    "whatsapp": {"person_per_6s", "burst"},
}
LONGEST_WAIT = 60.0  # seconds somebody may wait for news in one request


def begin(world: World, setup: Setup) -> None:
    """Replace the whole world; raises Wrong, and changes nothing, when the setup cannot be."""
    parts = Asked(setup)
    sides = Telegram(Asked(parts.may("telegram", dict, {}))), WhatsApp(Asked(parts.may("whatsapp", dict, {})))
    parts.maybe("page", dict)
    old = getattr(world, "telegram", None)
    world.telegram, world.whatsapp = sides
    if old is not None:
        world.telegram.follow(old)
    world.restart(setup)


def seconds(request: Request, name: str) -> float:
    try:
        value = float(request.query_params.get(name, 0))
    except ValueError as error:
        raise Wrong(f"{name} should be a number of seconds") from error
    return min(value, LONGEST_WAIT)


def number(request: Request, name: str) -> int:
    value = request.query_params.get(name, "0")
    if not value.isdecimal():
        raise Wrong(f"{name} should be a whole number")
    return int(value)


def routes(world: World) -> list[BaseRoute]:
    shell = Shell(world)
    return [
        Route("/sim/setup", shell.setup, methods=["POST"]),
        Route("/sim/reset", shell.reset, methods=["POST"]),
        Route("/sim/state", shell.state),
        Route("/sim/chats/{key}", shell.chat),
        Route("/sim/events", shell.events),
        Route("/sim/calls", shell.calls),
        Route("/sim/media/{id}", shell.media),
        Route("/sim/clock", shell.clock, methods=["POST"]),
        Route("/sim/faults", shell.faults, methods=["GET", "PUT", "DELETE"]),
        Route("/sim/limits", shell.limits, methods=["GET", "PUT"]),
    ]


class Shell:
    def __init__(self, world: World) -> None:
        self.world = world

    async def setup(self, request: Request) -> Response:
        await self._begin(dict(await asked(request)))
        return await self.state(request)

    async def reset(self, request: Request) -> Response:
        await self._begin(self.world.setup)
        return await self.state(request)

    async def _begin(self, setup: Setup) -> None:
        old = self.world.telegram
        begin(self.world, copy.deepcopy(setup))
        await old.stop()

    async def state(self, request: Request) -> Response:
        """Everything visible; `?after=VERSION&wait=SECONDS` waits for something newer first."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds(request, "wait")):
                await self.world.after(number(request, "after"))
        return JSONResponse(
            {
                "version": self.world.version,
                "clock": self.world.now(),
                "page": self.world.setup.get("page") or {},
                "telegram": telegram.state(self.world),
                "whatsapp": whatsapp.state(self.world),
            }
        )

    async def chat(self, request: Request) -> Response:
        """One chat of either platform, by its key in the state: whoever looks often need not read the whole world."""
        key = request.path_params["key"]
        return JSONResponse({"messages": telegram.chat(self.world, key) or whatsapp.chat(self.world, key)})

    async def events(self, _request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=headers)

    async def _events(self) -> AsyncIterator[str]:
        version = 0
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    version = await self.world.after(version)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            yield f"data: {json.dumps({'version': version})}\n\n"
            await asyncio.sleep(AT_MOST_EVERY)

    async def calls(self, request: Request) -> Response:
        """What bots asked after number `since`; `?wait=SECONDS` waits for the first of them."""
        since = number(request, "since")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds(request, "wait")):
                await self.world.another_call(since)
        return JSONResponse({"calls": self.world.calls_after(since)})

    async def media(self, request: Request) -> Response:
        media = self.world.media.get(request.path_params["id"])
        if media is None:
            raise Wrong("no such file", 404)
        # What a person uploads is shown on the page's own origin: no script in it may run.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(media.data, media_type=media.mime, headers=headers)

    async def clock(self, request: Request) -> Response:
        """Move the clock; with `still` it goes on only when it is moved."""
        body = await asked(request)
        ahead = body.need("advance", float)
        if not 0 <= ahead <= FARTHEST:
            raise Wrong(f"advance should be between 0 and {FARTHEST} seconds")
        if body.may("still", bool, default=False):
            self.world.stand_still()
        self.world.advance(ahead)
        return JSONResponse({"clock": self.world.now()})

    async def faults(self, request: Request) -> Response:
        faults = self.world.faults
        if request.method != "GET":
            order = await asked(request) if request.method == "PUT" else {"telegram": {}, "whatsapp": {}}
            try:
                faults.order(order)
            except ValueError as error:
                raise Wrong(str(error)) from error
        return JSONResponse(faults.shown())

    async def limits(self, request: Request) -> Response:
        if request.method == "PUT":
            body = await asked(request)
            limits = {side: Asked(body.may(side, dict, {})) for side in self.world.limits}
            for side, limit in limits.items():
                if not limit.keys() <= LIMITS[side] or any(limit.need(name, float) <= 0 for name in limit):
                    raise Wrong(f"{side} has limits {', '.join(sorted(LIMITS[side]))}, all more than nothing")
            self.world.limits = {side: dict(limit) for side, limit in limits.items()}
        return JSONResponse(self.world.limits)
