"""What gives a reporter away can be cut out whole, and whatever else was said stays."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.disclosure import CUT_OUT, without
from handlers.self_disclosure import find

GIVEN_AWAY = (
    "nama saya Budi Santoso", "saya guru di SDN 4", "hp saya 0812-0000-0000", "cuma saya yang tahu", "atasan saya",
    "rumah saya di jalan Merpati 3", "budi@example.org", "hormat saya,\nBudi Santoso", "ig saya @budi_x",
)  # fmt: skip
texts = st.lists(st.one_of(st.text(max_size=40), st.sampled_from(GIVEN_AWAY)), max_size=6).map(". ".join)


@given(texts)
def test_after_cutting_nothing_is_found_and_nothing_is_added(text: str) -> None:
    cut = without(text)
    assert not find(cut)
    assert len(cut) <= len(text)
    assert cut == text if not find(text) else CUT_OUT in cut


@given(st.sampled_from(GIVEN_AWAY))
def test_what_stands_around_it_stays(part: str) -> None:
    cut = without(f"Kemarin lurah membagi beras.\n{part}\nBanyak warga melihat.")
    assert cut.startswith("Kemarin lurah membagi beras.\n")
    assert cut.endswith("\nBanyak warga melihat.")
