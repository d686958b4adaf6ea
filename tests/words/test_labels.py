import pytest

from bot import render
from handlers.keywords import command
from handlers.messages import Chose, Said, Say
from locales import LANGUAGES, catalogue
from tests.words.pages import everywhere, pages
from tests.words.sayings import FAMILIES
from tests.words.scenes import CHANNELS
from tests.words.walk import everything_said

# Labels made of data (a place's name, a whole date) may be long: those prompts fall back to letters.
MADE_OF_DATA = frozenset({"named", "moment"})
TOAST = 200
DESK_LABEL = 20
PROMPTS = [pytest.param(say, id=name) for name, say in everything_said().items() if say.options]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("say", PROMPTS)
def test_every_label_fits_whole(say: Say, channel: str, language: str) -> None:
    limits, words = CHANNELS[channel], catalogue(language)
    if any(option.key in MADE_OF_DATA for option in say.options):
        return
    last = render.show(say, words, limits)[-1]
    labels = [render.label(option, words) for option in say.options]
    assert len(set(labels)) == len(labels)
    assert last.buttons or last.rows, f"{labels} fell back to letters"
    most = limits.label if last.buttons else limits.row_label
    assert all(len(button.label) <= most for button in (*last.buttons, *last.rows))
    assert all(len(button.about) <= limits.row_about for button in last.rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("say", PROMPTS)
def test_typing_a_label_does_what_its_button_does(say: Say, language: str) -> None:
    words = catalogue(language)
    for option in say.options:
        typed = Said(render.label(option, words).upper())
        assert render.take(typed, say, words) == Chose(option.step, option.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("say", PROMPTS)
def test_a_label_typed_too_late_is_no_other_command(say: Say, language: str) -> None:
    same = {"chat-wipe": {"wipe"}, "lobby-report": {"start", "report"}, "language-id": {"indonesian"}}
    same |= {"language-en": {"english"}, "resume-wipe": {"wipe"}}
    for option in say.options:
        word = command(render.label(option, catalogue(language)))
        assert not word or word in same.get(option.key, set()), option.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_officers_labels_and_toasts_fit(language: str) -> None:
    words = pages(language)
    assert all(len(words[key].texts[0]) <= DESK_LABEL for key in FAMILIES["desk-{}"])
    toasts = [entry.texts for key, entry in words.items() if key.startswith("toast-")]
    assert all(len(text) <= TOAST for texts in toasts for text in texts)


def test_a_description_fits_its_row_in_every_language() -> None:
    limits = CHANNELS["WhatsApp"]
    abouts = [(key, entry.texts[0]) for _, key, entry in everywhere() if key.endswith(".about")]
    assert [key for key, text in abouts if len(text) > limits.row_about] == []
    assert abouts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_that_opens_a_list_fits(language: str) -> None:
    assert len(catalogue(language).say("choose")) <= CHANNELS["WhatsApp"].label
