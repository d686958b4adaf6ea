"""A log line says what happened and where in the source, never what somebody wrote or who they are."""

import ast
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import FIELDS, places
from tests.anonymity.search import Search

ROOT = Path(__file__).parents[2]
LEVELS = frozenset({"debug", "info", "warning", "warn", "error", "critical", "exception", "fatal", "msg", "log"})
CLASSES = frozenset({"fixed", "number", "name", "code"})
# Bound to every line, by bot/logs.py itself.
EVERYWHERE = frozenset({"event", "level", "process"})
# What may stand in the one field that holds a sentence, besides a literal: each was looked at.
SENTENCES = frozenset(
    {
        "str(report)",  # which locks of the sandbox hold
        "unclean.why",  # a word of an enumeration
        "str(unsafe)",  # which file of the operator's is open to others
        "f'this user can read {path} too: nothing keeps the two halves of the secret apart'",
        "f'{record.name}:{record.lineno}'",  # who spoke
        "str(unreached)",  # which of our buckets does not answer, in our own words
        "known",  # one of the constants of bot/outage.py
        "f'{self.setting} was revoked: {RENEW}'",  # the name of a setting
    }
)
SECRET, TOKEN = "rahasiakanari", "123456:kanaritokenkanari"


def modules() -> Iterator[Path]:
    for package in ("bot", "handlers", "storage", "locales"):
        yield from (ROOT / package).rglob("*.py")


def is_log(function: ast.expr) -> bool:
    """Whether this is `log.info`, or a choice between such."""
    match function:
        case ast.Attribute(value=ast.Name(id="log" | "logger" | "logging" | "structlog"), attr=name):
            return name in LEVELS
        case ast.IfExp(body=body, orelse=otherwise):
            return is_log(body) or is_log(otherwise)
        case _:
            return False


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call that logs, and where it stands."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and is_log(node.func):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = dict(calls())


def listed() -> dict[str, str]:
    return dict(re.findall(r"^\| (\w+) \| (\w+) \|", (ROOT / "docs/log-fields.md").read_text(), re.MULTILINE)[1:])


def test_every_field_is_classified_and_no_field_is_allowed_that_nobody_uses() -> None:
    used = {keyword.arg for call in CALLS.values() for keyword in call.keywords}
    assert set(listed()) == FIELDS
    assert set(listed().values()) <= CLASSES
    assert used | EVERYWHERE == FIELDS


@pytest.mark.parametrize("where", CALLS)
def test_a_call_names_a_fixed_event_and_known_fields(where: str) -> None:
    call = CALLS[where]
    assert len(call.args) == 1
    assert isinstance(call.args[0], ast.Constant)
    for field in call.keywords:
        assert field.arg in FIELDS
        said = ast.unparse(field.value)
        if field.arg == "why":
            assert isinstance(field.value, ast.Constant) or said in SENTENCES
        if field.arg == "error":
            # An exception is written by its types; as text it would be written as it is.
            assert isinstance(field.value, ast.Name | ast.Attribute), said


def test_of_what_failed_together_the_first_is_named_by_its_type_alone() -> None:
    group = ExceptionGroup(SECRET, [ExceptionGroup(SECRET, [LookupError(SECRET)]), ValueError(SECRET)])
    assert "builtins.LookupError" in places(group)
    assert SECRET not in places(group)


def test_nobody_logs_past_the_allow_list() -> None:
    for path in modules():
        nodes = ast.walk(ast.parse(path.read_text()))
        imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {alias.name for node in imports for alias in node.names}
        if path.relative_to(ROOT) != Path("bot/logs.py"):
            assert not names & {"logging", "structlog", "warnings", "faulthandler", "traceback"}, path


