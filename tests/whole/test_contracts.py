"""Every call our bots make is one that the platforms describe, and none shows more than it must."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.town import DESK_BOT, Message, Officer, Phone, Town
from tests.whole.reports import Desk, greet, report

DATA = Path(__file__).parents[3] / "shared" / "data"
BOT_API = DATA / "telegram-bot-api" / "api-botapi-10.1.json"
OPENAPI = DATA / "whatsapp-openapi" / "whatsapp-cloud-mock.json"

Call = dict[str, Any]
# How /sim/calls shows what the Bot API calls by these names.
PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
    "InputFile": (str, dict),
}


# What an officer presses, and what the card says then: an older button would be refused.
WORK = (
    ("Ambil", "Dipegang: Rina"), ("Buka", "Status: dibaca"), ("Status", "Ditelusuri"), ("Ditelusuri", "ditelusuri"),
    ("Status", "Selesai …"), ("Selesai …", "Terbukti"), ("Terbukti", "selesai, terbukti"),
)  # fmt: skip


@pytest.fixture(scope="module")
def recorded() -> list[Call]:
    return []


@pytest.fixture
async def calls(town: Town, recorded: list[Call]) -> list[Call]:
    """Everything our bots asked of both platforms, after a whole report on each and an officer's work on both."""
    if not recorded:
        # The town is everybody's: what other stories asked for before is not ours to judge.
        before = (await town.simulator.get("calls"))["calls"]
        officer = await town.officer()
        for phone in (await town.on_telegram(), await town.on_whatsapp()):
            await work_on(officer, await a_report_with_detours(phone, officer))
        since = before[-1]["n"] if before else 0
        recorded += [call for call in (await town.simulator.get("calls"))["calls"] if call["n"] > since]
    return recorded


async def a_report_with_detours(phone: Phone, officer: Officer) -> Message:
    """Report, look at everything there is to look at, come back with the ticket, and have the chat deleted."""
    desk = await Desk.watched(officer)
    await greet(phone)
    await phone.walk("[Baca dulu]", "aturan", "tentang", "bantuan", "bahasa", "[Bahasa Indonesia]")
    ticket = await report(phone, push=True)
    card = await desk.new_card()
    await phone.walk(ticket, "[Tambah keterangan]", "Saya lihat dua orang lagi.", "hapus")
    return card


async def work_on(officer: Officer, card: Message) -> None:
    before = len(await officer.private.said())
    for label, then in WORK:
        await officer.press(card, label)
        await officer.changed(card, then)
    await officer.private.until(lambda bubbles: len(bubbles) >= before + 3)


@cache
def bot_api() -> dict[str, Any]:
    if not BOT_API.is_file():
        pytest.skip(f"no machine-readable Bot API at {BOT_API}")
    read: dict[str, Any] = json.loads(BOT_API.read_text("utf-8"))
    return read


def faults(value: Any, types: list[str], where: str) -> list[str]:
    """Say what the Bot API would not understand of a value; it need fit one of the types only."""
    found = [_faults(value, kind, where) for kind in types]
    return min(found, key=len) if found else []


def _faults(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [fault for number, one in enumerate(value) for fault in _faults(one, inner, f"{where}[{number}]")]
    if kind in PLAIN:
        fits = isinstance(value, PLAIN[kind]) and isinstance(value, bool) <= (kind == "Boolean")
        return [] if fits else [f"{where} is no {kind}"]
    described = bot_api()["types"][kind]
    if "subtypes" in described:
        return faults(value, described["subtypes"], where)
    return _object(value, described.get("fields", []), where)


def _object(value: Any, fields: list[dict[str, Any]], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    known = {field["name"]: field for field in fields}
    missing = [f"{where} lacks {name}" for name, field in known.items() if field["required"] and name not in value]
    unknown = [f"{where} has {name}, which nobody knows" for name in value.keys() - known.keys()]
    return (
        missing
        + unknown
        + [
            fault
            for name in value.keys() & known.keys()
            for fault in faults(value[name], known[name]["types"], f"{where}.{name}")
        ]
    )


def test_the_check_itself_finds_what_is_wrong() -> None:
    wrong: dict[str, Any] = {
        "chat_id": 1.5,
        "txt": "a",
        "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_dta": "b"}]]},
    }
    found = " ".join(_object(wrong, bot_api()["methods"]["sendMessage"]["fields"], "sendMessage"))
    assert "sendMessage lacks text" in found
    assert "txt, which nobody knows" in found
    assert "sendMessage.chat_id is no" in found
    assert "callback_dta" in found


async def test_every_call_to_telegram_is_one_of_the_bot_api(calls: list[Call]) -> None:
    asked = [call for call in calls if call["api"] == "telegram" and not call["method"].startswith("GET ")]
    methods = {name.lower(): name for name in bot_api()["methods"]}
    for call in asked:
        name = methods.get(call["method"].lower())
        assert name, f"the Bot API has no {call['method']}"
        # Files stand beside the parameters: aiogram and python-telegram-bot name their parts themselves.
        given = {key: value for key, value in call["body"].items() if not (isinstance(value, dict) and "file" in value)}
        given |= {key: "attach" for key in ("photo",) if key in call["body"]}
        assert _object(given, bot_api()["methods"][name].get("fields", []), name) == []
    assert {"sendMessage", "sendMediaGroup", "editMessageText", "answerCallbackQuery", "deleteMessages", "getFile"} <= {
        call["method"] for call in asked
    }


async def test_every_message_to_whatsapp_is_one_of_meta_s(calls: list[Call]) -> None:
    if not OPENAPI.is_file():
        pytest.skip(f"no copy of Meta's OpenAPI at {OPENAPI}")
    schema = json.loads(OPENAPI.read_text("utf-8"))["components"]["schemas"]["Message"]
    messages = [call["body"] for call in calls if call["api"] == "whatsapp" and call["method"] == "POST messages"]
    assert "interactive" in {message["type"] for message in messages} <= {"text", "interactive"}
    for message in messages:
        jsonschema.Draft202012Validator(schema).validate(message)


async def test_nothing_is_refused_by_the_platforms(calls: list[Call]) -> None:
    refused = [call for call in calls if call["status"] >= 400 and call["status"] != 409]
    assert [(call["method"], call["status"], call["body"]) for call in refused] == []


async def test_nobody_s_message_is_ever_forwarded_or_copied(calls: list[Call]) -> None:
    assert not [call for call in calls if "forward" in call["method"].lower() or "copy" in call["method"].lower()]


async def test_what_an_officer_opens_in_private_is_protected_and_in_the_group_nothing_is_told(
    town: Town, calls: list[Call]
) -> None:
    officer = await town.officer()
    by_desk = [call for call in calls if call["bot"] == DESK_BOT and call["method"].startswith("send")]
    private = [call for call in by_desk if call["body"]["chat_id"] == officer.person]
    opened = [call for call in private if call["method"] != "sendMessage" or "Cerita:" in call["body"]["text"]]
    assert len(opened) >= 4
    assert all(call["body"].get("protect_content") is True for call in opened)
    group = [call for call in by_desk if call["body"]["chat_id"] == officer.group]
    assert all(call["method"] == "sendMessage" and "Camat Jekan Raya" not in str(call["body"]) for call in group)
