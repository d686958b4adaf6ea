"""What the simulator tells a webhook looks like what Meta tells one, key by key and type by type."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.whatsapp.stage import HIDDEN, SHOWN, Json, Stage, buttons, menu, raised

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "whatsapp-webhooks"
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason=f"the sample payloads are not there: {SAMPLES}")

Shape = dict[str, str]

# Told by Meta only where a business is linked to others, or by things nobody does here.
NOT_OURS = {"parent_user_id", "from_parent_user_id", "parent_recipient_user_id", "identity_key_hash"}

PHONE_KEYS = {
    "entry.changes.value.contacts.wa_id",
    "entry.changes.value.messages.from",
    "entry.changes.value.statuses.recipient_id",
}
HIDDEN_KEYS = {
    "entry.changes.value.contacts.profile.username",
    "entry.changes.value.contacts.user_id",
    "entry.changes.value.messages.from_user_id",
    "entry.changes.value.statuses.recipient_user_id",
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every place in a body, lists seen through, with the type of what is there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield (
            path,
            "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__,
        )


def shape(body: Json) -> Shape:
    return {path: kind for path, kind in leaves(body) if path.rsplit(".", 1)[-1] not in NOT_OURS}


@cache
def sample(name: str) -> Shape:
    return shape(json.loads((SAMPLES / f"{name}.json").read_text()))


# What a person does, and Meta's own report of the same.
DONE: dict[str, tuple[str, ...]] = {
    "message": ("text", "sandbox_bsuid_only_text"),
    "reply": ("pywa_message_reply",),
    "button": ("interactive_button_reply",),
    "list": ("interactive_list_reply",),
    "image": ("image",),
    "document": ("document",),
    "video": ("video",),
    "voice": ("audio_voice",),
    "sticker": ("sticker",),
    "contacts": ("contacts",),
    "location": ("location",),
    "reaction": ("reaction",),
    "unsupported": ("unsupported",),
    "order": ("order",),
    "revoke": ("message_revoked_by_user",),
    "edit": ("message_edited_by_user",),
    "group": ("group_message",),
}
# What a sample shows and a person may leave out.
MAY_LACK = {
    "location": {"address", "name", "url"},
    "contacts": {"last_name", "company"},
    "unsupported": set[str](),
}


async def do(stage: Stage, what: str, person: str) -> None:
    """Have the person do it, as the last of their messages."""
    if what in {"image", "document", "video", "voice", "sticker"}:
        await stage.give(("a.bin", b"isi", f"{what}/x"), kind=what, person=person, caption="Keterangan")
    elif what == "message":
        await stage.write(person=person)
    elif what == "reply":
        await stage.write(person=person, reply_to=await stage.write(person=person))
    elif what in {"button", "list"}:
        await stage.write(person=person)
        row = {"id": "a", "title": "A", "description": "Satu"}
        asked = await stage.send("interactive", buttons(("a", "A")) if what == "button" else menu(row), to=person)
        await stage.sim("whatsapp/press", person=person, message=asked, id="a")
    elif what == "edit":
        await stage.give(("a.jpg", b"isi", "image/jpeg"), kind="image", person=person, caption="Lama")
        await stage.sim("whatsapp/odd", person=person, kind="edit", text="Baru")
    else:
        await stage.write(person=person)
        await stage.send("text", {"body": "Halo"}, to=person)
        await stage.sim("whatsapp/odd", person=person, kind=what)


async def told(stage: Stage, what: str, person: str) -> Shape:
    await do(stage, what, person)
    last = (await stage.chat(person))[-1]["id"]
    await stage.webhook.until(lambda hook: any(said["id"] == last for said in hook.messages))
    return shape(next(post.body for post in stage.webhook.posts if last in [s["id"] for s in post.items("messages")]))


@pytest.mark.parametrize("what", DONE)
async def test_what_people_do_is_told_as_meta_tells_it(stage: Stage, what: str) -> None:
    ours = await told(stage, what, SHOWN)
    theirs = {path: kind for name in DONE[what] for path, kind in sample(name).items()}
    strange = {path for path in ours.keys() - theirs.keys() if path not in HIDDEN_KEYS}
    missing = {path for path in theirs.keys() - ours.keys() if path not in HIDDEN_KEYS}
    assert strange == set()
    assert {path for path in missing if path.rsplit(".", 1)[-1] not in MAY_LACK.get(what, set())} == set()
    assert {path: ours[path] for path in ours.keys() & theirs.keys()} == {
        path: theirs[path] for path in ours.keys() & theirs.keys()
    }


@pytest.mark.parametrize("what", DONE)
async def test_nothing_tells_a_hidden_phone_number(stage: Stage, what: str) -> None:
    ours = await told(stage, what, HIDDEN)
    assert ours.keys() & PHONE_KEYS == set()
    assert ours.keys() >= HIDDEN_KEYS - {"entry.changes.value.statuses.recipient_user_id"}


async def test_a_live_location_comes_without_a_place(stage: Stage) -> None:
    ours = await told(stage, "live-location", SHOWN)
    assert ours.keys() - HIDDEN_KEYS == sample("unsupported").keys()


async def test_a_delivery_is_told_as_meta_tells_it(stage: Stage) -> None:
    await stage.write()
    await stage.send("text", {"body": "Halo"}, biz_opaque_callback_data="k")
    await stage.webhook.until(lambda hook: len(hook.statuses) == 2)
    ours = shape(next(post.body for post in stage.webhook.posts if post.items("statuses")))
    theirs = sample("sandbox_bsuid_only_status")
    assert ours.keys() - theirs.keys() == {"entry.changes.value.statuses.biz_opaque_callback_data"}
    assert theirs.items() <= ours.items()
    assert "entry.changes.value.statuses.biz_opaque_callback_data" in sample("pywa_message_status_with_tracker")


async def test_a_failure_is_told_as_meta_tells_it() -> None:
    async with raised(late_window=True) as stage:
        await stage.send("text", {"body": "Halo"})
        await stage.send("text", {"body": "Halo"}, to=SHOWN)
        await stage.webhook.until(lambda hook: len(hook.statuses) == 2)
        shapes = {post.items("statuses")[0]["recipient_user_id"]: shape(post.body) for post in stage.webhook.posts}
    hidden, shown = sample("sandbox_bsuid_status_failed_no_contacts"), sample("status_failed")
    assert shapes[HIDDEN].keys() >= hidden.keys()
    assert shapes[HIDDEN].keys() - shown.keys() == {"entry.changes.value.statuses.recipient_user_id"}
    assert shapes[SHOWN].keys() - shapes[HIDDEN].keys() == {"entry.changes.value.statuses.recipient_id"}
    assert shown.items() <= shapes[SHOWN].items()


async def test_a_new_number_is_told_as_meta_tells_it(stage: Stage) -> None:
    await stage.write(person=SHOWN)
    moved = await stage.sim("whatsapp/odd", person=SHOWN, kind="system", phone="6280000000009")
    await stage.webhook.until(lambda hook: len(hook.messages) == 2)
    assert shape(stage.webhook.posts[-1].body) == sample("system_user_changed_number_2026")
    system = stage.webhook.messages[-1]["system"]
    assert (system["previous_user_id"], system["user_id"]) == (SHOWN, moved["person"])
    await stage.write("Masih saya", moved["person"])
    assert [shown["text"] for shown in await stage.chat(moved["person"])] == ["Halo", "system", "Masih saya"]


async def test_a_new_id_without_a_number_is_told_as_meta_tells_it(stage: Stage) -> None:
    await stage.sim("whatsapp/odd", person=HIDDEN, kind="system")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    theirs = sample("system_user_changed_user_id_2026").keys()
    ours = shape(stage.webhook.posts[-1].body).keys()
    assert theirs - ours == {"entry.changes.value.messages.system.previous_parent_user_id"}
    assert ours <= theirs


async def test_a_file_that_is_too_big_comes_without_the_file(stage: Stage) -> None:
    await stage.give(("besar.mp4", bytes(100 * 1024 * 1024 + 1), "video/mp4"), kind="video")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    said = stage.webhook.messages[0]
    assert (said["type"], said["errors"][0]["code"]) == ("unsupported", 131052)
    assert "video" not in said
