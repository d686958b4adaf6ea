"""Looks at the machine: what may carry memory to a disk, the cage in which files are cleaned, the room that is left."""

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, amber, ask, green, red
from storage.cleaning.cleaner import Cleaner

SWAPS = Path("/proc/swaps")
CGROUP = Path("/proc/self/cgroup")
CGROUPS = Path("/sys/fs/cgroup")
TRACING = Path("/proc/sys/kernel/yama/ptrace_scope")
# Bytes; below the first nobody's pictures fit for long, below the second the database itself may fail.
LITTLE, TOO_LITTLE = 5 << 30, 1 << 30
# Inodes that are left.
FEW = 10_000


# What no program can tell of the machine that it runs on.
AT_REST = ask(
    "machine", "is its disk encrypted, and does nobody take snapshots of it with its memory?", "docs/install.md, step 1"
)


def user() -> Finding:
    """Say as whom this looks: root sees another machine than the processes do."""
    if os.geteuid() == 0:
        return amber("user", "this is root", "run it as the user of the intake, and again as the desk's")
    return green("user", "not root")


def swap(swaps: Path = SWAPS, limit: int | None = None) -> Finding:
    """Say whether memory may be written to a disk; `limit` is what the cgroup lets be swapped, in bytes."""
    if not swaps.exists():
        return amber("swap", "the kernel does not say here", "look on the machine itself: swapon --show")
    names = [line.split()[0] for line in swaps.read_text().splitlines()[1:]]
    on_disk = [name for name in names if not name.startswith("/dev/zram")]
    if not on_disk:
        return green("swap", "nothing in memory can reach a disk")
    if limit == 0:
        return amber(
            "swap", "on, but not for this process", "switch it off all the same: swapoff -a, and in /etc/fstab"
        )
    return red("swap", f"{on_disk[0]} may hold drafts and keys", "swapoff -a, and take it out of /etc/fstab")


def swap_limit(cgroup: Path = CGROUP, cgroups: Path = CGROUPS) -> int | None:
    """Say how many bytes of this cgroup may be swapped; none where there is no limit, or nobody says."""
    own = cgroup.read_text().rpartition("::/")[2].strip() if cgroup.exists() else ""
    file = cgroups / own / "memory.swap.max"
    said = file.read_text().strip() if file.exists() else ""
    return int(said) if said.isdecimal() else None


def core_dumps() -> Finding:
    """Say whether the memory of our processes is kept from dumps; this one has been hardened as they are."""
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        return red("core dumps", "a crash would write memory to a disk", "use a kernel that allows RLIMIT_CORE = 0")
    return green("core dumps", "none are written")


def tracing(scope: Path = TRACING) -> Finding:
    """Say whether another process of the same user may look into memory."""
    if scope.exists() and scope.read_text().strip() == "0":
        return amber("tracing", "programs of one user may trace each other", "sysctl -w kernel.yama.ptrace_scope=1")
    return green("tracing", "memory is kept from other programs")


async def sandbox() -> Finding:
    """Let a child try to break out of the cage."""
    report = await Cleaner().check()
    if not report.ready:
        return red("sandbox", str(report), "allow user namespaces or use a kernel with Landlock (5.13)")
    if report.allowed:
        return amber("sandbox", str(report), "use a newer kernel, or allow user namespaces")
    return green("sandbox", str(report))


def room(folder: Path) -> Iterator[Finding]:
    """Say how much room is left."""
    free, left = shutil.disk_usage(folder).free, os.statvfs(folder)
    found = f"{free / (1 << 30):.1f} GiB are free under {folder}"
    if free < TOO_LITTLE:
        yield red("disk", found, "make room now: nothing new can be stored soon")
    elif free < LITTLE:
        yield amber("disk", found, "make room")
    else:
        yield green("disk", found)
    # Some file systems count no inodes at all.
    if left.f_files and left.f_favail < FEW:
        yield amber("disk", f"only {left.f_favail} more files fit under {folder}", "delete what is not Saksi's")
