"""Words that people type instead of pressing, understood in either language and only as the whole message."""

import re

from handlers.messages import Chose, Incoming, Said, Say

COMMANDS = {
    "start": ("start", "mulai", "begin"),
    "report": ("lapor", "report", "laporan baru", "mau lapor", "saya mau lapor"),
    "check": ("cek", "check", "status", "cek laporan"),
    "stop": ("batal", "cancel", "stop", "berhenti"),
    "back": ("kembali", "back", "ulang"),
    "help": ("bantuan", "help", "tolong", "menu"),
    "language": ("bahasa", "language"),
    "english": ("english", "inggris", "bahasa inggris"),
    "indonesian": ("indonesia", "indonesian", "bahasa indonesia"),
    "wipe": ("hapus", "hapus semua", "hapus obrolan", "delete", "wipe", "hapus jejak"),
    "rules": ("aturan", "rules"),
    "about": ("tentang", "about"),
}
COMMAND = {word: name for name, words in COMMANDS.items() for word in words}

GREETINGS = frozenset(
    (
        *("p", "halo", "hallo", "hai", "hi", "hello", "ping", "tes", "test", "permisi", "min", "kak", "pak", "bu"),
        *("ass", "salam", "assalamualaikum", "assalamu alaikum", "pagi", "siang", "sore", "malam"),
        *("selamat pagi", "selamat siang", "selamat sore", "selamat malam"),
    )
)

# What a typed word may stand for, in order of preference among the buttons that are on offer.
_NO = ("no", "skip", "done", "unknown", "keep")
_YES = ("yes", "go", "send", "done")
_DONE = ("done", "written", "go")
_UNSURE = ("unknown", "skip")
STANDS_FOR = {
    **dict.fromkeys(
        ("tidak", "tdk", "tak", "ga", "gak", "nggak", "ngga", "g", "no", "tidak ada", "ga ada", "gak ada"),
        _NO,
    ),
    **dict.fromkeys(("-", "skip", "lewati", "lewat", "kosong", "none", "nihil"), ("skip", "done", "unknown", "no")),
    **dict.fromkeys(
        ("ya", "iya", "y", "ok", "oke", "yes", "betul", "benar", "lanjut", "setuju", "inggih", "iyo"), _YES
    ),
    **dict.fromkeys(
        ("sudah", "sdh", "udah", "selesai", "cukup", "itu saja", "done", "that is all", "wis", "sudh"), _DONE
    ),
    **dict.fromkeys(
        (
            "tidak tahu",
            "tidak ingat",
            "lupa",
            "forgot",
            "i forgot",
            "don't know",
            "dont know",
            "not sure",
            "no idea",
            "gatau",
            "ga tau",
            "gak tau",
            "tdk tau",
            "entah",
        ),
        _UNSURE,
    ),
    **dict.fromkeys(("kirim", "send", "submit"), ("send",)),
    **dict.fromkeys(("ubah", "ganti", "edit", "change"), ("change",)),
    **dict.fromkeys(("sekarang", "sedang berlangsung", "now"), ("now",)),
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
    return bare(text) in GREETINGS


def chosen(incoming: Incoming, prompt: Say) -> Incoming:
    """Take a typed word for the button it stands for, where that button is on offer."""
    if not isinstance(incoming, Said):
        return incoming
    offered = {option.value: option for option in prompt.options}
    for value in STANDS_FOR.get(bare(incoming.text), ()):
        if value in offered:
            return Chose(offered[value].step, value)
    return incoming
