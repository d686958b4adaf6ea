"""The files of deploy/ as what they are: YAML, units, settings."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from bot.settings import BESIDE, Settings
from tests.test_house import settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = re.compile(r"\bSAKSI_[A-Z0-9_]*[A-Z0-9]")


def texts() -> Iterator[tuple[str, str]]:
    """Everything an operator copies from."""
    for path in (*sorted(one for one in DEPLOY.rglob("*") if one.is_file()), ROOT / "docs/install.md"):
        yield str(path.relative_to(ROOT)), path.read_text()


def unknown(text: str) -> set[str]:
    """What looks like a setting and is none."""
    known = settings(Settings) | BESIDE
    return {name for name in NAME.findall(text) if name not in known}


def yaml(path: Path) -> Any:
    """Read YAML; typst, which draws our posters, has a parser of it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "read.yaml").write_text(path.read_text())
        query = Path(folder) / "read.typ"
        query.write_text('#metadata(yaml("read.yaml")) <read>')
        return merged(json.loads(typst.query(str(query), "<read>", field="value", one=True, root=folder)))


def merged(value: Any) -> Any:
    """Carry out YAML's merge keys (https://yaml.org/type/merge.html), which typst leaves as they are."""
    if isinstance(value, list):
        return [merged(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = {key: merged(one) for key, one in value.items() if key != "<<"}
    return {**merged(value["<<"]), **own} if "<<" in value else own


def unit(path: Path) -> dict[str, list[str]]:
    """Read a unit: each directive with all its values; names of sections do not matter here."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if line and line[0] not in "#[;":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def env(path: Path) -> dict[str, str]:
    """Read a file of settings."""
    lines = (line for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}
