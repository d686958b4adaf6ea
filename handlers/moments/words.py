"""The words people write WHEN with, brought to one spelling: Indonesian, its neighbours, and plain English."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from handlers.spoken import counted, listed

MONTHS: Mapping[str, int] = {
    spelling: month
    for month, spellings in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february febuari",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agst agt agus aug august agutus",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ),
        1,
    )
    for spelling in spellings.split()
}
# "may", "mar", "des" are words or syllables of their own: they are months only beside a number.
FULL_MONTHS = MONTHS.keys() - listed(
    "jan feb peb mar apr jun jul agu ags agst agt agus aug sep sept okt oct nov nop des dec may march"
)

WEEKDAYS: Mapping[str, int] = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "sabtu": 5,
    "ahad": 6,
}
SUNDAY = 6

PARTS = ("dini-hari", "subuh", "pagi", "siang", "sore", "malam")

# Prayers tell the part of the day: "habis maghrib" is said far more often than a clock time.
PRAYERS: Mapping[str, tuple[str, str]] = {  # prayer: (the part it falls in, the part just before it)
    "dzuhur": ("siang", "pagi"),
    "ashar": ("sore", "siang"),
    "maghrib": ("malam", "sore"),
    "isya": ("malam", "malam"),
    "tarawih": ("malam", "malam"),
    "sahur": ("dini-hari", "dini-hari"),
    "jumatan": ("siang", "siang"),
}

UNITS = frozenset({"hari", "minggu", "pekan", "bulan", "tahun", "jam", "menit", "malam"})
AGO = frozenset({"lalu", "lewat", "kemarin", "samalam"})
JOINTS = frozenset({"sampai", "-", "sd", "smp"})
PAIRS = frozenset({"dan", "&"})
EITHER = "atau"

# One line a meaning: the words on the right are written, the left is what is understood.
_SPELLINGS = """
kemarin: kmrn kemaren kmren kmrin kemarn kmarin kmaren kemrin kemarinnya kmrnn kemarenn kmn wingi male yesterday
semalam: smlm semalem smalam sumalam mambengi
hari: hr hri dina dino ari day days andau
hari ini: arini hrini today
minggu: mgg mingguu minngu week weeks
pekan: pkn
bulan: bln wulan month months
tahun: thn taun year years
menit: mnt menitan minute minutes
jam: pkl pk pukul jm hour hours jamnya
tanggal: tgl tg tggl tngl tnggal tgal
tadi: td tdi
malam: mlm malem bengi mlem malamm night evening
pagi: pg esuk pagii baisukan hanjewu morning am
sore: kamarian halemei petang senja
siang: awan afternoon
besok: bsk sesuk sesok besuk jewu tomorrow
lalu: kepungkur kapungkur lampau ago
ini: iki
yang: yg nang sing yng ingkang
dini-hari: dinihari
subuh: shubuh subuhan fajar
dzuhur: dhuhur zuhur lohor duhur zhuhur luhur
ashar: asar ashr
maghrib: magrib maghrip magrip mahgrib surup magriban maghriban
isya: isa' isyak isya' isyaan
jumatan: jumatn jum'atan
tarawih: taraweh teraweh trawih
sahur: saur
habis: abis bada bakda ba'da sesudah setelah stlh stelah abs hbs bar imbah bubar selesai sehabis after
sebelum: sblm sebelom sblum menjelang jelang before
sekarang: skrg skrng sekarng saiki skr now sekrg
barusan: barusn brusan
sekitar: kira sktr kurleb around about kisaran skitar sekitaran sekira perkiraan
setengah: stgh stengah stngah set stg half
seperempat: seprempat
sampai: sampe hingga until till ampe s/d to
dari: dr dri from
sejak: sjk mulai semenjak since
dan: and serta sama karo
atau: ato atw or
setiap: tiap saben every
beberapa: bbrp bebrapa several few couple
depan: dpn
nanti: nnti ntar mengko
awal: awl
pertengahan: mid
akhir: akhr
lupa: lali lupo kelupaan forgot forget
ingat: inget ingt eling remember
tahu: tau thu ngerti know eruh
tidak: tdk gak ga gk nggak ngga enggak ndak dak idak kada ora tak nda don't dont not kd gag
entah: embuh
lama: suwe lamo lawas
sudah: udah udh sdh wis dah
waktu: wkt pas saat when
lahir: ttl kelahiran
bukan: bkn dudu
senin: senen snin sanayan monday senn
selasa: slasa salasa seloso tuesday selsa
rabu: rebo arba arbaa arba'a rebu wednesday rbu
kamis: kemis thursday kms
jumat: jum'at jumaat jumahat jemuah jemuwah friday jmt
sabtu: setu saptu sbtu saturday
ahad: sunday akad ahd
kayaknya: kayanya keknya kyknya sepertinya mungkin maybe kynya kayane ketoke
"""
_CANON: Mapping[str, tuple[str, ...]] = {
    word: tuple(meaning.split())
    for meaning, words in (line.split(":") for line in _SPELLINGS.strip().splitlines())
    for word in words.split()
} | {
    "seminggu": ("1", "minggu"),
    "semingguan": ("1", "minggu", "an"),
    "sehari": ("1", "hari"),
    "sebulan": ("1", "bulan"),
    "sebulanan": ("1", "bulan", "an"),
    "setahun": ("1", "tahun"),
    "sejam": ("1", "jam"),
    "semenit": ("1", "menit"),
    "mingguan": ("minggu", "an"),
    "bulanan": ("bulan", "an"),
    "gatau": ("tidak", "tahu"),
    "gtau": ("tidak", "tahu"),
    "tonight": ("malam", "ini"),
    "weekend": ("akhir", "pekan"),
    "wiken": ("akhir", "pekan"),
    "wingenane": ("kemarin", "dulu"),
    "noon": ("jam", "12", "siang"),
    "midnight": ("tengah", "malam"),
}
_DROPPED = frozenset({"yang", "nya", "nih", "lah", "sih", "the", "of", "on", "in", "ne", "kok", "deh", "at"})

# Whole turns of speech, in the spellings above.
_TURNS = """
isuk mau > tadi pagi
kemarin isuk > kemarin pagi
isuk pagi > besok pagi
malam endau > tadi malam
pagi endau > tadi pagi
siang endau > tadi siang
sore endau > tadi sore
hari tuh > hari ini
hari toh > hari ini
last malam > tadi malam
this pagi > tadi pagi
this siang > tadi siang
this malam > malam ini
this minggu > minggu ini
this bulan > bulan ini
just sekarang > barusan
baru saja > barusan
baru aja > barusan
baru tadi > tadi
saat ini > sekarang
waktu ini > sekarang
hari sebelum kemarin > kemarin dulu
lusa kemarin > kemarin dulu
kemarin lusa > kemarin dulu
kemarin kemarin > beberapa hari lalu
dini hari > dini-hari
dahulu hari > dini-hari
pagi buta > subuh
tengah hari > siang
tangah hari > siang
siang bolong > siang
tengah malam jam > malam jam
tengah malam > malam jam 12
sholat jumat > jumatan jumat
salat jumat > jumatan jumat
solat jumat > jumatan jumat
shalat jumat > jumatan jumat
kurang lebih > sekitar
lebih kurang > sekitar
setengah jam lalu > 30 menit lalu
setengah jam lewat > 30 menit lalu
kalau tidak salah > kayaknya
kalo tidak salah > kayaknya
klo tidak salah > kayaknya
tidak salah > kayaknya
tidak yakin > tidak tahu
kurang tahu > tidak tahu
kurang ingat > tidak ingat
akhir minggu > akhir pekan
tengah bulan > pertengahan bulan
an jam lalu > 1 jam lalu
a hari lalu > 1 hari lalu
a minggu lalu > 1 minggu lalu
a bulan lalu > 1 bulan lalu
akhir ini > beberapa hari lalu
belakangan ini > beberapa hari lalu
baru baru ini > beberapa hari lalu
baru ini > beberapa hari lalu
"""
_AFTER_LAST = frozenset({*WEEKDAYS, "minggu", "bulan", "tahun", "pekan"})  # "last friday"
_ENGLISH_ORDER = {"last": "lalu", "next": "depan"}

_Turn = tuple[tuple[str, ...], tuple[str, ...]]


def _turns_by_head(lines: str) -> Mapping[str, tuple[_Turn, ...]]:
    heads: dict[str, list[_Turn]] = {}
    for line in lines.strip().splitlines():
        said, meant = (tuple(side.split()) for side in line.split(">"))
        heads.setdefault(said[0], []).append((said[1:], meant))
    return {head: tuple(sorted(turns, key=lambda turn: -len(turn[0]))) for head, turns in heads.items()}


_TURNS_OF = _turns_by_head(_TURNS)

# Letters written twice: "pagi-pagi", "pagi2". Said of "kemarin" and "isuk" it changes the meaning.
_TWICE: Mapping[str, tuple[str, ...]] = {
    "kemarin": ("beberapa", "hari", "lalu"),
    "isuk": ("pagi",),
    "baru": ("baru", "baru"),
}
_JAVANESE_HOURS = {"bengi": "malam", "esuk": "pagi", "isuk": "pagi", "awan": "siang"}
_GLUED = frozenset({"jam", "tanggal", "bulan"})

_TOKEN = re.compile(
    r"[0-9]+(?:[./:\-][0-9]+)*(?=(st|nd|rd|th)\b)?|s/d|[^\W\d_]+(?:'[^\W\d_]+)*(?:2(?!\d))?|[-–—&]"  # noqa: RUF001  # people paste them
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S*@\S+")
_DASHES = frozenset("-–—")  # noqa: RUF001  # as above


def words(text: str) -> list[str]:
    """Return the text's words in one spelling; numbers keep their separators ("17/11", "19.30")."""
    return _turned(counted(_spelled(text)))


