"""Asking the reporter back: templates, and words of an officer's own that must not fish for who they are."""

import re
import unicodedata
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from handlers.desk.card import Book, Card, Officer, Pending
from handlers.messages import Say, Term

# Each is a button `desk-ask-<name>` and a sentence `question-<name>`, as reporters read it.
TEMPLATES = ("when", "where", "who", "what", "often", "proof")
LONGEST = 400


class Fault(StrEnum):
    """Why a question is not sent as it is typed; its words are `desk-refused-<value>`."""

    IDENTITY = "identity"
    CONTACT = "contact"
    MEETING = "meeting"
    LINK = "link"
    NUMBER = "number"
    LONG = "long"


class Typed(Struct, frozen=True):
    """What a typed question led to: what the officer is told, and the letter where it goes out at once."""

    card: Card
    say: Say
    letter: str = ""
    recorded: str = ""


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_YOU = r"(?:anda|kamu|bapak|ibu|saudara|kau)"
# What may be named without naming the reporter: who is reported, and where it was.
_OTHERS = (
    r"(?:pegawai|pejabat|camat|lurah|kepala|kades|dinas|kantor|instansi|tempat|gedung|jalan|desa|kelurahan|acara"
    r"|kegiatan|calon|partai|akun|grup|sekolah|pasar|masjid|gereja|lapangan)"
)
_THEIRS = r"(?:place|building|street|office|official|employee|event|candidate|party|group|account|school)"
_LINKS = (r"https?:", r"www\.", r"://", r"@", r"\w\.(?:com|net|org|id|me|co|io|info|xyz|gl|ly|app|site)\b")
_CONTACTS = (
    r"\b(?:telepon|telpon|telp|tlp|no ?hp|hp|handphone|ponsel|whats? ?app|watsap|wa|telegram|signal|instagram|ig)\b",
    r"\b(?:facebook|fb|e-?mail|surel|kontak|hubungi|nomor|nomer|phone|number|contact|call us|call me|text me|dm)\b",
)
_MEETINGS = (
    r"\b(?:bertemu|ketemu(?:an)?|ditemui|temui|menemui|(?:ber|di)?jumpai?|(?:men|di)?jemput)\b",
    r"\b(?:mampir|janjian|kopi darat)\b",
    r"\btatap muka\b|\bdatang(?:lah)? ke\b|\b(?:meet|meeting|come to|visit us|face to face)\b",
)
_IDENTITIES = (
    r"\b(?:nik|ktp|nip|sim|paspor|passport)\b|\bidentit|\bperkenalkan|\bnamamu\b|\balamat rumah|\btempat tinggal",
    rf"\bsiapa(?:kah)? {_YOU}\b|\b{_YOU} (?:ini |itu )?siapa\b|\bhubungan {_YOU}\b",
    rf"\b(?:jabatan|pekerjaan|kerjaan|umur|usia|alamat|rumah|kantor|instansi|pangkat|unit|bagian)(?:nya)? {_YOU}\b",
    rf"\b(?:foto|wajah|suara)(?:nya)? {_YOU}\b|\b{_YOU} (?:be)?(?:kerja|tinggal)(?:nya)?\b",
    rf"\bnama(?! {_OTHERS}\b)|\bname(?!s? of (?:the|that) {_THEIRS}\b)",
    r"\bwho (?:are you|you are)|\bwhere (?:do|are) you",
    r"\byour (?:job|work|age|address|home|office|post|face|photo|id)\b",
)
_FAULTS: tuple[tuple[Fault, tuple[str, ...]], ...] = (
    (Fault.LINK, _LINKS),
    (Fault.NUMBER, (r"\d",)),
    (Fault.CONTACT, _CONTACTS),
    (Fault.MEETING, _MEETINGS),
    (Fault.IDENTITY, _IDENTITIES),
)


def fault(text: str) -> Fault | None:
    """Say why a question must not be sent, or None. A question can be bait, even one that is meant well."""
    plain = unicodedata.normalize("NFKC", text).translate(_UNSEEN).casefold()
    if len(plain) > LONGEST:
        return Fault.LONG
    words = " ".join(re.sub(r"[,;:!?()\"'.-]+(?=\s|$)", " ", plain).split())
    # Gaps between single letters hide words: "n i k", "N.I.K".
    together = re.sub(r"(?<=\b\w)[ ._-](?=\w\b)", "", words)
    return next((kind for kind, shapes in _FAULTS if _any(shapes, plain, words, together)), None)


def _any(shapes: tuple[str, ...], *texts: str) -> bool:
    return any(re.search(shape, text) for shape in shapes for text in texts)


def typed(card: Card, text: str, officer: Officer, book: Book) -> Typed:
    """Take an officer's own words: refuse them, have a second officer read them, or send them."""
    if found := fault(text):
        return Typed(card, Say(f"desk-refused-{found}"))
    question = " ".join(text.split())
    if book.others(card, officer.alias):
        card = replace(card, pending=Pending(question, officer.alias))
        return Typed(card, Say("desk-question-waits", {"reference": card.reference}), recorded="question-written")
    card = replace(card, awaiting=True, answered=False)
    return Typed(card, Say("desk-question-sent", {"reference": card.reference}), question, "asked")


def letter(names: tuple[str, ...]) -> tuple[Term, ...]:
    """Put ticked templates into words, always in the same order."""
    return tuple(Term(f"question-{name}") for name in TEMPLATES if name in names)
