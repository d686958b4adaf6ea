"""What WhatsApp tells us: believed only when signed, understood item by item, stripped of who wrote it."""

import hashlib
import hmac
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.base import Arrived, FileRef, Reporter
from bot.channels.whatsapp_batch import Batch, Moved, Settled, State, Touched, rewritten
from bot.channels.whatsapp_proof import challenge, signed
from bot.channels.whatsapp_webhook import decode
from handlers.messages import Chose, Edited, Incoming, Kind, Odd, Oddity, Pinned, Said, Sent, Started
from tests.channels.whatsapp_samples import (
    NAME,
    PHONE,
    PHONE_ID,
    SCOPED,
    USERNAME,
    change,
    contact,
    damaged,
    message,
    numbered,
    status,
    webhook,
)

WARGA = Reporter("whatsapp", SCOPED)


def read(body: bytes) -> Batch:
    return decode(body, PHONE_ID, numbered())


def only(*messages: Any, **around: Any) -> Arrived:
    batch = read(webhook(change(*messages, **around)))
    (arrived,) = batch.arrived
    return arrived


def words(batch: Batch) -> str:
    """Everything a batch says, addresses included, as a log or a store could ever get hold of it."""
    return repr(batch) + msgspec.json.encode(batch, enc_hook=lambda reporter: reporter.id).decode()


class TestSignature:
    def test_githubs_own_sample_is_believed(self) -> None:
        # https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries: Meta does the same
        header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        assert signed("It's a Secret to Everybody", b"Hello, World!", header)
        assert signed("It's a Secret to Everybody", b"Hello, World!", header.encode())

    @given(st.text(min_size=1, max_size=20), st.binary(max_size=200), st.binary(min_size=1, max_size=5))
    def test_a_changed_body_is_not_believed(self, secret: str, body: bytes, more: bytes) -> None:
        header = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        assert signed(secret, body, header)
        assert not signed(secret, body + more, header)

    @pytest.mark.parametrize("header", [None, "", "sha256=", "sha256=é", "é\udc80", b"\xff\xfe", "sha1=aa"])
    def test_a_strange_header_is_just_not_believed(self, header: str | bytes | None) -> None:
        assert not signed("rahasia", b"{}", header)

    def test_without_a_secret_nothing_is_believed(self) -> None:
        assert not signed("", b"{}", "sha256=" + hmac.new(b"", b"{}", hashlib.sha256).hexdigest())


class TestChallenge:
    QUERY = {"hub.mode": "subscribe", "hub.verify_token": "kunci", "hub.challenge": "1158201444"}  # noqa: RUF012  # a constant

    def test_meta_gets_its_number_back(self) -> None:
        assert challenge("kunci", self.QUERY) == "1158201444"

    @pytest.mark.parametrize(
        "changed",
        [
            {"hub.verify_token": "kunc"},
            {"hub.verify_token": "künci"},
            {"hub.verify_token": ""},
            {"hub.mode": "unsubscribe"},
        ],
    )
    def test_anybody_else_gets_nothing(self, changed: dict[str, str]) -> None:
        assert challenge("kunci", self.QUERY | changed) is None

    def test_an_unset_token_answers_nobody(self) -> None:
        assert challenge("", {"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"}) is None
        assert challenge("", {}) is None


