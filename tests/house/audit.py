"""Asks whether a known hole is in what the locks name: `python -m tests.house.audit`, a part of `make check`.

A hole is red. An advisory service that cannot be reached, or does not know a package, is told of and is not.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
WITHIN = 120  # seconds


def judged(lock: str, answer: str, why: str = "it says nothing") -> tuple[bool, str]:
    """Read what pip-audit printed: whether all is well as far as anybody knows, and what to say."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return True, f"{lock}: skipped, the advisory service cannot be asked ({why})"
    holes = list(_holes(packages))
    if holes:
        return False, "\n".join((f"{lock}: {len(holes)} known holes", *holes))
    known = sum("skip_reason" not in one for one in packages)
    if known < len(packages):
        return True, f"{lock}: skipped for {len(packages) - known} of {len(packages)} packages: the service knows none"
    return True, f"{lock}: {known} packages, no known hole"


def _holes(packages: list[dict[str, Any]]) -> Iterator[str]:
    for one in packages:
        for hole in one.get("vulns", ()):
            mended = ", ".join(hole.get("fix_versions", ())) or "no version yet"
            yield f"  {one['name']} {one['version']}: {hole['id']}, mended in {mended}"


def asked(lock: str) -> tuple[str, str]:
    """Have pip-audit look at a lock; what it printed, and its last word of complaint."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    try:
        done = subprocess.run(  # noqa: S603  # our own command
            [*command, "--format", "json", "--requirement", str(ROOT / lock)],
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN,
        )
    except subprocess.TimeoutExpired:
        return "", f"no answer within {WITHIN} s"
    return done.stdout, (done.stderr.strip().splitlines() or ["it says nothing"])[-1]


def main() -> None:
    verdicts = [judged(lock, *asked(lock)) for lock in LOCKS]
    print("audit:", *(words for _, words in verdicts), sep="\n")  # noqa: T201  # a command line prints
    sys.exit(not all(well for well, _ in verdicts))


if __name__ == "__main__":
    main()
