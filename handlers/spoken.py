"""What the readers of everyday words share: lists of words, and number words written as digits."""

from collections.abc import Mapping, Sequence


def listed(*lines: str) -> frozenset[str]:
    """Return the words of some lines; a long list reads better so than word by word in quotes."""
    return frozenset(word for line in lines for word in line.split())


_DIGITS: Mapping[str, int] = {
    word: value
    for value, words in enumerate(
        (
            "nol",
            "satu siji setunggal sikok asa one",
            "dua loro rong duo two",
            "tiga telu telung tigo talu three",
            "empat papat pat patang ampat epat four",
            "lima limo limang lime five",
            "enam enem nem anam six",
            "tujuh tuju pitu pitung seven",
            "delapan dlapan delapn dlpan wolu wolung walu lapan eight",
            "sembilan smbilan sembilam sanga sangang songo nine",
            "sepuluh spuluh spluh sapuluh sepulu ten",
            "sebelas seblas sblas sewelas sabelas eleven",
            "duabelas duablas rolas twelve",
            "telulas thirteen",
            "patbelas fourteen",
            "limalas limolas fifteen",
            "nembelas sixteen",
            "pitulas seventeen",
            "wolulas eighteen",
            "sangalas songolas nineteen",
            "rongpuluh twenty",
            "selikur salikur",
            "rolikur",
            "telulikur",
            "patlikur",
            "selawe salawi",
            "nemlikur",
            "pitulikur",
            "wolulikur",
            "sangalikur songolikur",
            "telungpuluh thirty",
        )
    )
    for word in words.split()
}
_TEN = 10


_TEENS, _TENS = frozenset({"belas", "welas", "walas"}), frozenset({"puluh", "pulu", "puloh"})
_ENDS = _TEENS | _TENS
_ABOUT = "an"  # "delapanan"


def counted(said: Sequence[str]) -> list[str]:
    """Write number words as digits: "dua puluh tiga", "duapuluh tiga" become 23."""
    if _DIGITS.keys().isdisjoint(said) and not any(word[-5:] in _ENDS or word[-2:] == _ABOUT for word in said):
        return list(said)
    apart = [piece for word in said for piece in _apart(word)]
    digits: list[str] = []
    at = 0
    while at < len(apart):
        value, end = _number(apart, at)
        digits.append(apart[at] if value is None else str(value))
        at = end
    return digits


def _apart(word: str) -> tuple[str, ...]:
    if word[-5:] in _ENDS and word[:-5] in _DIGITS and word not in _DIGITS:
        return word[:-5], word[-5:]
    if word.endswith(_ABOUT) and _DIGITS.get(word.removesuffix(_ABOUT), 0) > 1:  # "satuan" is a unit
        return word.removesuffix(_ABOUT), _ABOUT
    return (word,)


def _number(said: Sequence[str], at: int) -> tuple[int | None, int]:
    value = _DIGITS.get(said[at])
    follower = said[at + 1] if at + 1 < len(said) else ""
    if value is None or value >= _TEN or follower not in _ENDS:
        return value, at + 1
    if follower in _TEENS:
        return value + _TEN, at + 2
    unit = _DIGITS.get(said[at + 2], 0) if at + 2 < len(said) else 0
    return (value * _TEN + unit, at + 3) if 0 < unit < _TEN else (value * _TEN, at + 2)
