"""The ticket's code: 15 Crockford symbols and a check, read back however people type it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NewType

from msgspec import Struct

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS: Final = 15

Code = NewType("Code", str)
"""A ticket's 16 canonical symbols, the last one the check. Whoever has it reads the answers: never logged."""


class Mistyped(Struct, frozen=True):
    """The message is meant as a ticket, but a symbol is wrong, missing or too many."""


_BASE: Final = len(ALPHABET)
_GROUP: Final = 4
_LONGEST_MESSAGE: Final = 120
_TELLING_GROUPS: Final = 2

_LOOK_ALIKES = str.maketrans("OIL", "011")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_LEAD = re.compile(r"^/?(?:(?:KODE|CEK|CODE|CHECK|TIKET|TICKET|STATUS|NOMOR|SAYA|MY)\b[\s:=#]*)+")
_GAPS = re.compile(r"[\s._\-\u2010-\u2015\u2212]+")
_SHELL = "\"'`*()[]<>\u00ab\u00bb\u2018\u2019\u201c\u201d,;:.!?_-\u2013\u2014 \t\n"
# Addresses mix them too, "RT03 RW05 Desa Arab"; such a group tells nothing.
_MIXED = re.compile(r"(?!R[TW][0-9]+$)(?=.*[2-9])(?=.*[A-HJKMNP-Z])[0-9A-Z]+")
_WORDLIKE = re.compile(r"[A-Z]{6,}|[0-9]{6,}|.{1,2}")
_MEANT_LENGTHS: Final = range(SYMBOLS, SYMBOLS + 3)


def spell(symbols: Sequence[int]) -> str:
    """Write 15 numbers of 0 to 31 as a ticket, `7KQ2-M9XT-0CVB-4RHP`; raises ValueError for anything else."""
    if len(symbols) != SYMBOLS or not all(0 <= symbol < _BASE for symbol in symbols):
        raise ValueError(f"a ticket is made of {SYMBOLS} numbers from 0 to {_BASE - 1}")
    return shown(Code("".join(ALPHABET[symbol] for symbol in (*symbols, _check(symbols)))))


def shown(code: Code) -> str:
    """Write a code in groups of four, as people see it."""
    return "-".join(_fours(code))


def recognisable(code: Code) -> bool:
    """Tell whether a code can never be taken for a NIK, a phone number or a sentence.

    At least three of its groups mix a letter with a digit that no letter is mistaken for, so that two still do after a
    wrong symbol; and after a swap of neighbours too, also of two from different groups. Whoever issues draws again
    where this fails: two codes in five, 0.7 bit of 75.
    """
    return _telling(_fours(code)) > _TELLING_GROUPS and all(
        _telling(_fours(_swapped(code, place))) >= _TELLING_GROUPS for place in range(_GROUP - 1, SYMBOLS, _GROUP)
    )


def _swapped(code: str, place: int) -> str:
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def read(text: str) -> Code | Mistyped | None:
    """Read a whole message as a ticket: its code, or that it was meant as one, or None for anything else.

    Case, spaces, dashes, dots and a leading "kode" are ignored; O reads as 0, I and L as 1. The check catches
    every single wrong symbol and every swap of neighbours except 0 with Z.
    """
    groups = _groups(text)
    symbols = "".join(groups).translate(_LOOK_ALIKES)
    if len(symbols) not in _MEANT_LENGTHS or not _like_a_ticket(groups):
        return None
    return Code(symbols) if len(symbols) == SYMBOLS + 1 and _valid(symbols) else Mistyped()


def _groups(text: str) -> list[str]:
    """Split a message into what may be a ticket's groups."""
    if len(text) > _LONGEST_MESSAGE:
        return []
    plain = unicodedata.normalize("NFKC", text).translate(_UNSEEN).upper().strip(_SHELL)
    groups = _GAPS.split(_LEAD.sub("", plain).strip(_SHELL))
    spelled_out = all(len(group) == 1 for group in groups)
    return ["".join(groups)] if spelled_out else groups


def _like_a_ticket(groups: Sequence[str]) -> bool:
    """Tell codes from sentences: words and numbers keep letters and digits apart, a code mixes them."""
    if _telling(groups) < _TELLING_GROUPS:
        return False
    return len(groups) == 1 or not any(_WORDLIKE.fullmatch(group) for group in groups)


def _telling(groups: Sequence[str]) -> int:
    """Count what no word and no number looks like: four symbols that mix letters with digits."""
    return sum(_MIXED.fullmatch(four) is not None for group in groups for four in _fours(group))


def _fours(symbols: str) -> list[str]:
    if len(symbols) <= _GROUP + 1:
        return [symbols]
    return [symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP)]


def _valid(symbols: str) -> bool:
    if not set(symbols) <= set(ALPHABET):
        return False
    *body, check = map(ALPHABET.index, symbols)
    return check == _check(body)


def _check(symbols: Sequence[int]) -> int:
    """Compute Luhn's check in base 32 (Luhn mod N): doubled from the right, digits summed."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        total += sum(divmod(symbol * 2, _BASE)) if place % 2 == 0 else symbol
    return -total % _BASE
