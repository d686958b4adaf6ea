"""The institution's keys on disk: made once, never overwritten, refused where others can look in.

desk-NAME.key         opens the tips of that desk; for its process alone
desk-NAME-EPOCH.key   its key of an earlier month, kept until nothing needs it (storage/epochs.py)
recovery-NAME.key     opens them as well; the institution moves it off this machine
courier.key           opens reply addresses; for intake alone
courier-DAY.key       the courier's key before, made on that day
roster.key            signs the roster; the operator moves it off this machine
roster.pub            the pin: whose signature the roster must bear
roster.json           the roster
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from nacl.signing import SigningKey

from storage.errors import Sealed
from storage.passphrase import MODERATE, Work, is_locked, lock, unlock
from storage.private import Unsafe, private_folder, read_private, replace, sync_folder, write_new
from storage.roster import DESK_NAME, Desk, Officer, Roster, load, sign
from storage.vault import new_identity, public_of

COURIER: Final = "courier"
INTAKE_FOLDER: Final = "intake"
DESK_FOLDER: Final = "desk"

_SIGNING: Final = "roster.key"
_PIN: Final = "roster.pub"
_ROSTER: Final = "roster.json"
_NO_PIN: Final = "the roster's pin must be 64 hexadecimal digits"
_DESK_EPOCH: Final = re.compile(r"-\d{4}-\d\d[a-z]?")
_COURIER_EPOCH: Final = re.compile(r"-\d{4}-\d\d-\d\d[a-z]?")


def make(  # noqa: PLR0913 - facts only the operator knows; a struct of them would be filled in once
    folder: Path,
    desks: Mapping[str, str],
    *,
    demo: bool,
    today: date,
    officers: Sequence[Officer] = (),
    passphrase: str | None = None,
    work: Work = MODERATE,
    split: bool = False,
) -> Roster:
    """Make all keys and the first roster, for desks given as {name: title}; all of it or nothing.

    `split` puts the courier's key into a folder `intake` and the desks' into `desk`, so that each can be given to
    another user, and lets everybody read the roster.

    Raises Unsafe where the folder holds anything already, for tips would be lost with an overwritten key, and
    ValueError for desks or officers that make no roster.
    """
    _must_be_empty(folder)
    signing = SigningKey.generate()
    private = {COURIER: new_identity()[0]}
    for name in desks:
        private[f"desk-{name}"] = new_identity()[0]
        private[_recovery(name)] = new_identity()[0]
    roster = Roster(
        version=1,
        made=today,
        demo=demo,
        desks={name: _listed(private, name, title, today) for name, title in desks.items()},
        courier=public_of(private[COURIER]),
        courier_epoch=f"{today}",
        officers=tuple(officers),
    )
    public = {_PIN: signing.verify_key.encode().hex().encode(), _ROSTER: sign(roster, signing)}
    private[_SIGNING.removesuffix(".key")] = signing.encode().hex()
    secret = {_place(stem, split=split): protected(key, passphrase, work) for stem, key in private.items()}
    _write_all(folder, public, secret, split=split)
    return roster


def pin_of(folder: Path) -> str:
    """Give the pin beside a roster, in hex. Raises Unsafe where there is none."""
    try:
        return (folder / _PIN).read_text("ascii").strip()
    except FileNotFoundError as error:
        raise Unsafe(f"there is no {error.filename}: make the keys first") from None
    except ValueError:
        raise Unsafe(_NO_PIN) from None


def load_roster(folder: Path, *, pin: str | None = None, oldest: int = 1) -> Roster:
    """Read the roster; `pin` is the hex of the operator's public key, by default the one beside the roster.

    Raises Unsafe where it is missing, unsigned, changed, signed by another, or older than version `oldest`.
    """
    try:
        document = (folder / _ROSTER).read_bytes()
        pinned = bytes.fromhex(pin_of(folder) if pin is None else pin)
    except FileNotFoundError as error:
        raise Unsafe(f"there is no {error.filename}: make the keys first") from None
    except ValueError:
        raise Unsafe(_NO_PIN) from None
    return load(document, pinned, oldest=oldest)


def load_newest(folder: Path, memory: Path, *, pin: str | None = None) -> Roster:
    """Read the roster, and never again an older one than was read before; `memory` is the file that remembers.

    Raises Unsafe as `load_roster` does.
    """
    try:
        oldest = int(memory.read_text("ascii"))
    except FileNotFoundError:
        oldest = 0
    except ValueError:
        raise Unsafe(f"{memory} must hold the version of the last roster seen: look who changed it") from None
    roster = load_roster(folder, pin=pin, oldest=oldest)
    if roster.version > oldest:
        replace(memory, f"{roster.version}\n".encode(), mode=0o644)
    return roster


def roster_file(folder: Path) -> Path:
    return folder / _ROSTER


def signing_key(folder: Path, passphrase: str | None = None) -> SigningKey:
    """Open the key that signs rosters; raises as `desk_identity` does."""
    return SigningKey(bytes.fromhex(open_key(folder / _SIGNING, passphrase)))


def save_roster(folder: Path, roster: Roster, passphrase: str | None = None) -> None:
    """Sign a newer roster and put it in place of the present one; raises Unsafe where it is not newer."""
    publish(folder, roster, signing_key(folder, passphrase))


def publish(folder: Path, roster: Roster, signing: SigningKey) -> None:
    """Do as `save_roster` does, with the signing key at hand; it must be the one that signed the present roster."""
    present = load_roster(folder, pin=signing.verify_key.encode().hex())
    if roster.version <= present.version:
        raise Unsafe(f"a new roster needs a version above {present.version}, not {roster.version}")
    replace(folder / _ROSTER, sign(roster, signing))


def desk_stem(name: str) -> str:
    """Give the name of a desk's key, without `.key`; raises Unsafe for what is no desk's name."""
    if not DESK_NAME.fullmatch(name):
        raise Unsafe(f"a desk's name is made of a-z, 0-9 and dashes, and does not end in a month, not {name!r}")
    return f"desk-{name}"


def desk_identity(folder: Path, name: str, passphrase: str | None = None) -> str:
    """Give a desk's age private key.

    Raises Sealed for a missing or wrong passphrase; Unsafe where there is no such key or others can read it.
    """
    return open_key(folder / f"{desk_stem(name)}.key", passphrase)


def courier_identity(folder: Path, passphrase: str | None = None) -> str:
    """Give the courier's age private key; raises as `desk_identity` does."""
    return open_key(folder / f"{COURIER}.key", passphrase)


