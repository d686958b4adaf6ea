"""Tells who acts from who stands by: who was ordered, spoken to or paid, whose house it was, who did nothing."""

import re
from collections.abc import Sequence

from handlers.names import SELF
from handlers.spoken import listed
from handlers.titles import Post

# Before a title these make it a place, somebody acted upon, or a candidacy.
_NOT_ACTING = listed(
    "kantor ktr kntr kantornya rumah dinas depan calon cawali cabup jadi ke kepada untuk buat guru pemerintah seleksi",
    "formasi dukung mendukung pilih milih pasangan to balon bakal mantan eks former mobil motor umah omah ruang",
    "gaji tpp tunjangan honor upah insentif thr kontrak skp nasib hak",
    "target jatah kuota kira kirain dikira kukira ngasih kasih ngasi memberi bayar mbayar ngewehi maringi",
    "ruangan support supporting for against vote menangkan memenangkan coblos bukan bkn dudu not",
)
# Before a word for many these say whose meeting it was: "senam pegawai", "isinya semua guru".
_OF_MANY = listed(
    "isinya anggotanya pesertanya khusus outbound senam rapat acara grup group apel mess arisan pertemuan upacara",
    "lomba daftar data list",
)
_MANY = frozenset(
    {"pegawai", "staf", "staff", "guru", "kepsek", "honorer", "pns", "asn", "pppk", "p3k", "teacher", "teachers"}
)
_OBLIGED = re.compile(r"\W*(?i:(?:yg |yang )?(?:had to|have to|must|wajib|harus|kudu|terpaksa|musti|diwajibkan)\b)")
_POSSESSED = re.compile(r"['\u2019]s\b")  # "at the mayor's office"
# "camatnya sih diam saja, tapi sekcamnya ..."
_IDLE = re.compile(
    r"(?:\s[A-Z][a-z]+)?\W*(?i:(?:nya\W+)?(?:\d+ orang\W+)?"
    r"(?:(?:sih|mah|memang|emang|cuma|cuman|hanya|mung|malah|aja|udah|sudah|pada|lagi|just|only|itu|yg|yang)\W+){0,2}"
    r"(?:diem|diam|netral|cuek|(?:ga|gak|tidak|tdk|nggak)\W+(?:tau|tahu)|nurut|(?:ber)?jaga(?!\W+(?:posko|stan))|nunggu"
    r"|menunggu|duduk (?:aja|saja|manis)|bingung|takut|nangis|menangis|malah marah|protes|disiksa|dibentak|dimarahi"
    r"|diomeli|bantu parkir|waited|watched))\b"
)
# "danramil sama kapolsek duduk aja": both sat.
_IDLE_BOTH = re.compile(r"\W+(?:sama|dan|karo|samo|and)\W+(?:pak|bu)?\W*\w+")
_WHO = listed("yg yang sing nang who")
_HEARD = listed("info infonya kabar denger dengar cerita ceritanya tau tahu bocoran heard know")
_ORDERED = re.compile(
    "suruh|nyuruh|utus|instruks|kerah|mobilisasi|minta|ajak|anc[ae]m|paksa|maksa|kumpul|ngumpul|undang|arahkan"
    "|mutasi|nonjob|copot|dukung"
    "|larang|perintah|merintah|wajib|himbau|imbau|pecat|panggil|pindah|mindah|tolak|nolak|mecat|usir|geser|rotasi"
    "|rolling|demosi|kengken|ngengken|kongkon|kongkan|tekan|gertak|told|asked|ordered|forced|threaten|invited|urged"
    "|telling|asking|forcing|urging|ordering"
)
_HOUSES = listed("kantor ktr kntr ruang ruangan")
_KIN = listed(
    "anak istri suami keluarga adik kakak menantu keponakan saudara bojone anake bini laki wife husband son daughter",
    "sopir supir ajudan tetangga kerabat ponakan sepupu mertua bapak ayah",
)
ALSO = listed("dan sama samo karo wan beserta juga and lan bareng")
_HONORIFICS = listed("pak bu bapak ibu pa bpk bpak ibuk buk pk")
_SUDDENLY = listed("mendadak paksa besar massal sepihak tiba tiba2 dadakan sebanyak sekaligus sejumlah nama se")
# Who sits in an office of their own, named after them; "kantor kabid" is the office somebody works in.
_OFFICE_HOLDERS = listed(
    "camat lurah kades bupati walikota walkot gubernur polisi pambakal pembakal sekda kadis bpd kapolsek kapolres",
    "koramil danramil tni polri bkd desa dinas badan daerah kota rt rw satpol mayor regent head carik",
)
_COUNTS = listed(
    "tiap setiap saben masing semua para seluruh",
    "beberapa banyak orang org buhan bubuhan poro sakabehane kabeh sebagian ikung oknum oleh si",
    "pj plt plh pjs all every each",
)
_BEFORE_TITLES = _COUNTS | _SUDDENLY | _HONORIFICS | listed("a an the")
_SELF_LINKS = listed(
    "pensiunan mantan eks seorang sorang ini adalah sebagai selaku hanya cuma juga kan a an cuman mung kebetulan"
)
_ABOVE_ME = listed("atasan bos boss pimpinan kepala tetangga teman temen kawan rekan dosen rektor")
_ARTICLES = listed("a an the some two three several our my")
_ALL = listed("semua seluruh para kabeh sakabehane all every")
_AUDIENCE = re.compile(
    r"\W*(?i:(?:pada |yang |yg |sing )?(?:denger|dengar|krungu|lihat|liat|tau|tahu|diam|diem|kaget|heard|saw)\w*)"
)
_CUT = "potong|pungut|peras|tagih"
_ACTED_UPON = re.compile(
    r"\W*(?i:(?:(?:kami|kita|kito|kabeh|semua|semuanya|din\w+|disdik|sekolah|kantor|sini) )?(?:yg |yang )?(?:di"
    r"|(?:were|was|are|got) )"
    rf"(?:{_ORDERED.pattern}|beri|kasih|janji|{_CUT}))"
)
_NEAR_OLEH = 3  # words before a title
_LOOK_BACK = 40  # characters
# "bilang ke pak Joko satpam"
_SPOKEN_TO = re.compile(r"\b(?i:ke|kepada)\s(?i:pak|bu|mas|mbak|si)\s[A-Z][a-z]+\s$")
_ORDERS = listed("perintah instruksi suruhan arahan")  # "atas perintah bu kades" is her doing
_SAYING = listed("atas katanya bilang karena krn itu ini")
_OF_IDLE = 25  # characters from who did nothing to their name
_CLAUSE_ENDS = re.compile(r"[.,;:!?]\s|\n")


