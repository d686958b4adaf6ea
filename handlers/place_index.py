"""The names that places answer to, made ready to search: everyday, official, short, and single words of long ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from handlers.place_words import KOTA, PLAIN_WORDS, is_plain, squashed, words

VOWELS = frozenset("aiueo")
LEAST_BARE = 3  # letters left of the first word of a name
LEAST_LETTERS = 4  # of a word that may stand for a name, or be a slip of the pen
# Javanese hums before these: "mbandar lor", "ndandangan".
_HUMMED: Mapping[str, str] = {"b": "m", "d": "n", "g": "ng", "j": "n"}


class Place(Struct, frozen=True):
    """One row of the table: `name` is the everyday name, `also` are nicknames and short forms."""

    code: str
    level: str
    parent: str
    name: str
    official: str
    also: tuple[str, ...] = ()


def by_name(rows: Iterable[Place]) -> Mapping[str, tuple[str, ...]]:
    """Index every name of every place; a place of its own name stands before one of that first part."""
    names: dict[str, list[str]] = {}
    partial: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (depth(row.code), row.code)):
        for said in _names_of(row):
            names.setdefault(squashed(said), []).append(row.code)
            for short in _shorter(said):
                partial.setdefault(short, []).append(row.code)
    for short, codes in partial.items():
        names.setdefault(short, []).extend(codes)
    return {name: tuple(dict.fromkeys(codes)) for name, codes in names.items() if name}


def _names_of(row: Place) -> Iterator[list[str]]:
    for name in (row.name, row.official, *row.also):
        said = words(name.partition("(")[0])
        yield said
        yield from _without_vowels(said)
        if row.level not in KOTA and said[0][:1] in _HUMMED:
            yield [_HUMMED[said[0][0]] + said[0], *said[1:]]
        if row.level in KOTA and said[:1] in (["kota"], ["kabupaten"]) and len(said) > 1:
            yield said[1:]
        match said:
            case [number, "ilir" | "ulu" as side] if number.isdecimal():
                yield [side, number]


def _without_vowels(said: Sequence[str]) -> Iterator[list[str]]:
    """Yield "jkn raya", "jkn ry", "pnrng": names are typed without vowels, their first letter kept."""
    bare = [word[0] + "".join(letter for letter in word[1:] if letter not in VOWELS) for word in said]
    plain = " ".join(said) in PLAIN_WORDS or any(map(is_plain, said))
    if plain or len(bare[0]) < LEAST_BARE or len("".join(bare)) < LEAST_LETTERS:
        return
    yield bare
    yield [bare[0], *said[1:]]
    if len(said) > 1 and len(bare[-1]) >= LEAST_BARE:
        yield [said[0], *bare[1:]]


def _shorter(said: Sequence[str]) -> Iterator[str]:
    """Yield "20 ilir" for "20 ilir 3", "ilir barat" for "ilir barat 1": one of several, so never certain."""
    match said:
        case [first, second, part] if part.isdecimal():
            yield squashed((first, second))


def by_word(rows: Iterable[Place]) -> Mapping[str, tuple[str, ...]]:
    """Index the single words of longer names: "kereng" for Kereng Bangkirai."""
    index: dict[str, list[str]] = {}
    for row in rows:
        said = words(row.name.partition("(")[0])
        if row.level in KOTA or len(said) == 1:
            continue
        for word in said:
            if len(word) >= LEAST_LETTERS:
                index.setdefault(word, []).append(row.code)
    return {word: tuple(codes) for word, codes in index.items()}


def longer_names(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Index the names that begin with another: "pahandutseberang" by "pahandut"."""
    known = set(names)
    longer: dict[str, list[str]] = {}
    for name in known:
        for end in range(LEAST_LETTERS, len(name)):
            if name[:end] in known:
                longer.setdefault(name[:end], []).append(name)
    return {name: sorted(others) for name, others in longer.items()}


def depth(code: str) -> int:
    return code.count(".")
