"""What the scan of a poster brings into a conversation: its place, where that is one of ours."""

from msgspec.structs import replace

from handlers import posters
from handlers.answers import Draft
from handlers.scene import Fresh


def hinted(draft: Draft, text: str, fresh: Fresh) -> Draft:
    """Remember the poster's place, where it is one of ours."""
    code = named(text, fresh)
    return replace(draft, hint=code) if code else draft


def is_scan(text: str) -> bool:
    """Tell whether a message is nothing but a poster's greeting: on WhatsApp every scan makes one, also later on."""
    greets = "poster" in text.casefold() and posters.read_payload(text) is not None
    return greets and not posters.beyond_payload(text)


def named(text: str, fresh: Fresh) -> str:
    """Return the place that a poster's greeting names, if it is one of ours."""
    code = posters.read_payload(text)
    return code if code and fresh.scene.places.knows(code) else ""
