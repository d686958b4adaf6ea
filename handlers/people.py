"""Who a story tells of: posts ("bu camat", "pegawai dinas"), the names beside them, and their offices."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct, structs

from handlers.bystanders import ALSO, is_acting, is_of_idle
from handlers.names import names
from handlers.places import Places
from handlers.spoken import listed
from handlers.titles import Post, post_of, titled

_STATUS = frozenset({"pns", "asn", "pppk", "p3k", "civil servant", "civil servants", "government employee"})
_SOLDIERS = listed("koramil danramil babinsa dandim") | {"anggota koramil", "anggota tni"}
_POLICE = listed("kapolsek kapolres bhabinkamtibmas babinkamtibmas bhabin") | {"anggota polri", "anggota polsek"}
# "tentara itu mas, anggota koramil": one person.
_EXACTLY = {**dict.fromkeys(("tentara", "tni"), _SOLDIERS), **dict.fromkeys(("polisi", "polri"), _POLICE)}
_BESIDE_EACH = 20  # characters between "pns" and "lurah" in "pns sama pak lurah"
_ACTING_AS = re.compile(r"\s(?:plt|plh|pj|pjs)\.?\s", re.IGNORECASE)  # "wakil walikota plt walikota"
_HOMES = listed("rumah umah omah kediaman")
# "camat plaju eh maksudku sekcam" takes the camat back.
_TAKEN_BACK = re.compile(
    r"(?:\W+\w+){0,4}?\W+(?i:eh|ralat|koreksi|(?:yg|yang) (?:bener|benar|betul)|ternyata|salah|maksud\w*|mksd\w*"
    r"|deng|ding|sorry|i mean)"
    r"(?:\W+(?i:eh|salah|maksud\w*|mksd\w*|bukan|bkn|itu|yg|yang|saya|aku|sy|pak|bu|kak|maaf|the|mean|i|no))*\W+"
)
_NEAR_TITLES = 2  # characters between "polisi bhabinkamtibmas": one person
_AFTER, _BEFORE = 60, 30  # characters from a title to its holder's name
_CLOSE, _BESIDE = 10, 3  # characters: "kadis pak Contoh", "Contoh, kadis"
# What follows "puskesmas" is its name, unless it is what somebody there does.
_NO_OFFICE_NAME = (
    "bagi|ikut|nyuruh|suruh|di|yang|yg|pakai|pake|pasang|foto|like|share|posting|kampanye|dan|sama|kami|kita|itu|ini"
    "|ke|ngajak|ajak|nama|bu|pak|ibu|bapak|kumpul|minta|gara|karena|krn|soal|biar|supaya|untuk|buat|utk|pas|lagi|lg"
    "|tadi|td|kmrn|semalam|dalam|dgn|dengan|acung|upload|komen|jadi|tempel|nempel|me|ng|ny|kemarin|tadi|waktu"
)
_NAMED_AFTER = rf"(?!(?:{_NO_OFFICE_NAME}))\w+"
_UNIT = re.compile(
    r"(?i:\bdinas (?:pendidikan|kesehatan|sosial|perhubungan|pupr|pu|pertanian|perdagangan|kominfo|pariwisata"
    r"|perkim|lingkungan hidup|perikanan|ketahanan pangan|pemuda dan olahraga|dukcapil|koperasi|tenaga kerja|pasar)"
    rf"|\b(?:bappeda|bpkad|bapenda|bkpsdm|inspektorat|rsud|puskesmas {_NAMED_AFTER}"
    rf"|sdn \d+(?: {_NAMED_AFTER})?|smpn \d+|sman \d+|smkn \d+))\b"
)
_UNIT_REACH = 30  # characters from a title to its office
_DISTRICT_WORDS = 5


class Person(Struct, frozen=True):
    """Somebody reported: `post` as in the report's question or "", the rest as far and in the words it was said."""

    post: str = ""
    name: str = ""
    office: str = ""
    title: str = ""


class _Titled(Struct, frozen=True):
    start: int
    end: int
    person: Person