# Everything that prints what it was given, by its usual way, in a process set up as ours are.
LOUDLY = f"""
import asyncio, gc, logging, threading, warnings
from bot.logs import log, set_up
set_up("test")
SECRET, TOKEN = {SECRET!r}, {TOKEN!r}

def explode():
    written = SECRET  # a local variable, as debuggers show them
    raise ValueError(f"about {{written}}") from KeyError(SECRET)

class Grave:
    def __del__(self):
        explode()

def dies():
    explode()

log.info("ours", why="fine", text=SECRET, user_id=SECRET)
try:
    explode()
except ValueError as error:
    error.add_note(SECRET)
    log.error("ours", error=error)
    for name in ("", "saksi", "httpx", "httpcore.http11", "aiohttp.access", "aiogram.dispatcher", "telegram.ext",
                 "sqlalchemy.engine", "alembic", "uvicorn.error", "uvicorn.access", "asyncio", "somebody.else"):
        foreign = logging.getLogger(name)
        for level in (10, 20, 30, 40, 50):
            foreign.log(level, "update %r for %s", {{"text": SECRET}}, TOKEN, extra={{"body": SECRET}})
            foreign.log(level, SECRET, exc_info=True, stack_info=True)
warnings.warn(SECRET, stacklevel=1)
thread = threading.Thread(target=dies, name=SECRET)
thread.start(); thread.join()
Grave(); gc.collect()

async def forgotten():
    task = asyncio.get_running_loop().create_task(later(), name=SECRET)
    await asyncio.sleep(0.01)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(explode)
    await asyncio.sleep(0)

async def later():
    explode()

asyncio.run(forgotten(), debug=True)
explode()
"""

# The libraries themselves, each failing over something that holds a secret.
REALLY = f"""
import asyncio, logging
from bot.logs import set_up
set_up("test")
logging.getLogger().setLevel(logging.DEBUG)
SECRET, TOKEN = {SECRET!r}, {TOKEN!r}
import httpx, sqlalchemy, uvicorn
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import Application
from storage.database import Database

async def app(scope, receive, send):
    raise RuntimeError(SECRET + str(scope))

async def main():
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    url = "http://%s:%d" % server.servers[0].sockets[0].getsockname()[:2]
    async with httpx.AsyncClient() as client:
        await client.get(f"{{url}}/bot{{TOKEN}}/{{SECRET}}", params={{"text": SECRET}})
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    @dispatcher.message()
    async def fails(message):
        raise RuntimeError(message.text)
    person = {{"id": 1, "is_bot": False, "first_name": SECRET}}
    message = {{"message_id": 1, "date": 1, "chat": {{"id": 1, "type": "private"}}, "from": person, "text": SECRET}}
    for update in ({{"update_id": 1, "message": message}}, {{"update_id": 2, "message": SECRET}}):
        try:
            await dispatcher.feed_raw_update(bot, update)
        except Exception as error:
            logging.getLogger("aiogram.dispatcher").exception("Cause exception while process update %s", error)
    await bot.session.close()
    application = Application.builder().token(TOKEN).base_url(f"{{url}}/bot").build()
    application.add_error_handler(lambda update, context: 1 / 0)
    await application.process_error(SECRET, RuntimeError(SECRET))
    server.should_exit = True
    await serving

asyncio.run(main())
engine = Database.at("sqlite://").engine
try:
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("select :it from nowhere"), {{"it": SECRET}})
except sqlalchemy.exc.OperationalError as error:
    logging.getLogger("sqlalchemy.pool").error("%s", error, exc_info=True)
    raise
"""  # noqa: S608  # a program, no query


@pytest.mark.parametrize("program", [LOUDLY, REALLY], ids=["every way to print", "the libraries themselves"])
def test_whatever_is_logged_nothing_of_it_is_written(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT)  # noqa: S603  # ours
    written = done.stdout + done.stderr
    assert not Search({"secret": SECRET, "token": TOKEN}).data(written, "log").hits, written.decode()
    lines = written.decode().splitlines()
    assert len(lines) > 4
    assert all(line.startswith("level=") for line in lines), written.decode()
    assert "event=crash" in lines[-1]


def test_without_the_allow_list_the_same_words_are_written() -> None:
    program = LOUDLY.replace('set_up("test")', "logging.basicConfig(level=10)").replace("log.info", "log.debug")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT)  # noqa: S603  # ours
    assert len(Search({"secret": SECRET, "token": TOKEN}).data(done.stderr, "log").hits) > logging.DEBUG
