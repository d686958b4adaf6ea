"""What is sealed opens for the right key alone, unchanged, and its length tells nothing."""

import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.errors import Sealed
from storage.vault import (
    FLOOR,
    identity_from_seed,
    is_recipient,
    new_identity,
    open_sealed,
    pad,
    padded,
    public_of,
    seal,
    unpad,
)

DESK, RECOVERY, STRANGER = (new_identity() for _ in range(3))
SHARE = st.floats(0, 1, exclude_max=True)


@given(st.binary(max_size=20_000))
def test_padding_comes_off_again(data: bytes) -> None:
    assert unpad(pad(data)) == data


@given(st.integers(0, 1 << 40))
def test_padding_grows_with_the_size_and_costs_at_most_an_eighth(size: int) -> None:
    assert max(size, FLOOR) <= padded(size) <= padded(size + 1)
    assert padded(size) <= max(FLOOR, size * 1.125)


@pytest.mark.parametrize("size", [0, 1, 7, 100])
def test_padding_of_others_is_refused(size: int) -> None:
    with pytest.raises(Sealed):
        unpad(b"\xff" * size)


def test_padding_that_hides_something_is_refused() -> None:
    with pytest.raises(Sealed):
        unpad(pad(b"hujan")[:-1] + b"x")


@given(st.binary(max_size=5000))
def test_each_recipient_opens_and_nobody_else(data: bytes) -> None:
    blob = seal(data, [DESK[1], RECOVERY[1]])
    assert open_sealed(blob, [DESK[0]]) == open_sealed(blob, [RECOVERY[0]]) == data
    assert open_sealed(blob, [STRANGER[0], DESK[0]]) == data
    with pytest.raises(Sealed):
        open_sealed(blob, [STRANGER[0]])


@given(st.binary(max_size=5000), SHARE, st.integers(0, 7))
def test_a_flipped_bit_is_noticed(data: bytes, share: float, bit: int) -> None:
    blob = bytearray(seal(data, [DESK[1]]))
    blob[int(share * len(blob))] ^= 1 << bit
    with pytest.raises(Sealed):
        open_sealed(bytes(blob), [DESK[0]])


@given(st.binary(max_size=5000), SHARE)
def test_a_missing_end_is_noticed(data: bytes, share: float) -> None:
    blob = seal(data, [DESK[1]])
    with pytest.raises(Sealed):
        open_sealed(blob[: int(share * len(blob))], [DESK[0]])


@given(st.binary(max_size=2000))
def test_rubbish_is_no_surprise(blob: bytes) -> None:
    with pytest.raises(Sealed):
        open_sealed(blob, [DESK[0]])


def payload(blob: bytes) -> int:
    """Length behind the header, into which age mixes a stanza of random length on purpose."""
    return len(blob) - blob.index(b"\n", blob.index(b"\n---"))


def test_all_texts_up_to_four_kilobytes_have_one_length() -> None:
    sizes = [*range(0, 4096, 61), 4095, 4096]
    assert len({payload(seal(b"x" * size, [DESK[1]])) for size in sizes}) == 1


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(ValueError, match="at least one age public key"):
        seal(b"hujan", [])


@pytest.mark.parametrize(
    "key", ["", "age1", "hujan", DESK[0], DESK[1].upper()[:-1]], ids=("nothing", "short", "word", "private", "cut")
)
def test_nothing_is_sealed_to_what_is_no_key(key: str) -> None:
    assert not is_recipient(key)
    with pytest.raises(ValueError, match="at least one age public key"):
        seal(b"hujan", [DESK[1], key])


@pytest.mark.parametrize("key", ["", "hujan", DESK[1]], ids=("nothing", "word", "public"))
def test_what_is_no_private_key_opens_nothing(key: str) -> None:
    with pytest.raises(Sealed):
        open_sealed(seal(b"hujan", [DESK[1]]), [key])
    with pytest.raises(Sealed):
        public_of(key)


def test_without_a_key_nothing_opens() -> None:
    with pytest.raises(Sealed):
        open_sealed(seal(b"hujan", [DESK[1]]), [])


def test_what_goes_wrong_does_not_quote_the_key() -> None:
    with pytest.raises(Sealed) as caught:
        public_of(DESK[0][:-1])
    assert DESK[0][15:30] not in str(caught.value)
    assert caught.value.__suppress_context__


@given(st.binary(min_size=32, max_size=32))
def test_a_seed_is_a_private_key_that_age_reads(seed: bytes) -> None:
    private = identity_from_seed(seed)
    blob = seal(b"hujan", [public_of(private)])
    assert open_sealed(blob, [private]) == b"hujan"


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_two_seeds_are_two_keys(one: bytes, other: bytes) -> None:
    assume(one != other)
    assert identity_from_seed(one) != identity_from_seed(other)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        identity_from_seed(bytes(size))


def test_the_vault_is_light_enough_for_a_child_a_job() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, storage.vault; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert not {"nacl", "msgspec", "sqlalchemy", "asyncio"} & set(found.stdout.split())
