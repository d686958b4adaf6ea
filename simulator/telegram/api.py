"""The front door: `/bot<token>/<method>` and `/file/bot<token>/<path>`, past the faults, into the calls."""

import math
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.faults import Failure
from simulator.telegram.call import Call, Params, read
from simulator.telegram.errors import Refused
from simulator.telegram.methods import answer, name_of
from simulator.telegram.model import Bot
from simulator.world import World


def error(status: int, what: str) -> Response:
    return JSONResponse(Refused(status, what).shown(), status)


class Api:
    def __init__(self, world: World) -> None:
        self.world = world

    def _bot(self, token: str) -> Bot | None:
        return next((bot for bot in self.world.telegram.bots.values() if bot.token == token), None)

    async def call(self, request: Request) -> Response:
        """One method of one bot."""
        bot, name = self._bot(request.path_params["token"]), name_of(request.path_params["method"])
        params, files, refused = await read(request)

        def told(status: int, body: dict[str, Any], shown: Params) -> Response:
            self.world.called("telegram", bot.username if bot else None, name, shown, status)
            return self.world.dated(JSONResponse(body, status))

        async def act() -> Response:
            if bot is None or refused:
                denied = refused if bot and refused else Refused(401, "Unauthorized")
                return told(denied.code, denied.shown(), params)
            call = Call(self.world, bot, name, params, files)
            status, body = await answer(call)
            return told(status, body, call.shown())

        def failed(failure: Failure) -> Response:
            odd = ordered(failure)
            return told(failure.status, odd.shown(), params)

        return await self.world.faults.telegram.through(name, act, failed)

    async def file(self, request: Request) -> Response:
        """The bytes behind a `file_path` of getFile."""
        bot = self._bot(request.path_params["token"])
        faults = self.world.faults.telegram

        async def act() -> Response:
            media = bot.paths.get(request.path_params["path"]) if bot else None
            if media is None:
                return error(404, "Not Found") if bot else error(401, "Unauthorized")
            return Response(media.data, media_type="application/octet-stream")

        def failed(failure: Failure) -> Response:
            return error(failure.status, ordered(failure).description)

        broken = faults.file()
        return failed(broken) if broken else await faults.through("file", act, failed)


def ordered(failure: Failure) -> Refused:
    """A failure made to order, in Telegram's words."""
    if failure.retry_after is not None:
        after = math.ceil(failure.retry_after)
        return Refused(failure.code or failure.status, f"Too Many Requests: retry after {after}", retry_after=after)
    known = {
        403: "Forbidden: bot was blocked by the user",
        409: "Conflict: terminated by other getUpdates request",
    }
    phrase = known.get(failure.status) or HTTPStatus(failure.status).phrase
    return Refused(failure.code or failure.status, phrase)
