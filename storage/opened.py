"""Keys that the operator has unlocked: in memory, for their process alone, until `saksi lock` or the power goes."""

from collections.abc import Sequence
from pathlib import Path

from storage.errors import Sealed
from storage.keys import COURIER, desk_stem, key_is_locked, open_key, retired
from storage.private import Unsafe, destroy, private_folder, replace
from storage.vault import public_of


def opened_folder(runtime: Path) -> Path:
    """Name the folder of opened keys in a memory-backed folder; it need not be there."""
    return runtime / "opened"


def opened_files(runtime: Path, stem: str) -> list[Path]:
    """Name where a key and those before it are once they are opened; none need be there."""
    return [opened_folder(runtime) / f"{stem}.key", *retired(opened_folder(runtime), stem)]


def locked(keys: Path) -> list[Path]:
    """List the desks' and couriers' keys of a folder that need a passphrase, the present ones last."""
    found = (path for kind in ("desk-", COURIER) for path in keys.glob(f"{kind}*.key") if key_is_locked(path))
    return sorted(found, key=lambda path: (path.stem.count("-"), path.name), reverse=True)


def unlock_all(keys: Path, runtime: Path, passphrase: str) -> list[str]:
    """Open every locked key of a folder into memory (0600), or none of them; return their names.

    Takes half a second a key (Argon2id). Raises Sealed where the passphrase is wrong, and Unsafe where others could
    read what is opened.
    """
    opened = {path.name: open_key(path, passphrase) for path in locked(keys)}
    folder = private_folder(opened_folder(runtime))
    # Who watches for the present key finds the ones before it in place.
    for name, key in opened.items():
        replace(folder / name, f"{key}\n".encode())
    return list(opened)


def lock_all(runtime: Path) -> list[str]:
    """Destroy the opened keys; return their names."""
    folder = opened_folder(runtime)
    keys = sorted(folder.glob("*.key*")) if folder.exists() else []
    for path in keys:
        destroy(path)
    return [path.name for path in keys]


def desk_keys(keys: Path, runtime: Path, name: str, public: str) -> tuple[str, ...]:
    """Give a desk's private keys, the one of `public` first and those of earlier epochs after it; none while locked.

    Raises Unsafe where the key is not here at all, or others can read it.
    """
    return _usable(keys, runtime, desk_stem(name), public)


def courier_keys(keys: Path, runtime: Path, public: str) -> tuple[str, ...]:
    """Give the courier's private keys, as `desk_keys` does."""
    return _usable(keys, runtime, COURIER, public)


def _usable(keys: Path, runtime: Path, stem: str, public: str) -> tuple[str, ...]:
    found: list[str] = []
    for path in _files((opened_folder(runtime), keys), stem):
        try:
            found.append(open_key(path, None))
        except Sealed:
            continue  # locked: the operator has not opened it yet
    found.sort(key=lambda key: public_of(key) != public)
    if found and public_of(found[0]) == public:
        return tuple(dict.fromkeys(found))
    if not locked(keys):
        raise Unsafe(f"no key in {keys} is the one that the roster lists: bring {stem}.key back")
    return ()


def _files(folders: Sequence[Path], stem: str) -> list[Path]:
    files = [path for folder in folders for path in (folder / f"{stem}.key", *retired(folder, stem)) if path.exists()]
    if not files:
        raise Unsafe(f"there is no {folders[-1] / stem}.key: make the keys first, or bring it here")
    return files
