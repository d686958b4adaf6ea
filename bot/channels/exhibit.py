"""A piece of evidence as it is sent to an officer; its format is told by its bytes."""

from dataclasses import dataclass

from storage.cleaning.first_bytes import format_of

# What a file was called on somebody's phone went with the rest.
NAME = "bukti"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Bytes, of a kind of handlers/messages.py, with what stands below them."""

    kind: str
    data: bytes
    caption: str | None = None

    @property
    def name(self) -> str:
        """One name for all, with the ending that lets a phone open it."""
        format_ = format_of(self.data)
        return f"{NAME}.{format_}" if format_ else NAME
