import re

import msgspec
import pytest

from bot.posters.words import WORDS, Words

LONGEST_SENTENCE = 13


def said(words: Words) -> list[str]:
    plain = msgspec.to_builtins(words)
    lines = [value for value in plain.values() if isinstance(value, str)]
    return [*lines, " ".join(words.headline), *(f"{it.word} {it.rest}" for it in words.questions)]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_nothing_is_promised_that_cannot_be_kept(words: Words) -> None:
    text = " ".join(said(words)).casefold()
    assert not re.search(r"anonim|anonym|rahasia|secret|100|dijamin|guarantee|pasti aman|kebal|immun", text)


def test_nobody_is_called_guilty_or_kamu() -> None:
    text = " ".join(said(WORDS["id"])).casefold()
    assert not re.search(r"\b(kamu|kau|oknum|pelaku|terlapor|pelanggar|curang)\b", text)
    assert "Anda" in WORDS["id"].unasked


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_sentences_are_short_enough_for_somebody_passing(words: Words) -> None:
    for line in said(words):
        for sentence in re.split(r"(?<=[.?!:]) ", line):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_the_greeting_in_a_chat_list_says_nothing_of_a_report(words: Words) -> None:
    assert "{code}" in words.greeting
    assert not re.search(r"lapor|report|saksi|witness|aduan|asn|bawaslu", words.greeting.casefold())


def test_both_languages_ask_the_same_questions() -> None:
    pictures = {language: [it.picture for it in words.questions] for language, words in WORDS.items()}
    assert pictures["id"] == pictures["en"] == ["what", "who", "where", "when", "evidence"]
