"""How names of people are written, what stands before them, and what is written like one but is an office."""

import re
from collections.abc import Iterable

from handlers.places import Places
from handlers.spoken import listed

_MORE = r"\s(?:(?:binti|bin|bt|bte)\s)?(?!(?:Drs?|Dra|Drg|Ir|Hj?|Prof|Pak|Bu|Bapak|Ibu)\b)[A-Z][a-z'.-]+"
CAPITAL = rf"[A-Z][a-z'.-]+(?:{_MORE}){{0,3}}"
"""A name of one to four words; the first has a capital."""
FULL = rf"[A-Z][a-z'.-]+(?:{_MORE}){{1,3}}"
"""A name of two to four words."""
SIR = (
    r"pak|pa|si|bu|bapak|ibu|bpk|bp|buk|haji|hj\.?|h\.|mas|mbak|mba|bang|abah|kang|cak|mang|cek|yuk|gus|ning"
    r"|drs\.?|dra\.?|drg\.?|ir\.|prof\.?|dr\.|(?-i:Dr|dr(?=\s[A-Z]))|kh\.?"
    r"|briptu|bripka|brigadir|aiptu|aipda|ipda|iptu|akp|kompol|serda|sertu|serka|serma|pelda|peltu|kopda|kopral|letda"
    r"|lettu|kapten|mr\.?|mrs\.?|ms\.?|miss|sdr\.?|sdri\.?|saudara|ustadz?|kiai|kyai"
)
"""Forms of address, ranks and titles before a name."""
CALLED = (
    "namanya|namonyo|namane|namanyo|jenenge|jenengnya|jenengane|ngarannya|ngarannyo|asmane|asmanipun|arane"
    "|bernama|atas nama|nama|named|name is"
)
AND = r"(?:dan|sama|samo|karo|wan|and|lan|&)"
HONORIFIC = re.compile(rf"\b(?i:{SIR})\.?\s")
# Words of offices, which are written with a capital too.
_OFFICIAL = listed(
    "matematika agama olahraga bahasa honorer kelas honor",
    "dinas kesehatan pendidikan sosial perhubungan negeri kota kabupaten kecamatan kelurahan desa badan kantor balai",
    "aula gedung wali bupati pilkada kampanye civil servants district office hall the school health education",
)


def are_people(said: Iterable[str], places: Places, within: str) -> bool:
    """Tell "Rina Contoh dan Tuti Contoh" from two places or two offices."""
    return not any(
        _OFFICIAL.intersection(name.lower().split()) or HONORIFIC.search(name) or places.find(name, within)
        for name in said
    )
