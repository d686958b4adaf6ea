"""The institution's keys on disk: made once, never overwritten, refused where others can look in.

desk-NAME.key      opens the tips of that desk; for its process alone
recovery-NAME.key  opens them as well; the institution moves it off this machine
courier.key        opens reply addresses; for intake alone
roster.key         signs the roster; the operator moves it off this machine
roster.pub         the pin: whose signature the roster must bear
roster.json        the roster
"""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from nacl.signing import SigningKey

from storage.errors import Sealed
from storage.passphrase import MODERATE, Work, is_locked, lock, unlock
from storage.private import Unsafe, private_folder, read_private, replace, sync_folder, write_new
from storage.roster import DESK_NAME, Desk, Officer, Roster, load, sign
from storage.vault import new_identity, public_of

_COURIER: Final = "courier.key"
_SIGNING: Final = "roster.key"
_PIN: Final = "roster.pub"
_ROSTER: Final = "roster.json"


def make(  # noqa: PLR0913 - facts only the operator knows; a struct of them would be filled in once
    folder: Path,
    desks: Mapping[str, str],
    *,
    demo: bool,
    today: date,
    officers: Sequence[Officer] = (),
    passphrase: str | None = None,
    work: Work = MODERATE,
) -> Roster:
    """Make all keys and the first roster, for desks given as {name: title}; all of it or nothing.

    Raises Unsafe where the folder holds anything already, for tips would be lost with an overwritten key, and
    ValueError for desks or officers that make no roster.
    """
    _must_be_empty(folder)
    signing = SigningKey.generate()
    private = {_COURIER: new_identity()[0]}
    for name in desks:
        private[_desk(name)] = new_identity()[0]
        private[_recovery(name)] = new_identity()[0]
    roster = Roster(
        version=1,
        made=today,
        demo=demo,
        desks={name: _listed(private, name, title, today) for name, title in desks.items()},
        courier=public_of(private[_COURIER]),
        officers=tuple(officers),
    )
    files = {_PIN: signing.verify_key.encode().hex().encode(), _ROSTER: sign(roster, signing)}
    private[_SIGNING] = signing.encode().hex()
    files |= {file: _protected(key, passphrase, work) for file, key in private.items()}
    _write_all(folder, files)
    return roster


def load_roster(folder: Path, *, pin: str | None = None, oldest: int = 1) -> Roster:
    """Read the roster; `pin` is the hex of the operator's public key, by default the one beside the roster.

    Raises Unsafe where it is missing, unsigned, changed, signed by another, or older than version `oldest`.
    """
    try:
        document = (folder / _ROSTER).read_bytes()
        pinned = bytes.fromhex((folder / _PIN).read_text("ascii") if pin is None else pin)
    except FileNotFoundError as error:
        raise Unsafe(f"there is no {error.filename}: make the keys first") from None
    except ValueError:
        raise Unsafe("the roster's pin must be 64 hexadecimal digits") from None
    return load(document, pinned, oldest=oldest)


def save_roster(folder: Path, roster: Roster, passphrase: str | None = None) -> None:
    """Sign a newer roster and put it in place of the present one; raises Unsafe where it is not newer."""
    present = load_roster(folder)
    if roster.version <= present.version:
        raise Unsafe(f"a new roster needs a version above {present.version}, not {roster.version}")
    signing = SigningKey(bytes.fromhex(_open(folder / _SIGNING, passphrase)))
    replace(folder / _ROSTER, sign(roster, signing))


def desk_identity(folder: Path, name: str, passphrase: str | None = None) -> str:
    """Give a desk's age private key.

    Raises Sealed for a missing or wrong passphrase; Unsafe where there is no such key or others can read it.
    """
    if not DESK_NAME.fullmatch(name):
        raise Unsafe(f"a desk's name is made of a-z, 0-9 and dashes, not {name!r}")
    return _open(folder / _desk(name), passphrase)


def courier_identity(folder: Path, passphrase: str | None = None) -> str:
    """Give the courier's age private key; raises as `desk_identity` does."""
    return _open(folder / _COURIER, passphrase)


def _desk(name: str) -> str:
    return f"desk-{name}.key"


def _recovery(name: str) -> str:
    return f"recovery-{name}.key"


def _listed(private: Mapping[str, str], name: str, title: str, today: date) -> Desk:
    return Desk(
        title=title,
        key=public_of(private[_desk(name)]),
        recovery=public_of(private[_recovery(name)]),
        epoch=f"{today:%Y-%m}",
    )


def _protected(key: str, passphrase: str | None, work: Work) -> bytes:
    text = f"{key}\n".encode()
    return text if passphrase is None else lock(text, passphrase, work)


def _open(path: Path, passphrase: str | None) -> str:
    try:
        held = read_private(path)
    except FileNotFoundError:
        raise Unsafe(f"there is no {path}: make the keys first, or bring it here") from None
    if is_locked(held):
        if passphrase is None:
            raise Sealed(f"{path} is locked: its passphrase is needed")
        held = unlock(held, passphrase)
    return held.decode("ascii").strip()


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Unsafe(f"{folder} is not empty, and keys are never overwritten: name another folder")


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write beside and rename at the end, so that a crash leaves no half set of keys to start with."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = private_folder(folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.new"))
    try:
        for name, data in files.items():
            write_new(fresh / name, data)
        sync_folder(fresh)
        _must_be_empty(folder)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh)
        raise
    sync_folder(folder.parent)
