"""The spellings and turns of speech of WHEN: Indonesian, its neighbours, and plain English, a line each."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from handlers.spoken import listed

MONTHS: Mapping[str, int] = {
    spelling: month
    for month, spellings in enumerate(
        (
            "januari jan january januwari jnuari",
            "februari feb pebruari peb february febuari febr pebuari",
            "maret mar march mrt",
            "april apr aprl apil",
            "mei may",
            "juni jun june juny",
            "juli jul july",
            "agustus agu ags agst agt agus agts agsts aug august agutus agstus",
            "september sep sept spt septmber",
            "oktober okt oct october oktobr oktb",
            "november nov nop nopember nvmber novembr",
            "desember des dec december desembr dsmber",
        ),
        1,
    )
    for spelling in spellings.split()
}
# "may", "mar", "des" are words or syllables of their own: they are months only beside a number.
FULL_MONTHS = MONTHS.keys() - listed(
    "jan feb febr peb mar mrt apr jun jul agu ags agst agt agts agsts agus aug sep sept spt okt oktb oct nov nop",
    "des dec may march",
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
    "dhuha": ("pagi", "pagi"),
    "tarawih": ("malam", "malam"),
    "sahur": ("dini-hari", "dini-hari"),
    "jumatan": ("siang", "siang"),
}

# The five-day week of Java, whose days stand behind a weekday: "jumat wage". Each pair comes back after 35 days.
PASARAN: Mapping[str, str] = {
    **{day: day for day in ("legi", "pahing", "pon", "wage", "kliwon")},
    "manis": "legi",
    "paing": "pahing",
}

UNITS = frozenset({"hari", "minggu", "pekan", "bulan", "tahun", "jam", "menit", "malam"})
AGO = frozenset({"lalu", "lewat", "kemarin", "samalam"})
JOINTS = frozenset({"sampai", "-", "sd", "smp"})
PAIRS = frozenset({"dan", "&"})
EITHER = "atau"
OR = frozenset({EITHER, "apa", "opo", "utawa", "utowo"})  # "tgl 6 apa 7 ya"

# One line a meaning: the words on the right are written, the left is what is understood.
# Words that are often written without some of their vowels: "jmt", "smlam", "oktbr".
_SHORTENED = listed(
    "kemarin semalam minggu malam tanggal bulan tahun menit senin selasa kamis jumat sabtu setengah sekarang",
    "barusan maghrib dzuhur ashar besok sebelum habis sampai januari februari maret agustus september oktober november",
    "desember",
)
_VOWELS = frozenset("aiueo")
_SHORTEST = 3  # letters


# Words whose slips of the thumb are known: a neighbour's key is hit, or two letters change places.
_TYPED = listed("kemarin kemaren senin selasa kamis jumat sabtu minggu malam tanggal semalam")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# What comes of a slip but is a word, or a name, of its own.
_NO_SLIPS = listed("kamus kumat jimat selada kalam makam tanggap sabut manis jamaah kemari malas kamas kasim mingu")


def _slips(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        yield from (word[:at] + near + word[at + 1 :] for near in _BESIDE_KEY[letter])
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _neighbours(letter: str) -> str:
    """Return the keys around one, each row of keys half a key to the right of the one above."""
    row = next(at for at, keys in enumerate(_KEYS) if letter in keys)
    at = _KEYS[row].index(letter)
    above = _KEYS[row - 1][at : at + 2] if row else ""
    below = _KEYS[row + 1][max(0, at - 1) : at + 1] if row + 1 < len(_KEYS) else ""
    return _KEYS[row][max(0, at - 1) : at] + _KEYS[row][at + 1 : at + 2] + above + below


_BESIDE_KEY = {letter: _neighbours(letter) for keys in _KEYS for letter in keys}


def _without_vowels(word: str) -> Iterator[str]:
    """Yield every way to write a word without one or more of its vowels, its first letter kept."""
    vowels = [at for at, letter in enumerate(word) if letter in _VOWELS and at]
    for count in range(1, len(vowels) + 1):
        for left_out in combinations(vowels, count):
            yield "".join(letter for at, letter in enumerate(word) if at not in left_out)


_SPELLINGS = """
kemarin: yday ystrday kemrain keamrin kmerin
kemarin: kmrn kemaren kmren kmrin kemarn kmarin kmaren kemrin kemarinnya kmrnn kemarenn kmn wingi male
kemarin: kamari yesterday kemaern kmern kemren kemarinan winginane kmarn
semalam: smlm semalem smalam sumalam mambengi smalem smlem semlm smalm sumalem hamalem
hari: ndina ndino andau hr hri dina dino ari day days andau dinten dinan harinya hry
hari ini: arini hrini today
minggu: mggu mgu mng mgg mingguu minngu minggon mingguannya mnggu mingg
pekan: wk wks pkn week weeks
bulan: bln wulan month months sasi ulan blan bulannya wulanan
tahun: yr yrs thn taun year years warsa
menit: mins mnt menitan minute minutes
jam: pkl pk pukul jm hour hours jamnya jem tabuh
tanggal: tgl tg tggl tngl tnggal tgal tgll tangal tanggale tggal tangggal
tadi: tasi tafi yadi tdai td tdi wau tady tdy tadii
malam: nite nites mbengi mlm malem bengi mlem malamm night nights evening evenings wengi dalu mlam malm malme malan
pagi: pg esuk pagii baisukan hanjewu morning pgi enjing enjang pagie pagy
sore: sanja sanjo kamarian halemei petang senja sonten sre soree soreh sorean
siang: awan afternoon siank siangan siangnya
besok: bsk isukan sesuk sesok besuk jewu tomorrow mbenjing benjing sisuk bsok esok
lalu: kliwat silam lallu halau kepungkur kapungkur lampau ago llu kelewat liwat kapengker kalewat berlalu
ini: iki iko niki
yang: yg nang sing yng ingkang
dini-hari: dinihari
subuh: shubuh subuhan fajar
dzuhur: dhuhur zuhur lohor duhur zhuhur luhur
ashar: asar ashr
maghrib: magrib maghrip magrip mahgrib surup magriban maghriban sandekala maghribnya mgrib mgrb maghreb magreb
dhuha: duha dluha dhuhaan
isya: isa' isyak isya' isyaan ngisa
jumatan: jumatn jum'atan
tarawih: taraweh teraweh trawih
sahur: saur
habis: abis bada bakda ba'da sesudah setelah stlh stelah abs hbs bar imbah bubar selesai sehabis after sakwise
habis: sawise sawuse saksampunipun rampung hbis abiz
sebelum: sblm sebelom sblum menjelang jelang before sadurunge sakdurunge sedurunge sabalum sblom sebelon
masih: msh msih esih isih
sedang: sdg sdang pahadangan
sekarang: skrg skrng sekarng saiki skr now sekrg wahini wayahini kini sakniki skarang sekaran
barusan: barusn brusan
sekitar: kira sktr kurleb around about kisaran skitar sekitaran sekira perkiraan kiro antawis udakara
sekitar: sekitaranya skitaran
setengah: stgh stengah stngah set stg half satangah setenga
seperempat: seprapat sakprapat sprapat seprempat quarter
sampai: mpe mpek sampe hingga until till ampe s/d s.d to thru through sampek sampey tekan tumeka smpai smpe smpek nyampe
dari: dr dri from
sejak: tmt terhitung sjk mulai semenjak since
dan: and serta sama karo lan lawan wan samo ambek mbek ambik
atau: ato atw or
setiap: saban stiap tiep tiap saben every seben unggal each
beberapa: bbrp bebrapa several few couple pirang sababarapa
depan: dpn ngarep mendatang ngajeng
kemarin: yesterday's
nanti: entar kaina tar nnti ntar mengko mangke mangkeh kaina agek kagek
antara: between antarane antawise
awal: awl early beginning start awalnya
pertengahan: medio mid tengahan middle pertengan
akhir: akhr late end ahir penghujung
lupa: lali lupo kelupaan forgot forget kesupen kalimpanan lpa
ingat: inget ingt eling remember kelingan iling emut igt
tahu: tau thu ngerti know eruh tao taunya taw
tidak: tdk gak ga gk nggak ngga enggak ndak dak idak kada ora tak nda don't dont not kd gag mboten boten ra
tidak: ndk nggk engga kagak doesnt didnt didn't cannot cant can't
entah: embuh
lebih: luwih lbh lebeh
lama: suwe lamo lawas lame
sudah: udah udh sdh wis dah
waktu: sometime wkt pas saat when wayah wektu pasnya ketika
lahir: ttl kelahiran
bukan: bkn dudu
senin: snein sennin senen snin sanayan monday senn sinin
selasa: sealsa sleasa selsaa slasa salasa seloso tuesday selsa selaso
rabu: rebo arba arbaa arba'a rebu wednesday rbu arbu
kamis: kmais kasmi kemis thursday kms kames
jumat: juamt jumta jum'at jumaat jumahat jemuah jemuwah friday jmt jumuah jumah jemuat jmat jumt jemat
sabtu: satbu setu saptu sbtu saturday saptuan sabtunya sptu sabtuu
ahad: sunday akad ahd
an: ish
kayaknya: kayanya keknya kyknya sepertinya mungkin maybe kynya kayane ketoke
"""
CANON: Mapping[str, tuple[str, ...]] = (
    {
        slip: ("kemarin" if word == "kemaren" else word,)
        for word in sorted(_TYPED)
        for slip in _slips(word)
        if slip not in MONTHS and slip not in _TYPED | _NO_SLIPS
    }
    | {
        short: (word,)
        for word in sorted(_SHORTENED)
        for short in _without_vowels(word)
        if len(short) >= _SHORTEST and short not in MONTHS
    }
    | {
        word: tuple(meaning.split())
        for meaning, words in (line.split(":") for line in _SPELLINGS.strip().splitlines())
        for word in words.split()
    }
    | {
        "seminggu": ("1", "minggu"),
        "semingguan": ("1", "minggu", "an"),
        "sehari": ("1", "hari"),
        "sebulan": ("1", "bulan"),
        "sebulanan": ("1", "bulan", "an"),
        "setahun": ("1", "tahun"),
        "sepekan": ("1", "pekan"),
        "sejam": ("1", "jam"),
        "semenit": ("1", "menit"),
        "mingguan": ("minggu", "an"),
        "bulanan": ("bulan", "an"),
        "gatau": ("tidak", "tahu"),
        "gtau": ("tidak", "tahu"),
        "tonight": ("malam", "ini"),
        "weekend": ("akhir", "pekan"),
        "wiken": ("akhir", "pekan"),
        "weekends": ("setiap", "akhir", "pekan"),
        "wingenane": ("kemarin", "dulu"),
        "tujuhbelasan": ("17", "an"),
        "pitulasan": ("17", "an"),
        "belasan": ("belas", "an"),
        "noon": ("jam", "12", "siang"),
        "lunchtime": ("siang",),
        "harini": ("hari", "ini"),
        "setaun": ("1", "tahun"),
        "malming": ("malam", "minggu"),
        "satnight": ("malam", "minggu"),
        "semalaman": ("semalam",),
        **dict.fromkeys(("besoknya", "besuknya", "esoknya", "keesokannya"), ("1", "hari", "habis")),
        "midnight": ("tengah", "malam"),
    }
)
