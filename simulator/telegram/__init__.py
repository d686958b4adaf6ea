"""A make-believe Telegram: the Bot API over real HTTP, and the people who write to the bots."""

from starlette.routing import BaseRoute, Route

from simulator.telegram.api import Api, error
from simulator.telegram.gatherings import Gatherings
from simulator.telegram.model import Telegram
from simulator.telegram.people import People
from simulator.telegram.state import chat, state
from simulator.world import World

__all__ = ["Telegram", "chat", "error", "routes", "state"]


def routes(world: World) -> list[BaseRoute]:
    api = Api(world)
    return [
        Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", api.file),
        *People(world).routes(),
        *Gatherings(world).routes(),
    ]
