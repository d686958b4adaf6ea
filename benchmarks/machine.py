"""On what, with what and when it was measured: figures without that are rumours."""

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PEERS = ("aiogram", "python-telegram-bot", "SQLAlchemy", "psycopg", "msgspec", "PyNaCl", "Pillow", "av")


def described() -> str:
    return "\n".join(
        (
            f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC · {cpu()}, {os.cpu_count()} cores, {memory()} · load {load()}",
            f"Linux {platform.release()} · Python {sys.version.split()[0]} · SQLite {sqlite()}",
            " · ".join(f"{name} {known(name)}" for name in PEERS),
        )
    )


def cpu() -> str:
    found = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return found[0].partition(":")[2].strip() if found else platform.machine()


def memory() -> str:
    found = [line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    return f"{int(found[0].split()[1]) / (1 << 20):.1f} GiB" if found else "memory unknown"


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def known(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []
