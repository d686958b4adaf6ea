"""Everything that is installed with Saksi may be, and docs/licences.md names it with its licence."""

import re

import pytest

from tests.house.licences import PAGE, document, licence, locked, unfit

ROW = re.compile(r"^\| ([a-z0-9-]+) \| (.+) \|$", re.MULTILINE)


def test_every_locked_package_is_listed_with_its_licence() -> None:
    assert dict(ROW.findall(PAGE.read_text("utf8"))) == dict(ROW.findall(document())), "python -m tests.house"


@pytest.mark.parametrize("name", [one.name for one in locked()])
def test_it_may_go_along_with_ours(name: str) -> None:
    assert not unfit(licence(name)), licence(name)


@pytest.mark.parametrize("expression", ["GPL-2.0-only", "SSPL-1.0", "MIT AND Proprietary", "CC-BY-NC-4.0"])
def test_what_may_not_is_noticed(expression: str) -> None:
    assert unfit(expression)
