"""Each kind of question on its own: what counts as an answer to it, and what becomes of everything else."""

from datetime import date

import pytest
from msgspec.structs import replace

from handlers.answers import (
    Answer,
    Changing,
    Dated,
    Draft,
    Fate,
    Gathered,
    Item,
    Located,
    Picked,
    Skipped,
    WhichMoment,
    WhichPlace,
    Words,
)
from handlers.dialogue import Turn
from handlers.effects import Discard, Fetch, Hush
from handlers.keywords import chosen, command, is_greeting, is_ping
from handlers.messages import Chose, Hushed, Incoming, Kept, Kind, Lost, Odd, Oddity, Pinned, Said, Sent, Term
from handlers.moments import Moment
from handlers.report import REPORT, tip
from handlers.scene import Fresh
from tests.dialogue.world import NOW, World, scene

TODAY, YESTERDAY = date(2026, 11, 18), date(2026, 11, 17)
MENTENG, PAHANDUT, PAHANDUT_WARD = "62.71.03.1002", "62.71.01", "62.71.01.1001"
WEEK = Moment("range", date(2026, 11, 9), date(2026, 11, 15))
SUNDAY = Moment("day", date(2026, 11, 15), date(2026, 11, 15))
OLD = Dated(Moment("day", date(2026, 11, 2), date(2026, 11, 2)), "2 november")
TWO_PLACES = WhichPlace("pahandut", (PAHANDUT, PAHANDUT_WARD))
ONE_PLACE = WhichPlace("mentng", (MENTENG,))
NO_PLACE = WhichPlace("warung bu siti")
TWO_TIMES = WhichMoment("minggu kemarin", (WEEK, SUNDAY))
PHOTO = Item("foto 1", Kind.IMAGE, "key", Fate.KEPT)
COMING = Item("foto 2", Kind.IMAGE, "key")

ANSWERS: dict[str, Answer] = {
    "notice": Picked("go"),
    "story": Words("cerita"),
    "what": Picked("uang"),
    "post": Picked("district"),
    "who": Words("budi"),
    "where": Located(MENTENG, "menteng"),
    "when": Dated(Moment("day", YESTERDAY, YESTERDAY), "kemarin"),
    "evidence": Gathered(done=True),
}


def fresh(*, conflict: bool = False, most_files: int = 2) -> Fresh:
    return World(scene(conflict=conflict, most_files=most_files)).fresh(Draft())


def at(name: str, **answers: Answer) -> Draft:
    """A conversation in which everything before this question is answered."""
    before = dict(list(ANSWERS.items())[: list(ANSWERS).index(name)] if name in ANSWERS else ANSWERS)
    return Draft(answers=tuple({**before, **answers}.items()), hint="62.71")


def turned(draft: Draft, *incomings: Incoming) -> Turn:
    turn = Turn(draft)
    for incoming in incomings:
        turn = REPORT.turn(turn.draft, incoming, fresh())
    return turn


def day(moment: date, words: str = "", *, live: bool = False, part: str = "") -> Dated:
    return Dated(Moment("part" if part else "day", moment, moment, part=part), words, live)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("who", "-", "skip"),
        ("who", "LEWATI", "skip"),
        ("who", "ga tau", "skip"),
        ("who", "tidak ada.", "skip"),
        ("where", "gak", "skip"),
        ("where", "I don't know", "skip"),
        ("when", "sekarang", "now"),
        ("when", "Lupa!", "unknown"),
        ("when", "skip", "unknown"),
        ("evidence", "sudah", "done"),
        ("evidence", "ga ada", "done"),
        ("evidence", "oke", "done"),
        ("evidence", "that is all", "done"),
        ("conflict", "iya", "yes"),
        ("conflict", "bukan", "no"),
        ("conflict", "kurang tahu", "unknown"),
        ("what", "lainnya", "lain"),
        ("what", "tidak tahu", "lain"),
        ("post", "entah", "unknown"),
        ("send", "kirim", "send"),
        ("send", "ya", "send"),
        ("send", "ganti", "change"),
    ],
)
def test_a_typed_word_presses_the_button_it_stands_for(name: str, typed: str, value: str) -> None:
    now = fresh(conflict=name == "conflict")
    assert chosen(Said(typed), REPORT.prompt(at(name), now)) == Chose(name, value)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("who", "ya"), ("evidence", "ya"), ("evidence", "ada"), ("send", "sudah"), ("send", "tidak"), ("story", "ok")],
)
def test_a_word_that_stands_for_no_button_here_is_neither_an_answer_nor_a_story(name: str, typed: str) -> None:
    before = at(name)
    turn = turned(before, Said(typed))
    assert turn.draft.answers == before.answers
    assert [say.key for say in turn.says] == [f"ask-{name}"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("BATAL", "stop"),
        ("/batal", "stop"),
        ("/lapor@saksi_bot", "report"),
        ("  kembali. ", "back"),
        ("Hapus  Semua!", "wipe"),
        ("English", "english"),
        ("cek", "check"),
        ("tolong batal", ""),
        ("hapus@semua", ""),
        ("", ""),
    ],
)
def test_a_command_counts_only_as_the_whole_message(typed: str, name: str) -> None:
    assert command(typed) == name


