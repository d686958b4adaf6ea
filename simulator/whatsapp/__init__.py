"""A make-believe WhatsApp: the Cloud API, the webhooks behind it and the people on their phones."""

from starlette.routing import BaseRoute

from simulator.whatsapp.account import WhatsApp, chat, state
from simulator.whatsapp.graph import Graph
from simulator.whatsapp.outbox import run
from simulator.whatsapp.people import People
from simulator.world import World

__all__ = ["WhatsApp", "chat", "routes", "run", "state"]


def routes(world: World) -> list[BaseRoute]:
    return [*People(world).routes(), *Graph(world).routes()]