def people(text: str, places: Places, within: str = "") -> tuple[Person, ...]:
    """Return the people a story reports, in order; nobody who was only ordered, threatened or invited."""
    text = text.lower() if text.isupper() else text  # nobody's name can be told by its capital there
    posts = list(titled(text))
    found = _without_status(text, _titled(text, posts, places, within))
    order = {at: one.start for at, one in enumerate(found)}
    nameless: list[tuple[int, Person]] = []
    for start, name in names(text, posts, places, within):
        if is_of_idle(text, posts, start):
            continue
        near = _nearest(found, start, start + len(name))
        if near is None:
            nameless.append((start, Person(name=name)))
        else:
            found[near] = structs.replace(found[near], person=structs.replace(found[near].person, name=name))
            order[near] = start
    told = [*nameless, *((order[at], one.person) for at, one in enumerate(found))]
    return _without_repeats([person for _, person in sorted(told, key=lambda one: one[0])])


def _without_status(text: str, found: list[_Titled]) -> list[_Titled]:
    """Leave out the "pns" that only says what somebody is: "kabid itu belum mundur dari pns"."""
    others = [one for one in found if one.person.title not in _STATUS]

    def stands(one: _Titled) -> bool:
        if one.person.title not in _STATUS or one.person.office:
            return True
        between = (text[one.end : other.start] or text[other.end : one.start] for other in others)
        return any(len(said) <= _BESIDE_EACH and ALSO.intersection(said.lower().split()) for said in between)

    return [one for one in found if stands(one)] if others else found


def _without_repeats(found: Sequence[Person]) -> tuple[Person, ...]:
    """Leave out who is told of again with a name or an office: "camat itu ... camat jekan raya"."""
    fuller = {one.title for one in found if one.name or one.office}
    named = {(one.title, one.office) for one in found if one.name}
    fuller |= {title for title, exact in _EXACTLY.items() if any(one.title in exact for one in found)}

    def stands(one: Person) -> bool:
        told_again = (one.title, one.office) in named if one.office else one.title in fuller
        return bool(one.name) or not told_again

    return tuple(dict.fromkeys(filter(stands, found)))


def _titled(text: str, posts: Sequence[Post], places: Places, within: str) -> list[_Titled]:
    """Return who acts; where nobody does, the one at whose house it was: "di rumah pak camat bubuhannya ..."."""
    acting = [*_acting(text, posts, places, within)]
    return acting or [*_acting(text, posts, places, within, homes=_HOMES)]


def _acting(
    text: str, posts: Sequence[Post], places: Places, within: str, homes: frozenset[str] = frozenset()
) -> Iterator[_Titled]:
    last = -_NEAR_TITLES - 1
    starts = [start for start, _, _ in posts[1:]]
    for (start, end, title), following in zip_longest(posts, starts):
        beside = 0 <= start - last <= _NEAR_TITLES and text[last:start].isspace()
        exactly = title in _EXACTLY and following is not None and text[end:following].isspace()
        if exactly and any(post[0] == following and post[2] in _EXACTLY[title] for post in posts):
            continue  # "tentara babinsa"
        beside = beside or (last > 0 and _ACTING_AS.fullmatch(text, last, start) is not None)
        last = end
        taken_back = following is not None and _TAKEN_BACK.fullmatch(text, end, following)
        if beside or taken_back or not is_acting(text, start, end, homes):
            continue
        post = post_of(title)
        unit = _UNIT.search(text, start, end + _UNIT_REACH)
        office = unit[0] if unit else _district(text[start:], places, within) if post == "district" else ""
        yield _Titled(start, end, Person(post, office=office, title=title))


def _district(said: str, places: Places, within: str) -> str:
    """Return the district of "camat jekan raya ..." if its name is certain."""
    return places.named(places.surely(" ".join(said[:_AFTER].split()[:_DISTRICT_WORDS]), within))


def _nearest(found: list[_Titled], start: int, end: int) -> int | None:
    """Return which title is the name's: the one before, or the one right behind it, "Anwar Contoh, kabid"."""
    nameless = [(at, one) for at, one in enumerate(found) if not one.person.name]
    before = [at for at, one in nameless if 0 <= start - one.end <= _AFTER]
    close = bool(before) and start - found[before[-1]].end <= _CLOSE
    behind = [] if close else [at for at, one in nameless if 0 <= one.start - end <= _BESIDE]
    after = [at for at, one in nameless if 0 <= one.start - start <= _BEFORE]
    return next(iter((*behind, *before[-1:], *after)), None)
