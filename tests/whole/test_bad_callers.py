"""Only the platforms may call the intake: everybody else is turned away before a word of theirs is read."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web import BIGGEST
from tests.town import Town
from tests.whole.reports import Desk, greet, report

TELEGRAM_SECRET = b"X-Telegram-Bot-Api-Secret-Token"
META_SIGNATURE = b"X-Hub-Signature-256"
WORDS = b'{"update_id": 1, "message": {}}'
# Secrets and signatures that are wrong: another one, none of ASCII, half a one, an empty one.
WRONG = (b"wrong", "rahasia-é-🔑".encode(), b"sha256=", b"sha256=" + b"0" * 64, b"")


@pytest.fixture
async def caller(strict_town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has found the intake's port, once it is open."""
    await greet(await strict_town.on_telegram())
    async with httpx.AsyncClient(base_url=strict_town.intake, trust_env=False, verify=False) as client:  # noqa: S501  # plain HTTP
        yield client


def signed(town: Town, body: bytes) -> list[tuple[bytes, bytes]]:
    mac = hmac.new(town.secrets.app.encode(), body, hashlib.sha256).hexdigest()
    return [(META_SIGNATURE, f"sha256={mac}".encode())]


@pytest.mark.parametrize("wrong", WRONG)
async def test_without_the_secret_nobody_is_heard(caller: httpx.AsyncClient, wrong: bytes) -> None:
    telegram = await caller.post("/telegram", content=WORDS, headers=[(TELEGRAM_SECRET, wrong)])
    whatsapp = await caller.post("/whatsapp", content=WORDS, headers=[(META_SIGNATURE, wrong)])
    assert (telegram.status_code, telegram.content) == (403, b"")
    assert (whatsapp.status_code, whatsapp.content) == (401, b"")


async def test_without_a_header_nobody_is_heard(caller: httpx.AsyncClient) -> None:
    assert (await caller.post("/telegram", content=WORDS)).status_code == 403
    assert (await caller.post("/whatsapp", content=WORDS)).status_code == 401


async def test_a_signature_of_other_words_does_not_fit(strict_town: Town, caller: httpx.AsyncClient) -> None:
    headers = signed(strict_town, b"{}")
    assert (await caller.post("/whatsapp", content=WORDS, headers=headers)).status_code == 401


async def test_meta_s_question_is_answered_to_who_knows_our_word(strict_town: Town, caller: httpx.AsyncClient) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "4711", "hub.verify_token": strict_town.secrets.verify}
    assert (await caller.get("/whatsapp", params=query)).text == "4711"
    for wrong in ("", "rahasia-é", strict_town.secrets.verify + "x"):
        assert (await caller.get("/whatsapp", params={**query, "hub.verify_token": wrong})).status_code == 403


async def test_more_than_a_platform_ever_sends_is_not_read(strict_town: Town, caller: httpx.AsyncClient) -> None:
    huge = bytes(BIGGEST + 1)
    secret = [(TELEGRAM_SECRET, strict_town.secrets.verify.encode())]
    assert (await caller.post("/telegram", content=huge, headers=secret)).status_code == 413
    assert (await caller.post("/whatsapp", content=huge, headers=signed(strict_town, huge))).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 50_000, b'{"update_id": "one"}'])
async def test_who_may_call_but_says_nonsense_is_not_asked_to_repeat_it(
    strict_town: Town, caller: httpx.AsyncClient, body: bytes
) -> None:
    secret = [(TELEGRAM_SECRET, strict_town.secrets.verify.encode())]
    assert (await caller.post("/telegram", content=body, headers=secret)).status_code == 200
    assert (await caller.post("/whatsapp", content=body, headers=signed(strict_town, body))).status_code == 200


@pytest.mark.parametrize("path", ["/", "/whatsapp/", "/telegram/x", "/.env", "/healthz/../telegram", "/docs"])
async def test_there_is_nothing_else_at_this_port(caller: httpx.AsyncClient, path: str) -> None:
    assert (await caller.get(path)).status_code in (307, 404, 405)
    assert (await caller.get("/healthz")).text == "ok"


async def test_a_repeated_webhook_changes_nothing(strict_town: Town, caller: httpx.AsyncClient) -> None:
    phone = await strict_town.on_whatsapp()
    await greet(phone)
    [message] = [message for message in await phone.messages() if not phone.is_ours(message)]
    told = {
        "id": message["id"],
        "from_user_id": phone.person,
        "type": "text",
        "text": {"body": "Halo dari poster 6271"},
    }
    value = {"messaging_product": "whatsapp", "messages": [{**told, "timestamp": "1"}]}
    body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
    for _ in range(3):
        assert (await caller.post("/whatsapp", content=body, headers=signed(strict_town, body))).status_code == 200
    await phone.walk("[Lanjut]")
    assert len(await phone.said()) == 2


async def test_a_whole_report_comes_by_webhook(strict_town: Town) -> None:
    reporter, officer = await strict_town.on_telegram(), await strict_town.officer()
    desk = await Desk.watched(officer)
    await greet(reporter)
    ticket = await report(reporter)
    card = await desk.new_card()
    await officer.press(card, "Buka")
    await officer.shows(card, "Status: dibaca")
    assert "Dibaca" in (await reporter.say(ticket))["text"]
