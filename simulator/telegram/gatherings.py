"""What happens to groups: they are upgraded and get topics, and people and bots come, go, rise and fall."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulator.control import asked
from simulator.telegram import shapes
from simulator.telegram.arrivals import Arrivals
from simulator.telegram.groups import drop_topic
from simulator.telegram.model import GONE, Bot, Chat, Person, Telegram, Topic, checked_status
from simulator.world import World, Wrong

GENERAL = 0  # it has no number of its own


class Gatherings:
    def __init__(self, world: World) -> None:
        self.world, self.arrivals = world, Arrivals(world)

    def routes(self) -> list[BaseRoute]:
        deeds = {"groups": self.add, "migrate": self.migrate, "topic": self.topic, "member": self.member}
        deeds["forum"] = self.forum
        return [Route(f"/sim/telegram/{name}", deed, methods=["POST"]) for name, deed in deeds.items()]

    @property
    def telegram(self) -> Telegram:
        return self.world.telegram

    def _owner(self, chat: Chat) -> Person:
        """In whose name it happens: the creator's or, in a group without one, the first person's."""
        people = list(self.telegram.people.values())
        if not people:
            raise Wrong("there are no people", 409)
        return next((one for one in people if chat.status(one) == "creator"), people[0])

    async def add(self, request: Request) -> Response:
        group = self.telegram.add_group(await asked(request))
        self.world.changed()
        return JSONResponse({"id": group.id}, 201)

    async def migrate(self, request: Request) -> Response:
        """Upgrade a group; its old id is good for nothing but hearing the new one."""
        old = self.telegram.group((await asked(request)).need("group", int))
        if old.upgraded_to:
            raise Wrong("this group is upgraded already", 409)
        owner, new = self._owner(old), self.telegram.migrate(old)
        self.arrivals.notice(old, owner, migrate_to_chat_id=new.id)
        self.arrivals.notice(new, owner, migrate_from_chat_id=old.id)
        return JSONResponse({"id": new.id})

    async def forum(self, request: Request) -> Response:
        """Turn a group's topics on or off; off, everything stands in one place, and no bot is told."""
        body = await asked(request)
        chat, on = self.telegram.group(body.need("group", int)), body.need("on", bool)
        if chat.kind != "supergroup":
            raise Wrong("only a supergroup can have topics", 409)
        chat.forum = on
        self.world.changed()
        return JSONResponse({"forum": on})

    async def topic(self, request: Request) -> Response:
        body = await asked(request)
        chat, action = self.telegram.group(body.need("group", int)), body.need("action", str)
        if not chat.forum:
            raise Wrong("this group has no topics")
        if action == "create":
            return JSONResponse({"thread": self._create(chat, body.may("name", str, "Topik"))})
        if body.need("thread", int) == GENERAL:
            return self._turn_general(chat, action)
        topic = chat.topics.get(body.need("thread", int))
        if topic is None:
            raise Wrong("no such topic", 404)
        self._turn(chat, topic, action)
        return JSONResponse({"thread": topic.thread})

    def _create(self, chat: Chat, name: str) -> int:
        shape = {"name": name, "icon_color": Topic(0, name).color}
        thread = self.arrivals.notice(chat, self._owner(chat), forum_topic_created=shape).id
        chat.topics[thread] = Topic(thread, name)
        return thread

    def _turn_general(self, chat: Chat, action: str) -> Response:
        if action not in ("close", "reopen"):
            raise Wrong("the General topic can be closed and reopened")
        chat.general_closed = action == "close"
        self.world.changed()
        return JSONResponse({"thread": GENERAL})

    def _turn(self, chat: Chat, topic: Topic, action: str) -> None:
        if action not in ("delete", "close", "reopen"):
            raise Wrong("action should be create, close, reopen or delete")
        if action == "delete":
            drop_topic(chat, topic.thread)
        else:
            topic.closed = action == "close"
            what = "forum_topic_closed" if topic.closed else "forum_topic_reopened"
            self.arrivals.notice(chat, self._owner(chat), topic.thread, **{what: {}})
        self.world.changed()

    async def member(self, request: Request) -> Response:
        """Let a person (or a bot, under `bot`) come, go, rise or fall; administrators may be `without` some rights."""
        body = await asked(request)
        chat, status = self.telegram.group(body.need("group", int)), checked_status(body.need("status", str))
        username = body.maybe("bot", str)
        who = self.telegram.bot(username) if username else self.telegram.person(body.need("person", int))
        before, by = chat.status(who), self._owner(chat)
        chat.members[who.id] = status
        chat.without[who.id] = tuple(body.may("without", list, []))
        if isinstance(who, Bot):
            self.arrivals.my_status(who, chat, by, before, status)
        else:
            self._moved(who, chat, by, before)
        return JSONResponse({"status": status})

    def _moved(self, who: Person, chat: Chat, by: Person, before: str) -> None:
        after, shape = chat.status(who), shapes.user(who)
        self.arrivals.status(who, chat, by, before, after)
        if before in GONE and after not in GONE:
            self.arrivals.notice(chat, by, new_chat_members=[shape])
        elif before not in GONE and after in GONE:
            self.arrivals.notice(chat, by, left_chat_member=shape)
        self.world.changed()
