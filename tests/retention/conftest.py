"""Institutions that had a busy week, and empty machines, on both databases."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.retention.institution import Institution
from tests.storage.conftest import BOTH, cluster

__all__ = ["cluster"]

Open = Callable[[str, str], Institution]


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the institution has."""
    return str(request.param)


@pytest.fixture
def machine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Set up a machine by its name, with a database of this kind that has no tables."""
    with ExitStack() as stack:

        def empty(name: str, kind: str) -> Institution:
            url = f"sqlite:///{tmp_path / name / 'saksi.db'}"
            if kind == "postgres":
                url = request.getfixturevalue("cluster").empty()
            made = Institution(tmp_path / name, url)
            stack.callback(made.database.close)
            return made

        yield empty


@pytest.fixture
def office(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Institution]:
    """An institution that has keys and tables, and no tip yet."""
    url = f"sqlite:///{tmp_path / 'office' / 'saksi.db'}"
    if kind == "postgres":
        url = request.getfixturevalue("cluster").migrated()
    office = Institution(tmp_path / "office", url)
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("model"), office.folder / "saksi.db")
    office.make_keys()
    yield office
    office.database.close()
