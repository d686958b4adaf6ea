"""The tables that ship with Saksi hold together."""

from datetime import date
from pathlib import Path

from bot.data import tables

MENU = ("medsos", "kampanye", "ajakan", "fasilitas", "uang", "apk", "simbol", "partai", "jabatan", "lain")


def test_every_category_names_only_rules_that_exist_and_every_rule_says_where_it_is_from() -> None:
    violations = tables.violations()
    codes = [rule.code for rule in violations.legal]
    assert tuple(category.id for category in violations.menu) == MENU
    assert len(codes) == len(set(codes))
    assert {code for category in violations.menu for code in category.legal_codes} <= set(codes)
    assert all(rule.rule and rule.source and rule.confidence[:1] in {"V", "R"} for rule in violations.legal)


def test_the_violations_say_when_they_were_looked_up() -> None:
    assert tables.violations().checked >= date(2026, 11, 21)


def test_every_place_has_its_parent_in_the_table_and_a_code_of_its_own() -> None:
    rows = tables.rows()
    codes = {row.code for row in rows}
    assert len(codes) == len(rows)
    assert all(row.parent in codes and row.code.startswith(row.parent + ".") for row in rows if row.parent)
    assert {row.code for row in rows if not row.parent} == set(tables.cities())


def test_a_deployments_own_table_needs_neither_bps_codes_nor_nicknames(tmp_path: Path) -> None:
    path = tmp_path / "places.tsv"
    path.write_text("code\tlevel\tparent\tofficial\tcommon\n11.01\tkabupaten\t\tContoh\tKabupaten Contoh\n", "utf8")
    found = tables.places(path).find("contoh")
    assert found is not None
    assert found.matches[0].name == "Kabupaten Contoh"
