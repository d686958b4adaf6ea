"""Real webhooks of every kind: each is recognised or left alone on purpose, and none betrays its sender.

The payloads are public samples kept beside the project, not in it; without them these tests are skipped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.whatsapp_batch import Batch
from bot.channels.whatsapp_webhook import decode
from handlers.messages import Incoming, Odd, Sent
from tests.channels.whatsapp_samples import damaged, numbered

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "whatsapp-webhooks"
PAYLOADS = sorted(FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(not PAYLOADS, reason=f"no sample payloads in {FOLDER}")

# What a webhook comes to -> the payloads that must come to it. A payload missing here fails the test.
EXPECTED = {
    "said": """
        bsuid_text_without_wa_id chatwoot_bsuid_and_phone chatwoot_bsuid_only chatwoot_referral_ctwa_2026
        courier_hello courier_hello_bsuid_in_from courier_hello_from_bsuid courier_hello_invalid_user_id
        courier_hello_user_id openapi_text_message openapi_text_message_from_click_to_whatsapp_ad
        openapi_text_message_with_context_product_inquiry pywa_message_forwarded
        pywa_message_forwarded_many_times pywa_message_referral pywa_message_reply pywa_message_text
        sandbox_bsuid_only_text text text_product_inquiry_context text_referral_click_to_whatsapp_ad
    """,
    "said said": "courier_duplicate",
    "said said said": "composed_batch_three_messages_one_change",
    "said image ignored": "composed_batch_two_entries_message_status_image",
    "chose": """
        button_template_quick_reply courier_button courier_button_reply courier_list_reply
        interactive_button_reply interactive_list_reply openapi_button_message
        openapi_interactive_button_reply_message openapi_interactive_list_reply_message
        pywa_callback_button_button pywa_callback_button_quick_reply
        pywa_callback_button_quick_reply_without_context pywa_callback_selection_callback
        pywa_callback_selection_description
    """,
    "image": """
        chatwoot_media_with_errors courier_image image openapi_image_message pywa_message_media_with_url
    """,
    "video": "courier_video pywa_message_video video",
    "voice": "audio_voice courier_voice pywa_message_voice",
    "audio": "courier_audio pywa_message_audio",
    "pdf": "chatwoot_document_accented_filename courier_document document pywa_message_document",
    "pinned": "courier_location location openapi_location_message pywa_message_current_location",
    "odd contact": """
        contacts openapi_contact_sharing_message pywa_message_contacts sandbox_contact_request_share
    """,
    "odd sticker": "pywa_message_animated_sticker sticker",
    "odd unknown": """
        chatwoot_flow_reply chatwoot_flow_reply_invalid_json courier_error_msg courier_nfm_reply
        courier_nfm_reply_non_object openapi_order_message openapi_unsupported_message order
        pywa_flow_completion_completion pywa_flow_completion_without_flow_token pywa_message_order
        pywa_message_unsupported pywa_message_unsupported_with_type
    """,
    "odd edit": "unsupported",
    "odd unknown trouble 131000": "pywa_message_interactive_message_with_err",
    "settled accepted": "pywa_message_status_with_tracker",
    "moved": """
        openapi_system_message pywa_system_phone_number_change system_user_changed_number
        system_user_changed_number_2026 system_user_changed_user_id_2026
    """,
    "edited": "message_edited_by_user pywa_edited_message_image",
    "revoked": "message_revoked_by_user pywa_deleted_message_revoke",
    "trouble 0": "courier_error_errors",
    "trouble 130429": "errors_only",
    "trouble 131035": "errors_no_storage_131035",
    # Groups, reactions, statuses nobody waits for, and fields other than messages.
    "ignored": """
        bsuid_status_delivered_with_phone bsuid_status_delivered_without_phone courier_error_status
        courier_group_message courier_ignore_status courier_invalid_status courier_valid_status group_message
        issue_pywa188_status_contact_without_profile issue_pywa227_status_failed_contact_without_user_id
        openapi_group_create_message openapi_group_remove_participants openapi_group_settings_update
        openapi_reaction_message pywa_message_status_delivered pywa_message_status_failed
        pywa_message_status_group pywa_message_status_played pywa_message_status_read
        pywa_message_status_sent pywa_message_unreaction_no_emoji pywa_system_identity_change
        pywa_template_quality_update_yellow pywa_template_status_update_approved
        pywa_template_status_update_rejected reaction reaction_removed sandbox_bsuid_only_status
        sandbox_bsuid_status_failed_no_contacts status_failed status_failed_no_storage_131036 status_read
        status_sent_or_delivered template_category_update user_preferences_stop_marketing
    """,
    # No sender, or no webhook at all.
    "unreadable": "chatwoot_entry_not_a_list courier_invalid_from courier_invalid_timestamp courier_no_from",
}


def name(incoming: Incoming) -> str:
    match incoming:
        case Sent(kind=kind):
            return str(kind)
        case Odd(kind=kind):
            return f"odd {kind}"
        case _:
            return type(incoming).__name__.lower()


def summary(batch: Batch) -> str:
    return " ".join(
        [
            *(name(each.incoming) for each in batch.arrived),
            *(f"settled {each.state.name.lower()}" for each in batch.settled),
            *("moved" for _ in batch.moved),
            *("edited" for _ in batch.edited),
            *("revoked" for _ in batch.revoked),
            *(f"trouble {code}" for code in batch.troubles),
            *("ignored" for _ in range(batch.ignored)),
            *("unreadable" for _ in range(batch.odd)),
        ]
    )


def leaves(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value with the name it stands under."""
    pairs = node.items() if isinstance(node, dict) else ((key, each) for each in node) if isinstance(node, list) else ()
    if not isinstance(node, dict | list):
        yield key, str(node)
    for under, each in pairs:
        yield from leaves(each, under)


