"""Nobody changes what was done at a desk without its showing."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.audit import START, link, verify

EVENTS = st.lists(st.binary(max_size=40), min_size=1, max_size=20)
Chain = list[tuple[bytes, bytes]]


def chained(events: list[bytes]) -> Chain:
    chain, previous = [], START
    for event in events:
        previous = link(previous, event)
        chain.append((event, previous))
    return chain


@given(EVENTS)
def test_an_honest_chain_holds(events: list[bytes]) -> None:
    chain = chained(events)
    assert verify(chain) is None
    assert verify(chain, anchor=chain[-1][1]) is None


@given(EVENTS, st.data(), st.binary(max_size=40))
def test_a_changed_event_is_found_where_it_is(events: list[bytes], data: st.DataObject, other: bytes) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    assume(events[place] != other)
    chain = chained(events)
    chain[place] = other, chain[place][1]
    assert verify(chain) == place


@given(EVENTS, st.data())
def test_a_dropped_event_is_found(events: list[bytes], data: st.DataObject) -> None:
    chain = chained([*events, b"last"])
    place = data.draw(st.integers(0, len(events) - 1))
    del chain[place]
    assert verify(chain) == place


def test_swapped_events_are_found() -> None:
    one, two, three = chained([b"a", b"b", b"c"])
    assert verify([one, three, two]) == 1


@given(EVENTS)
def test_only_an_anchor_shows_that_the_end_is_missing(events: list[bytes]) -> None:
    chain = chained([*events, b"last"])
    anchor = chain.pop()[1]
    assert verify(chain) is None
    assert verify(chain, anchor) == len(chain)


def test_a_chain_written_anew_misses_its_anchor() -> None:
    anchor = chained([b"a", b"b"])[-1][1]
    assert verify(chained([b"x", b"b"]), anchor) == 2


def test_an_empty_chain_holds() -> None:
    assert verify([]) is None


def test_a_link_has_one_size() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        link(b"short", b"event")
