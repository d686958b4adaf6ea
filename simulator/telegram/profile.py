"""What a bot says about itself: its name, its descriptions, its commands."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from simulator.telegram.call import Call
from simulator.telegram.errors import bad
from simulator.telegram.shapes import Shape, user

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_WORDS = 256
MOST_COMMANDS = 100
ABILITIES = (
    "can_read_all_group_messages",
    "supports_inline_queries",
    "can_connect_to_business",
    "has_main_web_app",
)


async def get_me(call: Call) -> Shape:
    return {**user(call.bot), "can_join_groups": call.bot.joins, **dict.fromkeys(ABILITIES, False)}


async def agreed(_call: Call) -> bool:
    """LogOut and close: nothing here needs them, they are only written down."""
    return True


def _place(call: Call) -> str:
    scope = call.thing("scope") or {"type": "default"}
    return f"commands {json.dumps(scope, sort_keys=True)} {call.words('language_code')}"


async def set_my_commands(call: Call) -> bool:
    commands = call.listed("commands")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    call.bot.about[_place(call)] = [_command(command) for command in commands]
    call.world.changed()
    return True


def _command(command: Any) -> dict[str, str]:
    said = command if isinstance(command, dict) else {}
    name, words = str(said.get("command", "")).removeprefix("/"), str(said.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 0 < len(words) <= COMMAND_WORDS:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": words}


async def get_my_commands(call: Call) -> list[dict[str, str]]:
    commands: list[dict[str, str]] = call.bot.about.get(_place(call), [])
    return commands


async def delete_my_commands(call: Call) -> bool:
    call.bot.about.pop(_place(call), None)
    call.world.changed()
    return True


def set_my(field: str, most: int) -> Callable[[Call], Awaitable[bool]]:
    """SetMyName, setMyDescription ...: the method for one text of at most `most` characters."""

    async def put(call: Call) -> bool:
        text = call.words(field)
        if len(text) > most:
            raise bad(f"{field.replace('_', ' ')} is too long")
        call.bot.about[f"{field} {call.words('language_code')}"] = text
        call.world.changed()
        return True

    return put


def get_my(field: str) -> Callable[[Call], Awaitable[dict[str, str]]]:
    async def get(call: Call) -> dict[str, str]:
        about = call.bot.about
        everywhere = about.get(f"{field} ", call.bot.name if field == "name" else "")
        return {field: about.get(f"{field} {call.words('language_code')}") or everywhere}

    return get