def read(payload: Path) -> Batch:
    """Decode a payload as the number it was meant for."""
    body = payload.read_bytes()
    ours = next((value for key, value in leaves(json.loads(body)) if key == "phone_number_id"), "")
    return decode(body, ours, numbered())


payloads = pytest.mark.parametrize("payload", PAYLOADS, ids=lambda path: path.stem)


@payloads
def test_every_payload_comes_to_what_it_should(payload: Path) -> None:
    meant = [outcome for outcome, names in EXPECTED.items() if payload.stem in names.split()]
    assert [summary(read(payload))] == meant


@payloads
def test_nothing_meant_for_another_number_arrives(payload: Path) -> None:
    if '"phone_number_id"' in payload.read_text():
        batch = decode(payload.read_bytes(), "another number", numbered())
        assert batch == Batch(ignored=batch.ignored)


# The person's message and our own bookkeeping stay; whatever tells who, when or with what file goes.
PERSONAL = {
    *(
        "name",
        "username",
        "formatted_name",
        "first_name",
        "last_name",
        "middle_name",
        "company",
        "wa_id",
        "phone",
    ),
    *(
        "from",
        "from_user_id",
        "user_id",
        "parent_user_id",
        "from_parent_user_id",
        "display_phone_number",
        "email",
    ),
    *(
        "recipient_id",
        "recipient_user_id",
        "parent_recipient_user_id",
        "timestamp",
        "filename",
        "sha256",
        "url",
    ),
    *("previous_user_id", "street", "city", "zip", "birthday", "headline", "source_url", "ctwa_clid", "file"),
}


@payloads
def test_no_name_number_or_file_name_survives(payload: Path) -> None:
    batch = read(payload)
    said = repr(batch) + msgspec.json.encode(batch, enc_hook=lambda reporter: reporter.id).decode()
    for each in batch.arrived:
        said = said.replace(each.id, "")  # the platform's name of the message is keyed before it is stored
    addresses = {each.reporter.id for each in batch.arrived}
    addresses |= {touch.reporter.id for touch in (*batch.edited, *batch.revoked)}
    addresses |= {reporter.id for move in batch.moved for reporter in (*move.old, move.new)}
    values = {value for key, value in leaves(json.loads(payload.read_bytes())) if key in PERSONAL}
    # One-letter stand-ins of the samples would be found anywhere.
    betrayed = {value for value in values - addresses if len(value) > 1 and value in said}
    assert betrayed == set()


@settings(max_examples=300)
@given(st.data())
def test_no_damage_to_a_real_payload_raises(data: st.DataObject) -> None:
    whole = json.loads(data.draw(st.sampled_from(PAYLOADS)).read_bytes())
    assert isinstance(decode(data.draw(damaged(whole)), "106540352242922", numbered()), Batch)
