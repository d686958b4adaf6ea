"""Of a PDF only what its pages look like is kept, whatever else it carried."""

import io
import re
import zlib
from collections.abc import Callable
from typing import Final

import pypdfium2
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from PIL import Image

from handlers.messages import Kind
from storage.cleaning import documents
from storage.cleaning.cleaner import Cleaner
from storage.cleaning.documents import MOST_PAGES
from storage.cleaning.wire import GRAIN_BYTES
from storage.errors import Unclean, Why
from storage.vault import new_identity, open_sealed
from tests.cleaning import papers
from tests.cleaning.conftest import CleanAs
from tests.cleaning.files import noise, saved, zipped
from tests.cleaning.oracle import exiftool, read_tags, survivors
from tests.cleaning.refusal import refused

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
BARE_NAMES: Final = set(
    b"Type Catalog Pages Count Kids Page Parent MediaBox Contents Resources XObject P Do Subtype Image Width Height "
    b"ColorSpace DeviceRGB BitsPerComponent Filter DCTDecode Length Size Root".split()
)
BARE_TAGS: Final = {
    "ExifTool": {"ExifToolVersion"},
    "File": {"FileType", "FileTypeExtension", "MIMEType"},
    "PDF": {"PDFVersion", "Linearized", "PageCount"},
}


