"""Words and numbers that stand nowhere else, planted wherever a reporter may leave some, and kept by their labels."""

import hashlib
import secrets
import struct
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from tests.anonymity.spellings import DIGESTS, Canary
from tests.town import Picture

LETTERS = "bcdfghjklmnpqrstvwxyz"
LETTERS_IN_WORD = 14
# The longest account numbers that Telegram promises to keep to; seven bytes are also found much faster than six.
NUMBER_BITS = 51
EXIF_TEXTS = {"maker": 0x010F, "model": 0x0110, "program": 0x0131, "artist": 0x013B, "title": 0x010E}
GPS, LATITUDE, LONGITUDE = 0x8825, 2, 4


@dataclass
class Planted:
    """What was planted so far: `hidden` is for nobody, `told` reaches officers once its tip is opened."""

    hidden: dict[str, Canary] = field(default_factory=dict)
    told: dict[str, Canary] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Canary]:
        return {**self.hidden, **self.told}

    def word(self, label: str, *, told: bool = False) -> str:
        """Draw a word."""
        word = "".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_WORD))
        (self.told if told else self.hidden)[label] = word
        return word

    def number(self, label: str) -> int:
        """Draw an account's or a message's number."""
        number = (1 << NUMBER_BITS) | secrets.randbits(NUMBER_BITS)
        self.hidden[label] = number
        return number

    def phone(self, label: str) -> str:
        """Draw a telephone number that nobody has."""
        number = f"62800{1 + secrets.randbelow(9)}{secrets.randbelow(10**9):09}"
        self.hidden[label] = number
        return number

    def whatsapp_id(self, label: str) -> str:
        """Draw a business-scoped id."""
        digits = f"{secrets.randbelow(10**17):017}"
        self.hidden[label] = digits
        return f"ID.{digits}"

    def degrees(self, label: str) -> float:
        """Draw a coordinate, as exact as phones write it."""
        number = float(f"{secrets.randbelow(90)}.{1 + secrets.randbelow(9)}{secrets.randbelow(10**8):08}")
        self.hidden[label] = f"{number}"
        self.hidden[f"{label}, big-endian"] = struct.pack(">d", number)
        self.hidden[f"{label}, little-endian"] = struct.pack("<d", number)
        return number

    def file(self, label: str, picture: Picture) -> Picture:
        """Remember a file by every plain hash of what was sent."""
        for name in DIGESTS:
            self.hidden[f"{label}, {name}"] = hashlib.new(name, picture.data).digest()
        return picture

    def exif(self, label: str) -> Image.Exif:
        """Make a camera's words: who made it, with what, where."""
        exif = Image.Exif()
        for name, tag in EXIF_TEXTS.items():
            exif[tag] = self.word(f"{label}, {name}")
        here = [self._rational(f"{label}, GPS {number}") for number in range(6)]
        exif[GPS] = {1: "S", LATITUDE: tuple(here[:3]), 3: "E", LONGITUDE: tuple(here[3:])}
        return exif

    def _rational(self, label: str) -> IFDRational:
        numbers = [(1 << 31) - 1 - secrets.randbits(29) for _ in range(2)]
        self.hidden[f"{label}, big-endian"] = struct.pack(">II", *numbers)
        self.hidden[f"{label}, little-endian"] = struct.pack("<II", *numbers)
        return IFDRational(*numbers)

    def jpeg(self, label: str) -> Picture:
        """Make a photo as a phone does, with words in every place that a JPEG has for them."""
        data = BytesIO()
        comment, xmp = (self.word(f"{label}, {name}") for name in ("comment", "XMP"))
        _picture().save(data, "JPEG", exif=self.exif(label), comment=comment.encode(), xmp=xmp.encode())
        return self.file(label, Picture(data.getvalue(), f"{self.word(f'{label}, file name')}.jpg", "image/jpeg"))

    def png(self, label: str) -> Picture:
        """Make a screenshot with words in every kind of chunk for them."""
        data, info = BytesIO(), PngInfo()
        info.add_text("Comment", self.word(f"{label}, tEXt"))
        info.add_text("Source", self.word(f"{label}, zTXt"), zip=True)
        info.add_itxt("Title", self.word(f"{label}, iTXt"))
        _picture().save(data, "PNG", pnginfo=info, exif=self.exif(label))
        return self.file(label, Picture(data.getvalue(), f"{self.word(f'{label}, file name')}.png", "image/png"))


def _picture() -> Image.Image:
    """Noise, so that no two are alike."""
    small = Image.frombytes("RGB", (24, 18), secrets.token_bytes(24 * 18 * 3))
    return small.resize((320, 240))
