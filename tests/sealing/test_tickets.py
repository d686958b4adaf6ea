"""A code opens its look-up id and its mailbox, the same on every day and every machine."""

from itertools import chain, repeat

from handlers.ticket import Code, read, recognisable, shown
from storage.tickets import derive, issue
from storage.vault import identity_from_seed, open_sealed, public_of, seal

# Argon2id of the code, computed once by another implementation (argon2-cffi 25.1): salt "saksi-ticket-v01",
# 2 passes, 19 MiB, 1 lane, 48 bytes.
CODE = Code("7KQ2M9XT0CVB4RHP")
DRAWN = bytes.fromhex(
    "2741e48aa3414b2f95985159995cfcaef3909c8ef71b4ea861376da1cfaede999f2c42880d7835ecb25269c101501156"
)


def test_old_tickets_open_forever() -> None:
    opened = derive(CODE)
    assert opened.lookup == DRAWN[:16]
    assert opened.mailbox_private == identity_from_seed(DRAWN[16:])


def test_a_fresh_ticket_opens_what_was_kept_of_it() -> None:
    ticket = issue()
    assert read(shown(ticket.code)) == ticket.code
    opened = derive(ticket.code)
    assert opened.lookup == ticket.lookup
    assert public_of(opened.mailbox_private) == ticket.mailbox
    assert open_sealed(seal(b"hujan", [ticket.mailbox]), [opened.mailbox_private]) == b"hujan"


def test_a_plain_code_is_drawn_again() -> None:
    digits, letters = bytes(range(10)) + bytes(5), bytes(range(10, 25))
    mixed = bytes([7, 19, 23, 2, 20, 9, 29, 26, 0, 12, 27, 11, 4, 24, 17])
    draws = chain([digits, letters], repeat(mixed))
    ticket = issue(lambda _: next(draws))
    assert ticket.code == CODE
    assert recognisable(ticket.code)


def test_two_tickets_have_nothing_in_common() -> None:
    one, other = issue(), issue()
    assert one.code != other.code
    assert one.lookup != other.lookup
    assert one.mailbox != other.mailbox


def test_a_ticket_does_not_show_itself() -> None:
    ticket = issue()
    for held in (ticket, derive(ticket.code)):
        assert repr(held).endswith("(•••)")
        assert f"{held}" == repr(held)
