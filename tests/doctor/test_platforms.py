"""What the doctor says of Telegram and WhatsApp, through the clients of production, against the simulator."""

import copy
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels.desk import DeskBot
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.doctor import meta, officers, operator, reporters
from bot.doctor.finding import Finding, Light
from bot.doctor.platforms import Silent
from bot.settings import TelegramSettings, WhatsAppSettings
from handlers.desk import Role
from simulator.world import EXAMPLE
from storage.roster import Officer
from tests.simulator.running import Running

GROUP = -1001000000001
ROSTER = [Officer("Rina", "bawaslu", Role.SUPERVISOR, 9001), Officer("Bagus", "bawaslu", Role.OFFICER, 9002)]
Found = list[tuple[str, str]]


async def said(findings: AsyncIterator[Finding]) -> Found:
    """Every finding's light and words."""
    found: list[Finding] = []
    try:
        async for finding in findings:
            found.append(finding)  # noqa: PERF401  # what was found before a silence counts
    except Silent as silent:
        found.append(silent.finding)
    assert all(one.do for one in found if one.light in {Light.AMBER, Light.RED}), found
    return [(one.light.name, one.found) for one in found]


def bad(found: Found) -> Found:
    return [one for one in found if one[0] in {"AMBER", "RED"}]


async def of_reporters(simulator: Running, token: str = "100:intake-token", webhook: str | None = None) -> Found:
    secret = SecretStr("fake") if webhook else None
    settings = TelegramSettings(token=SecretStr(token), webhook_url=webhook, webhook_secret=secret)
    bot = Telegram(token=token, api_base=simulator.url)
    try:
        return await said(reporters.look(bot, settings, datetime.now(UTC)))
    finally:
        await bot.aclose()


async def of_officers(
    simulator: Running, token: str = "200:desk-token", roster: list[Officer] = ROSTER, group: int = GROUP
) -> Found:
    bot = DeskBot(token=token, api_base=simulator.url)
    try:
        return await said(officers.look(bot, group, roster, datetime.now(UTC)))
    finally:
        await bot.aclose()


async def of_operator(simulator: Running, operator_: int | None) -> Finding:
    bot = DeskBot(token="200:desk-token", api_base=simulator.url)
    try:
        return await operator.look(bot, operator_)
    finally:
        await bot.aclose()


async def test_an_operator_who_cannot_be_told_is_amber(simulator: Running) -> None:
    assert (await of_operator(simulator, None)).light is Light.ASK
    assert (await of_operator(simulator, 9001)).light is Light.AMBER
    await simulator.sim("telegram/start", person=9001, chat="saksi_desk_bot")
    assert (await of_operator(simulator, 9001)).light is Light.GREEN
    await simulator.put("faults", telegram={"down": True})
    with pytest.raises(Silent):
        await of_operator(simulator, 9001)


async def of_whatsapp(
    simulator: Running, token: str = "wa-token", phone: str = "100000000000001", nudge: WhatsAppSettings | None = None
) -> Found:
    whatsapp = WhatsApp(token=token, phone_id=phone, app_secret="fake", api_base=simulator.url)
    try:
        return await said(meta.look(whatsapp, datetime.now(UTC), nudge))
    finally:
        await whatsapp.aclose()


LOOKS = [of_reporters, of_officers, of_whatsapp]


async def changed(simulator: Running, **group: Any) -> None:
    """The example's world, with the officers' group otherwise."""
    world = copy.deepcopy(EXAMPLE)
    world["telegram"]["bots"][0]["joins"] = False
    world["telegram"]["groups"][0].update(group)
    await simulator.sim("setup", **world)


async def test_all_is_well_where_all_is_well(simulator: Running) -> None:
    await changed(simulator)
    assert bad(await of_reporters(simulator)) == []
    assert bad(await of_officers(simulator)) == []
    found = await of_whatsapp(simulator)
    assert bad(found) == []
    assert sum(light == "ASK" for light, _ in found) == len((*meta.QUESTIONS, meta.NO_TEMPLATE))


@pytest.mark.parametrize("look", LOOKS)
async def test_a_wrong_token_is_red(simulator: Running, look: Any) -> None:
    assert [light for light, _ in await look(simulator, "300:another")] == ["RED"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("status", "words"), [(403, "refuses us"), (500, "does not answer now")])
