"""Many things in one file: a tar, sealed with age as it is written, and proved by opening it again."""

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyrage
from pyrage.x25519 import Identity, Recipient

from storage.errors import Sealed, StorageError
from storage.private import sync_folder
from storage.vault import is_recipient

END: Final = bytes(2 * tarfile.BLOCKSIZE)

# pyrage has one exception for a wrong key and for a broken header; the words alone tell them apart (a test watches).
_WRONG_KEY: Final = "No matching keys found"


class Unwritten(StorageError):
    """An archive was not made, and nothing of it is left."""


class Damaged(StorageError):
    """An archive cannot be read: cut short, changed, or none of ours."""


def member(name: str, data: bytes) -> Iterator[bytes]:
    """Spell one file of a tar, with no time and no owner."""
    head = tarfile.TarInfo(name)
    head.size, head.mode = len(data), 0o600
    yield head.tobuf(tarfile.USTAR_FORMAT)
    yield data
    yield bytes(-len(data) % tarfile.BLOCKSIZE)


def write(path: Path, pieces: Iterator[bytes], recipients: Sequence[str]) -> str:
    """Seal a tar given in pieces into a new file, and open it again; return the SHA-256 of the file, in hex.

    To open it again without the recipients' private keys, it is also sealed to a key that only this call ever has.
    Raises Unwritten, and whatever `pieces` raises.
    """
    if odd := [key for key in recipients if not is_recipient(key)]:
        raise Unwritten(f"{odd[0]!r} is no age public key (age1...)")
    if path.exists():
        raise Unwritten(f"{path} is there already, and a backup is never overwritten: name another file")
    witness, part = Identity.generate(), path.with_name(f"{path.name}.part")
    keys = [*map(Recipient.from_str, recipients), witness.to_public()]
    try:
        told = _seal(pieces, part, keys)
        fingerprint = _prove(part, witness, told)
        part.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise Unwritten(f"{path} could not be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return fingerprint


class _Source:
    """Hands pieces on as a file does. What goes wrong in them is kept: pyrage would turn it into words."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.digest = hashlib.sha256()
        self.failed: BaseException | None = None

    def read(self, most: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.failed = error
            raise
        given, self._rest = bytes(self._rest[:most]), self._rest[most:]
        self.digest.update(given)
        return given


class _Reader:
    """Reads a file and remembers its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, most: int) -> bytes:
        data = self._file.read(most)
        self.digest.update(data)
        return data


class _Sink:
    """Takes bytes, and keeps their digest alone."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _seal(pieces: Iterator[bytes], part: Path, keys: Sequence[Recipient]) -> bytes:
    """Write the sealed file through to the disk; return the digest of what went in."""
    source = _Source(pieces)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        try:
            pyrage.encrypt_io(source, file, keys)
        except pyrage.EncryptError as error:
            raise source.failed or Unwritten(f"{part} could not be written: {error}") from None
        file.flush()
        os.fsync(file.fileno())
    return source.digest.digest()


def _prove(part: Path, witness: Identity, told: bytes) -> str:
    """Open what was written and compare; return the digest of the sealed file, in hex."""
    sink = _Sink()
    with part.open("rb") as file:
        reader = _Reader(file)
        try:
            pyrage.decrypt_io(reader, sink, [witness])
        except (pyrage.DecryptError, OSError) as error:
            raise Unwritten(f"{part} could not be read back: {error}") from None
    if sink.digest.digest() != told:
        raise Unwritten(f"{part} reads back as something else than was written: look at the disk")
    return reader.digest.hexdigest()


@contextmanager
def opened(path: Path, identities: Sequence[str], scratch: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive as a whole, in a nameless file in `scratch`, before anything in it is believed.

    Raises Sealed where no key fits, and Damaged.
    """
    with tempfile.TemporaryFile(dir=scratch) as plain:
        _open(path, identities, plain)
        plain.seek(0)
        try:
            with tarfile.open(fileobj=plain, mode="r:") as tar:
                yield tar
        except tarfile.TarError:
            raise Damaged(f"{path} holds no archive of ours") from None


def _open(path: Path, identities: Sequence[str], plain: IO[bytes]) -> None:
    try:
        with path.open("rb") as sealed:
            pyrage.decrypt_io(sealed, plain, [Identity.from_str(key) for key in identities])
    except pyrage.IdentityError:
        raise Sealed("this is no age private key") from None
    except pyrage.DecryptError as error:
        if str(error) == _WRONG_KEY:
            raise Sealed(f"the key does not open {path}: it was sealed to others") from None
        raise Damaged(f"{path} is no age file, or its beginning is damaged") from None
    except OSError as error:
        # age's own complaint about a chunk comes as an OSError without a number.
        raise Damaged(f"{path}: {error.strerror or 'it was cut short or changed'}") from None


def members(tar: tarfile.TarFile, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Read the files of a tar whose names begin so, in its order; nothing is ever unpacked to the disk.

    Raises Damaged.
    """
    for info in tar:
        if not info.name.startswith(prefix):
            continue
        file = tar.extractfile(info) if info.isreg() else None
        data = file.read() if file else b""
        if file is None or len(data) != info.size:
            raise Damaged("the archive holds something that is no whole file")
        yield info.name, data
