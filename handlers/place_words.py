"""The words people write WHERE with, brought to one spelling: "Sungai Lais", "alang2", "II ulu", "20 ilir D.III"."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from handlers.spoken import counted, listed

KELURAHAN = frozenset({"kelurahan", "desa"})
KECAMATAN = frozenset({"kecamatan"})
KOTA = frozenset({"kota", "kabupaten"})
REGENCY = frozenset({"kabupaten"})

# The word before a name tells which of two namesakes is meant: "camat pahandut", "kel. pahandut".
_KELURAHAN = listed(
    "kel kelurahan lurah seklur klurahan kalurahan lurahe desa ds kades sekdes",
    "kelurahn kelurhan kelurahaan kelurhn klurhan kelrahan keluraan kelurahane kluraan kelurah",
)
_KECAMATAN = listed("kec kecamatan camat sekcam kacamatan kecamtan kcmtn kcmatan camate kecamatn kcamatan kecmatan")
LEVEL_OF: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_KELURAHAN, KELURAHAN),
    **dict.fromkeys(_KECAMATAN, KECAMATAN),
    **dict.fromkeys(listed("walikota wako pemkot pemko kotamadya"), frozenset({"kota"})),
    **dict.fromkeys(listed("bupati pemkab kabupaten kab wabup wakilbupati"), REGENCY),
}
POINTING = listed("in at near from di ke dari dr wilayah daerah kawasan kampung lokasi area sekitar dekat warga")
AREAS = listed("daerah wilayah kawasan area warga")
BESIDE = listed("deket dekat dkt sebelum sebelah belakang depan pinggir")  # "bangsal deket pasar"
STREETS = listed(
    "jalan jl jln gang gg lorong lrg komplek komp perumahan perum blok posyandu paud tk hotel toko warung",
    "salon apotek rm depot bunga pohon burung buah kebun kembang",
)
HOUSES = listed("puskesmas pustu polsek koramil balai kua terminal lapangan lap")  # named after the place they stand in
# Said between two places, these take the first one back; "apa" and its like leave both.
TAKEN_BACK = listed("eh ralat koreksi salah keliru maksudnya maksudku maksud mksd ding deng sorry typo")
DENIED = listed("bukan bkn dudu not")
OR = listed("atau ato apa opo utowo utawa or")
NAMED = listed("nama namanya bernama pak bu bapak ibu")
NUMBERED = listed("no nomor nomer urut paslon pilih rt rw")
_FILLERS = listed(
    "di ke dari dr pak bu bapak ibu kak min kantor daerah wilayah kawasan sekitar dekat lokasi lokasinya tempat ",
    "tempatnya kejadian kejadiannya itu ya nya dalam area tepatnya situ sini kota kayaknya mungkin deket dkt skrg",
    "skrng sekarang tadi td kemarin kmrn lagi lg aja saja depan dpn ngarep ngarepe cedak cedake ning nang neng ring",
    "sanding wingi mburi mburine belakang sebelah simpang sini sana kak mas mba mbak min",
)

# Names that are also plain words: in a sentence they count only behind "kel.", "camat" and their like.
PLAIN_WORDS = listed(
    "kota pojok bawang pager kemasan pesantren pahlawan sentosa bangsal tamanan duku gayam marang betet jagalan ",
    "sialang dermo",
)
# The same where a table is imported: names of a desa or kelurahan somewhere that are plain words in reports. Even
# behind a title they are doubtful: "kades kasih uang".
PLAIN_ELSEWHERE = listed(
    "alat arahan bagi bakal balai bambang barang bareng batas batu bendahara besar bisa bu buat bukti bulan dalam ",
    "dana dari day dewi ganti gara gedung go gudang ibu jadi janji jari kabar kali kantor kaos kasih kawal kejadian ",
    "kelurahan kesehatan kira kunci lanjut lapangan lebih lestari lewat lorong luar lurah merah minta muncul mungkin ",
    "nang negara nya pagar panggung panjang pasang pasangan pasar per peta pukul sama sandi sari sedang selesai ",
    "sering sini situ sosial sudah sum surat suruh tahu tanda tarik tempel tentang tetap titik tolong tulis tunggu ",
    "tutup ujung ulang wali yang",
)
PLACE_NOUNS = listed("kelurahan kel klurahan kalurahan desa ds kecamatan kec kacamatan kecamtan kcmtn kabupaten kab")
# ... and those that count behind "di" and its like as well.
PLAIN_PHRASES = frozenset(
    {
        *("suka maju", "suka jaya", "suka rami", "suka bangun", "suka mulia", "karya baru", "karya jaya"),
        *("karya mulia", "kebun bunga", "bukit kecil", "bukit baru", "bukit lama", "kampung dalem", "talang aman"),
    }
)

# Towns and regencies around the pilots, and large ones, of which no slip of the pen makes a place of the table.
ELSEWHERE = listed(
    "surabaya malang blitar tulungagung nganjuk jombang madiun trenggalek ponorogo pare gurah grogol wates ngasem",
    "semen papar jakarta bandung bogor depok bekasi tangerang semarang solo surakarta jogja yogyakarta medan padang",
    "jambi bengkulu lampung banjarmasin banjarbaru martapura sampit kasongan katingan kapuas pulangpisau kotawaringin",
    "pangkalanbun buntok puruk muarateweh barito tamiang gunungmas kurun lamandau sukamara seruyan pontianak samarinda",
    "balikpapan makassar manado denpasar mataram kupang ambon jayapura banyuasin prabumulih lahat lubuklinggau",
    "muaraenim indralaya sekayu kayuagung pagaralam baturaja oganilir musi kenten sidoarjo gresik pasuruan probolinggo",
    "lumajang jember banyuwangi bojonegoro tuban lamongan ngawi magetan pacitan bali lombok aceh riau batam",
)

_SPELLINGS = {
    **dict.fromkeys(("sungai", "sungei", "sungi", "s"), "sei"),
    **dict.fromkeys(("bkt", "bukt"), "bukit"),
    **dict.fromkeys(("tj", "tjg", "tg", "tanjong"), "tanjung"),
    **dict.fromkeys(("tlg", "tlang"), "talang"),
    **dict.fromkeys(("tbg", "tbng", "tb"), "tumbang"),
    **dict.fromkeys(("kp", "kmp", "kpg", "kampong"), "kampung"),
    **dict.fromkeys(("ilr", "illir", "ilier", "ili"), "ilir"),
    **dict.fromkeys(("uluu", "hulu"), "ulu"),
    **dict.fromkeys(("sebrang", "sbrg", "sbrang", "saberang"), "seberang"),
    **dict.fromkeys(("brt", "brat"), "barat"),
    **dict.fromkeys(("tmr", "tmur", "timr"), "timur"),
    "plmbang": "palembang",
    **dict.fromkeys(("mulya", "mulyo"), "mulia"),
    **{f"{name[:-1]}o": name for name in ("jaya", "raya", "lama", "kelapa", "sukajaya", "karyajaya", "srijaya")},
    "sukamulya": "sukamulia",
    "karyamulya": "karyamulia",
    "srimulya": "srimulia",
}
_NUMBERED_SIDES = frozenset({"ilir", "ulu", "barat", "timur", "seberang", "ib", "it", "su", "d"})
_ROMAN = {"i": 1, "v": 5, "x": 10}
_SHORTEST_DOUBLED, _SHORT_ANSWER = 3, 5
_LONGEST_ANSWER = 12  # words

_TOKEN = re.compile(r"([^\W\d_]+)(2(?![0-9]))?|[0-9]+")


def words(text: str) -> list[str]:
    """Return the words of a text in one spelling, numbers as digits of their own."""
    apart: list[str] = []
    for match in _TOKEN.finditer(normalize("NFKC", text).lower()):
        word, twice = match[1] or match[0], match[2]
        spelt = _SPELLINGS.get(word, word)
        apart.append(spelt)
        if twice:
            doubled = word not in _NUMBERED_SIDES and len(word) >= _SHORTEST_DOUBLED
            apart.append(spelt if doubled else twice)
    return _plain_numbers(counted(apart))


def _plain_numbers(said: Sequence[str]) -> list[str]:
    """Turn Roman numerals beside "ulu", "ilir" and their like into digits, and drop the D of "20 ilir D. III"."""
    plain: list[str] = []
    for at, word in enumerate(said):
        after = said[at + 1] if at + 1 < len(said) else ""
        if word in {"d", "daerah"} and plain and plain[-1] == "ilir" and (after.isdecimal() or _roman(after)):
            continue
        beside = after in _NUMBERED_SIDES or (at > 0 and said[at - 1] in _NUMBERED_SIDES)
        number = _roman(word) if beside else 0
        plain.append(str(number) if number else word)
    return plain


def _roman(word: str) -> int:
    if not word or not _ROMAN.keys() >= set(word):
        return 0
    values = [_ROMAN[letter] for letter in word]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def is_plain(name: str) -> bool:
    """Tell a name that is a plain word too: "jam 3" means no Desa Tiga, "kasih beras" no Desa Kasih."""
    return name.isdecimal() or name in PLAIN_ELSEWHERE


def squashed(said: Sequence[str]) -> str:
    """Write words as one, so that "Jekan Raya" and "jekanraya" are the same; numbers stay apart ("3.4ulu")."""
    whole = ""
    for word in said:
        whole += "." + word if whole and whole[-1].isdecimal() and word[0].isdecimal() else word
    return whole


def level_said(word: str) -> frozenset[str] | None:
    """Return the levels a cue like "camat" or "kelurahannya" points at, or None for any other word."""
    return LEVEL_OF.get(word) or (LEVEL_OF.get(word[:-3]) if word.endswith("nya") else None)


def core(said: Sequence[str]) -> list[str]:
    """Return an answer without what people put around a name: "di kantor kel. menteng pak"."""
    return [word for word in said if word not in _FILLERS and level_said(word) is None]


def is_meant(said: Sequence[str], at: int, end: int) -> bool:
    """Tell a place from a street, a candidate's number, or plain words that happen to be its name."""
    before = said[at - 1] if at else ""
    if before in STREETS or (said[at].isdecimal() and before in NUMBERED):
        return False
    if level_said(before) is not None or _is_all(said, at, end):
        return end - at > 1 or said[at] != "kota" or level_said(before) == KECAMATAN
    name = " ".join(said[at:end])
    if name in PLAIN_WORDS:
        nearby = at == 0 and len(said) <= _SHORT_ANSWER and not BESIDE.isdisjoint(said[end : end + 1])
        return (nearby or before in AREAS | HOUSES) and name != "kota"
    return not is_plain(name) and (name not in PLAIN_PHRASES or before in POINTING)


def _is_all(said: Sequence[str], at: int, end: int) -> bool:
    """Tell whether a short answer is nothing but this name, a number aside: "suka bangun 2"."""
    if len(said) > _LONGEST_ANSWER:
        return False
    left = core(said)
    return list(said[at:end]) in (left, [word for word in left if not word.isdecimal()])


def is_doubtful(said: Sequence[str], at: int, width: int) -> bool:
    """Doubt a name behind "bernama", the "ulu 2" of a misspelt "sbrg ulu 2", and a plain word behind a title."""
    before = said[at - 1]
    if width == 1 and is_plain(said[at]) and before not in PLACE_NOUNS:
        return True
    if before in {"simpang", "arah", "menuju"} or (
        " ".join(said[at : at + width]) in PLAIN_WORDS and before in AREAS | HOUSES
    ):
        return True
    turned = said[at] in {"ilir", "ulu"} and said[at + 1 : at + 2] and said[at + 1].isdecimal()
    return before in NAMED or bool(turned and level_said(before) is None and core([before]))
