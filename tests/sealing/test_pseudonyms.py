"""People are named by a key that soon is gone; without it names say nothing and drafts stay shut."""

import os
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.box import SMALLEST, Box, bucket
from storage.errors import Sealed
from storage.pseudonym import DaySalt, Key

SECRETS = st.binary(min_size=32, max_size=32)
SHARE = st.floats(0, 1, exclude_max=True)
BOX = Box(bytes(32))


@given(SECRETS, st.text(), st.text())
def test_a_name_is_stable_under_its_key(secret: bytes, channel: str, person: str) -> None:
    name = Key(secret).pseudonym(channel, person)
    assert len(name) == 16
    assert name == Key(secret).pseudonym(channel, person)


@given(SECRETS, SECRETS, st.text())
def test_names_under_two_keys_do_not_meet(one: bytes, other: bytes, person: str) -> None:
    assume(one != other)
    assert Key(one).pseudonym("telegram", person) != Key(other).pseudonym("telegram", person)


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_no_two_people_share_a_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    assume(one != other)
    key = Key(bytes(32))
    assert key.pseudonym(*one) != key.pseudonym(*other)


def test_channel_and_person_cannot_be_shifted() -> None:
    key = Key(bytes(32))
    assert key.pseudonym("a", "bc") != key.pseudonym("ab", "c")


@given(st.binary(max_size=9000), SECRETS, SECRETS)
def test_a_draft_does_not_open_under_another_key(draft: bytes, kept: bytes, lost: bytes) -> None:
    assume(kept != lost)
    name = Key(lost).pseudonym("telegram", "777000777")
    blob = Key(lost).box(name).seal(draft, b"draft")
    assert Key(lost).box(name).open(blob, b"draft") == draft
    with pytest.raises(Sealed):
        Key(kept).box(name).open(blob, b"draft")


def test_a_draft_does_not_open_for_another_conversation() -> None:
    key = Key(bytes(32))
    blob = key.box(b"a" * 16).seal(b"hujan", b"draft")
    with pytest.raises(Sealed):
        key.box(b"b" * 16).open(blob, b"draft")


@given(st.binary(max_size=3000), SHARE, st.integers(0, 7))
def test_a_box_notices_a_flipped_bit(data: bytes, share: float, bit: int) -> None:
    blob = bytearray(BOX.seal(data, b"draft"))
    blob[int(share * len(blob))] ^= 1 << bit
    with pytest.raises(Sealed):
        BOX.open(bytes(blob), b"draft")


@given(st.binary(max_size=3000), SHARE)
def test_a_box_notices_a_missing_end(data: bytes, share: float) -> None:
    blob = BOX.seal(data, b"draft")
    with pytest.raises(Sealed):
        BOX.open(blob[: int(share * len(blob))], b"draft")


@given(st.binary(max_size=60))
def test_a_box_does_not_stumble_over_rubbish(blob: bytes) -> None:
    with pytest.raises(Sealed):
        BOX.open(blob, b"draft")


def test_a_row_moved_to_another_place_stays_shut() -> None:
    blob = BOX.seal(b"hujan", b"draft")
    with pytest.raises(Sealed):
        BOX.open(blob, b"trace")


@given(st.integers(0, 1 << 30))
def test_sizes_of_boxes_are_powers_of_two(size: int) -> None:
    assert bucket(size).bit_count() == 1
    assert max(size, SMALLEST) <= bucket(size) < 2 * max(size, SMALLEST)


def test_one_answer_more_does_not_show_in_the_length() -> None:
    assert len({len(BOX.seal(b"x" * size, b"")) for size in range(0, SMALLEST + 1, 31)}) == 1


def test_the_same_words_never_look_the_same() -> None:
    assert BOX.seal(b"hujan", b"") != BOX.seal(b"hujan", b"")


@pytest.mark.parametrize("size", [0, 16, 33])
def test_short_and_long_keys_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key(bytes(size))
    with pytest.raises(ValueError, match="32 bytes"):
        Box(bytes(size))


def test_a_key_does_not_show_itself() -> None:
    secret = os.urandom(32)
    assert secret.hex() not in repr(Key(secret))
    assert repr(secret) not in repr(Key(secret))


def test_a_key_refuses_to_be_written_out() -> None:
    for held in (Key(bytes(32)), BOX):
        with pytest.raises(TypeError):
            pickle.dumps(held)


def test_names_for_limits_last_a_day() -> None:
    salt, monday = DaySalt(), date(2026, 11, 9)
    name = salt.pseudonym("whatsapp", "628000000000", monday)
    assert salt.pseudonym("whatsapp", "628000000000", monday) == name
    assert salt.pseudonym("whatsapp", "628000000000", monday + timedelta(days=1)) != name
    assert salt.pseudonym("whatsapp", "628000000000", monday) != name, "yesterday's salt is gone for good"
