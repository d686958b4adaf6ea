"""The licences of all that Saksi stands on, read from what is installed."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
PAGE = ROOT / "docs" / "licences.md"
# What may be shipped together with AGPL-3.0-or-later: each is permissive, or weaker and made to be combined so.
FIT = (
    *("MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Zlib", "CC0-1.0", "ISC"),
    *("Apache-2.0", "PSF", "PSF-2.0", "MPL-2.0", "LGPL-3.0-only"),
)
# What is inside a wheel stands under its own; pypdfium2 names PDFium's so, all of them permissive.
OF_PARTS = "dependency licenses"
# Trove's names for them, and what their texts say where nothing else does.
CALLED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF",
}
SAID = {"Permission is hereby granted, free of charge": "MIT", "Redistribution and use in source and binary": "BSD"}
HEAD = """# Licences

Saksi is under AGPL-3.0-or-later. Here is everything that `requirements.lock` installs with it, by its own word; written
by `python -m tests.house`.

| package | licence |
|---|---|
"""


def locked() -> Iterator[Requirement]:
    """Name what the lock installs on this machine."""
    for line in re.findall(r"^[a-z][^\\\n]*", LOCK.read_text(), re.MULTILINE):
        wanted = Requirement(line.strip())
        if wanted.marker is None or wanted.marker.evaluate():
            yield wanted


def licence(name: str) -> str:
    """Say under what an installed package stands; KeyError where it does not say."""
    about = metadata.distribution(name)
    told = about.metadata.json
    if expression := told.get("license_expression"):
        return str(expression)
    trove = [one.rpartition(" :: ")[2] for one in told.get("classifier", ())]
    if names := [CALLED[one] for one in trove if one in CALLED]:
        return " AND ".join(sorted(names))
    if (own := str(told.get("license", ""))) and _parts(own) <= {*FIT, OF_PARTS}:
        return own
    texts = (own, *(path.read_text("utf8") for path in about.files or () if "licen" in path.name.lower()))
    return next(name for said, name in SAID.items() if any(said in " ".join(text.split()) for text in texts))


def _parts(expression: str) -> set[str]:
    return set(re.split(r" AND | OR |, ", expression)) - {""}


def unfit(expression: str) -> bool:
    """Tell whether something in it may not go along with ours."""
    return not any(_parts(way) <= {*FIT, OF_PARTS} for way in expression.split(" OR "))


def document() -> str:
    """Write docs/licences.md."""
    return HEAD + "".join(f"| {one.name} | {licence(one.name)} |\n" for one in locked())
