"""How people are spoken to, as rules that a text keeps or breaks."""

import re
import unicodedata
from collections.abc import Iterator

from handlers.keywords import COMMAND, STANDS_FOR

LONGEST_SENTENCE = 12
MOST_LINES = 3
# What a phone on a table shows of a message, before anybody has picked it up.
LOCK_SCREEN = 25

_COLOURS = {
    "id": r"merah|kuning|hijau|biru|oranye|ungu|putih",
    "en": r"red|yellow|green|blue|orange|purple|white",
}
FORBIDDEN = {
    "id": {
        "says kamu": r"\b(kamu|kalian|kau|elo|lu)\b",
        "calls somebody guilty": r"\b(oknum|pelaku|terlapor|tersangka|pelanggar|penjahat|curang)\b",
        "promises too much": r"anonim|rahasia|dijamin|pasti aman|kebal|100",
        "blames": r"\b(anda salah|salah anda|seharusnya anda|jangan asal|tidak valid|wajib diisi)\b",
        "counts the steps": r"\blangkah \w+ dari\b",
    },
    "en": {
        "calls somebody guilty": r"\b(culprit|perpetrator|offender|suspect|criminal|guilty|wrongdoer|crook)s?\b",
        "promises too much": r"anonym|\bsecret(ly|s)?\b|guarantee|perfectly safe|immun|100",
        "blames": r"\b(your mistake|you failed|you should have|invalid|wrong answer|must fill)\b",
        "counts the steps": r"\bstep \w+ of\b",
    },
}
TOO_OFFICIAL = {
    "id": r"\b(silahkan|mohon untuk|dimaksud|adapun|sehubungan|apabila|enkripsi|metadata|verifikasi|submit|upload)\b",
    "en": r"\b(aforementioned|pursuant|hereby|encrypt\w*|metadata|verification|submit|upload)\b",
}
TELLING = {
    "id": r"lapor|bawaslu|petugas|\basn\b|pegawai|pelanggar|netral|camat|lurah|saksi|kampanye",
    "en": r"report|bawaslu|officer|\basn\b|civil|neutral|violat|witness|saksi|campaign",
}
# Capitals that are names and not words to type.
NAMES = frozenset({"ASN", "TPS", "SKB", "TNI", "KTP", "PDF"})


def complaints(text: str, language: str) -> Iterator[str]:
    """Say what is wrong with a text, whoever it is for."""
    for fault, pattern in FORBIDDEN[language].items():
        if found := re.search(pattern, text, re.IGNORECASE):
            yield f"{fault}: {found[0]}"
    if found := re.search(TOO_OFFICIAL[language], text, re.IGNORECASE):
        yield f"too official: {found[0]}"
    for sentence in sentences(text):
        if (count := len(sentence.split())) > LONGEST_SENTENCE:
            yield f"{count} words in one sentence: {sentence}"
    yield from _marks(text)


def complaints_of_reporters(text: str, language: str) -> Iterator[str]:
    """Say what is wrong with a text that a reporter reads."""
    if found := re.search(rf"\b({_COLOURS[language]})\b|\b(no|nomor|paslon|number) ?\d", text, re.IGNORECASE):
        yield f"a party's colour or a candidate's number: {found[0]}"
    for word in re.findall(r"\b[A-Z]{3,}\b", text):
        if word not in NAMES and word.casefold() not in COMMAND and word.casefold() not in STANDS_FOR:
            yield f"asks for a word that the bot does not know: {word}"


def complaints_of_bubbles(text: str, language: str) -> Iterator[str]:
    """Say what is wrong with a bubble's beginning."""
    if found := re.search(TELLING[language], text[:LOCK_SCREEN], re.IGNORECASE):
        yield f"tells a lock screen too much: {found[0]}"


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; a line ends one too."""
    parts = re.split(r"[.?!:]+(?=[\s”]|$)|\n", text)
    return [" ".join(word for word in part.split() if re.search(r"\w", word)) for part in parts if part.strip()]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _marks(text: str) -> Iterator[str]:
    for letter in text:
        if unicodedata.category(letter) in {"So", "Sk", "Cs", "Cf"} or letter == "\ufe0f":
            yield f"an emoji or an unseen mark: {letter!r}"
    # WhatsApp makes bold of *this*, Telegram's HTML a tag of <this>.
    if found := re.search(r"[*_~`<>\[\]]", text):
        yield f"a mark that a channel may take for formatting: {found[0]}"