def test_a_greeting_in_the_middle_may_be_an_answer() -> None:
    assert is_greeting("Malam!")
    assert not is_ping("Malam!")
    assert is_ping("P")
    assert is_ping("assalamualaikum")


@pytest.mark.parametrize(
    ("name", "before", "incoming", "answer"),
    [
        ("what", None, Chose("what", "apk"), Picked("apk")),
        ("what", None, Chose("what", "dusta"), None),
        ("what", None, Pinned(0, 0), None),
        ("who", None, Said("Budi dan Sari"), Words("Budi dan Sari")),
        ("who", None, Chose("who", "skip"), Skipped()),
        ("who", None, Chose("where", "skip"), None),
        ("where", None, Said("lapangan menteng"), Located(MENTENG, "lapangan menteng")),
        ("where", None, Said("pahandut"), TWO_PLACES),
        ("where", None, Said("mentng"), ONE_PLACE),
        ("where", None, Said("warung bu siti"), NO_PLACE),
        ("where", None, Chose("where", "here"), Located("62.71")),
        ("where", None, Chose("where", "online"), Picked("online")),
        ("where", None, Chose("where", MENTENG), None),
        ("where", None, Pinned(-2.2, 113.9), None),
        ("where", TWO_PLACES, Chose("where", PAHANDUT), Located(PAHANDUT, "pahandut")),
        ("where", TWO_PLACES, Chose("where", MENTENG), TWO_PLACES),
        ("where", TWO_PLACES, Chose("where", "mine"), Located(words="pahandut")),
        ("where", TWO_PLACES, Said("ya"), TWO_PLACES),
        ("where", ONE_PLACE, Said("ya"), Located(MENTENG, "mentng")),
        ("where", ONE_PLACE, Said("bukan"), Located(words="mentng")),
        ("where", NO_PLACE, Said("menteng"), Located(MENTENG, "warung bu siti, menteng")),
        ("where", NO_PLACE, Said("pahandut"), WhichPlace("warung bu siti, pahandut", TWO_PLACES.codes)),
        ("where", NO_PLACE, Said("dekat pasar besar"), Located(words="warung bu siti, dekat pasar besar")),
        ("when", None, Chose("when", "today"), day(TODAY)),
        ("when", None, Chose("when", "yesterday"), day(YESTERDAY)),
        ("when", None, Chose("when", "now"), day(TODAY, live=True)),
        ("when", None, Chose("when", "unknown"), Skipped()),
        ("when", None, Said("td malam"), day(YESTERDAY, "td malam", part="malam")),
        ("when", None, Said("minggu kemarin"), TWO_TIMES),
        ("when", None, Said("pas acara itu"), None),
        ("when", TWO_TIMES, Chose("when", "20261115/20261115///"), Dated(SUNDAY, "minggu kemarin")),
        ("when", TWO_TIMES, Chose("when", "20261101/20261101///"), TWO_TIMES),
        ("when", TWO_TIMES, Chose("when", "unknown"), Dated(words="minggu kemarin")),
        ("when", TWO_TIMES, Said("kemarin"), day(YESTERDAY, "kemarin")),
        ("evidence", None, Chose("evidence", "done"), Gathered(done=True)),
        ("evidence", None, Pinned(0, 0), None),
    ],
)
def test_what_counts_as_an_answer(name: str, before: Answer | None, incoming: Incoming, answer: Answer | None) -> None:
    assert turned(at(name, **({name: before} if before else {})), incoming).draft[name] == answer


def test_when_somebody_learned_of_it_is_asked_only_of_old_events() -> None:
    assert [say.key for say in turned(at("when"), Said("2 november")).says] == ["ask-known"]
    assert [say.key for say in turned(at("when"), Said("kemarin")).says] == ["ask-evidence"]
    assert turned(at("evidence", when=OLD), Said("sekarang")).draft["known"] == day(TODAY)


