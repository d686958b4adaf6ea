"""The rules of the house that no linter keeps."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from storage.models import METADATA

ROOT = Path(__file__).parents[1]
HEAVY = ("aiogram", "telegram", "matplotlib", "av", "typst")
CLASSES = {"random", "keyed", "sealed", "coarse", "plain"}


def saksi(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # our own code


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = f"import sys, bot.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert loaded.stdout.strip() == "[]"


def settings(model: type, prefix: str = PREFIX) -> set[str]:
    """Every setting's full name."""
    names: set[str] = set()
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]  # pydantic's
        kinds = [kind for kind in (field.annotation, *getattr(field.annotation, "__args__", ())) if kind]
        groups = [kind for kind in kinds if hasattr(kind, "model_fields")]
        full = f"{prefix}{name.upper()}"
        names |= settings(groups[0], f"{full}__") if groups else {full}
    return names


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^#?(SAKSI_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(settings(Settings))


def test_every_column_is_classified() -> None:
    rows = re.findall(r"^\| (\w+\.\w+) \| (\w+) \|", (ROOT / "docs/columns.md").read_text(), re.MULTILINE)
    assert {name for name, _ in rows} == {
        f"{table}.{c.name}" for table, t in METADATA.tables.items() for c in t.columns
    }
    assert {kind for _, kind in rows} <= CLASSES


def test_every_blob_that_holds_words_is_sealed_and_says_so() -> None:
    rows = dict(re.findall(r"^\| (\w+\.\w+) \| (\w+) \|", (ROOT / "docs/columns.md").read_text(), re.MULTILINE))
    assert {kind for name, kind in rows.items() if name.endswith((".body", ".payload", ".address"))} == {"sealed"}


def test_no_table_is_numbered_in_order_of_arrival() -> None:
    tables = METADATA.tables.values()
    assert all(table.dialect_kwargs["sqlite_with_rowid"] is False for table in tables)
    assert not any(column.autoincrement is True for table in tables for column in table.columns)


def named_commands() -> list[tuple[str, ...]]:
    """Every `saksi ...` that README shows."""
    found = re.findall(r"saksi ((?:[a-z]+ ?)+)", (ROOT / "README.md").read_text())
    known = {
        "init",
        "run",
        "backup",
        "restore",
        "sweep",
        "keys",
        "unlock",
        "lock",
        "intake",
        "desk",
        "officer",
        "places",
        "poster",
        "demo",
        "doctor",
        "migrate",
    }
    words = [line.split() for line in found]
    return sorted({tuple(word[:2] if word[0] == "officer" else word[:1]) for word in words if word[0] in known})


@pytest.mark.parametrize("command", named_commands(), ids=" ".join)
def test_every_command_of_the_readme_exists(command: tuple[str, ...]) -> None:
    helped = saksi(*command, "--help")
    assert helped.returncode == 0, helped.stderr
    assert command[-1] in helped.stdout


def test_every_public_module_opens_with_a_sentence() -> None:
    for package in ("bot", "handlers", "storage", "locales", "simulator"):
        for path in (ROOT / package).rglob("*.py"):
            if "versions" not in path.parts:
                assert path.read_text().startswith(('"""', "'''")), path


def test_nothing_committed_names_a_registry_or_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S607  # git of the PATH
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of what is committed")
    words = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|/" + "tmp/[a-z]|/" + "work/")
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".lock", ".ftl", ".js", ".html", ".css", ""} and path.is_file():
            assert not words.search(path.read_text("utf8")), name
