"""PDFs to be cleaned, written by hand: honest ones, telling ones, and hostile ones."""

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from tests.cleaning.files import CANARY, noise, saved, zipped

A4: Final = (595, 842)
_PAD: Final = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

Bodies = Mapping[int, bytes]


def file(bodies: Bodies, trailer: bytes = b"") -> bytes:
    """A PDF of these numbered objects, the first of which is the catalogue."""
    data, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in bodies.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(bodies) + 1
    data += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(data)


def stream(body: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(body), body)


def page(contents: int = 4, more: bytes = b"", size: tuple[float, float] = A4) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % (
        *size,
        contents,
        more,
    )


FONT: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
RED_SQUARE: Final = b"1 0 0 rg 100 600 200 200 re f"


def plain(contents: bytes = RED_SQUARE, more: bytes = b"", size: tuple[float, float] = A4, many: int = 1) -> bytes:
    """A PDF of `many` equal pages."""
    return file(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (many, b"3 0 R " * many),
            3: page(more=more, size=size),
            4: stream(contents),
            5: FONT,
        }
    )


@cache
def telling() -> bytes:
    """A PDF with the canary everywhere the format allows, an older version before it, and a zip behind it."""
    word = CANARY.encode()
    text = b"(" + word + b")"
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>" + word + b"</dc:creator></x:xmpmeta>"
    hidden = b"/OC /off BDC BT /F 40 Tf 50 300 Td " + text + b" Tj ET EMC"
    unseen = b"BT /F 40 Tf 3 Tr 50 400 Td " + text + b" Tj ET BT /F 40 Tf 1 1 1 rg 50 500 Td " + text + b" Tj ET "
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/Lang " + text + b"/OpenAction 7 0 R"
        b"/Names<</JavaScript<</Names[" + text + b" 7 0 R]>>/EmbeddedFiles<</Names[" + text + b" 8 0 R]>>>>"
        b"/AcroForm<</Fields[13 0 R]>>/OCProperties<</OCGs[14 0 R]/D<</OFF[14 0 R]>>>>/PieceInfo<</X " + text + b">>>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/CropBox[0 200 595 842]/Contents 4 0 R/Thumb 16 0 R"
        b"/Annots[10 0 R 11 0 R 13 0 R 15 0 R]/AA<</O 7 0 R>>"
        b"/Resources<</Font<</F 5 0 R>>/Properties<</off 14 0 R>>>>>>",
        4: stream(RED_SQUARE + b" % " + word + b"\n" + unseen + hidden),
        5: FONT,
        6: stream(xmp, b"/Type/Metadata/Subtype/XML"),
        7: b"<</S/JavaScript/JS(app.alert\\(" + word + b"\\))>>",
        8: b"<</Type/Filespec/F " + text + b"/EF<</F 9 0 R>>>>",
        9: stream(word, b"/Type/EmbeddedFile"),
        10: b"<</Type/Annot/Subtype/Text/Rect[300 300 320 320]/T " + text + b"/Contents " + text + b">>",
        11: b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://" + word + b".example)>>>>",
        12: stream(b"0 0 1 rg 0 0 100 50 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 50]"),
        13: b"<</Type/Annot/Subtype/Widget/FT/Tx/T " + text + b"/V " + text + b"/Rect[400 700 500 750]/F 4"
        b"/AP<</N 12 0 R>>>>",
        14: b"<</Type/OCG/Name " + text + b">>",
        15: b"<</Type/Annot/Subtype/FileAttachment/FS 8 0 R/Rect[0 0 9 9]/F 2/Contents " + text + b">>",
        16: stream(saved(noise(16, 16), "JPEG", comment=word), b"/Width 16/Height 16/Filter/DCTDecode"),
        17: b"<</Author " + text + b"/Title " + text + b"/Producer " + text + b"/CreationDate(D:20261112091500)>>",
    }
    older = plain(b"BT /F 40 Tf 50 600 Td " + text + b" Tj ET")
    return older + file(bodies, b"/Info 17 0 R/ID[" + text + text + b"]") + zipped()


def locked() -> bytes:
    """Needs a password, because what is checked against the empty one is not its digest."""
    return _encrypted(b"n" * 32, lambda _, body: body)


def restricted() -> bytes:
    """Encrypted for show: the owner forbade copying and printing, but anybody may open it."""
    key = hashlib.md5(_PAD + b"o" * 32 + struct.pack("<i", -64) + b"id").digest()[:5]  # noqa: S324 - PDF 1.1's own

    def kept(number: int, body: bytes) -> bytes:
        salt = number.to_bytes(3, "little") + b"\0\0"
        return _rc4(hashlib.md5(key + salt).digest()[:10], body)  # noqa: S324 - as above

    return _encrypted(_rc4(key, _PAD), kept)


def _encrypted(digest: bytes, kept: Callable[[int, bytes], bytes]) -> bytes:
    rules = b"/Encrypt<</Filter/Standard/V 1/R 2/P -64/O<%s>/U<%s>>>" % (b"6f" * 32, digest.hex().encode())
    return file(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: page(),
            4: stream(kept(4, RED_SQUARE)),
            5: FONT,
        },
        rules + b"/ID[(id)(id)]",
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


def launching() -> bytes:
    return file(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>",
            2: b"<</Type/Pages/Count 0/Kids[]>>",
        }
    )


def own_ancestor() -> bytes:
    return file({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"})


def endless_xref() -> bytes:
    whole = plain()
    start = whole.index(b"xref")
    return whole.replace(b"/Root", b"/Prev %d/Root" % start)


def nested(depth: int = 100_000) -> bytes:
    return plain(more=b"/X" + b"[" * depth + b"]" * depth)


def drawing_itself() -> bytes:
    """A form that draws itself, twice."""
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        4: stream(b"/X Do"),
        6: form,
    }
    return file(bodies)


def inflating(mebibytes: int = 500) -> bytes:
    packed = zlib.compressobj(1)
    body = b"".join(packed.compress(bytes(1 << 20)) for _ in range(mebibytes)) + packed.flush()
    return file(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: page(),
            4: stream(body, b"/Filter/FlateDecode"),
            5: FONT,
        }
    )


def laborious(shapes: int = 400_000) -> bytes:
    """One page that takes a minute to draw."""
    strokes = b"".join(b"0 %d m 595 %d l 30 w S\n" % (n % 842, n * 7 % 842) for n in range(shapes))
    return plain(b"[3 2]0 d " + strokes)