@pytest.mark.parametrize(
    ("name", "typed", "answer", "when"),
    [
        ("who", "pak camat kemarin malam", Words("pak camat kemarin malam"), day(YESTERDAY, part="malam")),
        ("who", "lurah baru 2 bulan", Words("lurah baru 2 bulan"), None),
        ("where", "kel menteng, kemarin", Located(MENTENG, "kel menteng, kemarin"), day(YESTERDAY)),
        ("where", "aula smp, kemarin", WhichPlace("aula smp, kemarin"), day(YESTERDAY)),
        ("where", "kemarin", None, day(YESTERDAY, "kemarin")),
        ("where", "tgl 17 november", None, day(YESTERDAY, "tgl 17 november")),
        ("where", "lapangan 17 agustus", WhichPlace("lapangan 17 agustus"), None),
        ("where", "pasar minggu", WhichPlace("pasar minggu"), None),
    ],
)
def test_a_time_told_with_who_or_where_is_heard(
    name: str, typed: str, answer: Answer | None, when: Dated | None
) -> None:
    turn = turned(at(name), Said(typed))
    assert (turn.draft[name], turn.draft["when"]) == (answer, when)
    assert ("heard" in [say.key for say in turn.says]) == (when is not None), "what was heard is read back"


def test_words_at_a_choice_join_the_story_and_after_three_nobody_is_asked_again() -> None:
    first = turned(at("post"), Said("orang penting"))
    assert [say.key for say in first.says] == ["choice-noted"]
    assert first.draft["story"] == Words("cerita\norang penting")
    third = turned(first.draft, Said("yang di kantor dinas"), Said("itu lho"))
    assert third.draft["post"] == Picked("unknown")
    assert third.draft["story"] == Words("cerita\norang penting\nyang di kantor dinas\nitu lho")


def test_a_category_pressed_at_the_first_question_is_not_asked_for_again() -> None:
    turn = turned(at("story"), Chose("story", "apk"))
    assert turn.draft["story"] == Skipped()
    assert turn.draft["what"] == Picked("apk")
    assert [say.key for say in turn.says] == ["ask-post"]


def test_words_beside_the_evidence_join_the_story() -> None:
    turn = turned(at("evidence"), Said("https://example.org/foto"))
    assert turn.draft["story"] == Words("cerita\nhttps://example.org/foto")
    assert [say.key for say in turn.says] == ["evidence-noted"]


def test_a_photo_is_evidence_at_any_question() -> None:
    turn = turned(at("who"), Sent("foto 9", Kind.IMAGE))
    assert [item.id for item in turn.draft.files.held] == ["foto 9"]
    assert [type(effect) for effect in turn.effects] == [Fetch, Hush]
    assert turn.says == ()


def test_a_caption_that_tells_the_story_leads_to_the_next_question() -> None:
    turn = turned(at("story"), Sent("foto 9", Kind.IMAGE, "lurah bagi beras"))
    assert turn.draft["story"] == Words("lurah bagi beras")
    assert [say.key for say in turn.says] == ["heard"]
    assert turn.says[0].words["question"] == Term("ask-who")


def test_the_caption_of_a_file_that_cannot_be_taken_is_kept() -> None:
    turn = turned(at("story"), Sent("berkas", Kind.DOCUMENT, "lurah bagi beras"))
    assert turn.draft["story"] == Words("lurah bagi beras")
    assert [say.key for say in turn.says] == ["file-document", "heard"]
    assert turn.effects == ()


def test_more_files_than_agreed_are_refused_with_the_number() -> None:
    turn = turned(at("evidence", evidence=Gathered((PHOTO, COMING))), Sent("foto 3", Kind.IMAGE))
    assert [(say.key, say.words) for say in turn.says] == [("too-many-files", {"most": 2})]
    assert turn.draft.files.held == (PHOTO, COMING)


@pytest.mark.parametrize(
    ("name", "items", "said"),
    [
        ("evidence", (PHOTO,), ["evidence-kept"]),
        ("evidence", (PHOTO, COMING), ["evidence-coming"]),
        ("who", (PHOTO,), ["files-noted"]),
        ("who", (PHOTO, COMING), []),
        ("story", (PHOTO,), ["ask-story-files"]),
        ("story", (PHOTO, COMING), []),
        ("who", (), []),
    ],
)
def test_an_album_is_confirmed_once_when_all_of_it_is_there(
    name: str, items: tuple[Item, ...], said: list[str]
) -> None:
    turn = turned(at(name, evidence=Gathered(items)), Hushed())
    assert [say.key for say in turn.says] == said


