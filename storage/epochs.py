"""A desk's key lasts a month, the courier's a week; a key that was replaced opens what is left under it, then dies."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from storage import private
from storage.keys import COURIER, desk_stem, load_roster, open_key, protected, publish, retired, signing_key
from storage.passphrase import MODERATE, Work
from storage.private import Unsafe
from storage.roster import Roster
from storage.vault import new_identity, public_of

COURIER_DAYS: Final = 7
"""Days after which the courier's key is due to be replaced."""

KEPT_DAYS: Final = {"desk": 120, COURIER: 14}
"""Days for which a replaced key is kept; open tips and addresses are resealed within a day (storage/resealing.py).

A tip that was closed before is left under the old key. With 90 days of retention it is erased before that key is
destroyed; where tips are kept for longer, the desk loses it then and only the institution's recovery key opens it.
"""

_TWICE: Final = "bcdefghijklmnopqrstuvwxyz"


def rotate_desk(  # noqa: PLR0913 - as `keys.make`
    folder: Path,
    name: str,
    today: date,
    passphrase: str | None = None,
    *,
    roster_folder: Path | None = None,
    work: Work = MODERATE,
) -> Roster:
    """Make a desk's key of this month, keep the one before, and publish the new one in a newer signed roster.

    A second time in a month makes a second key, for a key that somebody may have seen cannot wait. After a crash it
    goes on where it stopped: no key that a roster ever named is lost.

    Raises Unsafe for an unknown desk, a clock that runs behind, or where the signing key is not here; Sealed for a
    missing or wrong passphrase.
    """
    where = roster_folder or folder
    signing = signing_key(where, passphrase)
    roster = load_roster(where, pin=signing.verify_key.encode().hex())
    if name not in roster.desks:
        raise Unsafe(f"the roster has no desk {name!r}, only {', '.join(roster.desks)}")
    present, stem = roster.desks[name], desk_stem(name)
    epoch = _following(present.epoch, f"{today:%Y-%m}")
    old = f"{stem}-{present.epoch}"
    key = _turn(folder, stem, old, present.key, passphrase, work)
    desks = {**roster.desks, name: replace(present, key=key, epoch=epoch)}
    newer = replace(roster, version=roster.version + 1, made=today, desks=desks, retired={**roster.retired, old: today})
    publish(where, newer, signing)
    return newer


def rotate_courier(
    folder: Path,
    today: date,
    passphrase: str | None = None,
    *,
    roster_folder: Path | None = None,
    work: Work = MODERATE,
) -> Roster:
    """Make a new courier's key and publish it, as `rotate_desk` does for a desk."""
    where = roster_folder or folder
    signing = signing_key(where, passphrase)
    roster = load_roster(where, pin=signing.verify_key.encode().hex())
    epoch, old = _following(roster.courier_epoch, f"{today}"), f"{COURIER}-{roster.courier_epoch}"
    key = _turn(folder, COURIER, old, roster.courier, passphrase, work)
    newer = replace(
        roster, version=roster.version + 1, made=today, courier=key, courier_epoch=epoch,
        retired={**roster.retired, old: today},
    )  # fmt: skip
    publish(where, newer, signing)
    return newer


def desk_is_due(roster: Roster, name: str, today: date) -> bool:
    """Whether a desk's key is of an earlier month."""
    return roster.desks[name].epoch[:7] < f"{today:%Y-%m}"


def courier_is_due(roster: Roster, today: date) -> bool:
    """Whether the courier's key has had its week."""
    return courier_due(roster) <= today


def courier_due(roster: Roster) -> date:
    """Say from which day on the courier's key wants to be replaced."""
    return date.fromisoformat(roster.courier_epoch[:10]) + timedelta(days=COURIER_DAYS)


def last_day(stem: str, retired_on: date) -> date:
    """Say on which day a replaced key must be destroyed."""
    return retired_on + timedelta(days=KEPT_DAYS["desk" if stem.startswith("desk-") else COURIER])


def destroy_retired(folder: Path, stem: str, roster: Roster, today: date) -> Sequence[str]:
    """Destroy those keys before `stem`.key whose last day has come; return their names.

    When a key was replaced is read from the signed roster, so that nobody can have keys destroyed early.
    """
    days = roster.retired
    over = [path for path in retired(folder, stem) if path.stem in days and last_day(stem, days[path.stem]) <= today]
    for path in over:
        private.destroy(path)
    return [path.stem for path in over]


def _following(present: str, now: str) -> str:
    """Name the epoch after this one: of today, with a letter where today's has been taken."""
    if not present.startswith(now):
        if present > now:
            raise Unsafe(f"the present key is of {present}, but the clock says {now}: set the clock")
        return now
    letters = _TWICE[_TWICE.find(present[len(now) :]) + 1 :] if len(present) > len(now) else _TWICE
    if not letters:
        raise Unsafe(f"a key cannot be replaced more often than {len(_TWICE)} times in {now}")
    return now + letters[0]


def _turn(folder: Path, stem: str, old: str, listed: str, passphrase: str | None, work: Work) -> str:  # noqa: PLR0913, PLR0917 - as above
    """Put a new key in the place of the listed one, which is kept beside it; return the new public key."""
    path, kept = folder / f"{stem}.key", folder / f"{old}.key"
    present = public_of(open_key(path, passphrase))
    if present != listed:
        # A crash before the roster was published: the listed key is kept already, the new one waits for its roster.
        if kept.exists() and public_of(open_key(kept, passphrase)) == listed:
            return present
        raise Unsafe(f"{path} is not the key that the roster lists: bring that one back")
    private.replace(kept, private.read_private(path))
    fresh, public = new_identity()
    private.replace(path, protected(fresh, passphrase, work))
    return public
