"""Which plain category a story tells of, by its words: one if it is clear, none if it is not."""

import re
from collections.abc import Mapping

_FEW = r"(?:\W+\w+){0,4}?\W+"  # a few words between
_NEXT = r"(?:\W+\w+){0,2}?\W+"
_CANDIDATE = r"(?:calon|caleg|paslon|pasangan|petahana|cawali|cabup|cagub|partai|capres|cawapres|bacalon)\w*"
_GOODS = r"uang|duit|amplop|s[ae]mbako|beras|minyak|gula|mie|pulsa|kupon|sarung|jilbab|daging"
_GIFTS = rf"(?:{_GOODS}|\d+ ?(?:rb|ribu|jt|juta))"
_GIVING = r"(?:pem|mem|mam|di|ng)?(?:bagi|kasih|asih|beri|sebar|janji|salur|serah)\w*"
_LEAFLETS = r"(?:stiker|kaos|kalender|brosur|selebaran|topi)"
_BANNERS = rf"(?:baliho|spanduk|poster|banner|bendera|umbul\w*|alat peraga|apk|{_LEAFLETS})"
_HANGING = r"(?:me|di|ny|n|ber)?(?:masang|pasang|tempel|nempel|mpel|simpan|impan|tancap)\w*"
_ORDERS = "nyuruh|suruh|ngajak|ajak|arah|ngarah|wajib|perintah|merintah|instruksi|himbau|imbau|paksa|maksa"
_URGING = rf"(?:(?:me|di|ng|pe)?(?:{_ORDERS})\w*|wajib|harus|jangan lupa|jgn lupa|ayo|mari|kon)"
_VOTE = r"(?:(?:me|di|ny)?(?:pilih|milih|coblos|oblos|dukung|ndukung|menang)\w*|(?:no|nomor|nomer) ?\d)"
_ROOMS = r"kantor (?:camat|kecamatan|lurah|kelurahan|desa|dinas)|aula|gedung"
_WHEELS = r"(?:mobil|motor|kendaraan|bus|rumah) dinas|plat merah"
_MONEY = r"fasilitas (?:negara|kantor|desa)|anggaran|dana (?:kantor|desa|dinas|bos)"
_FACILITY = rf"(?:{_WHEELS}|{_ROOMS}|{_MONEY})"
_USING = r"(?:(?:di|me)?(?:pakai|pake|makai|guna|nggunakan|ngangkut|angkut)\w*|bawa|membawa)"
_POSTING = r"(?:like|komen\w*|share|ngeshare|posting\w*|repost|(?:di|meng)?(?:upload|unggah)\w*|ngepost|mengunggah)"
_PUBLIC_SITE = r"(?:fb|facebook|ig|instagram|tiktok|twitter|medsos|sosmed|youtube)"
_SITE = rf"(?:{_PUBLIC_SITE}|wa|whatsapp|status|story|grup)"
_EVENTS = r"(?:kampanye|deklarasi|konvoi|orasi|naik panggung|jalan sehat bersama)"
_TOGETHER = r"(?:bareng|bersama|sama|dengan|dg|sambil|pakai|pake)"

_CUES: Mapping[str, tuple[str, ...]] = {
    "uang": (
        rf"{_GIVING}{_NEXT}{_GIFTS}",
        rf"{_GIFTS}{_NEXT}(?:di|ter)(?:bagi|kasih|beri|sebar|salur|serah)\w*",
        "serangan fajar|politik uang|money politic",
    ),
    "jabatan": (
        r"(?:di|me|ng|peng)?(?:mutasi|demosi|non ?job|copot|anc[ae]m|intimidasi)\w*",
        "tidak diperpanjang|pecat|dipecat",
    ),
    "fasilitas": (
        rf"{_FACILITY}{_FEW}{_USING}",
        rf"{_USING}{_FEW}{_FACILITY}",
        rf"(?:{_WHEELS}){_NEXT}?{_HANGING}",
        "bansos",
    ),
    "apk": (rf"{_HANGING}{_NEXT}{_BANNERS}",),
    "simbol": (
        rf"(?:foto|selfie|swafoto)\w*{_NEXT}?{_TOGETHER}{_NEXT}(?:{_CANDIDATE}|jari)",
        rf"(?:acung|angkat|pose|berpose)\w*{_NEXT}jari",
        "atribut partai|baju partai|kaos partai",
    ),
    "medsos": (
        rf"kampanye (?:di |lewat )?{_PUBLIC_SITE}",
        rf"{_POSTING}(?:\W+\w+){{0,8}}?\W+(?:{_SITE}|{_CANDIDATE})",
    ),
    "partai": (
        r"(?:anggota|pengurus|kader) partai|timses|tim ?(?:sukses|pemenangan|ahli|kampanye)",
        r"kumpul\w*(?:\W+\w+)?\W+ktp",
    ),
    "ajakan": (rf"{_URGING}{_FEW}(?:{_VOTE}|{_CANDIDATE}|{_EVENTS})", rf"ajakan {_VOTE}"),
    "kampanye": (_EVENTS, rf"{_GIVING}{_NEXT}{_LEAFLETS}"),
}
_PATTERNS = {name: re.compile(rf"\b(?:{'|'.join(cues)})\b") for name, cues in _CUES.items()}

# "info kampanye di mana ya?" asks, and reports nothing.
_QUESTION = re.compile(r"\W*(?:info|cara|apa|apakah|bagaimana|gimana|kapan|dimana|di mana|mau tanya|tanya|bolehkah)\b")

# What one act is called when it shows the marks of several: envelopes given out with a number are money.
_OVER: Mapping[str, frozenset[str]] = {
    "uang": frozenset({"ajakan", "simbol", "kampanye", "apk", "medsos", "partai"}),
    "jabatan": frozenset({"ajakan", "kampanye"}),
    "fasilitas": frozenset({"kampanye", "apk", "partai"}),
    "simbol": frozenset({"medsos"}),
    "apk": frozenset({"kampanye"}),
    "ajakan": frozenset({"kampanye"}),
}


def hinted(text: str) -> tuple[str, ...]:
    """Return the categories a story shows marks of, without those that another of them includes."""
    lowered = text.lower()
    if _QUESTION.match(lowered):
        return ()
    shown = [name for name, pattern in _PATTERNS.items() if pattern.search(lowered)]
    included = {name for over in shown for name in _OVER.get(over, ())}
    return tuple(name for name in shown if name not in included)
