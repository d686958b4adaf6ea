"""Questions of the catalogue are read in the reader's language; typed ones as they were typed."""

from msgspec.structs import replace

from bot import letters, render
from handlers import follow_up
from handlers.messages import Term
from locales import catalogue
from tests.desk.office import Office


async def test_a_ready_made_question_is_read_in_either_language_and_a_typed_one_as_it_was(office: Office) -> None:
    tip = await office.receive()
    await office.posted(tip)
    card = await office.card(tip)
    for words in ((Term("question-when"), Term("question-where")), ("Siapa yang hadir?",)):
        await office.committer.commit(lambda tx, words=words: letters.send(office.desk, tx, tip, card, words))  # type: ignore[misc]  # bound here
    say = follow_up.show(await office.timeline(tip))
    for language in ("id", "en"):
        known = catalogue(language)
        text = render.said(say.key, say.words, known)
        assert all(known.say(key) in text for key in ("question-when", "question-where"))
        assert "Siapa yang hadir?" in text
        assert "\0" not in text


async def test_keys_that_nobody_knows_leave_the_words_as_they_were(office: Office) -> None:
    tip = await office.receive()
    await office.posted(tip)
    card = await office.card(tip)
    await office.committer.commit(lambda tx: letters.send(office.desk, tx, tip, card, (Term("question-when"),)))
    timeline = await office.timeline(tip)
    [asked] = [line for line in timeline.lines if line.key == "desk-asks"]
    assert (asked.text, asked.keys) == (catalogue("id").say("question-when"), ("question-when",))
    older = replace(timeline, lines=(replace(asked, keys=("question-gone",)),))
    say = follow_up.show(older)
    assert asked.text in render.said(say.key, say.words, catalogue("en"))
