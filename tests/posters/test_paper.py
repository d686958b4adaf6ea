import io
import itertools
import re
from collections import Counter
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageFilter

from bot.posters import Poster, PosterError, draw
from bot.posters.paper import squares
from bot.posters.poster import SIZES, SizeName, ways_in
from tests.posters.orders import BOT, NUMBER, full, logo, order

CHANNELS = [{}, {"telegram": None}, {"whatsapp": None}]
LONGEST = {
    "place": "71.09",
    "place_name": "Kabupaten Kepulauan Siau Tagulandang Biaro dan Sekitarnya",
    "reader": "Badan Pengawas Pemilihan Umum Kabupaten Kepulauan Siau Tagul",
    "telegram": "w" * 29 + "bot",
    "whatsapp": "+62 8000 0000 00000",
}


def picture(poster: Poster, ppi: int = 150) -> Image.Image:
    return Image.open(io.BytesIO(draw(poster, ppi=ppi)))


def paper(poster: Poster) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(draw(poster))


def leads(poster: Poster) -> Counter[str]:
    """What the codes on a page say, and how often."""
    ways, copies = ways_in(poster), SIZES[poster.size].copies
    each = copies // len(ways) if copies > 1 else 1
    return Counter({way.link: each for way in ways})


def read(image: Image.Image) -> Counter[str]:
    return Counter(code.text for code in zxingcpp.read_barcodes(image))


def assert_leads(image: Image.Image, poster: Poster) -> None:
    assert read(image) == leads(poster)


ALL = [full(look="dark"), full(look="dark", telegram=None), full(language="en", **LONGEST), order(language="en")]


