"""Words that people type instead of pressing, understood in either language and only as the whole message."""

import re

from handlers.languages import LANGUAGES
from handlers.messages import Chose, Incoming, Said, Say

COMMANDS = {
    "start": ("start", "mulai", "begin"),
    "report": ("lapor", "report", "laporan baru", "mau lapor", "saya mau lapor"),
    "check": ("cek", "check", "status", "cek laporan"),
    "stop": ("batal", "cancel", "stop", "berhenti"),
    "back": ("kembali", "back", "ulang"),
    "help": ("bantuan", "help", "tolong", "menu"),
    "language": ("bahasa", "language"),
    **{name: language.words for name, language in LANGUAGES.items()},
    "wipe": ("hapus", "hapus semua", "hapus obrolan", "delete", "wipe", "hapus jejak"),
    "rules": ("aturan", "rules", "arti", "meaning"),
    "about": ("tentang", "about"),
}
COMMAND = {word: name for name, words in COMMANDS.items() for word in words}

HOURS = ("pagi", "siang", "sore", "malam")
GREETINGS = frozenset(
    (
        *("p", "halo", "hallo", "hai", "hi", "hello", "ping", "tes", "test", "permisi", "min", "kak", "pak", "bu"),
        *("ass", "salam", "assalamualaikum", "assalamu alaikum", *HOURS),
        *("selamat pagi", "selamat siang", "selamat sore", "selamat malam"),
    )
)

# What a typed word may stand for, in order of preference among the buttons that are on offer.
_NO = ("no", "skip", "done", "unknown", "keep", "mine", "on")
_YES = ("yes", "go", "send")
_GO_ON = ("on", "go", "send", "done")
_DONE = ("done", "written", "go")
_UNSURE = ("unknown", "skip", "lain")
STANDS_FOR = {
    **dict.fromkeys(
        (
            *("tidak", "tdk", "tak", "ga", "gak", "nggak", "ngga", "g", "no", "nope", "bukan", "tidak jadi", "ga jadi"),
            *("tidak ada", "ga ada", "gak ada", "tdk ada", "nggak ada", "nothing"),
        ),
        _NO,
    ),
    **dict.fromkeys(
        ("-", "skip", "lewati", "lewat", "kosong", "none", "nihil"), ("skip", "done", "unknown", "no", "lain")
    ),
    **dict.fromkeys(("ya", "iya", "y", "yes", "betul", "benar", "inggih", "iyo"), _YES),
    **dict.fromkeys(("ok", "oke", "okay", "baik", "siap", "setuju"), (*_YES, "done")),
    **dict.fromkeys(("lanjut", "lanjutkan", "terus", "go on", "continue", "next"), _GO_ON),
    # "Ada foto?" "Ada." is no answer yet, but it is no "tidak ada" either.
    **dict.fromkeys(("ada", "punya", "masih", "masih ada"), ("yes",)),
    **dict.fromkeys(
        ("sudah", "sdh", "udah", "selesai", "cukup", "itu saja", "done", "that is all", "wis", "sudh"), _DONE
    ),
    **dict.fromkeys(
        (
            *("tidak tahu", "tidak ingat", "lupa", "gatau", "ga tau", "gak tau", "tdk tau", "entah", "kurang tahu"),
            *("i do not know", "i don't know", "don't know", "dont know", "idk", "no idea", "forgot", "i forgot"),
            *("i do not remember", "not sure", "tidak yakin", "lain", "lainnya", "other"),
        ),
        _UNSURE,
    ),
    **dict.fromkeys(("kirim", "send", "submit"), ("send",)),
    **dict.fromkeys(("tarik", "tarik laporan", "cabut", "cabut laporan", "withdraw", "take it back"), ("withdraw",)),
    **dict.fromkeys(("ubah", "ganti", "edit", "change"), ("change",)),
    **dict.fromkeys(("sekarang", "sedang berlangsung", "now"), ("now", "today")),
}


def bare(text: str) -> str:
    """Fold a message to what can be compared: lower case, single spaces, no slash before, no marks around."""
    folded = re.sub(r"\s+", " ", text.casefold()).strip()
    return folded if folded == "-" else folded.lstrip("/").strip(" .,!?…\"'")


def command(text: str) -> str:
    """Name the command that the whole message is, or nothing."""
    word = bare(text)
    # A group's habit of "/lapor@saksi_bot" reaches private chats by copying.
    return COMMAND.get(word.partition("@")[0] if text.startswith("/") else word, "")


def is_greeting(text: str) -> bool:
    """Tell whether the whole message is a greeting, or a "p" that only asks whether anybody is there."""
    return bare(text) in GREETINGS


def is_ping(text: str) -> bool:
    """Tell a greeting in the middle of a conversation; "malam" may be an answer there."""
    return is_greeting(text) and bare(text) not in HOURS


def is_reply(text: str) -> bool:
    """Tell whether the whole message is a plain yes, no, done or the like: an answer to buttons, never a story."""
    return bare(text) in STANDS_FOR


def is_blank(text: str) -> bool:
    """Tell whether there is nothing to see in a message."""
    return not any(letter.isprintable() and not letter.isspace() for letter in text)


def chosen(incoming: Incoming, prompt: Say) -> Incoming:
    """Take a typed word for the button it stands for, where that button is on offer."""
    if not isinstance(incoming, Said):
        return incoming
    offered = {option.value: option for option in prompt.options}
    values = STANDS_FOR.get(bare(incoming.text), ())
    if "yes" in values:
        values = (*(option.value for option in prompt.options if option.likely), *values)
    for value in values:
        if value in offered:
            return Chose(offered[value].step, value)
    return incoming