UNDERSTOOD: list[tuple[str, Any, Incoming]] = [
    ("text", {"body": "Halo"}, Said("Halo")),
    ("text", {"body": " \n\t"}, Odd(Oddity.EMPTY)),
    ("text", {"body": 7}, Odd(Oddity.UNKNOWN)),
    ("text", {}, Odd(Oddity.UNKNOWN)),
    ("interactive", {"button_reply": {"id": "who:camat", "title": "Camat"}}, Chose("who", "camat")),
    (
        "interactive",
        {"list_reply": {"id": "when:2026-11-12:pagi", "title": "Pagi"}},
        Chose("when", "2026-11-12:pagi"),
    ),
    ("interactive", {"button_reply": {"id": "lama", "title": "Tombol lama"}}, Chose("", "lama")),
    ("interactive", {"nfm_reply": {"response_json": "{rusak"}}, Odd(Oddity.UNKNOWN)),
    ("interactive", None, Odd(Oddity.UNKNOWN)),
    ("button", {"payload": "lobby:follow", "text": "Lihat"}, Chose("lobby", "follow")),
    ("button", {"text": "Lihat"}, Odd(Oddity.UNKNOWN)),
    ("location", {"latitude": -2.2, "longitude": 113.9, "name": "Kantor"}, Pinned(-2.2, 113.9)),
    ("location", {"latitude": -2.2, "longitude": 113.9, "live_period": 900}, Odd(Oddity.LIVE_LOCATION)),
    ("location", {"latitude": 91, "longitude": 113.9}, Odd(Oddity.UNKNOWN)),
    ("location", {"name": "Kantor"}, Odd(Oddity.UNKNOWN)),
    ("contacts", [{"name": {"formatted_name": "Orang Lain"}}], Odd(Oddity.CONTACT)),
    ("sticker", {"id": "300", "mime_type": "image/webp"}, Odd(Oddity.STICKER)),
    ("order", {"catalog_id": "400"}, Odd(Oddity.UNKNOWN)),
    ("unsupported", {"type": "poll"}, Odd(Oddity.POLL)),
    ("unsupported", {"type": "edit"}, Odd(Oddity.EDIT)),
    ("unsupported", {"type": "live_location"}, Odd(Oddity.LIVE_LOCATION)),
    ("unsupported", {"type": "location"}, Odd(Oddity.LIVE_LOCATION)),
    ("unsupported", None, Odd(Oddity.UNKNOWN)),
    ("request_welcome", None, Started()),
    ("hologram", {"id": "500"}, Odd(Oddity.UNKNOWN)),
]


@pytest.mark.parametrize(("type_", "content", "incoming"), UNDERSTOOD)
def test_every_kind_of_message_gets_its_meaning(type_: str, content: Any, incoming: Incoming) -> None:
    assert only(message(type_, content)).incoming == incoming


FILES: list[tuple[str, dict[str, Any], Kind, str]] = [
    ("image", {"mime_type": "image/jpeg", "caption": "Baliho"}, Kind.IMAGE, "image/jpeg"),
    ("video", {"mime_type": "video/mp4"}, Kind.VIDEO, "video/mp4"),
    ("audio", {"mime_type": "audio/ogg; codecs=opus", "voice": True}, Kind.VOICE, "audio/ogg"),
    ("audio", {"mime_type": "audio/mpeg", "voice": False}, Kind.AUDIO, "audio/mpeg"),
    ("voice", {"mime_type": "audio/ogg"}, Kind.VOICE, "audio/ogg"),
    (
        "document",
        {"mime_type": "application/pdf", "filename": "Surat Warga Contoh.pdf"},
        Kind.PDF,
        "application/pdf",
    ),
    ("document", {"mime_type": "image/png"}, Kind.IMAGE, "image/png"),
    ("document", {"mime_type": "VIDEO/quicktime"}, Kind.VIDEO, "video/quicktime"),
    ("document", {"mime_type": "audio/mpeg", "voice": True}, Kind.AUDIO, "audio/mpeg"),
    ("document", {"mime_type": "application/msword"}, Kind.DOCUMENT, "application/msword"),
    ("document", {"mime_type": "x" * 500}, Kind.DOCUMENT, ""),
    ("document", {}, Kind.DOCUMENT, ""),
]


@pytest.mark.parametrize(("type_", "content", "kind", "mime"), FILES)
def test_every_file_is_named_by_us_and_fetched_later(
    type_: str, content: dict[str, Any], kind: Kind, mime: str
) -> None:
    arrived = only(message(type_, {"id": "600", "sha256": "AAAA", **content}))
    assert arrived.incoming == Sent("item1", kind, content.get("caption", ""))
    assert arrived.file == FileRef("600", mime=mime)


