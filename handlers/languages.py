"""The languages people may talk in. Add one by adding a line, its code, and its folder in locales/."""

from typing import Literal, NamedTuple

Code = Literal["id", "en"]


class Language(NamedTuple):
    """The folder of a language in locales/, and what people type to have it."""

    code: Code
    words: tuple[str, ...]


# The first is what Telegram shows to whoever speaks none of the others.
LANGUAGES = {
    "indonesian": Language("id", ("indonesia", "indonesian", "bahasa indonesia")),
    "english": Language("en", ("english", "inggris", "bahasa inggris")),
}
