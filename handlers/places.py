"""WHERE: the deployment's places, found by their everyday names in answers and in whole stories."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.place_hits import Hit, fits, narrowed, related, standing
from handlers.place_index import LEAST_LETTERS, VOWELS, Place, by_name, by_word, depth
from handlers.place_words import (
    ELSEWHERE,
    KOTA,
    OR,
    REGENCY,
    core,
    is_doubtful,
    is_meant,
    level_said,
    squashed,
    words,
)
from handlers.spoken import listed

__all__ = ["Found", "Match", "Place", "Places"]

LONGEST = 4000  # characters read of a story
MOST_MATCHES = 5
_LEAST_INSIDE = 7  # letters of a misspelt name beside other words
SHORT = 5  # words: an answer, in which a slip of the pen may be guessed at
_WIDEST_SLIP = 3  # words of a misspelt name
_MOST_SLIPS = 2  # letters wrong, missing, too many or swapped in a misspelt name
_LONG_NAME = 8  # letters
_TWO_FIGURES = 2
_ONE_WORD_OF_IT = 0.85  # the score of "kereng" for Kereng Bangkirai
_OF_KECAMATAN, _OF_KELURAHAN = listed("camat camate sekcam"), listed("lurah lurahe seklur kades sekdes")
_CITY_SEGMENTS, _KECAMATAN_SEGMENTS = 2, 3
_SHOWN = {"kecamatan": "Kec.", "kelurahan": "Kel.", "desa": "Desa"}


class Match(Struct, frozen=True):
    """A place that the words may mean; `score` from 0 to 1, 1 for its own name."""

    code: str
    name: str
    score: float


class Found(Struct, frozen=True):
    """What the words may mean, best first, five at most; `sure` when it is one place by its exact name."""

    matches: tuple[Match, ...]
    sure: bool


class Places:
    """The table, ready to search. Build once: indexing costs milliseconds, finding microseconds."""

    def __init__(self, rows: Iterable[Place]) -> None:
        self._rows = {row.code: row for row in rows}
        self._names = by_name(self._rows.values())
        self._heads = {name[:end] for name in self._names for end in range(1, len(name) + 1)}
        self._longer = {
            name: [one for one in self._names if one != name and one.startswith(name)] for name in self._names
        }
        self._words = by_word(self._rows.values())
        self._spelt = [name for name in self._names if _may_slip(name) and name != "kota"]

    @classmethod
    def of(cls, rows: Iterable[Place]) -> "Places":
        """Index a table; parents need not come first."""
        return cls(rows)

    def knows(self, code: str) -> bool:
        return code in self._rows

    def named(self, code: str) -> str:
        """Return "Kel. Menteng, Kec. Jekan Raya"; "" for a code the table does not have."""
        row = self._rows.get(code)
        if row is None:
            return ""
        name = f"{_SHOWN[row.level]} {row.name}" if row.level in _SHOWN else row.name
        above = self._rows.get(row.parent)
        return f"{name}, {self.named(above.code)}" if above is not None and above.level == "kecamatan" else name

    def kecamatan(self, code: str) -> str | None:
        """Return the code of the kecamatan a place lies in, or None for a city."""
        segments = code.split(".")
        return ".".join(segments[:_KECAMATAN_SEGMENTS]) if len(segments) >= _KECAMATAN_SEGMENTS else None

    def surely(self, text: str, within: str = "") -> str:
        """Return the code of the one place a text surely names, "" if there is none; nothing is guessed at."""
        said = words(text[:LONGEST])
        hits = standing(said, [*self._exact(said, ".".join(within.split(".")[:_CITY_SEGMENTS]))])
        told = self._told(narrowed(hits), within) if hits else None
        return told.matches[0].code if told and told.sure else ""

    def find(self, text: str, within: str = "") -> Found | None:
        """Find the place a text names, in the city of `within` if that is given; None if it names none.

        A name that is inexact, or shared by several places, or one of several unrelated names, is not `sure`.
        """
        said = words(text[:LONGEST])
        city = ".".join(within.split(".")[:_CITY_SEGMENTS])
        hits = standing(said, [*self._exact(said, city)])
        hits += self._slips(said, city, near=hits)
        once = list({(hit.codes, hit.sure): hit for hit in reversed(hits)}.values())[::-1]
        return self._told(narrowed(once), within, several=_are_two(said, hits)) if hits else None

    # --- exact names ----------------------------------------------------------------------------------------

    def _exact(self, said: Sequence[str], city: str) -> Iterator[Hit]:
        at = 0
        while at < len(said):
            hit, width = self._longest(said, at, city)
            if hit is not None:
                elsewhere = said[at + width : at + width + 1]  # "menteng jakarta pusat"
                if not ELSEWHERE.isdisjoint(elsewhere) and elsewhere[0] not in self._names:
                    hit = replace(hit, sure=False)
                told = self._or_longer(said, self._or_other(said, hit, at, width, city), at, width, city)
                yield replace(told, at=at, end=at + width)
            at += width

    def _or_other(self, said: Sequence[str], hit: Hit, at: int, width: int, city: str) -> Hit:
        """Read "bandar lor opo kidul" as either of two that share a name."""
        end = at + width
        if width == 1 or end + 1 >= len(said) or said[end] not in OR:
            return hit
        others = _inside(self._names.get(squashed([*said[at : end - 1], said[end + 1]]), ()), city)
        return replace(hit, codes=tuple(dict.fromkeys((*hit.codes, *others))), sure=hit.sure and not others)

    def _or_longer(self, said: Sequence[str], hit: Hit, at: int, width: int, city: str) -> Hit:
        """Doubt "pahandut sebranng": the word behind a name may be a slip of a longer one's."""
        longer = self._longer.get(squashed(said[at : at + width]), ())
        name = squashed(said[at : at + width + 1]) if longer and at + width < len(said) else ""
        near = [one for one in longer if name and 0 < OSA.distance(name, one) <= _slips_allowed(name)]
        codes = [code for one in near for code in _inside(self._names[one], city)]
        return replace(hit, codes=tuple(dict.fromkeys((*codes, *hit.codes))), sure=False) if codes else hit

    def _longest(self, said: Sequence[str], at: int, city: str) -> tuple[Hit | None, int]:
        """Take the longest name beginning here that its cue allows; its words are used up."""
        levels = level_said(said[at - 1]) if at else None
        doubtful: tuple[Hit | None, int] = (None, 1)
        for width, codes in self._starting(said, at, city):
            if not is_meant(said, at, at + width):
                continue
            fitting = codes if levels is None else tuple(c for c in codes if self._rows[c].level in levels)
            if fitting:
                pair = squashed(said[at : at + width]) not in self._names
                return Hit(fitting, sure=not pair and (at == 0 or not is_doubtful(said, at, width))), width
            if levels == REGENCY:  # "kabupaten kediri" is no city of that name
                return None, width
            doubtful = (Hit(codes, sure=False), width) if doubtful[0] is None else doubtful
        return doubtful

    def _starting(self, said: Sequence[str], at: int, city: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the names that begin at a word, longest first, with the number of words each takes."""
        known: list[tuple[int, tuple[str, ...]]] = []
        if figures := _paired(said, at):
            beside = [figures, *said[at + 2 :]]
            names = ((end, squashed(beside[:end])) for end in (2, 3))
            known += [(end + 1, codes) for end, name in names if (codes := _inside(self._names.get(name, ()), city))]
        for end in range(at + 1, len(said) + 1):
            name = squashed(said[at:end])
            if name not in self._heads:
                break
            codes = _inside(self._names.get(name, ()), city)
            if codes:
                known.append((end - at, codes))
        return reversed(known)

    # --- slips of the pen -----------------------------------------------------------------------------------

    def _slips(self, said: Sequence[str], city: str, near: Sequence[Hit]) -> Iterator[Hit]:
        """Guess at misspelt names: behind "kel." and its like, and in short answers."""
        for at, word in enumerate(said[:-1]):
            levels = level_said(word)
            if levels is not None and not self._begins_name(said, at + 1, city):
                hit = self._alike(said[at + 1 : at + 1 + _WIDEST_SLIP], city, levels, near)
                if hit is not None:
                    yield hit
                    return
        if any(depth(code) > _CITY_SEGMENTS for hit in near for code in hit.codes) or len(said) > SHORT:
            return
        used = {at for hit in near for at in range(hit.at, hit.end)}
        left = core([word for at, word in enumerate(said) if at not in used])
        for start in range(len(left)):
            hit = self._alike(left[start:], city, None, near, least=_LEAST_INSIDE if start or near else LEAST_LETTERS)
            if hit is not None:
                yield hit
                return

    def _begins_name(self, said: Sequence[str], at: int, city: str) -> bool:
        return next(self._starting(said, at, city), None) is not None or level_said(said[at]) is not None

    def _alike(
        self,
        said: Sequence[str],
        city: str,
        levels: frozenset[str] | None,
        near: Sequence[Hit],
        least: int = LEAST_LETTERS,
    ) -> Hit | None:
        """Return the places whose name is most like the first one to three words, the likest first."""
        scores: dict[str, float] = {}
        alone = len(said) == 1 and least == LEAST_LETTERS
        if said and (levels is not None or alone):
            scores = dict.fromkeys(_inside(self._words.get(said[0], ()), city), _ONE_WORD_OF_IT)
        for width in range(1, min(len(said), _WIDEST_SLIP) + 1):
            name = squashed(said[:width])
            for code, score in self._scored(name, city) if len(name) >= least else ():
                scores[code] = max(score, scores.get(code, 0))
        allowed = [code for code in scores if levels is None or self._rows[code].level in levels]
        within = [code for code in allowed if all(related(code, other) for hit in near for other in hit.codes)]
        fitting = within if near and levels is None else within or allowed
        best = sorted(fitting, key=lambda code: (-scores[code], code))[:MOST_MATCHES]
        return Hit(tuple(best), scores[best[0]], sure=False) if best else None

    def _scored(self, name: str, city: str) -> Iterator[tuple[str, float]]:
        if len(name) < LEAST_LETTERS or name[0].isdecimal() or name in ELSEWHERE:
            return
        near = process.extract(name, self._spelt, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=None)
        for spelt, slips, _ in near:
            if 0 < slips <= _slips_allowed(name) and spelt[0] == name[0] and _digits(spelt) == _digits(name):
                yield from ((code, 1 - slips / len(spelt)) for code in _inside(self._names[spelt], city))

    # --- the answer -----------------------------------------------------------------------------------------

    def _told(self, hits: Sequence[Hit], within: str, *, several: bool = False) -> Found:
        deep = max(depth(code) for hit in hits for code in hit.codes)
        deepest = [hit for hit in hits if any(depth(code) == deep for code in hit.codes)]
        consistent = not several and all(fits(one, other) for one in hits for other in hits)
        chosen = deepest[:1] if consistent else [hit for hit in hits if not self._is_city(hit)] or hits
        scores = {code: hit.score for hit in reversed(chosen) for code in hit.codes}
        ordered = list(dict.fromkeys(code for hit in chosen for code in hit.codes))
        ordered.sort(key=lambda code: not code.startswith(within))
        sure = consistent and len(ordered) == 1 and all(hit.sure for hit in hits)
        return Found(tuple(Match(code, self.named(code), scores[code]) for code in ordered[:MOST_MATCHES]), sure)

    def _is_city(self, hit: Hit) -> bool:
        return all(self._rows[code].level in KOTA for code in hit.codes)


def _are_two(said: Sequence[str], hits: Sequence[Hit]) -> bool:
    """Tell that "camat plaju sama lurah plaju ulu" are two offices, and not one place narrowed down."""
    titles = {said[hit.at - 1] for hit in hits if hit.at}
    return not (_OF_KECAMATAN.isdisjoint(titles) or _OF_KELURAHAN.isdisjoint(titles))


def _may_slip(name: str) -> bool:
    """Tell whether a name may be misspelt; one without vowels is like too many others."""
    return len(name) >= LEAST_LETTERS and not name[0].isdecimal() and not VOWELS.isdisjoint(name[1:])


def _paired(said: Sequence[str], at: int) -> str:
    """Read "tiga lima ilir" figure by figure, as the people of Palembang say their kelurahan."""
    match said[at : at + 3]:
        case [tens, ones, "ilir" | "ulu"] if tens.isdecimal() and ones.isdecimal():
            return tens + ones if len(tens + ones) == _TWO_FIGURES else ""
        case _:
            return ""


def _inside(codes: Sequence[str], city: str) -> tuple[str, ...]:
    return tuple(code for code in codes if not city or code == city or code.startswith(city + "."))


def _slips_allowed(name: str) -> int:
    """Allow one wrong, missing or swapped letter, two in a long name: "siang" is not Sialang."""
    return _MOST_SLIPS if len(name) >= _LONG_NAME else 1


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdecimal())