def _spelled(text: str) -> list[str]:
    said: list[str] = []
    ordinal = ""
    plain_text = normalize("NFKC", text).lower().replace("\u2019", "'")
    for match in _TOKEN.finditer(_LINK.sub(" ", plain_text)):
        word = match[0]
        if word == ordinal:
            ordinal = ""
            continue
        ordinal = match[1] or ""
        if word in _JAVANESE_HOURS and said[-1:] == ["mau"]:  # "mau" is "want" in Indonesian
            said[-1:] = ["tadi", _JAVANESE_HOURS[word]]
            continue
        for plain in _plain(word):
            _add(said, plain)
    return said


def _plain(word: str) -> tuple[str, ...]:
    if word[0].isdecimal():
        return (word,)
    if word in _DASHES:
        return ("-",)
    known = _CANON.get(word)
    if known is not None:
        return known
    if word.endswith("2"):
        return _doubled(word[:-1])
    if word.endswith("nya") and (word[:-3] in _CANON or word[:-3] in WEEKDAYS or word[:-3] in UNITS):
        return _CANON.get(word[:-3], (word[:-3],))
    return (word,)


def _doubled(word: str) -> tuple[str, ...]:
    plain = _CANON.get(word, (word,))
    if plain[-1] in _GLUED:
        return (*plain, "2")
    return _TWICE.get(plain[-1], plain)


def _add(said: list[str], word: str) -> None:
    if word in _DROPPED:
        return
    if len(said) > 1 and said[-1] == "-" and said[-2] == word and not word[0].isdecimal():
        del said[-2:]
        said.extend(_TWICE.get(word, (word,)))
        return
    said.append(word)


def _turned(said: list[str]) -> list[str]:
    turned: list[str] = []
    at = 0
    while at < len(said):
        meant, at = _turn(said, at)
        turned.extend(meant)
    return turned


def _turn(said: list[str], at: int) -> tuple[tuple[str, ...], int]:
    word = said[at]
    for rest, meant in _TURNS_OF.get(word, ()):
        if tuple(said[at + 1 : at + 1 + len(rest)]) == rest:
            return meant, at + 1 + len(rest)
    if word in _ENGLISH_ORDER and at + 1 < len(said) and said[at + 1] in _AFTER_LAST:
        return (said[at + 1], _ENGLISH_ORDER[word]), at + 2
    return (word,), at + 1
