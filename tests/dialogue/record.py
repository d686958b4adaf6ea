"""Records chats again: `python -m tests.dialogue.record [FILE...]` writes the bot's lines anew, from the person's."""

import sys
from pathlib import Path

from tests.dialogue.player import BadChat, play

CHATS = Path(__file__).parent.parent / "chats"


def main(names: list[str]) -> None:
    """Record the chats named, or all of them; tell which changed. Raises BadChat."""
    for path in map(Path, names) if names else sorted(CHATS.glob("*.chat")):
        before = path.read_text("utf8")
        try:
            after = play(before)
        except BadChat as error:
            error.add_note(f"while playing {path}")
            raise
        if after != before:
            path.write_text(after, "utf8")
            print(f"{path}: recorded anew")  # noqa: T201  # a command line prints


if __name__ == "__main__":
    main(sys.argv[1:])
