"""Whatever comes, in whatever order: the conversation stands, says something sensible, and loses nothing."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from bot import render
from handlers.answers import Answer, Dated, Draft, Located, WhichMoment, WhichPlace, Words, is_open
from handlers.dialogue import LONGEST
from handlers.effects import Attach, Discard, Fetch, FileTip, Forget, Reply
from handlers.keywords import chosen
from handlers.messages import Chose, Said, Say
from handlers.report import REPORT
from handlers.rest import ASK, stands
from handlers.status import Status
from handlers.ticket import read
from locales import LANGUAGES, catalogue
from tests.dialogue.moves import Move, Press, Silence, moves, phones, play, walked, walks
from tests.dialogue.player import Phone
from tests.dialogue.world import LIMITS

# Bytes of what a Telegram button carries (Bot API, InlineKeyboardButton.callback_data).
MOST_DATA = 64
PRESSES = 25
STORY = "xqz seorang lurah membagi beras di depan kantor"
QUESTIONS = frozenset(step.name for step in REPORT.steps)
# What says to somebody why their words were not taken.
EXPLAINED = frozenset({"not-a-moment", "not-a-choice", "ask-stop", "ask-ticket", "already-sent", "too-long"})

# What may be said to whoever holds the phone: nothing of it tells what was written.
NEUTRAL = frozenset(
    (
        *("ask-resume", "ask-stop", "wiped", "wiped-followed", "wiped-unfollowed", "too-long", "too-much"),
        *("ticket-mistyped", "ticket-unknown", "ticket-tired", "too-many-files", "file-document", "follow-no-voice"),
    )
)

thorough = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shows_well(say: Say) -> None:
    """Demand that something can be said on every channel, in every language."""
    for language in LANGUAGES:
        for limits in LIMITS.values():
            shown = render.show(say, catalogue(language), limits)
            assert shown
            assert all(one.text.strip() for one in shown)
            assert all(len(one.text) <= limits.text for one in shown)
            last = shown[-1]
            assert len(last.text) <= limits.text_with_buttons or not (last.buttons or last.rows)
            assert len(last.buttons) <= limits.buttons
            assert len(last.rows) <= limits.rows
            assert all(len(button.label) <= limits.label for button in last.buttons)
            assert all(len(row.label) <= limits.row_label for row in last.rows)
            data = [button.data for button in (*last.buttons, *last.rows)]
            assert len(set(data)) == len(data)
            assert all(len(one.encode()) <= MOST_DATA for one in data)


def words_of(answer: Answer) -> str:
    match answer:
        case Words(text) | Located(words=text) | Dated(words=text) | WhichPlace(words=text) | WhichMoment(words=text):
            return text
        case _:
            return ""


def waits_for(phone: Phone) -> str:
    """Name the question that stands open, if one does."""
    draft = phone.draft
    step = REPORT.waiting(draft, phone.world.fresh(draft))
    return step.name if step else ""


@thorough
@given(phones(), walks)
def test_nothing_that_comes_breaks_the_conversation(phone: Phone, walk: list[Move]) -> None:
    for move in walk:
        standing = phone.standing()
        assert standing is not None
        shows_well(standing)
        if isinstance(move, Silence):
            play(phone, move)
            continue
        if isinstance(move, Press):
            option = standing.options[move.number % len(standing.options)]
            move = Chose(option.step, option.value)  # noqa: PLW2901  # a press is played as what the button says
        turn, fresh, _ = phone.turn(move)
        for say in turn.says:
            shows_well(say)
        assert msgpack.decode(msgpack.encode(turn.draft), type=Draft) == turn.draft
        for effect in turn.effects:
            phone.world.do(effect, fresh)


@thorough
@given(phones(), walks)
def test_going_back_asks_one_thing_again_and_keeps_the_rest(phone: Phone, walk: list[Move]) -> None:
    before = dict(walked(phone, walk).draft.answers)
    play(phone, Said("kembali"))
    after = dict(phone.draft.answers)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert len(changed) <= 1
    assert not after.keys() - before.keys()


@thorough
@given(phones(), walks, st.sampled_from(sorted(QUESTIONS)), st.text(max_size=8), st.data())
def test_an_old_button_changes_no_answer(
    phone: Phone, walk: list[Move], step: str, forged: str, data: st.DataObject
) -> None:
    before = walked(phone, walk).draft
    assume(step != waits_for(phone))
    seen = sorted({button.data.partition(":")[2] for button in phone.buttons if button.data.startswith(f"{step}:")})
    value = data.draw(st.sampled_from([forged, "skip", "uang", "done", "send", "today", *seen]))
    play(phone, Chose(step, value))
    assert phone.draft.answers == before.answers


@thorough
@given(phones(), walks)
def test_there_is_always_a_way_out(phone: Phone, walk: list[Move]) -> None:
    walked(phone, walk)
    held = {item.id for item in phone.draft.files.held} if phone.draft.receipt is None else set()
    if phone.draft.receipt and not phone.draft.session:
        # What was sent is not stopped: the way out is offered as a button.
        play(phone, Said("batal"))
        standing = phone.standing()
        assert standing is not None
        assert "chat:wipe" in {f"{option.step}:{option.value}" for option in standing.options}
    else:
        play(phone, Said("BATAL"))
        _, effects = play(phone, Said("ya"))
        assert any(isinstance(effect, Forget) for effect in effects)
        assert {effect.item for effect in effects if isinstance(effect, Discard)} == held
        assert phone.draft == Draft(language=phone.language)


@thorough
@given(phones(), walks)
def test_wiping_works_at_once_from_anywhere(phone: Phone, walk: list[Move]) -> None:
    _, effects = play(walked(phone, walk), Said("hapus"))
    assert any(isinstance(effect, Forget) for effect in effects)
    assert phone.draft == Draft(language=phone.language)


# How somebody in a hurry gets through: the first of these that is on offer.
HURRIED = ("on", "go", "leave", "report", "send", "keep", "mine", "skip", "done", "unknown", "lain")


@thorough
@given(phones(), walks)
def test_a_report_can_be_finished_from_anywhere(phone: Phone, walk: list[Move]) -> None:
    walked(phone, walk)
    asked = []
    for _ in range(PRESSES):
        standing = phone.standing()
        assert standing is not None
        asked.append(standing.key)
        offered = {option.value: option for option in standing.options}
        value = next((value for value in HURRIED if value in offered), standing.options[0].value)
        said, effects = play(phone, Chose(offered[value].step, value))
        if said == ("too-little",):
            play(phone, Said(STORY))
        if any(isinstance(effect, FileTip) for effect in effects):
            return
    pytest.fail(f"round and round: {asked}")


@thorough
@given(phones(), walks)
def test_words_are_kept_or_refused_with_a_reason(phone: Phone, walk: list[Move]) -> None:
    walked(phone, walk)
    said, effects = play(phone, Said(STORY))
    kept = any(STORY in words_of(answer) for _, answer in phone.draft.answers)
    passed_on = any(isinstance(effect, Reply) and effect.text == STORY for effect in effects)
    assert kept or passed_on or STORY in phone.draft.held or said[0] in EXPLAINED


@thorough
@given(phones(), walks, moves)
def test_after_half_an_hour_nothing_of_a_draft_is_shown_before_somebody_goes_on(
    phone: Phone, walk: list[Move], move: Move
) -> None:
    standing = walked(phone, walk).draft
    assume(stands(standing) and standing.touched)
    play(phone, Silence(30))
    assume(not isinstance(move, Press | Silence))
    meant = chosen(render.take(move, ASK, catalogue(phone.draft.language)), ASK)  # type: ignore[arg-type]  # assumed above
    assume(meant not in (Chose("resume", "go"), Chose("stop", "on")))
    said, _ = play(phone, move)
    allowed = NEUTRAL | {"timeline"} if isinstance(move, Said) and isinstance(read(move.text), str) else NEUTRAL
    assert [key for key in said if key not in allowed and not key.startswith("lost-")] == []


@thorough
@given(phones(), walks)
def test_words_that_are_too_long_are_refused_with_the_limit(phone: Phone, walk: list[Move]) -> None:
    before = walked(phone, walk).draft
    assume(not before.aside and (before.session or not before.receipt))
    # With a report that was taken back open, no words are taken: it says so, however many they are.
    assume(getattr(phone.world.fresh(before).looked, "status", None) != Status.WITHDRAWN)
    said, effects = play(phone, Said("kata " * LONGEST))
    assert said[0] == "too-long"
    assert not effects
    assert phone.draft.answers == before.answers


@thorough
@given(phones(), walks, moves)
def test_a_file_is_fetched_exactly_when_a_report_will_hold_it(phone: Phone, walk: list[Move], move: Move) -> None:
    before = {item.id for item in walked(phone, walk).draft.files.items}
    _, effects = play(phone, move)
    fetched = {effect.item for effect in effects if isinstance(effect, Fetch)}
    assert {item.id for item in phone.draft.files.items} - before <= fetched
    # With a ticket open it is added to that tip.
    attached = {effect.enclosure.id for effect in effects if isinstance(effect, Attach)}
    assert fetched <= {one.id for one in phone.draft.files.items} | attached


@thorough
@given(phones(), walks)
def test_a_tip_takes_the_files_and_answers_along_and_leaves_none_behind(phone: Phone, walk: list[Move]) -> None:
    for move in (*walk, *map(Press, [0] * PRESSES)):
        held = {item.id for item in phone.draft.files.held}
        _, effects = play(phone, move)
        for effect in effects:
            if isinstance(effect, FileTip):
                assert {enclosure.id for enclosure in effect.tip.enclosures} == held
                assert {name for name, answer in phone.draft.answers if not is_open(answer)} == {"notice"}
                assert phone.draft.receipt is not None
