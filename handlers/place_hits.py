"""Names found in a text, and which of them stand: not those taken back, each narrowed down by the others."""

from collections.abc import Sequence

from msgspec import Struct

from handlers.place_words import DENIED, TAKEN_BACK

_NEAR = 3  # words from "bukan" to a place
_LONGEST_CORRECTION = 8  # words between a place and the one meant instead


class Hit(Struct, frozen=True):
    """Codes that one name in the text stands for, equally good."""

    codes: tuple[str, ...]
    score: float = 1.0
    sure: bool = True
    at: int = 0
    end: int = 0


def standing(said: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """Leave out what was taken back: "langkai eh bukan, panarung", "bukan di pahandut tapi di menteng"."""
    left: list[Hit] = []
    for at, hit in enumerate(hits):
        before = said[hits[at - 1].end if at else 0 : hit.at]
        taken_back = at > 0 and len(before) <= _LONGEST_CORRECTION and _is_correction(before)
        left = left[:-1] if taken_back else left
        if DENIED.isdisjoint(before[-_NEAR:]) or taken_back:
            left.append(hit)
    return left or hits


def _is_correction(said: Sequence[str]) -> bool:
    return any(
        word in TAKEN_BACK and not (word == "salah" and "1" in said[at + 1 : at + 2]) for at, word in enumerate(said)
    )


def related(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def fits(one: Hit, other: Hit) -> bool:
    return any(related(code, beside) for code in one.codes for beside in other.codes)


def narrowed(hits: Sequence[Hit]) -> list[Hit]:
    """Let names explain each other: in "sukamaju, sako" Sako is the kecamatan."""
    left = []
    for hit in hits:
        codes = tuple(
            code
            for code in hit.codes
            if all(any(related(code, beside) for beside in other.codes) for other in hits if other is not hit)
        )
        left.append(Hit(codes or hit.codes, hit.score, hit.sure))
    return left