async def test_a_platform_that_refuses_or_fails_is_red(simulator: Running, look: Any, status: int, words: str) -> None:
    fault = {"fail": {"times": 1, "status": status}}
    await simulator.put("faults", telegram=fault, whatsapp=fault)
    light, found = (await look(simulator))[-1]
    assert light == "RED"
    assert words in found


@pytest.mark.parametrize("look", LOOKS)
async def test_a_platform_out_of_reach_is_red(simulator: Running, look: Any) -> None:
    await simulator.put("faults", telegram={"down": True}, whatsapp={"down": True})
    assert [light for light, _ in await look(simulator)] == ["RED"]


@pytest.mark.parametrize("look", LOOKS[:2])
async def test_a_platform_that_is_too_slow_is_red(
    simulator: Running, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.PATIENCE", 0.2)
    monkeypatch.setattr("bot.channels.desk.PATIENCE", 0.2)
    await simulator.put("faults", telegram={"delay": 1.0})
    assert [light for light, _ in await look(simulator)] == ["RED"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ahead", "light"), [(300, "AMBER"), (3600, "RED")])
async def test_a_clock_that_is_off_is_seen(simulator: Running, look: Any, ahead: int, light: str) -> None:
    await simulator.sim("clock", advance=ahead)
    assert any(one == light and "seconds off" in words for one, words in await look(simulator))


async def test_a_webhook_that_is_another_or_fails_is_seen(simulator: Running) -> None:
    await changed(simulator)
    await simulator.client.post("/bot100:intake-token/setWebhook", json={"url": "http://127.0.0.1:9/telegram"})
    assert ("RED", "another webhook is set than the settings say") in await of_reporters(simulator)
    await simulator.sim("telegram/start", person=7001, chat="saksi_demo_bot")
    found: Found = []
    while not any(words.startswith("the webhook failed lately") for _, words in found):
        found = await of_reporters(simulator, webhook="http://127.0.0.1:9/telegram")
    assert "RED" not in {light for light, _ in found}
    assert ("RED", "the webhook is not set") not in found


async def test_a_webhook_that_was_never_set_is_seen(simulator: Running) -> None:
    assert ("RED", "the webhook is not set") in await of_reporters(simulator, webhook="https://example.org/telegram")


async def test_messages_that_nobody_fetches_are_seen(simulator: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor.reporters.MANY", 2)
    await simulator.sim("telegram/start", person=7001, chat="saksi_demo_bot")
    for _ in range(3):
        await simulator.sim("telegram/message", person=7001, chat="saksi_demo_bot", text="Halo")
    assert any(light == "RED" and "wait at Telegram" in words for light, words in await of_reporters(simulator))


async def test_a_bot_that_can_be_put_into_groups_is_seen(simulator: Running) -> None:
    assert ("AMBER", "@saksi_demo_bot can be put into groups") in await of_reporters(simulator)


RINA = {"person": 9001, "status": "creator"}
BAGUS = {"person": 9002, "status": "administrator"}
GROUPS: dict[str, tuple[dict[str, Any], str, str]] = {
    "open content": ({"protected": False}, "RED", "can be forwarded"),
    "old cards for whoever joins": ({"history": True}, "AMBER", "whoever joins reads its old cards"),
    "messages that stay": ({"erases_after": 0}, "AMBER", "its messages stay for ever"),
    "messages that go in a day": ({"erases_after": 86_400}, "AMBER", "vanish while they are worked on"),
    "public": ({"username": "bawaslu_contoh"}, "RED", "it is public"),
    "a stranger": ({"members": [RINA, BAGUS, {"person": 7001, "status": "member"}]}, "RED", "1 in it besides"),
    "a stranger as administrator": (
        {"members": [RINA, BAGUS, {"person": 7001, "status": "administrator"}]},
        "AMBER",
        "1 administrators are not on the roster",
    ),
    "another bot": ({"bots": ["saksi_desk_bot", "saksi_demo_bot"]}, "RED", "1 other bots"),
    "an officer who is not there": ({"members": [RINA]}, "AMBER", "Bagus is on the roster and not in it"),
    "a bot without rights": ({"bots": [{"username": "saksi_desk_bot", "status": "member"}]}, "RED", "no administrator"),
    "a forum and no right to make topics": (
        {
            "forum": True,
            "bots": [{"username": "saksi_desk_bot", "status": "administrator", "without": ["can_manage_topics"]}],
        },
        "AMBER",
        "may not make its topic",
    ),
    "a bot outside": ({"bots": []}, "RED", "refuses us"),
}


@pytest.mark.parametrize("case", GROUPS)
async def test_what_is_wrong_with_the_group_is_seen(simulator: Running, case: str) -> None:
    group, light, words = GROUPS[case]
    await changed(simulator, **group)
    assert any(one == light and words in found for one, found in bad(await of_officers(simulator)))


async def test_an_officer_unknown_to_telegram_is_not_there(simulator: Running) -> None:
    roster = [*ROSTER, Officer("Tono", "bawaslu", Role.OFFICER, 123456)]
    assert ("AMBER", "Tono is on the roster and not in it") in await of_officers(simulator, roster=roster)


async def test_a_private_chat_is_no_group(simulator: Running) -> None:
    await simulator.sim("telegram/start", person=9001, chat="saksi_desk_bot")
    assert ("RED", "the id is no group's") in await of_officers(simulator, group=9001)


async def test_a_webhook_on_the_officers_bot_is_seen(simulator: Running) -> None:
    await simulator.client.post("/bot200:desk-token/setWebhook", json={"url": "http://127.0.0.1:9/x"})
    assert ("RED", "a webhook takes what officers press") in await of_officers(simulator)


@pytest.mark.parametrize(
    ("phone", "light", "words"),
    [
        ({"status": "BANNED"}, "RED", "the number is BANNED"),
        ({"platform_type": "ON_PREMISE"}, "RED", "the number is at ON_PREMISE"),
        ({"quality_rating": "RED"}, "AMBER", "people block"),
    ],
)
async def test_what_is_wrong_with_the_number_is_seen(
    simulator: Running, phone: dict[str, str], light: str, words: str
) -> None:
    world = copy.deepcopy(EXAMPLE)
    world["whatsapp"]["phone"] = phone
    await simulator.sim("setup", **world)
    assert any(one == light and words in found for one, found in await of_whatsapp(simulator))


@pytest.mark.parametrize(
    ("webhook", "light"),
    [(None, "AMBER"), ("http://127.0.0.1:9/elsewhere", "RED"), ("http://127.0.0.1:9/whatsapp", "GREEN")],
)
async def test_where_meta_brings_messages_is_seen(simulator: Running, webhook: str | None, light: str) -> None:
    world = copy.deepcopy(EXAMPLE)
    world["whatsapp"]["webhook"] = webhook
    await simulator.sim("setup", **world)
    assert light in {one for one, found in await of_whatsapp(simulator) if "webhook" in found or "brought" in found}


async def test_another_numbers_id_is_red(simulator: Running) -> None:
    assert [light for light, _ in await of_whatsapp(simulator, phone="100000000000002")] == ["RED"]


BODY = "Ada {{1}} laporan baru. Buka Telegram untuk membacanya."
KNOWN = {"name": "kabar_meja", "language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": BODY}]}
TEMPLATES: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "approved": ([KNOWN], "GREEN", "is approved"),
    "paused": ([{**KNOWN, "status": "PAUSED"}], "RED", "is PAUSED"),
    "in another language": ([{**KNOWN, "language": "en"}], "RED", "there is no template kabar_meja"),
    "without a variable": ([{**KNOWN, "components": [{"type": "BODY", "text": "Halo."}]}], "RED", "not just one"),
}


def nudged(**more: str) -> WhatsAppSettings:
    given = {"token": "wa-token", "phone_id": "1", "app_secret": "a", "verify_token": "v", "nudge": "kabar_meja"}
    return WhatsAppSettings.model_validate({**given, **more})


@pytest.mark.parametrize("case", TEMPLATES)
async def test_the_template_for_officers_phones_is_looked_at(simulator: Running, case: str) -> None:
    templates, light, words = TEMPLATES[case]
    world = copy.deepcopy(EXAMPLE)
    approved = [{"status": "APPROVED", **one} for one in templates]
    world["whatsapp"] |= {"waba_id": "300000000000009", "templates": approved}
    await simulator.sim("setup", **world)
    found = await of_whatsapp(simulator, nudge=nudged(business_id="300000000000009"))
    assert any(one == light and words in told for one, told in found)
    found = await of_whatsapp(simulator, nudge=nudged(business_id="300000000000001"))
    assert any(one == "AMBER" and "does not say how the template" in told for one, told in found)
    assert any(
        one == "ASK" and "kabar_meja approved" in told for one, told in await of_whatsapp(simulator, nudge=nudged())
    )
    assert any("has no template" in told for _, told in await of_whatsapp(simulator))
