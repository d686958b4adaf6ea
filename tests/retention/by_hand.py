"""What docs/recovery.md does with the stock tools `age`, `tar` and `base64`, done with pyrage and nothing of ours."""

import base64
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pyrage
from pyrage.x25519 import Identity

LENGTH = 8


def unpacked(backup: Path, key: Path) -> dict[str, bytes]:
    """age -d -i KEY BACKUP | tar -x"""
    plain = age(backup.read_bytes(), key.read_text())
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        return {info.name: file.read() for info in tar if (file := tar.extractfile(info))}


def table(archive: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    """cat tables/NAME/*"""
    parts = (archive[part] for part in sorted(archive) if part.startswith(f"tables/{name}/"))
    return [json.loads(line) for part in parts for line in part.splitlines()]


def tip(row: dict[str, Any], key: Path) -> dict[str, Any]:
    """base64 -d | age -d -i KEY | tail -c +9 | tr -d '\\0'"""
    opened = age(base64.b64decode(row["body"]), key.read_text())
    found: dict[str, Any] = json.loads(opened[LENGTH:].rstrip(b"\0"))
    return found


def age(sealed: bytes, key: str) -> bytes:
    """age -d -i KEY"""
    return bytes(pyrage.decrypt(sealed, [Identity.from_str(key.strip())]))
