"""Starts what deploy/compose.yaml describes without any container engine: namespaces, two users, the same limits.

Each process has a network of its own in which there is nothing but what compose gives it: `out` leads to the platforms,
`front` to the intake's port, both through a socket in a folder; `back` alone leads nowhere. Its root is read-only, the
other's half of the keys does not exist, no capability is left. What compose limits and this cannot: memory.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.deploy.files import DEPLOY, ROOT, yaml
from tests.town import environ

# Where the container's paths are here: /var, /etc and /run belong to the machine.
INSIDE = {"/var/lib/saksi": "/mnt/state", "/run/saksi": "/mnt/run", "/etc/saksi": "/mnt/etc"}
UNSHARE = ("unshare", "--net", "--mount", "--pid", "--ipc", "--fork", "--mount-proc")
# The interpreter as everybody in there sees it: its own folder may be closed, or below a /tmp that is hidden.
PYTHON = "/mnt/prefix/bin/python"
NEEDED = ("unshare", "mount", "setpriv", "prlimit", "ip")


@dataclass(frozen=True)
class Service:
    """One of compose's services, as far as it can be had here."""

    name: str
    user: str
    group: str
    hidden: tuple[str, ...]
    networks: frozenset[str]
    processes: int
    scratch: str

    @classmethod
    def of(cls, name: str) -> "Service":
        """Read it from deploy/compose.yaml."""
        given: dict[str, Any] = yaml(DEPLOY / "compose.yaml")["services"][name]
        user, _, group = given["user"].partition(":")
        mounts = [volume for volume in given["volumes"] if isinstance(volume, dict)]
        [scratch] = given["tmpfs"]
        return cls(
            name, user, group, tuple(inside(one["target"]) for one in mounts), frozenset(given["networks"]),
            given["pids_limit"], scratch.partition(":")[2],
        )  # fmt: skip


def inside(path: str) -> str:
    """Say where a path of the container is here."""
    for theirs, ours in INSIDE.items():
        path = re.sub(rf"^{theirs}\b", ours, path)
    return path


def why_not() -> str:
    """Say why this machine cannot; empty where it can."""
    if os.geteuid() != 0:
        return "only root makes namespaces with two users"
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        return f"there is no {', '.join(missing)} on this machine"
    tried = subprocess.run(  # noqa: S603  # the system's own
        [*UNSHARE, "mount", "-t", "tmpfs", "x", "/mnt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return f"namespaces are refused: {tried.stderr.strip()}" if tried.returncode else ""


@dataclass(frozen=True)
class Site:
    """The folder that holds what compose mounts: state, settings, runtime folders, and the sockets of networks."""

    folder: Path
    port: int
    platforms: int

    def command(self, service: Service, *arguments: str) -> list[str]:
        """Give the command that runs Python with these arguments as a service."""
        script = "\n".join(
            ("set -eu", "umask 022", *self._mounts(service), *self._networks(service), self._become(service))
        )
        return [*UNSHARE, "--kill-child", "sh", "-c", script, "sh", *arguments]

    def _mounts(self, service: Service) -> Iterator[str]:
        yield from ("mount --make-rprivate /", "mount -t tmpfs -o mode=0755 site /mnt")
        yield from _seen()
        shared = {"state": "state", f"run/{service.name}": "run", "sockets": "sockets"}
        for ours, theirs in shared.items():
            yield f"mkdir -p /mnt/{theirs} && mount --bind {shlex.quote(str(self.folder / ours))} /mnt/{theirs}"
        env = shlex.quote(str(self.folder / f"{_settings(service)}.env"))
        yield f"mkdir -p /mnt/etc && touch /mnt/etc/{_settings(service)}.env"
        yield f"mount --bind {env} /mnt/etc/{_settings(service)}.env"
        yield from (f"mount -t tmpfs -o ro,mode=0755 hidden {target}" for target in service.hidden)
        yield f"mount -t tmpfs -o {service.scratch} scratch /tmp"
        # Where it was installed from, also below a /tmp that is hidden: the cleaner's child looks nowhere else.
        yield f"mkdir -p {shlex.quote(str(ROOT))} && mount --bind /mnt/code {shlex.quote(str(ROOT))}"
        yield "mount -o remount,bind,ro /"

    def _networks(self, service: Service) -> Iterator[str]:
        yield "ip link set lo up"
        relay = f"PYTHONPATH=/mnt/code {PYTHON} -m tests.deploy.relay"
        if "out" in service.networks:
            yield f"{relay} 127.0.0.1:{self.platforms} /mnt/sockets/out &"
        if "front" in service.networks:
            yield f"{relay} /mnt/sockets/front 127.0.0.1:{self.port} &"

    def _become(self, service: Service) -> str:
        drop = (
            f"setpriv --reuid={service.user} --regid={service.group} --clear-groups --no-new-privs --inh-caps=-all "
            f"--bounding-set=-all prlimit --core=0:0 --nproc={service.processes}"
        )
        given = f"env -i PYTHONPATH=/mnt/code SAKSI_ENV=/mnt/etc/{_settings(service)}.env"
        return f'cd /mnt && exec {drop} {given} {PYTHON} "$@"'

    def start(self, service: Service, arguments: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        """Start it."""
        with log.open("ab") as file:
            return subprocess.Popen(  # noqa: S603  # our own
                self.command(service, *arguments), env=environ({}), stdin=subprocess.DEVNULL, stdout=file, stderr=file
            )

    def out(self) -> list[str]:
        """Give the command that leads from `out` to the platforms; it runs outside."""
        socket = str(self.folder / "sockets/out")
        return [sys.executable, "-m", "tests.deploy.relay", socket, f"127.0.0.1:{self.platforms}"]


def end(process: subprocess.Popen[bytes], silence: float) -> None:
    """End it with all that it has started, at once: whoever becomes another user outlives `unshare --kill-child`."""
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)  # the first in its namespace takes all others with it
    process.kill()
    process.wait(silence)


def _settings(service: Service) -> str:
    """Whose settings a service reads: migrate is the intake's user."""
    return "desk" if service.name == "desk" else "intake"


def _seen() -> Iterator[str]:
    """Let another user see our code and the interpreter, wherever they are, and nothing else of a closed folder."""
    closed: set[Path] = set()
    places = {"code": ROOT, "prefix": Path(sys.prefix).resolve(), "base": Path(sys.base_prefix).resolve()}
    for name, place in places.items():
        yield f"mkdir -p /mnt/{name} && mount --bind {shlex.quote(str(place))} /mnt/{name}"
        closed |= {parent for parent in place.parents if not parent.stat().st_mode & 0o001}
    for parent in sorted(closed):
        yield f"mount -t tmpfs -o mode=0755 closed {shlex.quote(str(parent))}"
    for name, place in places.items():
        if any(parent in closed for parent in place.parents) and name != "code":
            yield f"mkdir -p {shlex.quote(str(place))} && mount --bind /mnt/{name} {shlex.quote(str(place))}"
