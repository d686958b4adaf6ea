"""Runs processes side by side: starts them again when they fall, stops them all together."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.logs import log

SUPERVISED = "SAKSI_SUPERVISED"
# What a child exits with when starting it again would not help: a setting is wrong.
HOPELESS = 2
# Seconds: between a fall and the next start, and for stopping before it is forced.
AGAIN = 1.0
PATIENCE = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Child:
    """One process of ours."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


class Hopeless(Exception):
    """A child cannot run, and has said why."""


def die_with_parent() -> None:
    """End when the one who started us ends, however it ends; a child left alone would hold the bot's inbox."""
    if os.environ.get(SUPERVISED) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


async def start(child: Child, *, stdout: int | None = None) -> asyncio.subprocess.Process:
    """Start one."""
    environment = {**os.environ, **child.environment, SUPERVISED: "1"}
    return await asyncio.create_subprocess_exec(
        sys.executable, *child.arguments, env=environment, stdout=stdout, start_new_session=True
    )


async def supervise(children: Sequence[Child]) -> None:
    """Keep all of them running until cancelled. Raises Hopeless when one cannot run."""
    try:
        async with asyncio.TaskGroup() as group:
            for child in children:
                group.create_task(_keep(child))
    except* Hopeless as hopeless:
        raise hopeless.exceptions[0] from None


async def _keep(child: Child) -> None:
    while True:
        process = await start(child)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await stop(process)
            raise
        if code == HOPELESS:
            raise Hopeless(child.name)
        log.warning("fell", process=child.name, code=code)
        await asyncio.sleep(AGAIN)


async def stop(process: asyncio.subprocess.Process) -> None:
    """Ask a process to stop, and make it when it does not."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
