"""What the doctor says of a bucket, and the settings of one."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import store
from bot.doctor.finding import Finding, Light
from bot.settings import BucketSettings, Settings, SettingsError, load
from bot.stores import store_of
from storage.evidence import Folder
from tests.bucket.server import Server
from tests.retention.institution import Institution


def look(office: Institution, **changed: object) -> list[Finding]:
    return list(store.look(office.settings.model_copy(update=changed)))


def test_a_bucket_that_does_its_work_is_green_and_nothing_stays_in_it(office: Institution, s3: Server) -> None:
    [found] = look(office)
    assert (found.light, found.about) == (Light.GREEN, "evidence")
    assert s3.files() == {}


def test_a_store_that_is_away_or_does_not_know_us_is_red_and_says_what_to_do(office: Institution, s3: Server) -> None:
    wrong = BucketSettings(key_id="somebody", secret=SecretStr("guessed"), endpoint=s3.endpoint)
    [found] = look(office, bucket=wrong)
    assert (found.light, "SAKSI_BUCKET__KEY_ID" in found.do) == (Light.RED, True)
    [found] = look(office, bucket=None)
    assert (found.light, "SAKSI_BUCKET__SECRET" in found.do) == (Light.RED, True)
    s3.stop()
    [found] = look(office)
    assert (found.light, "look whether it runs" in found.do) == (Light.RED, True)


def test_a_folder_that_was_left_behind_is_red(office: Institution) -> None:
    (office.folder / "evidence" / "ab").mkdir(parents=True)
    assert [one.light for one in look(office)] == [Light.GREEN]
    (office.folder / "evidence" / "ab" / "abcd").write_bytes(b"sealed")
    assert [one.light for one in look(office)] == [Light.GREEN, Light.RED]


def test_a_bucket_without_tls_is_amber_unless_it_is_on_this_machine(office: Institution) -> None:
    far = BucketSettings(key_id="fake-key-id", secret=SecretStr("fake-secret"), endpoint="http://store.invalid:9000")
    assert [one.light for one in look(office, bucket=far)] == [Light.RED, Light.AMBER]


def test_a_folder_of_ours_is_no_matter_of_this(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, state=tmp_path / "state")  # type: ignore[call-arg]  # pydantic-settings' own
    assert list(store.look(settings)) == []
    assert isinstance(store_of(settings), Folder)


@pytest.mark.parametrize(
    "url", ["saksi", "s3://", "https://saksi.example", "s3://Saksi", "s3://saksi/a b", "gs://saksi"]
)
def test_a_store_that_is_none_is_told_with_an_example(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SAKSI_STORE", url)
    with pytest.raises(SettingsError, match="SAKSI_STORE: write s3://"):
        load(None)


def test_a_bucket_without_a_key_opens_nothing(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, state=tmp_path, store="s3://saksi")  # type: ignore[call-arg]  # pydantic-settings' own
    with pytest.raises(SettingsError, match="SAKSI_BUCKET__KEY_ID"):
        store_of(settings)


def test_no_secret_is_in_what_is_printed(s3: Server) -> None:
    settings = s3.given("a")
    assert "fake-secret" not in repr(settings)
    assert "fake-secret" not in repr(s3.store().__dict__)
