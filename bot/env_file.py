"""Changes single lines of a file of settings, and leaves every other byte as it is."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.settings import PREFIX, Settings, SettingsError, load
from storage.private import destroy, read_private, replace, write_new


def given(orders: Iterable[str]) -> dict[str, str]:
    """Read orders such as TELEGRAM__TOKEN=@token.txt: a setting, and its value or the file that holds it.

    Raises SettingsError, and Unsafe where others can read the file.
    """
    return dict(_given(order) for order in orders)


def _given(order: str) -> tuple[str, str]:
    name, sign, value = order.partition("=")
    if not sign or not name:
        raise SettingsError("--set wants NAME=VALUE or NAME=@FILE, such as TELEGRAM__TOKEN=@token.txt")
    full = PREFIX + name.upper().removeprefix(PREFIX)
    if value.startswith("@"):
        try:
            value = read_private(Path(value[1:])).decode().strip()
        except (FileNotFoundError, UnicodeDecodeError):
            raise SettingsError(f"{full}: there is no text in {value[1:]}") from None
    if "\n" in value:
        raise SettingsError(f"{full}: a value is one line")
    return full, value


def amended(text: str, values: Mapping[str, str]) -> str:
    """Put values where their names stand, in the place of a line that only shows them, or at the end."""
    for name, value in values.items():
        line = f"{name}={value}"
        for pattern in (rf"^{name}=.*$", rf"^# ?{name}=.*$"):
            text, found = re.subn(pattern, lambda _, line=line: line, text, count=1, flags=re.MULTILINE)  # type: ignore[misc]  # a default binds it
            if found:
                break
        else:
            text = text.removesuffix("\n") + f"\n{line}\n"
    return text


def text_of(path: Path) -> str:
    """Read it as it is."""
    return path.read_text("utf8")


def tried(path: Path, text: str) -> Settings:
    """Load settings as they would be. Raises SettingsError."""
    trial = path.with_name(f"{path.name}.trial")
    trial.unlink(missing_ok=True)
    write_new(trial, text.encode())
    try:
        return load(trial)
    finally:
        destroy(trial)


def keep(path: Path, text: str) -> None:
    """Write it in the place of what is there, with its mode and owner's."""
    found = path.stat()
    replace(path, text.encode())
    if os.geteuid() == 0:  # root writes for the users of both processes
        os.chown(path, found.st_uid, found.st_gid)
