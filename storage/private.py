"""Files that only their owner may read: made whole or not at all, and refused where others can look in."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from storage.errors import StorageError

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Unsafe(StorageError):
    """A promise cannot be kept here, so nothing starts; the message says what to do."""


def private_folder(path: Path) -> Path:
    """Make `path` a folder (0700) unless it is one; raises Unsafe where others own it or can look in."""
    with suppress(FileExistsError):  # what is there, maybe a link planted in /dev/shm, is looked at next
        path.mkdir(mode=0o700, parents=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Unsafe(f"{path} must be a folder of the user who starts this: chown it, or name another")
    if found.st_mode & OTHERS:
        raise Unsafe(f"others can look into {path}: chmod 700 {path}")
    return path


def is_shared(path: Path) -> bool:
    """Tell whether a folder was given to a group on purpose: its setgid bit is set (chmod 2770)."""
    return bool(path.stat().st_mode & stat.S_ISGID)


def state_folder(path: Path) -> Path:
    """Make or check a folder of sealed things: private, or given to the one group that intake and desk are in.

    Raises Unsafe where others can look in.
    """
    parent = path.parent
    if not path.exists() and parent.exists() and is_shared(parent):
        path.mkdir(mode=0o770)  # the group and the setgid bit come from the parent
    if not path.exists() or not is_shared(path):
        return private_folder(path)
    if path.stat().st_mode & stat.S_IRWXO:
        raise Unsafe(f"others can look into {path}: chmod 2770 {path}")
    return path


def read_private(path: Path) -> bytes:
    """Read a file of secrets; raises Unsafe where others may, and FileNotFoundError where there is none."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & OTHERS:
            raise Unsafe(f"others can read {path}: chmod 600 {path}")
        return file.read()


def write_new(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file that must not exist yet, through to the disk; raises FileExistsError.

    What root writes belongs to whoever owns the folder: a key that its process cannot read would be no use.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        if os.geteuid() == 0:
            home = path.parent.stat()
            os.fchown(descriptor, home.st_uid, home.st_gid)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def replace(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file in place of an older one, whose mode it keeps; a reader sees the one or the other."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else mode
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    write_new(fresh, data, mode=mode)
    fresh.replace(path)
    sync_folder(path.parent)


def write_first(path: Path, data: bytes) -> bytes:
    """Write a file (0600) unless somebody was first, and give what it now holds: racing processes agree."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    write_new(fresh, data)
    try:
        # A link appears whole and never replaces; a rename would let the second process win.
        path.hardlink_to(fresh)
    except FileExistsError:
        return read_private(path)
    else:
        return data
    finally:
        fresh.unlink()


def destroy(path: Path) -> None:
    """Overwrite a file before deleting it; on a memory-backed file system that is the end of its bytes."""
    with path.open("r+b") as file:
        file.write(bytes(os.fstat(file.fileno()).st_size))
    path.unlink()


def sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