@pytest.mark.parametrize("poster", [order(), order(telegram=None), order(whatsapp=None), *ALL], ids=str)
@pytest.mark.parametrize("size", SIZES)
def test_every_code_leads_where_it_should_however_poor_the_camera(size: SizeName, poster: Poster) -> None:
    # At 150 dots to the inch; a story has the pixels of a phone, whatever an inch is there.
    seen = picture(replace(poster, size=size, format="png"), 300 if size == "story" else 150)
    quarter = seen.resize((seen.width // 4, seen.height // 4), Image.Resampling.BILINEAR)
    aslant = seen.rotate(15, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    for view in (seen, quarter, aslant, seen.convert("L")):
        assert_leads(view, replace(poster, size=size))


def test_a_code_that_is_gone_would_be_noticed() -> None:
    poster = order(format="png", size="stickers")
    seen = picture(poster)
    first = zxingcpp.read_barcodes(seen)[0].position
    seen.paste("white", (first.top_left.x, first.top_left.y, first.bottom_right.x, first.bottom_right.y))
    assert leads(poster) - read(seen) != Counter()


def test_a_code_on_a3_can_be_read_from_two_metres_by_a_cheap_phone() -> None:
    # 8 megapixels across 69 degrees: 0.84 mm a pixel at two metres; a square needs two pixels.
    for poster in (order(), order(telegram=None), order(**LONGEST)):
        widest = max(len(squares(way)) for way in ways_in(poster))
        wide = (108 if len(ways_in(poster)) == 1 else 85) * 297 / 210
        assert wide / (widest + 8) > 2 * 0.84


def test_a_phone_reads_it_two_metres_away() -> None:
    # A phone's main camera: 4000 pixels across 69 degrees, which at two metres is 0.69 mm a pixel;
    # a little out of focus, and in the dim light of a corridor.
    poster = order(format="png")
    width = round(210 / 0.69)
    seen = picture(poster).resize((width, round(width * 297 / 210)), Image.Resampling.BILINEAR)
    dim = seen.filter(ImageFilter.GaussianBlur(0.6)).convert("L").point([80 + level // 4 for level in range(256)])
    assert_leads(dim, poster)


def test_a_torn_corner_does_not_break_a_code() -> None:
    poster = order(format="png", telegram=None)
    torn = picture(poster)
    code = zxingcpp.read_barcodes(torn)[0].position
    corner = code.bottom_right
    side = (corner.x - code.bottom_left.x) // 4
    torn.paste("white", (corner.x - side, corner.y - side, corner.x, corner.y))
    assert_leads(torn, poster)


@pytest.mark.parametrize(
    ("language", "size", "changes"),
    [*itertools.product(["id", "en"], SIZES, [*CHANNELS, LONGEST, LONGEST | {"telegram": None}])],
)
@pytest.mark.parametrize("made", [order, full])
def test_it_is_one_page_with_nothing_over_its_edge(
    language: str, size: str, changes: dict[str, object], made: Callable[..., Poster]
) -> None:
    pages = paper(made(language=language, size=size, **changes))
    assert len(pages) == 1
    page = pages[0]
    width, height = page.get_size()
    margin = width * 10 / 210
    text = page.get_textpage()
    for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
        assert margin <= left < right <= width - margin
        assert margin <= bottom < top <= height - margin


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_the_sheet_has_the_size_it_was_ordered_in(name: str, size: object) -> None:
    width, height = paper(order(size=name))[0].get_size()
    expected = SIZES[name]  # type: ignore[index]  # the parameters are this mapping's own keys
    assert size is expected
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((expected.width, expected.height), abs=0.01)


def test_a_story_has_the_pixels_of_a_phone() -> None:
    assert picture(order(size="story", format="png"), 300).size == (1080, 1920)


@pytest.mark.parametrize("size", SIZES)
def test_every_font_travels_inside_the_pdf(size: str) -> None:
    raw = draw(full(size=size))
    assert len(re.findall(rb"/FontFile[23]?\b", raw)) == len(re.findall(rb"/Type\s*/FontDescriptor\b", raw)) > 0
    assert b"PlusJakartaSans" in raw


def test_the_paper_can_be_read_without_a_camera() -> None:
    words = " ".join(paper(order(reader="Bawaslu Kota Palangka Raya"))[0].get_textpage().get_text_range().split())
    for promised in (
        "Kota Palangka Raya",
        "Dibaca oleh Bawaslu Kota Palangka Raya",
        "@" + BOT,
        NUMBER,
        "Nama Anda tidak diminta.",
        "Telegram dan WhatsApp tetap tahu akun Anda memakai layanan ini.",
        "Poster 6271",
    ):
        assert promised in words


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("telegram", "WhatsApp tetap tahu akun Anda memakai layanan ini."),
        ("whatsapp", "Telegram tetap tahu akun Anda memakai layanan ini."),
    ],
)
def test_the_honest_line_names_only_what_the_poster_offers(missing: str, line: str) -> None:
    words = " ".join(paper(order(**{missing: None}))[0].get_textpage().get_text_range().split())
    assert line in words
    assert missing not in words.casefold()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_size_says_what_is_not_protected_and_how_to_come_without_a_camera(size: str, look: str) -> None:
    words = " ".join(paper(full(size=size, look=look))[0].get_textpage().get_text_range().split())
    for promised in (
        "Nama Anda tidak diminta.",
        "tetap tahu akun",
        "@" + BOT,
        NUMBER,
        "Tabé! Narai kabar?",
        "tidak netral?",
    ):
        assert promised in words


def test_the_logo_is_on_paper() -> None:
    red = []
    for more in ({"logo": logo()}, {}):
        page = picture(order(format="png", reader="Bawaslu", **more), 72).convert("RGB")
        red.append({colour: count for count, colour in page.getcolors(1 << 24) or ()}.get((160, 30, 30), 0))
    assert red[0] > 200
    assert red[1] == 0


def test_a_name_is_printed_and_never_run() -> None:
    name = "Kota (sys.inputs) -- 1/2, St. Mary's"
    words = paper(order(place_name=name))[0].get_textpage().get_text_range()
    assert "(sys.inputs)" in words


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_the_file_tells_neither_when_nor_by_whom_it_was_made(form: str) -> None:
    first, second = draw(order(format=form)), draw(order(format=form))
    assert first == second
    assert not re.search(rb"CreationDate|CreateDate|ModDate|ModifyDate|/Author|tIME", first)


@pytest.mark.parametrize("ppi", [150, 300])
def test_a_png_knows_how_large_it_is_on_paper(ppi: int) -> None:
    image = picture(order(format="png"), ppi)
    assert image.info["dpi"] == pytest.approx((ppi, ppi), abs=0.1)
    assert image.size == pytest.approx((210 / 25.4 * ppi, 297 / 25.4 * ppi), abs=1)
    image.load()


def test_it_copies_well_in_black_and_white() -> None:
    grey = picture(order(format="png")).convert("L")
    light = sum(grey.histogram()[240:]) / (grey.width * grey.height)
    assert light > 0.7  # of the sheet stays bare of toner
    assert sum(grey.histogram()[:50]) > 0  # and what is printed is dark


@pytest.mark.parametrize("channels", CHANNELS)
def test_the_pdf_carries_the_same_codes(channels: dict[str, object]) -> None:
    poster = order(**channels)
    assert_leads(paper(poster)[0].render(scale=150 / 72).to_pil(), poster)


@pytest.mark.parametrize("ppi", [-1, 0, 10, 601, 1_000_000])
def test_a_picture_too_coarse_to_scan_or_too_large_to_open_is_refused(ppi: int) -> None:
    with pytest.raises(PosterError, match="72 to 600 pixels per inch"):
        draw(order(format="png"), ppi=ppi)
