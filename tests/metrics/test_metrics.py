"""The operator's figures: they say when something is wrong, and never who wrote, or when."""

import asyncio
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import meter as metering
from bot.app.metered import metered
from bot.demo import free_port
from bot.meter import AGES, QUARTER, Meter, bucket, rounded
from bot.metrics import Shown, Snapshot
from bot.settings import SettingsError
from storage import migrations
from storage.committer import Committer
from storage.database import Database
from storage.gauges import Lane
from storage.outbox import Parked
from tests.deploy.files import DEPLOY, yaml
from tests.town import Town, environ

NOW = 1_800_000_000.0


def full() -> Snapshot:
    """A snapshot in which every figure is there."""
    meter = Meter()
    for _ in range(27):
        meter.turned()
    for _ in range(12):
        with meter.cleaning():
            pass
    meter.heard({"level": "warning", "event": "owed-never", "lane": "telegram", "code": 403})
    return Snapshot.of(meter, [Lane("telegram", 3, NOW - 4000)], [Parked("whatsapp", 190, 12, NOW)], 37, NOW)


def page(snapshot: Snapshot) -> str:
    shown = Shown("intake")
    shown.snapshot = snapshot
    return shown.page().decode()


def test_every_figure_is_coarse() -> None:
    lines = {line for line in page(full()).splitlines() if not line.startswith("#")}
    assert lines == {
        'saksi_up{process="intake"} 1.0',
        "saksi_turns_total 20.0",
        'saksi_delivery_errors{code="403",lane="telegram"} 1.0',
        'saksi_alarms{event="owed-never",process="intake"} 1.0',
        'saksi_cleaning_seconds{quantile="0.5"} 0.0',
        'saksi_cleaning_seconds{quantile="0.95"} 0.0',
        'saksi_overdue{lane="telegram"} 1.0',
        'saksi_overdue_seconds{lane="telegram"} 3600.0',
        'saksi_parked{code="190",lane="whatsapp"} 10.0',
        "saksi_drafts 10.0",
    }


def test_what_is_on_its_way_is_not_shown_at_all() -> None:
    snapshot = Snapshot.of(Meter(), [Lane("desk:bawaslu", 1, NOW - AGES[0] + 1)], [], 0, NOW)
    assert snapshot.waiting == ()


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (9, 0), (10, 10), (19, 10), (20, 20)])
def test_messages_are_shown_in_tens(count: int, shown: int) -> None:
    assert rounded(count) == shown


@pytest.mark.parametrize(("value", "step"), [(0, 0), (1, 1), (9, 1), (10, 10), (99_999, 10_000)])
def test_a_size_is_the_step_that_is_reached(value: int, step: int) -> None:
    assert bucket(value, metering.SIZES) == step


def test_a_few_files_say_nothing() -> None:
    meter = Meter()
    for _ in range(metering.FEW - 1):
        with meter.cleaning():
            pass
    assert meter.slowness() == {}


def test_information_is_no_alarm_and_other_events_are_no_refusals() -> None:
    meter = Meter()
    meter.heard({"level": "info", "event": "owed-later", "lane": "telegram", "code": 429})
    meter.heard({"level": "error", "event": "crash"})
    assert meter.errors == {("telegram", "429"): 1}
    assert meter.alarms == {"crash": 1}


NAMES = set(re.findall(r"^(saksi_\w+)", page(full()), re.MULTILINE))


def test_the_dashboard_and_the_rules_ask_for_figures_that_there_are() -> None:
    panels = json.loads((DEPLOY / "grafana.json").read_text())["panels"]
    drawn = [target["expr"] for panel in panels for target in panel["targets"]]
    rules = [rule for group in yaml(DEPLOY / "alerts.yml")["groups"] for rule in group["rules"]]
    assert all({"alert", "expr", "labels", "annotations"} <= rule.keys() for rule in rules)
    asked = [set(re.findall(r"saksi_\w+", expression)) for expression in (*drawn, *(rule["expr"] for rule in rules))]
    assert all(names and names <= NAMES for names in asked)
    assert set().union(*(set(re.findall(r"saksi_\w+", one)) for one in drawn)) == NAMES
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_the_rules_listen_for_events_that_are_logged() -> None:
    sources = [path.read_text() for path in (DEPLOY.parent / "bot").rglob("*.py")]
    logged = {event for source in sources for event in re.findall(r"log\.\w+\)?\(\s*\"([a-z-]+)\"", source)}
    text = (DEPLOY / "alerts.yml").read_text()
    listened = re.findall(r'event=~"([a-z|-]+)"', text)
    assert listened
    assert {event for one in listened for event in one.split("|")} <= logged


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    migrations.upgrade(database)
    yield database
    database.close()


async def asked(database: Database, path: str) -> httpx.Response:
    """Serve the port, ask once, and stop."""
    committer, address = Committer(database), f"127.0.0.1:{free_port()}"
    running = committer.run(), metered(committer, "intake", address, "SAKSI_METRICS")
    tasks = [asyncio.create_task(one) for one in running]
    try:
        async with httpx.AsyncClient(base_url=f"http://{address}", trust_env=False) as client:
            while True:
                try:
                    return await client.get(path)
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_process_that_can_write_is_well(opened: Database) -> None:
    answer = await asked(opened, "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_a_process_whose_database_is_gone_is_not(tmp_path: Path) -> None:
    answer = await asked(Database.at(f"sqlite:///{tmp_path / 'no' / 'where.db'}"), "/healthz")
    assert (answer.status_code, answer.text) == (503, "the database takes nothing")


async def test_the_port_serves_nothing_else(opened: Database) -> None:
    assert (await asked(opened, "/telegram")).status_code == 404


async def test_a_port_that_is_taken_is_named(opened: Database) -> None:
    with pytest.raises(SettingsError, match=r"SAKSI_METRICS: 192\.0\.2\.1:1 cannot be had"):
        await metered(Committer(opened), "intake", "192.0.2.1:1", "SAKSI_METRICS")


async def test_without_an_address_there_is_no_port(opened: Database) -> None:
    await metered(Committer(opened), "intake", None, "SAKSI_METRICS")


@pytest.mark.timeout(300)
async def test_while_people_write_the_page_stays_as_it_was(tmp_path: Path) -> None:
    """Somebody who reads it every second learns nothing of the minute; it names nobody."""
    assert QUARTER >= 900
    town = Town(tmp_path)
    ports = {"intake": f"127.0.0.1:{free_port()}", "desk": f"127.0.0.1:{free_port()}"}
    town.environment["SAKSI_METRICS"], town.environment["SAKSI_DESK__METRICS"] = ports["intake"], ports["desk"]
    try:
        async with town, httpx.AsyncClient(trust_env=False) as client:
            town.start()
            phone = await town.on_telegram(7_777_001)
            await phone.start()
            before = {name: (await client.get(f"http://{port}/metrics")).text for name, port in ports.items()}
            for _ in range(12):
                await phone.say("bantuan")
            after = {name: (await client.get(f"http://{port}/metrics")).text for name, port in ports.items()}
            assert after == before
            for name, port in ports.items():
                assert f'saksi_up{{process="{name}"}} 1.0' in after[name]
                assert (await client.get(f"http://{port}/healthz")).text == "ok"
            assert "7777001" not in "".join(after.values())
    finally:
        town.stop()


def test_nobody_loads_the_library_who_shows_no_figures() -> None:
    import sys  # noqa: PLC0415  # for its own process alone

    code = "import sys, bot.cli, bot.app.intake, bot.app.desk; print('prometheus_client' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environ({}), capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert done.stdout.strip() == "False"