def pictures(pdf: bytes) -> list[Image.Image]:
    """Every page, a pixel a point."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render().to_pil().convert("RGB") for page in document]
    document.close()
    return drawn


def near(picture: Image.Image, point: tuple[int, int], wanted: tuple[int, int, int]) -> bool:
    """Compare the colour at a point, counted from the lower left as PDF does."""
    seen = picture.getpixel((point[0], picture.height - point[1]))
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 16 for one, other in zip(seen, wanted, strict=True))


async def test_nothing_but_pictures_comes_through(clean_as: CleanAs) -> None:
    original = papers.telling()
    assert survivors(original)
    cleaned = await clean_as(Kind.PDF, original)
    assert not survivors(cleaned)
    around = re.sub(rb"stream\n\xff\xd8.*?\nendstream", b"", cleaned, flags=re.DOTALL)
    assert set(re.findall(rb"/([A-Za-z]+)", around)) <= BARE_NAMES
    assert around.count(b" obj") == 5
    assert around.endswith(b"%%EOF\n")


async def test_not_even_text_is_left_to_be_searched(clean_as: CleanAs) -> None:
    document = pypdfium2.PdfDocument(await clean_as(Kind.PDF, papers.telling()))
    (page,) = document
    assert page.get_textpage().count_chars() == 0
    assert not any(document.get_metadata_dict().values())
    assert document.count_attachments() == 0
    assert [kept.type for kept in page.get_objects()] == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    document.close()


@exiftool
async def test_exiftool_finds_only_structure(clean_as: CleanAs) -> None:
    found = read_tags(await clean_as(Kind.PDF, papers.telling()))
    assert {(group, tag) for group, tags in found.items() for tag in tags} <= {
        (group, tag) for group, tags in BARE_TAGS.items() for tag in tags
    }


async def test_a_reader_sees_what_they_saw_before(clean_as: CleanAs) -> None:
    """The cropped paper, the drawing, and what was filled into the form."""
    (page,) = pictures(await clean_as(Kind.PDF, papers.telling()))
    assert page.size == (595, 642)
    assert near(page, (200, 500), RED)
    assert near(page, (450, 525), BLUE)
    assert near(page, (60, 310), WHITE)  # a note hidden in white stays hidden


async def test_words_are_drawn_though_no_font_can_be_fetched(clean_as: CleanAs) -> None:
    (page,) = pictures(await clean_as(Kind.PDF, papers.plain(b"BT /F 60 Tf 50 400 Td (WWWWWW) Tj ET")))
    assert page.getextrema()[0][0] < 60  # type: ignore[index]  # a band's darkest, of three bands


@pytest.mark.parametrize(
    ("points", "pixels"),
    [
        (papers.A4, (1240, 1755)),
        ((842, 595), (1755, 1240)),
        ((2384, 3370), (1811, 2560)),  # a poster
        ((360, 8000), (360, 8000)),  # a chat, saved as one long page, stays legible
        ((14400, 100), (8000, 56)),  # a banner
    ],
)
async def test_pages_are_as_large_as_may_be(
    clean_as: CleanAs, points: tuple[int, int], pixels: tuple[int, int]
) -> None:
    cleaned = await clean_as(Kind.PDF, papers.plain(size=points))
    size = re.search(rb"/Width (\d+)/Height (\d+)", cleaned)
    assert size
    assert all(abs(int(seen) - wanted) <= 1 for seen, wanted in zip(size.groups(), pixels, strict=True))
    assert [page.size for page in pictures(cleaned)] == [points]


async def test_pages_keep_their_order(clean_as: CleanAs) -> None:
    shades = [Image.new("RGB", (60, 60), (40 * n, 0, 0)) for n in range(6)]
    cleaned = await clean_as(Kind.PDF, saved(shades[0], "PDF", save_all=True, append_images=shades[1:]))
    assert [round(page.getpixel((30, 30))[0] / 40) for page in pictures(cleaned)] == list(range(6))  # type: ignore[index]


async def test_sixty_pages_are_taken_and_one_more_is_too_many(clean_as: CleanAs) -> None:
    small = (72, 72)
    assert len(pictures(await clean_as(Kind.PDF, papers.plain(many=MOST_PAGES, size=small)))) == MOST_PAGES
    with pytest.raises(Unclean) as refusal:
        await clean_as(Kind.PDF, papers.plain(many=MOST_PAGES + 1, size=small))
    assert refusal.value.why is Why.TOO_MANY_PAGES


def test_busy_pages_are_written_more_coarsely_until_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = noise(1240, 1754)
    original = saved(busy, "PDF", save_all=True, append_images=[busy] * 2, resolution=150, quality=40)
    fine = documents.clean(original, bytes(GRAIN_BYTES)).data
    monkeypatch.setattr(documents, "MOST_BYTES", len(fine) // 2)
    assert len(fine) // 4 < len(documents.clean(original, bytes(GRAIN_BYTES)).data) < len(fine) // 2 + 3000
    monkeypatch.setattr(documents, "MOST_BYTES", len(fine) // 100)
    with pytest.raises(Unclean) as refusal:
        documents.clean(original, bytes(GRAIN_BYTES))
    assert refusal.value.why is Why.TOO_BIG


async def test_equal_papers_do_not_give_equal_files(clean_as: CleanAs) -> None:
    assert await clean_as(Kind.PDF, papers.plain()) != await clean_as(Kind.PDF, papers.plain())


async def test_what_only_its_owner_restricted_is_taken(clean_as: CleanAs) -> None:
    original = papers.restricted()
    assert b"/Encrypt" in original
    cleaned = await clean_as(Kind.PDF, original)
    assert b"/Encrypt" not in cleaned
    assert near(pictures(cleaned)[0], (200, 700), RED)


async def test_a_pdf_sent_as_a_document_is_a_pdf(cleaner: Cleaner, key: tuple[str, str]) -> None:
    cleaned = await cleaner.clean(Kind.DOCUMENT, papers.plain(), key[1])
    assert cleaned.kind is Kind.DOCUMENT
    assert open_sealed(cleaned.sealed, [key[0]]).startswith(b"%PDF-1.4\n")


def image_bomb() -> bytes:
    """A picture on the page that claims 2 500 megapixels, and has two hundred."""
    body = zlib.compress(bytes(200 * 1_000_000), 1)
    about = b"/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    return papers.file(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
            4: papers.stream(b"99 0 0 99 0 0 cm /X Do"),
            6: papers.stream(body, about),
        }
    )


REFUSED: Final[dict[str, tuple[Why, Callable[[], bytes]]]] = {
    "empty": (Why.EMPTY, bytes),
    "text": (Why.KIND, lambda: b"laporan netralitas"),
    "zip": (Why.KIND, zipped),
    "html": (Why.KIND, lambda: b"<!doctype html><script>alert(1)</script>"),
    "svg": (Why.KIND, lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "gif": (Why.KIND, lambda: saved(noise(), "GIF")),
    "postscript": (Why.KIND, lambda: b"%!PS-Adobe-3.0\nshowpage"),
    "only a header": (Why.BROKEN, lambda: b"%PDF-1.7\n"),
    "header and a zip": (Why.BROKEN, lambda: b"%PDF-1.7\n" + zipped()),
    "locked": (Why.LOCKED, papers.locked),
    "4000 pages": (Why.TOO_MANY_PAGES, lambda: papers.plain(many=4000)),
    "page of three kilometres": (Why.TOO_MANY_PIXELS, lambda: papers.plain(size=(10**7, 10**7))),
    "only a launch action": (Why.BROKEN, papers.launching),
    "its own ancestor": (Why.BROKEN, papers.own_ancestor),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_it_is_refused_kindly_and_in_good_time(clean_as: CleanAs, name: str) -> None:
    why, make = REFUSED[name]
    assert await refused(clean_as(Kind.PDF, make())) is why
    assert await clean_as(Kind.PDF, papers.plain())


@pytest.mark.parametrize(
    "make",
    [
        papers.endless_xref,
        papers.nested,
        image_bomb,
        lambda: papers.plain() + zipped(),
        lambda: papers.plain().replace(b"xref", b"gone"),
    ],
)
async def test_it_is_odd_but_has_a_page(clean_as: CleanAs, make: Callable[[], bytes]) -> None:
    cleaned = await clean_as(Kind.PDF, make())
    assert len(pictures(cleaned)) == 1
    assert not survivors(cleaned)


@pytest.mark.parametrize("make", [papers.laborious, papers.drawing_itself, papers.inflating])
async def test_a_page_that_takes_too_long_or_too_much_is_given_up(
    cleaner: Cleaner, key: tuple[str, str], make: Callable[[], bytes]
) -> None:
    with pytest.raises(Unclean) as refusal:
        await Cleaner(seconds=1).clean(Kind.PDF, make(), key[1])
    assert refusal.value.why in (Why.TOO_SLOW, Why.BROKEN)
    assert (await cleaner.clean(Kind.PDF, papers.plain(), key[1])).sealed


@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_damage_never_stops_the_service(data: st.DataObject) -> None:
    private, public = new_identity()
    paper = bytearray(papers.telling())
    for place in data.draw(st.lists(st.integers(0, len(paper) - 1), max_size=8)):
        paper[place] = data.draw(st.integers(0, 255))
    try:
        cleaned = await Cleaner().clean(Kind.PDF, bytes(paper), public)
    except Unclean as refusal:
        event(refusal.why)
    else:
        assert not survivors(open_sealed(cleaned.sealed, [private]))


def test_what_is_written_can_be_read_by_others_too() -> None:
    """Pillow has a reader of PDF's structure of its own, and a strict one."""
    from PIL import PdfParser  # noqa: PLC0415 - nowhere else

    cleaned = documents.clean(papers.plain(many=3), bytes(GRAIN_BYTES)).data
    with PdfParser.PdfParser(f=io.BytesIO(cleaned)) as parsed:
        assert len(parsed.pages) == 3
        assert set(parsed.trailer_dict) == {b"Size", b"Root"}