def is_acting(text: str, start: int, end: int, homes: frozenset[str]) -> bool:
    """Say whether the title from `start` to `end` is of somebody reported; at whose `homes` it was acts as well."""
    before = _words_before(text, start)
    counted = before[-1:]
    if "oleh" in before[-_NEAR_OLEH:]:  # "disuruh kumpul ktp buat calon oleh pak kasi"
        before = []
    while before and (before[-1] in _BEFORE_TITLES or before[-1] in homes or before[-1].isdecimal()):
        before.pop()
    if _is_audience(text, start, end, counted, before) or _POSSESSED.match(text, end) or _is_idle(text, end):
        return False
    if _SPOKEN_TO.search(text, max(0, start - _LOOK_BACK), start):
        return False
    if before and before[-1] in _HOUSES and not _OFFICE_HOLDERS.intersection(text[start:end].lower().split()):
        before.pop()
    addressed = bool(counted) and _HONORIFICS.issuperset(counted)  # "atasan saya bu lurah" is not the writer
    of_another = _is_source(before) or _is_of_another(before)
    return not ((_is_writer(before) and not addressed) or of_another) and not _ACTED_UPON.match(text, end)


def is_of_idle(text: str, posts: Sequence[Post], start: int) -> bool:
    """Tell the name of "ngancam guru honor namanya Wiwik", who did nothing."""
    before = [post for post in posts if post[1] <= start]
    if not before or start - before[-1][1] > _OF_IDLE or _CLAUSE_ENDS.search(text, before[-1][1], start):
        return False
    at, end, _ = before[-1]
    words = [word for word in _words_before(text, at) if word not in _BEFORE_TITLES]
    ordered = bool(words) and _ORDERED.search(words[-1]) is not None and not words[-1].startswith("di")
    return ordered or _ACTED_UPON.match(text, end) is not None or _is_idle(text, end)


def _words_before(text: str, start: int) -> list[str]:
    """Return the small words that stand before it in the same clause."""
    clause = _CLAUSE_ENDS.split(text[max(0, start - _LOOK_BACK) : start].lower())[-1]
    return re.findall(r"[^\W_]+", clause)


def _is_idle(text: str, end: int) -> bool:
    both = _IDLE_BOTH.match(text, end)
    return _IDLE.match(text, end) is not None or (both is not None and _IDLE.match(text, both.end()) is not None)


def _is_audience(text: str, start: int, end: int, counted: list[str], before: list[str]) -> bool:
    """Tell the pegawai of "seluruh pegawai dengar", "senam pegawai", "pegawai wajib hadir", who did nothing."""
    if _ALL.issuperset(counted) and _AUDIENCE.match(text, end):
        return True
    many = text[start:end].lower() in _MANY
    return many and (bool(_OF_MANY.intersection(before[-1:])) or _OBLIGED.match(text, end) is not None)


def _is_writer(before: list[str]) -> bool:
    """Tell that "saya guru", "kami ini cuma staf", "I am a teacher" say who writes."""
    said = [word for word in before if word not in _SELF_LINKS]
    if said[-1:] and said[-1] in SELF and _ABOVE_ME.intersection(said[-2:-1]):  # "atasan sy kabid"
        return False
    return bool(said) and (said[-1] in SELF or said[-1] in {"am", "m", "as"})


def _is_source(before: list[str]) -> bool:
    """Tell who told it from who did it: "info dari sopirnya"."""
    return len(before) > 1 and before[-1] in {"dari", "dr", "from"} and before[-2] in _HEARD


def _is_of_another(before: list[str]) -> bool:
    """Tell the camat of "kantor camat", "anak camat", "suruh camat" from that of "disuruh camat", who orders."""
    said = [word for word in before if word not in _ARTICLES]
    if not said:
        return False
    word = said[-1]
    if word not in _KIN and word.removesuffix("nya").removesuffix("nyo") in _KIN:  # but: "dan istrinya bidan"
        return not ALSO.intersection(said[-2:-1])
    who_did = said[-2:-1] and said[-2] in _WHO and said[:-2] in ([], ["katanya"], ["jare"], ["ternyata"])
    if word in _ORDERS and (len(said) == 1 or said[-2] in _SAYING):  # "supirnya bilang: perintah bu kades"
        return False
    ordered = _ORDERED.search(word) is not None and not word.startswith("di") and not who_did
    return word in _NOT_ACTING or word in _KIN or ordered