@pytest.mark.parametrize("id_", ["../me", "a/b", "", "x" * 200, 7])
def test_a_file_without_a_proper_id_is_answered_and_never_asked_for(id_: Any) -> None:
    arrived = only(message("image", {"id": id_}))
    assert (arrived.incoming, arrived.file) == (Odd(Oddity.UNKNOWN), None)


@pytest.mark.parametrize("type_", ["video", "unsupported"])
def test_a_file_too_big_for_whatsapp_is_told_as_such(type_: str) -> None:
    faults = [{"code": 131052, "title": "Media download error"}]
    assert only(message(type_, {"id": "600"}, errors=faults)).incoming == Odd(Oddity.TOO_BIG)


class TestAddress:
    def test_the_scoped_id_comes_first(self) -> None:
        assert only(message()).reporter == WARGA

    def test_it_may_stand_in_the_contact_alone(self) -> None:
        assert only(message(from_user_id=None)).reporter == WARGA
        lone = contact(wa_id=None)
        assert only(message(from_user_id=None, **{"from": None}), contacts=[lone]).reporter == WARGA

    def test_a_person_without_one_is_known_by_number(self) -> None:
        arrived = only(message(from_user_id=None), contacts=[contact(user_id=None)])
        assert arrived.reporter == Reporter("whatsapp", PHONE)
        lone = only(message(from_user_id="aneh!", **{"from": None}), contacts=[contact(user_id=None)])
        assert lone.reporter == Reporter("whatsapp", PHONE)

    def test_two_people_in_one_webhook_are_not_mixed_up(self) -> None:
        other = {"wa_id": "628000000001", "user_id": "ID.2"}
        first, second = message(from_user_id=None), message(from_user_id=None, **{"from": "628000000001"})
        batch = read(webhook(change(second, first, contacts=[contact(), other])))
        assert [each.reporter.id for each in batch.arrived] == ["ID.2", SCOPED]

    def test_nobody_is_guessed_among_several(self) -> None:
        lost = message(from_user_id=None, **{"from": None})
        batch = read(webhook(change(lost, contacts=[contact(), contact(user_id="ID.2")])))
        assert (batch.arrived, batch.odd) == ((), 1)

    def test_a_message_from_nobody_is_counted(self) -> None:
        batch = read(webhook(change(message(from_user_id=None, **{"from": "bla"}), contacts=[])))
        assert (batch.arrived, batch.odd) == ((), 1)


