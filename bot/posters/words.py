"""The words on a poster. They are print, not chat, so they live here and not in the catalogue."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Language = Literal["id", "en"]


class Question(Struct, frozen=True):
    """One of the bot's questions as a poster shows it; `picture` names a drawing of the template."""

    picture: str
    word: str
    rest: str


class Words(Struct, frozen=True):
    """All a poster says in one language. A line of the headline is a line on paper."""

    title: str
    headline: tuple[str, ...]
    answer: str
    example: str
    scan: str
    camera: str
    search: str
    send: str
    questions: tuple[Question, ...]
    unasked: str
    known_one: str
    known_both: str
    safety: str
    reader: str
    number: str
    greeting: str


WORDS: Mapping[Language, Words] = {
    "id": Words(
        title="Poster Saksi",
        headline=("Lihat pegawai", "pemerintah", "tidak netral?"),
        answer="Ceritakan. Tanpa nama.",
        example="Misalnya ASN menyuruh memilih calon, atau memakai mobil dinas untuk kampanye.",
        scan="Pindai",
        camera="dengan kamera HP",
        search="atau cari",
        send="atau kirim pesan ke",
        questions=(
            Question("what", "Apa", "yang terjadi"),
            Question("who", "Siapa", "pegawainya"),
            Question("where", "Di mana", "tempatnya"),
            Question("when", "Kapan", "kejadiannya"),
            Question("evidence", "Bukti", "kalau ada"),
        ),
        unasked="Nama Anda tidak diminta.",
        known_one="{channel} tetap tahu akun Anda memakai layanan ini.",
        known_both="Telegram dan WhatsApp tetap tahu akun Anda memakai layanan ini.",
        safety="Pakai HP sendiri, bukan wifi kantor. Boleh nanti, di tempat yang aman.",
        reader="Dibaca oleh {reader}",
        number="Poster {code}",
        # Neutral on purpose: it may stay in a chat list where somebody else reads it. Short, because
        # every letter makes the squares of the code smaller.
        greeting="Halo dari poster {code}",
    ),
    "en": Words(
        title="Saksi poster",
        headline=("Seen a civil", "servant take", "sides?"),
        answer="Tell us. No name needed.",
        example="For example: telling people whom to vote for, or campaigning in an official car.",
        scan="Scan",
        camera="with your phone camera",
        search="or search for",
        send="or send a message to",
        questions=(
            Question("what", "What", "happened"),
            Question("who", "Who", "it was"),
            Question("where", "Where", "it was"),
            Question("when", "When", "it was"),
            Question("evidence", "Evidence", "if any"),
        ),
        unasked="You are not asked for your name.",
        known_one="{channel} still knows that your account uses this service.",
        known_both="Telegram and WhatsApp still know that your account uses this service.",
        safety="Use your own phone, not the office Wi-Fi. Later, somewhere safe, is fine too.",
        reader="Read by {reader}",
        number="Poster {code}",
        greeting="Hi from poster {code}",
    ),
}
