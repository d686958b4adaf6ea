"""Packs a dossier into zip archives, each sealed with age to the receiving institution, in memory."""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

import pyrage
from pyrage.x25519 import Recipient

from bot.dossier.exhibits import Exhibit

# Telegram takes 50 MB of a bot (https://core.telegram.org/bots/api#senddocument); what zip and age add is little.
MOST = 48_000_000
PAPER, SUMS = "berkas.pdf", "SHA256SUMS"


class TooBig(Exception):
    """One piece of evidence alone is more than Telegram takes."""


def grouped(exhibits: Sequence[Exhibit], first: int, most: int = MOST) -> list[list[Exhibit]]:
    """Share the evidence out among archives; `first` bytes of the first one are taken. Raises TooBig."""
    groups: list[list[Exhibit]] = [[]]
    room = most - first
    for one in exhibits:
        if one.open is None:
            continue
        if one.size > most:
            raise TooBig(one.name)
        if one.size > room:
            groups.append([])
            room = most
        groups[-1].append(one)
        room -= one.size
    return groups


def parts(paper: bytes, exhibits: Sequence[Exhibit], keys: Sequence[str], most: int = MOST) -> Iterator[bytes]:
    """Seal the archives one after the other, the paper in the first; none is ever whole in the clear but in memory.

    Raises TooBig before the first.
    """
    recipients = [Recipient.from_str(key) for key in keys]
    for number, group in enumerate(grouped(exhibits, len(paper), most)):
        told = BytesIO()
        with zipfile.ZipFile(told, "w", zipfile.ZIP_STORED) as archive:
            if number == 0:
                _put(archive, PAPER, paper)
            sums = "".join(f"{one.sha256}  bukti/{one.name}\n" for one in group)
            if group:
                _put(archive, SUMS, sums.encode())
            for one in group:
                if one.open:
                    _put(archive, f"bukti/{one.name}", one.open())
        yield bytes(pyrage.encrypt(told.getvalue(), recipients))


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    # The year in which zip begins: no member tells when it was packed.
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.external_attr = 0o600 << 16
    archive.writestr(member, data)
