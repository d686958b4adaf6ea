"""A visitor plays both reporters and both officers on the demo page, by its buttons alone."""

import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.conftest import Opener
from tests.browser.screens import Card, DemoPage, Phone
from tests.pictures import photo

# The first story pays for starting the town and the browser, which on a busy machine takes a minute or two.
pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]

PHONE_SCREEN = {"width": 390, "height": 844}
WHAT = "Bagi uang/barang"
QUESTIONS = ("[Camat atau lurah]", "Camat Jekan Raya", "[Kota Palangka Raya]", "[Kemarin]")
HOSTILE = (
    "<img src=x onerror=\"document.title='rusak'\"><script>document.title='rusak'</script> <b>tebal</b> &lt;b&gt; "
    "[klik](javascript:alert(1)) </span> {{7+7}} ${7+7} %s"
)
# WhatsApp itself makes words between stars bold, Telegram leaves what people type as it is.
MARKS = {"telegram": " **tebal** _miring_ `kode`", "whatsapp": ""}


def photos(count: int) -> list[FilePayload]:
    return [FilePayload(name=f"IMG_{n}.jpg", mimeType="image/jpeg", buffer=photo()) for n in range(count)]


async def attach(phone: Phone, count: int) -> None:
    """Send an album, and wait until all of it is called stored."""
    await phone.attach(photos(count))
    await expect(phone.last).to_contain_text(f"{count} kiriman tersimpan")


async def report(demo: DemoPage, phone: Phone, *, what: str = WHAT, send: str = "Kirim") -> Card:
    """Report without evidence from an empty conversation; return the group's card of it."""
    cards = await demo.desk.cards()
    await phone.start()
    await phone.walk("[Lanjut]", f"[{what}]", *QUESTIONS, "[Tidak ada]", f"[{send}]")
    card = await demo.desk.card(cards)
    await card.says(what)
    return card


async def fits(page: Page) -> bool:
    """Whether nothing stands out to the right of the screen."""
    return bool(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))


async def test_an_album_on_telegram_is_read_by_an_officer_and_its_news_reach_the_reporter(demo: DemoPage) -> None:
    reporter, desk = demo.telegram, demo.desk
    cards = await desk.cards()
    await desk.act_as("Rina")
    await desk.connect()
    await reporter.start()
    await reporter.walk("[Lanjut]", "[Mengajak/mengarahkan]", *QUESTIONS)
    await attach(reporter, 3)
    await reporter.walk("[Sudah semua]", "[Kirim, kabari saya]")
    ticket = await reporter.ticket()

    card = await desk.card(cards)
    await card.says("Bukti: 3")
    await card.press("Ambil")
    await card.says("Dipegang: Rina")
    pictures = desk.private.here.locator(".picture img")
    before = await pictures.count()
    await card.press("Buka")
    await card.says("Status: dibaca")
    await desk.enter("private")
    await expect(pictures).to_have_count(before + 3)
    for n in range(before, before + 3):
        await expect(pictures.nth(n)).not_to_have_js_property("naturalWidth", 0)
    await expect(desk.private.last).to_contain_text("Camat Jekan Raya")
    await desk.enter("group")
    await card.press("Status")
    await card.press("Ditelusuri")
    await card.says("Status: ditelusuri")

    await expect(reporter.last).to_contain_text("Ada kabar")
    await demo.whatsapp.say(ticket)
    await expect(demo.whatsapp.last).to_contain_text("Ditelusuri")


async def test_what_one_officer_holds_another_leaves_alone_and_nobody_is_pushed_who_did_not_ask(
    demo: DemoPage,
) -> None:
    reporter, desk = demo.whatsapp, demo.desk
    cards = await desk.cards()
    await reporter.start()
    await reporter.press("Lanjut")
    await reporter.pick("Pakai fasilitas negara")
    await reporter.pick("Guru, kepsek, nakes")
    await reporter.walk("Kepala SD Menteng 2", "[Kota Palangka Raya]", "[Hari ini]")
    await attach(reporter, 2)
    await reporter.walk("[Sudah semua]", "[Kirim]")
    ticket = await reporter.ticket()
    said = await reporter.bubbles.count()

    card = await desk.card(cards)
    await desk.act_as("Rina")
    await card.press("Ambil")
    await card.says("Dipegang: Rina")
    await desk.act_as("Bagus")
    await card.press("Lepas")
    await expect(desk.toasts.filter(has_text="Sedang dipegang Rina")).to_be_visible()
    await desk.act_as("Rina")
    await card.press("Lepas")
    await desk.act_as("Bagus")
    await card.press("Ambil")
    await card.says("Dipegang: Bagus")
    await card.press("Status")
    await card.press("Selesai …")
    await card.press("Terbukti")
    await card.says("Status: selesai, terbukti")

    await demo.telegram.say(ticket)
    await expect(demo.telegram.last).to_contain_text("Selesai (terbukti)")
    await expect(reporter.bubbles).to_have_count(said)


async def test_an_officer_brings_three_reports_to_three_different_ends(demo: DemoPage) -> None:
    desk = demo.desk
    await desk.act_as("Rina")
    await desk.connect()
    first = await report(demo, demo.telegram)
    await demo.become_somebody_new()
    second = await report(demo, demo.whatsapp, what="Mengajak/mengarahkan", send="Kirim, kabari saya")
    ticket = await demo.whatsapp.ticket()
    await demo.become_somebody_new()
    third = await report(demo, demo.telegram, what="Lainnya / tidak yakin")

    for card, end, status in (
        (first, "Tidak cukup bukti", "tidak cukup bukti"), (second, "Terbukti", "terbukti"), (third, "Spam", "spam"),
    ):  # fmt: skip
        await card.press("Ambil")
        await card.says("Dipegang: Rina")
        await card.press("Buka")
        await card.says("Status: dibaca")
        await card.press("Selesai …")
        await card.press(end)
        await card.says(status)
    await second.press("Sedang")
    await expect(desk.toasts.filter(has_text="Tercatat. Sanksi: Sedang")).to_be_visible()

    await demo.telegram.say(ticket)
    await expect(demo.telegram.last).to_contain_text("Selesai (terbukti)")


