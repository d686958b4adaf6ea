"""`saksi demo`: the whole product on this machine, against a make-believe Telegram and WhatsApp, with a page."""

import asyncio
import secrets
import shutil
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from msgspec import json

from bot.app.ground import now
from bot.children import Child, start, stop, supervise
from bot.zones import WESTERN
from handlers import posters
from handlers.desk import Role
from storage import keys, migrations
from storage.database import Database
from storage.roster import Officer

HOST = "127.0.0.1"
PLACE = "62.71"
TITLE = "Bawaslu Kota Palangka Raya"
OFFICERS = (("Rina", Role.SUPERVISOR, 9001), ("Bagus", Role.OFFICER, 9002))
GROUP = -1001000000001
REPORTER = 7001
WHATSAPP_ID = "100000000000001"
NUMBER = "628000000000"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made up anew for every demo."""

    intake: str
    desk: str
    whatsapp: str
    app: str
    verify: str

    @classmethod
    def drawn(cls) -> "Secrets":
        def token() -> str:
            return secrets.token_hex(16)

        return cls(f"100:{token()}", f"200:{token()}", token(), token(), token())


async def demo(port: int, state: Path | None, *, browser: bool) -> None:
    """Run the demo until cancelled."""
    with _state(state) as folder:
        drawn, listen = Secrets.drawn(), f"{HOST}:{free_port()}"
        prepare(folder)
        world = folder / "world.json"
        world.write_bytes(json.encode(setup(drawn, listen)))
        simulator = Child("simulator", ("-m", "simulator", "--port", str(port), "--setup", str(world)), {})
        process = await start(simulator, stdout=asyncio.subprocess.PIPE)
        try:
            url = await _address(process)
            print(f"\n  Saksi: {url}\n  Ctrl-C stops it; nothing of it remains.\n", flush=True)
            if browser:
                await asyncio.to_thread(webbrowser.open, url)
            environment = settings(folder, drawn, listen, url)
            await supervise([Child(name, ("-m", "bot", name), environment) for name in ("intake", "desk")])
        finally:
            await stop(process)


@contextmanager
def _state(state: Path | None) -> Iterator[Path]:
    folder = state or Path(tempfile.mkdtemp(prefix="saksi-demo-"))
    try:
        yield folder
    finally:
        if state is None:
            shutil.rmtree(folder)


def prepare(folder: Path) -> None:
    """Make keys and tables, where they are not there yet."""
    if not (folder / "keys").exists():
        officers = [Officer(alias, "bawaslu", role, person) for alias, role, person in OFFICERS]
        keys.make(folder / "keys", {"bawaslu": TITLE}, demo=True, today=now(WESTERN).date(), officers=officers)
    database = Database.at(f"sqlite:///{folder / 'saksi.db'}")
    migrations.upgrade(database)
    database.close()


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise AssertionError("the simulator was started with a pipe")
    line = (await process.stdout.readline()).decode().strip()
    if not line:
        sys.exit("The demo's port is taken, maybe by another demo: try `saksi demo --port 8090`.")
    return line.rpartition(" ")[2]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def setup(drawn: Secrets, listen: str) -> dict[str, object]:
    """The make-believe world: one reporter with two phones, two officers in a group."""
    people = [
        {"id": REPORTER, "name": "Warga"},
        *({"id": person, "name": alias} for alias, _, person in OFFICERS),
    ]
    members = [{"person": person, "status": "administrator"} for _, _, person in OFFICERS]
    group = {"id": GROUP, "title": TITLE, "forum": False, "bots": ["saksi_desk_bot"], "protected": True}
    bots = [
        {"token": drawn.intake, "username": "saksi_demo_bot", "name": "Saksi"},
        {"token": drawn.desk, "username": "saksi_desk_bot", "name": "Meja Saksi"},
    ]
    whatsapp = {
        "phone_id": WHATSAPP_ID, "number": NUMBER, "token": drawn.whatsapp, "app_secret": drawn.app,
        "verify_token": drawn.verify, "webhook": f"http://{listen}/whatsapp", "version": "v25.0", "name": "Saksi",
        "people": [{"id": "ID.demoreporter", "name": "Warga", "phone": None}],
    }  # fmt: skip
    code = posters.short(PLACE)
    page = {"place": code, "start": posters.payload(PLACE), "prefilled": f"Halo dari poster {code}"}
    telegram = {"bots": bots, "people": people, "groups": [{**group, "members": members}]}
    return {"telegram": telegram, "whatsapp": whatsapp, "page": page}


def settings(folder: Path, drawn: Secrets, listen: str, url: str) -> dict[str, str]:
    """The settings an operator would write, with the make-believe platforms in the place of the real ones."""
    given = {
        "STATE": str(folder), "LISTEN": listen, "PUSH_DELAY": "0-0",
        "TELEGRAM__TOKEN": drawn.intake, "TELEGRAM__API_BASE": url,
        "WHATSAPP__TOKEN": drawn.whatsapp, "WHATSAPP__PHONE_ID": WHATSAPP_ID, "WHATSAPP__APP_SECRET": drawn.app,
        "WHATSAPP__VERIFY_TOKEN": drawn.verify, "WHATSAPP__API_BASE": url,
        "DESK__NAME": "bawaslu", "DESK__TOKEN": drawn.desk, "DESK__GROUP": str(GROUP), "DESK__API_BASE": url,
        "DESK__DELAY": "0-0", "DESK__PACE": "600",
    }  # fmt: skip
    return {f"SAKSI_{name}": value for name, value in given.items()}
