"""The evidence of a dossier: its name in the archive, its fingerprint, and a small picture for the contact sheet."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from msgspec import Struct
from PIL import Image

from handlers.messages import Kind
from handlers.tip import Enclosure
from storage.cleaning.first_bytes import format_of
from storage.errors import Gone, Sealed
from storage.evidence import Piece, Store
from storage.vault import open_sealed

# Pixels of the longer side on the contact sheet: 60 mm at 200 to the inch, and a face stays a face.
SMALL = 480
# How files are called, in the Indonesian of the form.
NAMES: Mapping[str, str] = {
    Kind.IMAGE: "foto", Kind.VIDEO: "video", Kind.VOICE: "suara", Kind.AUDIO: "rekaman", Kind.PDF: "dokumen",
}  # fmt: skip


class Exhibit(Struct, frozen=True):
    """A piece of evidence; `sha256` is of its cleaned bytes, `size` in bytes, `open` reads it anew each time.

    Without `open` it is not here: `missing` says so in a few words.
    """

    name: str
    kind: str
    size: int = 0
    sha256: str = ""
    taken: str = ""
    picture: bytes = b""
    open: Callable[[], bytes] | None = None
    missing: str = ""


def shown(enclosures: tuple[Enclosure, ...], pieces: tuple[Piece, ...], store: Store) -> Iterator[Exhibit]:
    """Read each piece once, one after the other: twenty videos fit into no memory."""
    known = {piece.id: piece for piece in pieces}
    for number, one in enumerate(enclosures, 1):
        piece = known.get(one.id)
        stem = f"{number:02}-{NAMES.get(one.kind, 'berkas')}"
        try:
            if piece and piece.here:
                yield _read(stem, one, store)
            else:
                why = "tidak dapat disimpan" if piece and piece.lost else "belum sampai"
                yield Exhibit(stem, one.kind, missing=why)
        except (Gone, Sealed):
            yield Exhibit(stem, one.kind, missing="hilang atau rusak")


def _read(stem: str, one: Enclosure, store: Store) -> Exhibit:
    def opened() -> bytes:
        return open_sealed(store.get(one.id), [one.key])

    data = opened()
    format_ = format_of(data)
    return Exhibit(
        name=f"{stem}.{format_}" if format_ else stem,
        kind=one.kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        taken=one.taken,
        picture=_small(data) if one.kind == Kind.IMAGE else b"",
        open=opened,
    )


def _small(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        picture.thumbnail((SMALL, SMALL))
        small = BytesIO()
        picture.convert("RGB").save(small, "JPEG", quality=80)
    return small.getvalue()