def desk_identities(folder: Path, name: str, passphrase: str | None = None) -> tuple[str, ...]:
    """Give a desk's present private key and all that are kept of earlier epochs, newest first; raises as above."""
    return _identities(folder, desk_stem(name), passphrase)


def courier_identities(folder: Path, passphrase: str | None = None) -> tuple[str, ...]:
    """Give the courier's present private key and those before it that are still kept, newest first; raises as above."""
    return _identities(folder, COURIER, passphrase)


def _identities(folder: Path, stem: str, passphrase: str | None) -> tuple[str, ...]:
    return open_key(folder / f"{stem}.key", passphrase), *(open_key(path, passphrase) for path in retired(folder, stem))


def retired(folder: Path, stem: str) -> list[Path]:
    """List the keys kept of those that `stem`.key took the place of, newest first."""
    epoch = _COURIER_EPOCH if stem == COURIER else _DESK_EPOCH
    named = (path for path in folder.glob(f"{stem}-*.key") if epoch.fullmatch(path.stem.removeprefix(stem)))
    return sorted(named, reverse=True)


def open_key(path: Path, passphrase: str | None) -> str:
    """Read one private key; raises as `desk_identity` does."""
    try:
        held = read_private(path)
    except FileNotFoundError:
        raise Unsafe(f"there is no {path}: make the keys first, or bring it here") from None
    if is_locked(held):
        if passphrase is None:
            raise Sealed(f"{path} is locked: its passphrase is needed")
        held = unlock(held, passphrase)
    return held.decode("ascii").strip()


def key_is_locked(path: Path) -> bool:
    """Tell whether a key needs a passphrase; one that is not here needs none."""
    return path.exists() and is_locked(read_private(path))


def signing_is_locked(folder: Path) -> bool:
    return key_is_locked(folder / _SIGNING)


def protected(key: str, passphrase: str | None, work: Work) -> bytes:
    """Write a private key as its file holds it: behind a passphrase, where there is one."""
    text = f"{key}\n".encode()
    return text if passphrase is None else lock(text, passphrase, work)


def _recovery(name: str) -> str:
    return f"recovery-{name}"


def _place(stem: str, *, split: bool) -> str:
    folder = INTAKE_FOLDER if stem == COURIER else DESK_FOLDER if stem.startswith("desk-") else ""
    return f"{folder}/{stem}.key" if split and folder else f"{stem}.key"


def _listed(private: Mapping[str, str], name: str, title: str, today: date) -> Desk:
    return Desk(
        title=title,
        key=public_of(private[f"desk-{name}"]),
        recovery=public_of(private[_recovery(name)]),
        epoch=f"{today:%Y-%m}",
    )


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Unsafe(f"{folder} is not empty, and keys are never overwritten: name another folder")


def _write_all(folder: Path, public: Mapping[str, bytes], secret: Mapping[str, bytes], *, split: bool) -> None:
    """Write beside and rename at the end, so that a crash leaves no half set of keys to start with."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = private_folder(folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.new"))
    try:
        _write(fresh, public, mode=0o644 if split else 0o600)
        _write(fresh, secret, mode=0o600)
        if split:
            fresh.chmod(0o755)
        sync_folder(fresh)
        _must_be_empty(folder)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh)
        raise
    sync_folder(folder.parent)


def _write(folder: Path, files: Mapping[str, bytes], *, mode: int) -> None:
    homes = {(folder / name).parent for name in files}
    for home in homes:
        private_folder(home)
    for name, data in files.items():
        write_new(folder / name, data, mode=mode)
    for home in homes:
        sync_folder(home)


def readable(folders: Iterable[Path], pattern: str) -> list[Path]:
    """List the private keys of a pattern, such as `courier*.key`, that this user can read in folders and below."""
    found: set[Path] = set()
    for folder in folders:
        found |= {
            path for shape in (pattern, f"*/{pattern}") for path in folder.glob(shape) if os.access(path, os.R_OK)
        }
    return sorted(found)
