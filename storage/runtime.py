"""Where secrets of the day live: a folder in memory, which dies with the power."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from storage.private import Unsafe, private_folder

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
MOUNTS = Path("/proc/self/mountinfo")
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - ours is a private folder below it
_ADVICE = (
    "set SAKSI_RUNTIME to a folder on a tmpfs that only this user can read "
    "(systemd: RuntimeDirectory=saksi and RuntimeDirectoryPreserve=yes)"
)


def runtime_folder(
    environ: Mapping[str, str], state: Path | None = None, *, allow_disk: bool = False, mounts: Path = MOUNTS
) -> Path:
    """Find the folder for keys that must never reach a disk, and make it where it is missing.

    SAKSI_RUNTIME, else systemd's RUNTIME_DIRECTORY, else XDG_RUNTIME_DIR, else /dev/shm. `allow_disk` is for
    the demo alone, which lives in its state folder. Raises Unsafe, with what to set, where nothing fits.
    """
    wanted = environ.get("SAKSI_RUNTIME")
    if allow_disk and state is not None and not wanted:
        return private_folder(state / "runtime")
    if wanted:
        return _wanted(Path(wanted), mounts, anyway=allow_disk)
    for folder in _usual(environ):
        if folder.parent.is_dir() and memory_backed(folder.parent, mounts):
            return private_folder(folder)
    raise Unsafe(f"no memory-backed folder for the draft keys: {_ADVICE}")


def memory_backed(path: Path, mounts: Path = MOUNTS) -> bool:
    """Tell whether an existing path is on a tmpfs or ramfs; False where the kernel does not say."""
    if not mounts.exists():
        return False
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    return any(number == wanted and kind in _IN_MEMORY for number, kind in _file_systems(mounts))


def _wanted(folder: Path, mounts: Path, *, anyway: bool) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & stat.S_IWOTH:
        raise Unsafe(f"{folder} is another user's, or everybody may write there: {_ADVICE}")
    if not anyway and not memory_backed(folder, mounts):
        raise Unsafe(f"{folder} is on a disk, where the draft keys would outlive the power: {_ADVICE}")
    return folder


def _usual(environ: Mapping[str, str]) -> Iterator[Path]:
    # systemd separates several RuntimeDirectory= by colons; the first is ours.
    if systemd := environ.get("RUNTIME_DIRECTORY", "").split(":")[0]:
        yield Path(systemd) / "saksi"
    if session := environ.get("XDG_RUNTIME_DIR"):
        yield Path(session) / "saksi"
    yield _SHARED_MEMORY / f"saksi-{os.geteuid()}"


def _file_systems(mounts: Path) -> Iterator[tuple[str, str]]:
    """Read (device number, kind) of every mount; proc_pid_mountinfo(5)."""
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        yield before.split()[2], after.split()[0]
