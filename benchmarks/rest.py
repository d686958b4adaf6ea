"""What the two processes need before anybody writes: seconds until they serve, processor time, memory at rest."""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from benchmarks.table import Table
from tests.town import SILENCE, Town

# Seconds after the start in which nothing happens.
SETTLED = 3.0


def measured() -> list[Table]:
    heads = (
        "process",
        "serves after, s",
        "CPU until then, s",
        "at rest, RSS, MiB",
        "of it its own (PSS), MiB",
        "CPU in rest, %",
    )
    table = Table("Starting and resting", heads)
    table.notes.append(
        "Telegram and WhatsApp on, against the simulator; nobody writes. The aim: intake < 230 MiB, desk < 130 MiB."
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o700)
        town = Town(Path(folder))
        try:
            asyncio.run(_watch(town, table))
        finally:
            town.stop()
    return [table]


async def _watch(town: Town, table: Table) -> None:
    async with town:
        for name, serves in (("intake", _intake_serves), ("desk", _desk_serves)):
            begun = time.monotonic()
            town.start(name)
            pid = town.processes[name].pid
            async with asyncio.timeout(SILENCE):
                while not await serves(town):  # noqa: ASYNC110  # another process
                    await asyncio.sleep(0.05)
            ready, cpu = time.monotonic() - begun, _cpu(pid)
            await asyncio.sleep(SETTLED)
            resting = (_cpu(pid) - cpu) / SETTLED * 100
            table.add(name, ready, cpu, _memory(pid, "Rss"), _memory(pid, "Pss"), resting)


async def _intake_serves(town: Town) -> bool:
    """Its port answers, and it asks Telegram for what waits."""
    try:
        answer = await town.simulator.client.get(f"{town.intake}/healthz")
    except httpx.HTTPError:
        return False
    return answer.is_success and bool(await _polls(town, "saksi_demo_bot"))


async def _desk_serves(town: Town) -> bool:
    return bool(await _polls(town, "saksi_desk_bot"))


async def _polls(town: Town, bot: str) -> list[Any]:
    """A long poll is written down once it is answered; before it comes what introduces a bot."""
    calls = (await town.simulator.get("calls"))["calls"]
    return [call for call in calls if call["bot"] == bot and call["method"] in {"deleteWebhook", "getMe", "getUpdates"}]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int, what: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = next(line for line in lines if line.startswith(f"{what}:"))
    return int(found.split()[1]) / 1024
