"""The simulator in a process of its own, and a hand on its controls."""

import json
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import Any, Self

import httpx

from simulator.world import EXAMPLE

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds until a promise counts as broken


class Running:
    """Started when made, ended by `stop()`; within `async with` it has a client and can be asked."""

    def __init__(self, setup: dict[str, Any] | None = None) -> None:
        self.setup = EXAMPLE if setup is None else setup
        command = [sys.executable, "-W", "error", "-m", "simulator", "--port", "0"]
        self.complaints = ""
        self._stderr = TemporaryFile("w+")  # noqa: SIM115  (open as long as the process, closed in stop)
        with TemporaryDirectory() as folder:
            plan = Path(folder) / "setup.json"
            plan.write_text(json.dumps(self.setup), "utf-8")
            command += ["--setup", str(plan)]
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self._stderr, text=True)  # noqa: S603  (ours)
            self.url = self._first_line().rpartition(" ")[2].strip()
        self.client: httpx.AsyncClient

    def _first_line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("simulator listening on"), "the simulator did not start"
        return line

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as a shell would; return its exit code. What it wrote to stderr is in `complaints`."""
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        with self._stderr:
            self._stderr.seek(0)
            self.complaints = self._stderr.read()
        return code

    async def __aenter__(self) -> Self:
        # An empty TLS context: loading the certificates of the world takes longer than most tests here.
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # The simulator hangs up after five idle seconds, as httpx would: whoever asks just then must not be cut off.
        limits = httpx.Limits(keepalive_expiry=2)
        self.client = httpx.AsyncClient(
            base_url=self.url, timeout=PATIENCE, trust_env=False, verify=plain, limits=limits
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.client.aclose()

    async def sim(self, path: str, **body: Any) -> dict[str, Any]:
        """POST /sim/<path>; raises httpx.HTTPStatusError for what cannot be done."""
        return self._read(await self.client.post(f"/sim/{path}", json=body))

    async def put(self, path: str, **body: Any) -> dict[str, Any]:
        """PUT /sim/<path>: `faults` and `limits`."""
        return self._read(await self.client.put(f"/sim/{path}", json=body))

    async def get(self, path: str, **params: Any) -> dict[str, Any]:
        return self._read(await self.client.get(f"/sim/{path}", params=params))

    async def calls(self, method: str, *, since: int = 0) -> list[dict[str, Any]]:
        """What bots asked by `method` so far."""
        return [call for call in (await self.get("calls", since=since))["calls"] if call["method"] == method]

    async def until(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Watch /sim/state, change by change, until this is true of it; AssertionError if it never is."""
        state = await self.get("state")
        while not true(state):
            newer = await self.get("state", after=state["version"], wait=PATIENCE / 2)
            assert newer["version"] > state["version"], "nothing happens any more"
            state = newer
        return state

    async def messages(self, key: str) -> list[dict[str, Any]]:
        """What the Telegram chat `key` shows now (`7001:saksi_demo_bot`, `-1001000000001`)."""
        chats = (await self.get("state"))["telegram"]["chats"]
        return next((chat["messages"] for chat in chats if chat["key"] == key), [])

    @staticmethod
    def _read(answer: httpx.Response) -> dict[str, Any]:
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body
