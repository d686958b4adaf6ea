"""Which plain category a story tells of, by its words: one if it is clear, none if it is not."""

import re
from collections.abc import Mapping

from handlers.category_cues import CUES, MEMBER
from handlers.category_ties import (
    CAMPAIGN_ONLINE,
    FAINT,
    HANDED_OUT,
    ON_A_SITE,
    ORDERED_POSTS,
    ORDERED_SIGNS,
    WEARS,
)
from handlers.category_words import ID_CARDS

_PATTERNS = {name: re.compile(rf"\b(?:{'|'.join(cues)})\b") for name, cues in CUES.items()}
_CAMPAIGN_ONLINE, _FAINT, _HANDED_OUT, _ID_CARDS = (
    re.compile(rf"\b(?:{cue})\b") for cue in (CAMPAIGN_ONLINE, FAINT, HANDED_OUT, ID_CARDS)
)
_MEMBER, _ON_A_SITE, _ORDERED_POSTS, _ORDERED_SIGNS, _WEARS = (
    re.compile(rf"\b(?:{cue})\b") for cue in (MEMBER, ON_A_SITE, ORDERED_POSTS, ORDERED_SIGNS, WEARS)
)

# "info kampanye di mana ya?" asks, and reports nothing.
_HELLOS = (
    r"halo|hallo|hai|hello|hi|ass\w*|assalam\w*|permisi|maaf|min|admin|kak|pak|bu|bang|p|mau|boleh|numpang|izin|ijin"
    r"|selamat \w+"
)
_HELLO = rf"(?:(?:{_HELLOS})\W+)*"
_ASKING = (
    r"info(?!\W+dari|:)|cara|apa|apakah|opo|bagaimana|gimana|kapan(?! hari| itu)|dimana|di mana|tanya|nanya|bertanya"
    r"|bolehkah|jam (?:berapa|brp|buka)|ini (?:benar|bener|betul)|berapa|brp|boleh (?:ga|gak|tidak)|siapa"
)
_ENGLISH_ASKING = (
    r"(?:is|are|can|may|do|does|how|what|when|where|who|could)"
    r" (?:this|it|you|i|a|an|the|we|they|to|is|are|do|can)"
)
_QUESTION = re.compile(
    rf"\W*{_HELLO}(?:(?:saya|sy|aku|ak|i)\W+(?:mau|mo|want to)\W+)?(?:{_ASKING}|{_ENGLISH_ASKING})\b"
)
# "kalau pns pensiunan boleh kampanye ga?", "kampanye jam berapa", "selamat hari guru".
_IF_IT_IS_SO = re.compile(
    rf"\W*{_HELLO}(?:kalau|kalo|klo|jika|nek|if)\b[^.!?]*\b(?:boleh|bisa|apa|apakah|gimana|bagaimana|melanggar"
    rf"|termasuk|allowed)"
    r"\b[^.!?]*(?:\?|\b(?:ga|gak|tidak|nggak|ya|sih|kah))\W*$"
)
_AT_WHAT_TIME = re.compile(
    r"\W*\w+ buka jam (?:berapa|brp)|(?!.*\b(?:lupa|tau|tahu|inget|ingat|know|forgot|entah)\b)\W*"
    r"(?:\w+\W+){1,4}(?:jam berapa|kapan|di ?mana|berapa)(?:\W+(?:ya|sih|min|kak|pak|bu))*\W*$"
)
_REPORTS = re.compile(r"\b(?:eh|maksud\w*)(?:\W+(?:mau|mo))?\W+(?:me)?lapor\b")  # "mau nanya eh lapor"
_WISHES = re.compile(
    r"\W*(?:selamat|slamat|met|happy) (?:hari|ulang|tahun|natal|idul|lebaran|hut|birthday|new)\b[^.,!?]{0,60}\W*$"
)
# "bukan bagi uang", "tidak ikut kampanye": told of, and not done. "tidak hanya" is.
_DENIED = re.compile(
    r"\b(?:bukan|bkn|dudu|tidak|tdk|tak|ga|gak|nggak|ngga|dak|idak|kada|ora|belum|blm|not|never|didn't)"
    r"(?P<between>\s+\w+)?\s+$"
)
_ONLY = re.compile(r"\W+(?:hanya|cuma|cuman|saja|mung|only)\b")
_FEARED = re.compile(r"\b(?:takut|takutnya|khawatir|kuatir|wedi|afraid|scared|worried)(?:\W+\w+){0,3}\W+$")
_LOOK_BACK = 40  # characters

# What one act is called when it shows the marks of several: envelopes given out with a number are money.
_OVER: Mapping[str, frozenset[str]] = {
    "uang": frozenset({"ajakan", "simbol", "kampanye", "apk", "medsos", "partai", "fasilitas"}),
    "jabatan": frozenset({"uang", "ajakan", "kampanye", "medsos", "partai", "simbol", "apk"}),
    "fasilitas": frozenset({"kampanye", "apk", "partai", "simbol", "ajakan", "medsos"}),
    "simbol": frozenset({"medsos"}),
    "apk": frozenset({"kampanye", "ajakan", "simbol"}),
    "ajakan": frozenset({"kampanye"}),
}


def asks(text: str) -> bool:
    """Tell a question to the bot or its officers, or good wishes, from a report."""
    lowered = text.lower()
    if _REPORTS.search(lowered):
        return False
    return any(form.match(lowered) for form in (_QUESTION, _IF_IT_IS_SO, _AT_WHAT_TIME, _WISHES))


def hinted(text: str) -> tuple[str, ...]:
    """Return the categories a story shows marks of, without those that another of them includes."""
    lowered = text.lower()
    if asks(text):
        return ()
    shown = [name for name, pattern in _PATTERNS.items() if _shows(pattern, lowered, name)]
    included = {name for over in shown for name in _OVER.get(over, ())} | _lesser(lowered, shown)
    if not shown and _FAINT.search(lowered) and not _HANDED_OUT.search(lowered):
        return ("apk",)
    return tuple(name for name in shown if name not in included)


def _shows(pattern: re.Pattern[str], lowered: str, name: str) -> bool:
    return any(not _is_denied(lowered, match.start(), name) for match in pattern.finditer(lowered))


def _is_denied(lowered: str, start: int, name: str) -> bool:
    """Tell what was not done, and what the writer only fears, from what happened."""
    before = lowered[max(0, start - _LOOK_BACK) : start]
    if name == "jabatan":
        return _FEARED.search(before) is not None
    denied = _DENIED.search(before)
    return denied is not None and not (denied["between"] and _ONLY.match(denied["between"]))


def _lesser(lowered: str, shown: list[str]) -> set[str]:
    """Name what goes under where two belong together: a member's rally, posts that were ordered, a shirt at a rally."""
    lesser = set()
    if {"partai", "kampanye"} <= set(shown):
        lesser.add("kampanye" if _MEMBER.search(lowered) else "partai")
    if "partai" in shown and (_ID_CARDS.search(lowered) or _MEMBER.search(lowered)):
        lesser.add("ajakan")
    if "ajakan" in shown and _ORDERED_POSTS.search(lowered):
        lesser.add("medsos")
    elif {"ajakan", "medsos"} <= set(shown) and _ON_A_SITE.search(lowered):
        lesser.add("ajakan")
    if "ajakan" in shown and _ORDERED_SIGNS.search(lowered):
        lesser.add("simbol")
    if "medsos" in shown and _CAMPAIGN_ONLINE.search(lowered):
        lesser.add("kampanye")
    if {"kampanye", "simbol"} <= set(shown):
        lesser.add("simbol" if _WEARS.search(lowered) else "kampanye")
    return lesser
