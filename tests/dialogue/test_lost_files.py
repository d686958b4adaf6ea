"""A file that could not be kept is told of once, and marked where it is still counted."""

from msgspec.structs import replace

from handlers import lobby
from handlers.answers import Fate, Receipt, Session
from handlers.messages import Lost
from tests.words.scenes import COME_BACK, draft, files, fresh

IN_SESSION = Session("tip", "key")


def test_a_file_of_an_unsent_report_is_marked_lost_though_a_ticket_is_open() -> None:
    standing = replace(draft(evidence=files(Fate.COMING)), session=IN_SESSION)
    turn = lobby.turn(standing, Lost("0", "broken"), fresh(looked=COME_BACK))
    assert [item.fate for item in turn.draft.files.items] == [Fate.LOST]
    assert [say.key for say in turn.says] == ["lost-broken"]


def test_a_file_added_with_a_ticket_or_sent_before_is_told_of() -> None:
    for standing in (replace(draft(), session=IN_SESSION), replace(draft(), receipt=Receipt("tip", "card", ("0",)))):
        turn = lobby.turn(standing, Lost("0", "broken"), fresh(looked=COME_BACK))
        assert [say.key for say in turn.says] == ["lost-broken"]
        assert turn.draft == standing
