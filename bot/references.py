"""Two Indonesian words to call a tip by, random: nobody can count tips by them, and everybody can say them."""

from collections.abc import Callable, Iterator

TRIES = 64
THINGS = tuple(
    """
    rotan bambu jati meranti ulin sagu nipah enau kelapa pinang cengkih pala lada kunyit jahe serai padi
    jagung kopi teh kakao karet sawit damar kenanga melati cempaka kamboja teratai anggrek seruni bakung
    kecubung perahu layar dayung jangkar tambat dermaga sampan rakit jembatan gapura pendopo joglo rumah
    tangga tikar tampah bakul tempayan gentong lesung periuk anyaman batik tenun songket ikat selendang
    ukiran gamelan
    """.split()  # noqa: SIM905  # fifty quoted words read worse
)
TIMES = tuple(
    """
    fajar pagi siang senja malam subuh mentari rembulan bintang kejora embun kabut hujan gerimis pelangi
    awan angin badai guntur kilat ombak pasang surut muara hulu hilir lembah bukit gunung rimba savana
    pantai pulau teluk tanjung karang laguna telaga danau sungai kali parit sawah ladang kebun taman
    halaman jalan simpang
    """.split()  # noqa: SIM905  # fifty quoted words read worse
)


def references(below: Callable[[int], int]) -> Iterator[str]:
    """Draw references for ever, for the first that no other tip of the desk has; `below(n)` draws from 0 to n-1.

    Where nearly all pairs are taken, a third word follows.
    """
    for _ in range(TRIES):
        yield f"{THINGS[below(len(THINGS))]}-{TIMES[below(len(TIMES))]}"
    while True:
        yield f"{THINGS[below(len(THINGS))]}-{TIMES[below(len(TIMES))]}-{TIMES[below(len(TIMES))]}"
