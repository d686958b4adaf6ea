"""Takes the README's picture: `python -m tests.browser.portrait` plays a short story and writes docs/demo.png."""

import asyncio
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import expect

from tests.browser.chromium import DESKTOP, PATIENCE, chromium
from tests.browser.screens import Card, DemoPage, Phone
from tests.browser.waking import awake

PICTURE = Path(__file__).parents[2] / "docs" / "demo.png"
SHARPNESS = 1.5  # pixels of the picture to one of the page
COLOURS = 256


async def play(demo: DemoPage) -> None:
    """One report is being traced, the next has just come in, and a third is still being told."""
    await first_report(demo)
    await demo.become_somebody_new()
    await second_report(demo.telegram)
    await third_report(demo.whatsapp)
    await demo.desk.card(1)
    await expect(demo.page.locator(".toast")).to_have_count(0)


async def first_report(demo: DemoPage) -> None:
    await told_first(demo)
    card = await first_card(demo)
    for label, words in (("Ambil", "Rina"), ("Buka", "dibaca"), ("Status", ""), ("Ditelusuri", "ditelusuri")):
        await card.press(label)
        await card.says(words)


async def told_first(demo: DemoPage) -> None:
    reporter = demo.whatsapp
    await demo.desk.connect()
    await reporter.start()
    await reporter.walk("[Lanjut]", "[Pakai fasilitas negara]", "[Pimpinan dinas/badan]", "Kepala dinas")
    await reporter.walk("Menteng", "[Hari ini]")
    await reporter.say("Mobil dinas mengangkut spanduk calon sejak pagi.")
    await sample(reporter, 2)
    await reporter.walk("[Sudah semua]", "[Kirim]")


async def first_card(demo: DemoPage) -> Card:
    return await demo.desk.card(0)


async def second_report(reporter: Phone) -> None:
    await reporter.start()
    await reporter.walk("[Lanjut]", "[Mengajak/mengarahkan]", "[Camat atau lurah]", "Camat, di grup WA RT")
    await reporter.walk("[Kota Palangka Raya]", "[Kemarin]", "[Tidak ada]", "[Kirim, kabari saya]")
    await reporter.ticket()


async def third_report(reporter: Phone) -> None:
    await reporter.start()
    await reporter.walk("[Lanjut]", "[Pakai fasilitas negara]", "[Pejabat lain]", "Mobil dinas berstiker calon")
    await reporter.walk("[Kota Palangka Raya]", "[Sedang berlangsung]")
    await sample(reporter, 2)


async def sample(phone: Phone, count: int) -> None:
    """Attach the page's own sample pictures."""
    for _ in range(count):
        await phone.more("Foto contoh")
    await expect(phone.here.locator(".tray li")).to_have_count(count)
    await phone.send()
    await expect(phone.last).to_contain_text(f"{count} kiriman tersimpan")


async def portrait() -> bytes:
    """Play the story in a town of its own; return the page as PNG."""
    with TemporaryDirectory() as folder:
        async with awake(Path(folder)) as town, chromium() as browser:
            context = await browser.new_context(viewport=DESKTOP, device_scale_factor=SHARPNESS)
            context.set_default_timeout(PATIENCE)
            demo = await DemoPage.opened(await context.new_page(), town.simulator.url)
            await play(demo)
            assert demo.complaints == []
            return await demo.page.screenshot()


def main() -> None:
    picture = Image.open(BytesIO(asyncio.run(portrait()))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