class TestBatch:
    def test_everything_in_a_webhook_is_handled(self) -> None:
        photo = message("image", {"id": "600"}, id="wamid.CONTOH3")
        batch = read(
            webhook(
                change(message(), photo),
                change(statuses=[status("read")], errors=[{"code": 130429}]),
                change(message(text={"body": "Lagi"}, id="wamid.CONTOH4")),
            )
        )
        assert [each.id for each in batch.arrived] == ["wamid.CONTOH1", "wamid.CONTOH3", "wamid.CONTOH4"]
        assert batch.settled == (Settled("KIRIMAN1", State.READ),)
        assert batch.troubles == (130429,)
        assert (batch.ignored, batch.odd) == (0, 0)

    def test_nothing_can_be_deleted_and_no_spinner_waits(self) -> None:
        arrived = only(message())
        assert (arrived.message, arrived.press) == ("", "")

    def test_a_message_without_an_id_is_still_recognised_when_repeated(self) -> None:
        first, again = only(message(id=None)), only(message(id=None))
        other = only(message(id=None, timestamp="1795000001"))
        assert first.id == again.id != other.id

    def test_other_numbers_groups_and_fields_are_left_alone(self) -> None:
        batch = read(
            webhook(
                change(message(), metadata={"phone_number_id": "999"}),
                change(message(group_id="grup")),
                change(message("reaction", {"emoji": "👍"})),
                change(message()) | {"field": "account_update"},
            )
        )
        assert batch == Batch(ignored=4)

    def test_a_webhook_without_number_field_and_ids_is_understood(self) -> None:
        bare = {"value": {"messages": [{"from": PHONE, "type": "text", "text": {"body": "Halo"}}]}}
        assert [each.incoming for each in read(webhook(bare)).arrived] == [Said("Halo")]

    def test_edits_and_revocations_name_the_message_they_touch(self) -> None:
        edit = message("edit", {"original_message_id": "wamid.ASLI", "message": {"type": "text"}})
        revoke = message("revoke", {"original_message_id": "wamid.ASLI"})
        batch = read(webhook(change(edit, revoke, message("revoke", {}))))
        touched = (Touched(WARGA, "wamid.CONTOH1", "wamid.ASLI"),)
        assert batch == Batch(edited=touched, revoked=touched, odd=1)

    @pytest.mark.parametrize(
        ("now", "incoming"),
        [
            ({"type": "text", "text": {"body": "kemarin"}}, Edited("kemarin")),
            ({"type": "image", "image": {"id": "1", "caption": "di pasar"}}, Edited("di pasar")),
            ({"type": "image", "image": {"id": "1"}}, Odd(Oddity.EDIT)),
            ({"type": "text"}, Odd(Oddity.EDIT)),
            (None, Odd(Oddity.EDIT)),
        ],
    )
    def test_an_edit_is_its_new_words_or_an_oddity(self, now: object, incoming: Incoming) -> None:
        batch = read(webhook(change(message("edit", {"original_message_id": "wamid.ASLI", "message": now}))))
        [arrived] = rewritten(batch)
        assert (arrived.incoming, arrived.about) == (incoming, "wamid.ASLI")


class TestStatuses:
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("sent", State.ACCEPTED),
            ("delivered", State.DELIVERED),
            ("read", State.READ),
            ("played", State.READ),
            ("failed", State.FAILED),
        ],
    )
    def test_each_settles_the_message_it_tracks(self, state: str, expected: State) -> None:
        assert read(webhook(change(statuses=[status(state)]))).settled == (Settled("KIRIMAN1", expected),)

    def test_a_failure_brings_its_code(self) -> None:
        failed = status("failed", errors=[{"code": 131047, "title": "Re-engagement message"}])
        batch = read(webhook(change(statuses=[failed], contacts=[])))
        assert batch.settled == (Settled("KIRIMAN1", State.FAILED, 131047),)

    def test_what_settles_nothing_is_dropped(self) -> None:
        nothing = [status("read", None), status("in_orbit"), status("deleted")]
        assert read(webhook(change(statuses=nothing))) == Batch(ignored=3)

    def test_the_greater_state_holds_whatever_the_order(self) -> None:
        assert max(State.READ, State.ACCEPTED, State.DELIVERED) is State.READ
        assert max(State.FAILED, State.READ) is State.FAILED


class TestMoves:
    def notice(self, **system: Any) -> Batch:
        notice = message("system", {"body": f"User {NAME} changed", **system}, from_user_id=None)
        return read(webhook(change(notice, contacts=[])))

    def test_a_changed_number_leads_from_every_old_address_to_the_new(self) -> None:
        batch = self.notice(type="user_changed_number", previous_user_id=SCOPED, user_id="ID.2", wa_id="628000000009")
        assert batch.moved == (Moved((WARGA, Reporter("whatsapp", PHONE)), Reporter("whatsapp", "ID.2")),)

    @pytest.mark.parametrize(
        "system",
        [
            {"type": "customer_identity_changed", "wa_id": "628000000009"},
            {"type": "user_changed_number"},
            {"type": "user_changed_number", "wa_id": PHONE},
        ],
    )
    def test_a_notice_that_moves_nobody_is_ignored(self, system: dict[str, str]) -> None:
        assert self.notice(**system) == Batch(ignored=1)


