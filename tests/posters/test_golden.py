"""The posters that README shows are those that are printed: a change that nobody meant is seen here.

After one that is meant: `python -m tests.posters.test_golden` draws them anew; look at them.
"""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.posters import Poster, draw
from tests.posters.orders import full, order

DOCS = Path(__file__).parents[2] / "docs"
WIDTH = 420
# Of 255, in the worst square of so many pixels: another rounding of a curve moves it by 3, another word by 40.
TOLERANCE, SQUARE = 15, 12
SHOWN = {
    "poster-a4": order(format="png"),
    "poster-dark": full(format="png", look="dark", telegram=None),
    "poster-english": order(format="png", language="en", whatsapp=None, size="a5"),
    "poster-story": order(format="png", size="story"),
    "poster-stickers": order(format="png", size="stickers"),
}


def drawn(poster: Poster) -> Image.Image:
    image = Image.open(io.BytesIO(draw(poster, ppi=150))).convert("RGB")
    return image.resize((WIDTH, WIDTH * image.height // image.width), Image.Resampling.LANCZOS)


def difference(one: Image.Image, other: Image.Image) -> int:
    """How far the worst square of one picture is from the same of the other."""
    apart = ImageChops.difference(one, other).convert("L")
    worst = apart.resize((apart.width // SQUARE, apart.height // SQUARE), Image.Resampling.BOX).getextrema()[1]
    assert isinstance(worst, int | float)
    return int(worst)


@pytest.mark.parametrize("name", SHOWN)
def test_the_poster_of_the_readme_is_the_one_that_is_printed(name: str) -> None:
    shown, made = Image.open(DOCS / f"{name}.png").convert("RGB"), drawn(SHOWN[name])
    assert shown.size == made.size
    assert difference(shown, made) < TOLERANCE


def test_another_word_would_be_noticed() -> None:
    shown = Image.open(DOCS / "poster-a4.png").convert("RGB")
    assert difference(shown, drawn(order(format="png", place_name="Kota Palangka Rava"))) > TOLERANCE


@pytest.mark.parametrize("name", SHOWN)
def test_the_readme_shows_it(name: str) -> None:
    assert f"docs/{name}.png" in (DOCS.parent / "README.md").read_text()


if __name__ == "__main__":
    for name, poster in SHOWN.items():
        drawn(poster).quantize(128, kmeans=2).save(DOCS / f"{name}.png", optimize=True)