async def test_the_page_and_the_bot_each_speak_english_when_asked(demo: DemoPage) -> None:
    newcomer, root = demo.page.get_by_test_id("new-reporter"), demo.page.locator("html")
    await expect(newcomer).to_have_text("Warga baru")
    await demo.page.get_by_test_id("language").select_option(label="English")
    await expect(newcomer).to_have_text("New reporter")
    await expect(root).to_have_attribute("lang", "en")

    reporter = demo.telegram
    await reporter.start()
    await expect(reporter.last).to_contain_text("Halo")
    await reporter.say("ENGLISH")
    await expect(reporter.last).to_contain_text("without giving a name")
    await reporter.walk("[Go on]", "[Giving money or goods]", "[Camat or lurah]", "Camat Jekan Raya")
    await reporter.walk("[Kota Palangka Raya]", "[Yesterday]", "[None]")
    await expect(reporter.last).to_contain_text("Check before sending")

    await demo.page.reload()
    await expect(newcomer).to_have_text("New reporter")
    await expect(reporter.last).to_contain_text("Check before sending")
    await demo.page.get_by_test_id("language").select_option(label="Indonesia")
    await expect(newcomer).to_have_text("Warga baru")
    await expect(root).to_have_attribute("lang", "id")


async def test_on_a_phone_one_screen_shows_at_a_time_and_nothing_stands_out(open_page: Opener) -> None:
    demo = await open_page(viewport=PHONE_SCREEN)
    screens = {"telegram": demo.telegram.here, "whatsapp": demo.whatsapp.here, "desk": demo.desk.group.here}
    for tab in ("whatsapp", "desk", "telegram"):
        await demo.page.get_by_test_id(f"tab-{tab}").click()
        for name, screen in screens.items():
            await expect(screen).to_be_visible(visible=name == tab)
        assert await fits(demo.page), tab
    await demo.telegram.start()
    await demo.telegram.walk("[Lanjut]", f"[{WHAT}]", *QUESTIONS, "[Tidak ada]")
    await expect(demo.telegram.last).to_be_in_viewport()
    await expect(demo.telegram.last).to_contain_text("Camat Jekan Raya")
    assert await fits(demo.page)


async def test_in_the_dark_the_page_is_dark(open_page: Opener) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        demo = await open_page(color_scheme=scheme)
        paper = await demo.page.evaluate("getComputedStyle(document.body).backgroundImage")
        colours = re.findall(r"rgb\((\d+), (\d+), (\d+)\)", paper)
        brightness[scheme] = [max(map(int, colour)) for colour in colours]
    assert all(most < 64 for most in brightness["dark"]), brightness
    assert all(most > 192 for most in brightness["light"]), brightness
    assert len(brightness["dark"]) == len(brightness["light"]) == 2


@pytest.mark.parametrize("name", ["telegram", "whatsapp"])
async def test_nothing_a_person_types_is_interpreted(demo: DemoPage, name: str) -> None:
    phone: Phone = getattr(demo, name)
    typed = HOSTILE + MARKS[name]
    await demo.desk.act_as("Rina")
    await demo.desk.connect()
    cards = await demo.desk.cards()
    await phone.start()
    await phone.walk("[Lanjut]", f"[{WHAT}]", "[Camat atau lurah]", typed)
    await expect(phone.own.last.locator(".text")).to_have_text(typed)
    await phone.walk("[Kota Palangka Raya]", "[Kemarin]", "[Tidak ada]")
    await expect(phone.last.locator(".text")).to_contain_text(typed)
    await phone.press("Kirim")
    await (await demo.desk.card(cards)).press("Buka")
    private = await demo.desk.enter("private")
    await expect(private.last.locator(".text")).to_contain_text(typed)
    await expect(demo.page.locator(".text").locator("img, script, b")).to_have_count(0)
    assert "rusak" not in await demo.page.title()


async def test_a_fault_on_the_page_or_a_step_out_of_it_would_be_noticed(demo: DemoPage) -> None:
    await demo.page.evaluate("console.error('faulty')")
    await demo.page.evaluate("fetch('http://elsewhere.invalid/').catch(() => null)")
    noticed = "\n".join(demo.complaints)
    demo.complaints.clear()
    assert "faulty" in noticed
    assert "elsewhere.invalid" in noticed


async def test_new_people_begin_with_empty_phones_and_the_old_ones_keep_theirs(demo: DemoPage) -> None:
    name = await demo.page.locator("#reporter option:checked").inner_text()
    first = await report(demo, demo.telegram)
    ticket = await demo.telegram.ticket()
    await demo.become_somebody_new()
    await expect(demo.telegram.bubbles).to_have_count(0)
    second = await report(demo, demo.telegram, what="Foto/simbol dukungan")
    assert await demo.telegram.ticket() != ticket
    await first.says(WHAT)
    await second.says("Foto/simbol dukungan")
    await demo.page.get_by_test_id("reporter").select_option(label=name)
    assert await demo.telegram.ticket() == ticket
