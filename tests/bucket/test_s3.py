"""The bucket as a store: what it keeps, what it forgets, and one line for everything that may be wrong with it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from storage.errors import Gone, Unreached
from tests.bucket.server import BUCKET, KEY_ID, SECRET, Server

TODAY = date.today()  # noqa: DTZ011  # the server goes by the clock of this machine
TOMORROW = TODAY + timedelta(days=1)


def test_what_was_put_comes_back_as_it_was_and_lies_under_the_same_name_as_in_a_folder(s3: Server) -> None:
    store = s3.store()
    store.put("Ab-_9xyz", b"sealed" * 1000, TODAY)
    assert store.get("Ab-_9xyz") == b"sealed" * 1000
    store.put("Ab-_9xyz", b"again", TODAY)
    assert store.get("Ab-_9xyz") == b"again"
    assert s3.files() == {"evidence/Ab/Ab-_9xyz": b"again"}


def test_a_file_as_big_as_they_come_goes_through(s3: Server) -> None:
    blob = bytes(range(256)) * (100 << 10)
    s3.store().put("big1", blob, TODAY)
    assert s3.store().get("big1") == blob


def test_what_was_dropped_is_gone_and_dropping_twice_harms_nothing(s3: Server) -> None:
    store = s3.store()
    store.put("abcd", b"sealed", TODAY)
    for name in ("abcd", "abcd", "never-there"):
        store.drop(name)
    with pytest.raises(Gone):
        store.get("abcd")
    assert s3.files() == {}


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc/passwd", "a b", "x.part", "-", "é", "a\n"])
def test_no_name_leads_out_of_the_folder(s3: Server, name: str) -> None:
    store = s3.store()
    for touch in (lambda: store.put(name, b"", TODAY), lambda: store.get(name), lambda: store.drop(name)):
        with pytest.raises(ValueError, match="name"):
            touch()
    assert s3.files() == {}


def test_files_of_earlier_days_are_named_and_nothing_that_is_not_ours(s3: Server) -> None:
    store, elsewhere = s3.store(), s3.store(prefix="other")
    names = {f"file{number:04}" for number in range(1100)}  # more than one answer holds
    for name in names:
        (s3.folder / BUCKET / "evidence" / name[:2]).mkdir(parents=True, exist_ok=True)
        (s3.folder / BUCKET / "evidence" / name[:2] / name).write_bytes(b"x")
    elsewhere.put("theirs", b"sealed", TODAY)
    (s3.folder / BUCKET / "evidence" / "readme.txt").write_text("not ours")
    (s3.folder / BUCKET / "evidence" / "zz").mkdir()
    (s3.folder / BUCKET / "evidence" / "zz" / "abcd").write_text("in the wrong place")
    assert list(store.older(TODAY)) == []
    assert set(store.older(TOMORROW)) == names


def test_the_bucket_itself_may_be_the_folder(s3: Server) -> None:
    store = s3.store(prefix="")
    store.put("abcd", b"sealed", TODAY)
    assert s3.files() == {"ab/abcd": b"sealed"}
    assert list(store.older(TOMORROW)) == ["abcd"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ((BUCKET, "somebody", SECRET), "SAKSI_BUCKET__KEY_ID"),
        ((BUCKET, KEY_ID, "guessed"), "SAKSI_BUCKET__SECRET"),
        (("elsewhere", KEY_ID, SECRET), "make that bucket"),
    ],
)
def test_whatever_is_wrong_with_it_is_one_line_that_says_what_to_do(
    s3: Server, wrong: tuple[str, str, str], told: str
) -> None:
    s3.store().put("abcd", b"sealed", TODAY)
    bucket, key, secret = wrong
    store = s3.store(bucket, key=key, secret=secret)
    for touch in (
        lambda: store.put("abef", b"x", TODAY), lambda: store.get("abcd"), lambda: store.drop("abcd"),
        lambda: list(store.older(TOMORROW)), store.tried,
    ):  # fmt: skip
        with pytest.raises(Unreached, match=told) as raised:
            touch()
        assert "\n" not in str(raised.value)
        assert raised.value.__cause__ is None, "what the library says quotes whole answers"
    assert s3.files() == {"evidence/ab/abcd": b"sealed"}, "a wrong bucket is no reason to call a file gone"


def test_a_server_that_is_away_is_no_reason_to_call_a_file_gone_and_then_it_is_there_again(s3: Server) -> None:
    store = s3.store()
    store.put("abcd", b"sealed", TODAY)
    s3.stop()
    for touch in (lambda: store.put("abef", b"x", TODAY), lambda: store.get("abcd"), lambda: store.drop("abcd")):
        with pytest.raises(Unreached, match="does not answer"):
            touch()
    with pytest.raises(Unreached, match="does not answer"):
        list(store.older(TOMORROW))
    s3.start()
    assert store.get("abcd") == b"sealed"


def test_while_one_asks_a_store_that_hangs_all_others_are_told_at_once(s3: Server) -> None:
    store = s3.store(longest=timedelta(seconds=10))
    with s3.frozen(), ThreadPoolExecutor(1) as pool:
        with pytest.raises(Unreached, match="does not answer"):
            store.put("abcd", b"sealed", TODAY)
        asks = pool.submit(store.put, "abcd", b"sealed", TODAY)
        while not asks.running():
            time.sleep(0.01)
        time.sleep(0.5)
        for _ in range(100):
            with pytest.raises(Unreached, match="does not answer"):
                store.get("abcd")
        assert not asks.done(), "who was told did not wait for who asks"
        with pytest.raises(Unreached):
            asks.result()
    # Another file: of one whose sender hung up this server drops what it had, whatever came since.
    store.put("efgh", b"sealed", TODAY)
    assert store.get("efgh") == b"sealed"


def test_trying_it_leaves_nothing_behind(s3: Server) -> None:
    assert s3.store().tried() is False
    assert s3.files() == {}