class TestWhatIsDropped:
    def test_names_numbers_and_file_names_never_become_objects(self) -> None:
        said = words(
            read(
                webhook(
                    change(
                        message(),
                        message("document", {"id": "600", "filename": "Ijazah Warga Contoh.pdf", "sha256": "AAAA"}),
                        message("contacts", [{"name": {"formatted_name": NAME}, "phones": [{"wa_id": PHONE}]}]),
                        message("system", {"type": "user_changed_user_id", "body": NAME, "user_id": "ID.2"}),
                        statuses=[status("read", recipient_id=PHONE)],
                    )
                )
            )
        )
        assert SCOPED in said
        for secret in (NAME, USERNAME, "Ijazah", "AAAA", "1795000000"):
            assert secret not in said

    def test_a_number_is_kept_only_where_it_is_the_address(self) -> None:
        assert PHONE not in words(read(webhook(change(message()))))

    def test_an_address_prints_as_dots_and_is_not_written_down_by_accident(self) -> None:
        batch = read(webhook(change(message())))
        assert SCOPED not in repr(batch)
        with pytest.raises(TypeError):
            msgspec.json.encode(batch)


class TestDamage:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"null",
            b"[]",
            b"7",
            b"\xff\xfe",
            b"{",
            b'{"entry": 7}',
            b"[" * 100_000,
            b'{"entry":' + b"[" * 100_000,
        ],
    )
    def test_what_is_no_webhook_is_counted_not_raised(self, body: bytes) -> None:
        assert read(body) == Batch(odd=1)

    @settings(max_examples=300)
    @given(
        damaged(
            json.loads(
                webhook(
                    change(
                        message(),
                        message("image", {"id": "600"}),
                        message("location", {"latitude": 1, "longitude": 1}),
                    ),
                    change(statuses=[status("failed", errors=[{"code": 1}])], errors=[{"code": 2}]),
                    change(message("system", {"type": "user_changed_number", "wa_id": "628000000009"})),
                )
            )
        )
    )
    def test_no_damage_raises(self, body: bytes) -> None:
        assert isinstance(read(body), Batch)

    @given(st.data())
    def test_one_damaged_message_costs_none_of_the_others(self, data: st.DataObject) -> None:
        before, after = message(id="wamid.SEBELUM"), message(id="wamid.SESUDAH")
        whole = json.loads(webhook(change(before, message("image", {"id": "600"}), after, statuses=[status("read")])))
        messages = whole["entry"][0]["changes"][0]["value"]["messages"]
        messages[1] = data.draw(st.none() | st.integers() | st.text() | st.lists(st.integers()) | st.just({"type": 7}))
        batch = read(json.dumps(whole).encode())
        assert [each.id for each in batch.arrived] == ["wamid.SEBELUM", "wamid.SESUDAH"]
        assert (len(batch.settled), batch.odd) == (1, 1)

    @pytest.mark.parametrize("half", ["\\ud83d", "\\udc00", "\\ud800\\u0041"])
    def test_half_a_character_costs_neither_its_message_nor_the_others(self, half: str) -> None:
        body = webhook(change(message(text={"body": "Halo SETENGAH"}), message(text={"body": "Utuh 😀"})))
        batch = read(body.replace(b"SETENGAH", half.encode()))
        first, second = (each.incoming for each in batch.arrived)
        assert isinstance(first, Said)
        assert first.text.startswith("Halo ?")
        assert first.text.encode()
        assert second == Said("Utuh 😀")

    def test_bad_bytes_in_one_message_are_answered_and_cost_no_other(self) -> None:
        body = webhook(change(message(text={"body": "RUSAK"}), message(text={"body": "Utuh"})))
        batch = read(body.replace(b"RUSAK", b"\xff\xfe"))
        assert [each.incoming for each in batch.arrived] == [Odd(Oddity.UNKNOWN), Said("Utuh")]