def test_a_lost_file_is_told_of_and_the_rest_is_confirmed_after_it() -> None:
    turn = turned(at("who", evidence=Gathered((PHOTO, COMING))), Lost("foto 2", "broken"))
    assert [say.key for say in turn.says] == ["lost-broken"]
    assert turn.effects == (Hush(),)
    assert turned(turn.draft, Hushed()).says[0].words == {"kept": 1, "all": 1}


def test_a_file_that_nobody_waits_for_any_more_is_thrown_away() -> None:
    assert turned(Draft(), Kept("foto 1")).effects == (Discard("foto 1"),)


@pytest.mark.parametrize("kind", Oddity)
def test_what_is_no_answer_is_refused_by_name_beside_the_buttons_that_stand(kind: Oddity) -> None:
    turn = turned(at("conflict"), Odd(kind))
    assert [say.key for say in turn.says] == [f"odd-{kind}"]
    assert turn.says[0].options == REPORT.prompt(at("conflict"), fresh()).options


@pytest.mark.parametrize(
    ("before", "incoming", "said", "open_again"),
    [
        (None, Chose("send", "change"), "ask-change", "send"),
        (Changing(), Chose("send", "keep"), "ask-send", "send"),
        (Changing(), Chose("send", "who"), "ask-who", "who"),
        (Changing(), Chose("send", "known"), "ask-send", "send"),
        (Changing(), Said("siapa ya"), "not-a-choice", "send"),
        (None, Said("ada lagi"), "ask-send", "send"),
        (None, Chose("send", "whole"), "whole-story", "send"),
    ],
)
def test_the_last_look_leads_to_any_answer_and_back(
    before: Answer | None, incoming: Incoming, said: str, open_again: str
) -> None:
    turn = turned(at("send", **({"send": before} if before else {})), incoming)
    assert [say.key for say in turn.says] == [said]
    step = REPORT.waiting(turn.draft, fresh())
    assert step is not None
    assert step.name == open_again


def test_words_at_the_last_look_join_the_story_and_are_shown() -> None:
    turn = turned(at("send"), Said("uangnya 50 ribu"))
    assert turn.says[0].words["story"] == "cerita\nuangnya 50 ribu"


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, {"where": "Kel. Menteng, Kec. Jekan Raya", "evidence": "nothing", "who": "budi"}),
        ({"who": Words("x" * 300)}, {"who": "sum-long"}),
        ({"where": Picked("online")}, {"where": "where-online"}),
        ({"where": Located(words="warung")}, {"where": "warung"}),
        ({"when": Dated(words="pas acara")}, {"when": "pas acara"}),
        ({"evidence": Gathered((PHOTO, COMING), done=True)}, {"evidence": "sum-files"}),
    ],
)
def test_the_last_look_shows_every_answer(answers: dict[str, Answer], shown: dict[str, str]) -> None:
    words = REPORT.prompt(at("send", **answers), fresh()).words
    assert all(part in str(words[name]) for name, part in shown.items())


def test_a_tip_holds_what_was_answered_and_nothing_else() -> None:
    draft = at(
        "send", when=OLD, known=day(TODAY), evidence=Gathered((PHOTO, COMING), done=True), conflict=Picked("yes")
    )
    now = World(scene()).fresh(draft)
    made = tip(draft, now)
    assert (made.id, made.day) == ("laporan 1", NOW.date())
    assert (made.what, made.post, made.who, made.story) == ("uang", "district", "budi", "cerita")
    assert (made.place, made.place_words, made.online) == (MENTENG, "menteng", False)
    assert (made.when, made.when_words, made.live) == (OLD.moment, "2 november", False)
    assert (made.known, made.conflict) == (day(TODAY).moment, "yes")
    assert [enclosure.id for enclosure in made.enclosures] == ["foto 1", "foto 2"]


def test_a_tip_of_nothing_but_a_category_is_a_tip() -> None:
    skipped = dict.fromkeys(("story", "who", "where", "when"), Skipped())
    made = tip(at("send", **skipped, what=Picked("lain"), post=Picked("unknown")), fresh())
    assert (made.what, made.who, made.place, made.when, made.story) == ("lain", "", "", None, "")


def test_when_somebody_learned_of_it_leaves_the_tip_with_the_event_that_was_old() -> None:
    assert tip(at("send", known=day(TODAY)), fresh()).known is None


def test_a_tip_does_not_tell_which_poster_led_to_it() -> None:
    for place in ({}, {"where": Skipped()}):
        draft = at("", **place)
        assert tip(draft, fresh()) == tip(replace(draft, hint=""), fresh())
    assert "62.71" not in repr(tip(at("", where=Skipped()), fresh()))
