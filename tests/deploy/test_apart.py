"""deploy/compose.yaml without an engine: two users who cannot read each other's half, and a tip that goes its way."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import demo
from tests.deploy.apart import Service, Site, end, why_not
from tests.deploy.files import ROOT
from tests.deploy.machine import DESK, GROUP, INTAKE, MEMORY
from tests.outage.breaking import read
from tests.pictures import photo
from tests.simulator.running import Running
from tests.town import BAGUS, BOT, DESK_BOT, RINA, SILENCE, Officer, TelegramPhone, environ
from tests.whole.reports import QUESTIONS, Desk, attach, greet

# A reason is printed where it cannot be.
pytestmark = [pytest.mark.timeout(1800), pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be")]
SERVICES = {name: Service.of(name) for name in ("intake", "desk", "migrate")}


def command(folder: Path, *arguments: str, **given: str) -> None:
    """Run a command of ours as root, as the operator does."""
    subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder, env=environ(given), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True,
        timeout=4 * SILENCE,
    )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, simulator: Running) -> Iterator[Site]:
    """What docs/install.md has an operator make for compose, with the numbers of its users."""
    port = demo.free_port()
    orders = {
        "TELEGRAM__TOKEN": INTAKE, "TELEGRAM__API_BASE": simulator.url, "DESK__TOKEN": DESK,
        "DESK__API_BASE": simulator.url, "DESK__GROUP": str(GROUP), "DESK__DELAY": "0-0", "RUNTIME": "/mnt/run",
        "LISTEN": f"{demo.HOST}:{port}",
    }  # fmt: skip
    sets = [part for name, value in orders.items() for part in ("--set", f"{name}={value}")]
    command(tmp_path, "init", "--split", *sets)
    for alias, number in (("Rina", RINA), ("Bagus", BAGUS)):
        command(tmp_path, "officer", "add", alias, str(number), SAKSI_ENV="desk.env")
    # As init prints, with compose's numbers; recovery and roster go into the safe.
    state, keys = tmp_path / "state", tmp_path / "state/keys"
    for name in ("recovery-bawaslu.key", "roster.key"):
        next(keys.rglob(name)).unlink()
    group = int(SERVICES["intake"].group)
    for path in (state, *state.rglob("*")):
        os.chown(path, int(SERVICES["intake"].user), group)
    for path in (keys, keys / "roster.json", keys / "roster.pub"):
        os.chown(path, 0, 0)
    memory = Path(tempfile.mkdtemp(prefix="saksi-", dir=MEMORY))
    memory.chmod(0o711)
    for name in ("intake", "desk"):
        user = int(SERVICES[name].user)
        for path in (keys / name, *(keys / name).rglob("*")):
            os.chown(path, user, group)
        env = tmp_path / f"{name}.env"
        env.write_text(env.read_text().replace("=state", "=/mnt/state"))
        os.chown(env, user, group)
        (memory / name).mkdir(mode=0o700)
        os.chown(memory / name, user, group)
    (memory / "migrate").symlink_to("intake")
    (tmp_path / "run").symlink_to(memory)
    (tmp_path / "sockets").mkdir()
    yield Site(tmp_path, port, int(simulator.url.rpartition(":")[2]))
    shutil.rmtree(memory)


PROBE = """
import json, os, resource, socket
def can(what):
    try:
        what()
    except OSError as error:
        return os.strerror(error.errno)
    return "yes"
status = dict(line.split(":\\t") for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
print(json.dumps({
    "user": [os.getuid(), os.getgid(), os.getgroups()],
    "caps": [status["CapEff"], status["CapBnd"], status["NoNewPrivs"]],
    "limits": [resource.getrlimit(resource.RLIMIT_CORE)[1], resource.getrlimit(resource.RLIMIT_NPROC)[1]],
    "keys": {name: sorted(os.listdir(f"/mnt/state/keys/{name}")) for name in ("intake", "desk")},
    "settings": os.listdir("/mnt/etc"),
    "networks": [name for _, name in socket.if_nameindex()],
    "away": can(lambda: socket.create_connection(("192.0.2.1", 443), 2)),
    "root": can(lambda: open("/var/saksi-probe", "w")),
    "roster": can(lambda: open("/mnt/state/keys/roster.json", "a")),
    "state": can(lambda: open("/mnt/state/probe", "w")),
    "scratch": can(lambda: open(os.path.join("/tmp", "probe"), "w")),
}))
"""


@pytest.mark.parametrize("name", ["intake", "desk"])
def test_a_service_has_its_own_half_and_can_do_nothing_it_need_not(site: Site, name: str) -> None:
    service = SERVICES[name]
    done = subprocess.run(  # noqa: S603  # our own
        site.command(service, "-c", PROBE), capture_output=True, text=True, check=True, env=environ({})
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["user"] == [int(service.user), int(service.group), []]
    assert [int(one, 16) for one in found["caps"]] == [0, 0, 1]
    assert found["limits"] == [0, service.processes]
    own = {"intake": ["courier.key"], "desk": ["desk-bawaslu.key"]}
    assert found["keys"] == {one: own[name] if one == name else [] for one in own}
    assert found["settings"] == [f"{name}.env"]
    assert found["networks"] == ["lo"]
    assert found["away"] == "Network is unreachable"
    assert found["root"] == "Read-only file system"
    assert found["roster"] == "Permission denied"
    assert [found["state"], found["scratch"]] == ["yes", "yes"]


async def test_a_tip_goes_its_way_between_two_users_who_share_nothing_but_what_is_sealed(
    site: Site, simulator: Running
) -> None:
    done = await asyncio.to_thread(
        subprocess.run, site.command(SERVICES["migrate"], "-m", "bot", "migrate"), check=False, env=environ({})
    )
    assert done.returncode == 0
    logs = {name: site.folder / f"{name}.log" for name in ("intake", "desk")}
    started = [subprocess.Popen(site.out(), env=environ({}), cwd=ROOT)]  # noqa: ASYNC220, S603  # ours, and it does not block
    started += [site.start(SERVICES[name], ("-m", "bot", name), log) for name, log in logs.items()]
    try:
        assert "why=evidence is cleaned" in await read(logs["intake"], "event=sandbox")
        transport = httpx.AsyncHTTPTransport(uds=str(site.folder / "sockets/front"))
        async with httpx.AsyncClient(transport=transport) as client:
            assert (await client.get("http://intake:8081/healthz")).text == "ok"
        rina = Officer(simulator, RINA, TelegramPhone(simulator, RINA, DESK_BOT), GROUP)
        await rina.private.start()
        desk = await Desk.watched(rina)
        phone = TelegramPhone(simulator, 7001, BOT)
        await greet(phone)
        await phone.walk(*QUESTIONS)
        await attach(phone, photo())
        await phone.walk("[Sudah semua]", "[Kirim]")
        card = await desk.new_card(items=1)
        said = len(await rina.private.said())
        await rina.press(card, "Buka")
        opened = await rina.private.until(lambda bubbles: len(bubbles) >= said + 2)
        assert opened[-2]["media"]["kind"] == "photo"
    finally:
        for process in started:
            end(process, SILENCE)
    for log in logs.values():
        said_ = log.read_text()
        assert "not-apart" not in said_
        assert "crash" not in said_
