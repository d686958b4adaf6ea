"""Takes the pictures of docs/desk.md and docs/petugas.md: `python -m tests.browser.desk_portraits` works one report."""

import asyncio
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import ViewportSize, expect

from tests.browser.chromium import PATIENCE, chromium
from tests.browser.portrait import COLOURS, first_card, told_first
from tests.browser.screens import DemoPage
from tests.browser.waking import awake

FOLDER = Path(__file__).parents[2] / "docs"
# Of the window, in pixels of the page; an opened report is long.
WIDTH, SHORT, USUAL, LONG = 1440, 620, 820, 1480
SHARPNESS = 1.5  # pixels of a picture to one of the page


async def play(demo: DemoPage) -> dict[str, bytes]:
    """Take, open, ask and close; return a picture of each, by its name."""
    desk = demo.desk
    await told_first(demo)
    await desk.enter("private")
    taken = {"desk-start": await shot(demo, SHORT)}
    await desk.enter("group")
    card = await first_card(demo)
    taken["desk-card"] = await shot(demo)
    await card.press("Ambil")
    await card.says("Dipegang: Rina")
    await card.press("Buka")
    await card.says("Status: dibaca")
    private = await desk.enter("private")
    await expect(private.last).to_contain_text("Pegawai yang dilaporkan")
    taken["desk-opened"] = await shot(demo, LONG)
    await demo.page.set_viewport_size(ViewportSize(width=WIDTH, height=USUAL))
    await private.say("/antrean")
    taken["desk-queue"] = await shot(demo)
    await desk.enter("group")
    for label in ("Lainnya", "Kecualikan petugas"):
        await card.press(label)
    await expect(card.shown.get_by_role("button", name="Bagus", exact=True)).to_be_visible()
    taken["desk-recusal"] = await shot(demo)
    await card.press("Kembali")
    for label in ("Tanya pelapor", "Jam kejadian", "Rincian kejadian"):
        await card.press(label)
        await expect(card.shown.get_by_role("button", name="Kirim pertanyaan")).to_be_visible()
    await card.says("√ Rincian kejadian")
    taken["desk-question"] = await shot(demo)
    await card.press("Kirim pertanyaan")
    await card.says("MENUNGGU JAWABAN")
    for label, words in (("Selesai …", "Tidak terbukti"), ("Terbukti", "Pemberhentian")):
        await card.press(label)
        await card.says(words)
    taken["desk-closing"] = await shot(demo)
    return taken


async def shot(demo: DemoPage, height: int = USUAL) -> bytes:
    """The officers' screen, once the last toast is gone and nobody points at anything."""
    await demo.page.set_viewport_size(ViewportSize(width=WIDTH, height=height))
    await demo.page.mouse.move(0, 0)
    await expect(demo.page.locator(".toast")).to_have_count(0)
    return await demo.page.locator(".panel.desk .device").screenshot()


async def portraits() -> dict[str, bytes]:
    """Play the story in a town of its own."""
    with TemporaryDirectory() as folder:
        async with awake(Path(folder)) as town, chromium() as browser:
            context = await browser.new_context(
                viewport=ViewportSize(width=WIDTH, height=USUAL), device_scale_factor=SHARPNESS
            )
            context.set_default_timeout(PATIENCE)
            demo = await DemoPage.opened(await context.new_page(), town.simulator.url)
            taken = await play(demo)
            assert demo.complaints == []
            return taken


def main() -> None:
    for name, data in asyncio.run(portraits()).items():
        picture = Image.open(BytesIO(data)).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
