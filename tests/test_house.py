"""The rules of the house that no linter keeps."""

import subprocess
import sys

HEAVY = ("aiogram", "telegram", "matplotlib", "av", "typst")


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = f"import sys, bot.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert loaded.stdout.strip() == "[]"
