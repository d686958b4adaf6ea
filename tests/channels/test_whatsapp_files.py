"""Files from WhatsApp: whole or not at all, never too big, and our token goes nowhere else."""

import asyncio
import hashlib
import json
from contextlib import aclosing

import httpx
import pytest
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.channels.base import FileRef, Later, Never, TooBig
from bot.channels.whatsapp import WhatsApp, trusts
from tests.channels.cloud import PHONE_ID, TOKEN, Cloud, cloud, raw_server, refused, whatsapp

PHOTO = FileRef("600", mime="image/jpeg")
BYTES = b"bukan foto sungguhan" * 5000


def waiting(meta: Cloud, *, path: str = "/unduh", **changes: object) -> Response:
    """Say where the photo waits, as Meta does."""
    known = {"url": meta.url + path, "sha256": hashlib.sha256(BYTES).hexdigest(), "file_size": len(BYTES)}
    return JSONResponse({"messaging_product": "whatsapp", "mime_type": "image/jpeg", "id": "600", **known, **changes})


async def pour(channel: WhatsApp, limit: int, into: bytearray, file: FileRef = PHOTO) -> None:
    async for chunk in channel.fetch(file, limit):
        into += chunk


async def whole(channel: WhatsApp, limit: int = 1_000_000, file: FileRef = PHOTO) -> bytes:
    taken = bytearray()
    await pour(channel, limit, taken, file)
    return bytes(taken)


class TestFetch:
    async def test_a_file_comes_whole_and_only_with_our_token(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(BYTES))
        assert await whole(channel) == BYTES
        located, downloaded = meta.asked
        assert located.query == {"phone_number_id": PHONE_ID}
        assert downloaded.headers["authorization"] == f"Bearer {TOKEN}"
        assert downloaded.headers["accept-encoding"] == "identity"

    @pytest.mark.parametrize("gone", [401, 403, 404, 410])
    async def test_an_address_past_its_five_minutes_is_asked_for_anew(
        self, meta: Cloud, channel: WhatsApp, gone: int
    ) -> None:
        meta.on("GET /v25.0/600", waiting(meta, path="/lama"), waiting(meta))
        meta.on("GET /lama", Response(status_code=gone)).on("GET /unduh", Response(BYTES))
        assert await whole(channel) == BYTES

    async def test_once_and_not_for_ever(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(status_code=404))
        with pytest.raises(Never) as caught:
            await whole(channel)
        assert (caught.value.code, caught.value.halt, len(meta.asked)) == (404, False, 4)

    async def test_a_file_meta_no_longer_has_is_never_asked_for_again(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", refused(100, error_subcode=33))
        with pytest.raises(Never):
            await whole(channel)

    @pytest.mark.parametrize("http", [429, 500, 503])
    async def test_a_busy_store_means_later(self, meta: Cloud, channel: WhatsApp, http: int) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(status_code=http))
        with pytest.raises(Later):
            await whole(channel)

    @pytest.mark.parametrize("answer", [b"<html>", b"{}", b'{"url": 7}', b'{"x": ' + b"[" * 100_000])
    async def test_an_address_that_cannot_be_read_means_later(
        self, meta: Cloud, channel: WhatsApp, answer: bytes
    ) -> None:
        meta.on("GET /v25.0/600", Response(answer))
        with pytest.raises(Later):
            await whole(channel)

    @pytest.mark.parametrize("damaged", [BYTES + b"!", BYTES[:-1], b""])
    async def test_other_bytes_than_promised_mean_later(self, meta: Cloud, channel: WhatsApp, damaged: bytes) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(damaged))
        with pytest.raises(Later):
            await whole(channel)

    async def test_a_download_cut_short_means_later(self) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked = await reader.readuntil(b"\r\n\r\n")
            port = writer.get_extra_info("sockname")[1]
            place = json.dumps({"url": f"http://127.0.0.1:{port}/unduh"}).encode()
            words, length = (BYTES, len(BYTES) + 1) if b"GET /unduh" in asked else (place, len(place))
            writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b" % (length, words))
            writer.close()
            await writer.wait_closed()

        taken = bytearray()
        async with raw_server(talk) as url, whatsapp(url) as channel:
            with pytest.raises(Later):
                await pour(channel, 1_000_000, taken)
        assert BYTES.startswith(taken)

    async def test_a_file_known_to_be_too_big_is_not_downloaded(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta))
        with pytest.raises(TooBig):
            await whole(channel, limit=len(BYTES) - 1)
        assert [asked.path for asked in meta.asked] == ["/v25.0/600"]

    async def test_a_file_that_lies_about_its_size_stops_at_the_limit(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta, file_size=1)).on("GET /unduh", Response(bytes(1_000_000)))
        taken = bytearray()
        with pytest.raises(TooBig):
            await pour(channel, 100_000, taken)
        assert 0 < len(taken) <= 100_000

    async def test_a_file_of_exactly_the_limit_is_taken(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(BYTES))
        assert await whole(channel, limit=len(BYTES)) == BYTES

    async def test_a_fetch_given_up_halfway_leaves_the_channel_usable(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("GET /v25.0/600", waiting(meta)).on("GET /unduh", Response(BYTES))
        async with aclosing(channel.fetch(PHOTO, 1_000_000)) as chunks:
            assert await anext(chunks)
        assert await whole(channel) == BYTES

    async def test_an_id_cannot_lead_elsewhere(self, meta: Cloud, channel: WhatsApp) -> None:
        with pytest.raises(Never):
            await whole(channel, file=FileRef("600/../../me?x=1"))
        (asked,) = meta.asked
        assert asked.wire_path.startswith(b"/v25.0/600%2F..%2F..%2Fme%3Fx")

    async def test_forgetting_deletes_the_file_at_meta(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("DELETE /v25.0/600", JSONResponse({"success": True}))
        await channel.forget(PHOTO)
        (asked,) = meta.asked
        assert (asked.method, asked.query) == ("DELETE", {"phone_number_id": PHONE_ID})

    async def test_forgetting_what_is_gone_says_so(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on("DELETE /v25.0/600", refused(100))
        with pytest.raises(Never):
            await channel.forget(PHOTO)


class TestTheToken:
    async def test_it_is_not_carried_to_a_foreign_host(self, meta: Cloud, channel: WhatsApp) -> None:
        async with cloud() as foreign:
            meta.on("GET /v25.0/600", waiting(meta, url=f"{foreign.url}/unduh"))
            foreign.on("GET /unduh", Response(BYTES))
            with pytest.raises(Never):
                await whole(channel)
            assert foreign.asked == []

    async def test_it_does_not_follow_a_redirect(self, meta: Cloud, channel: WhatsApp) -> None:
        async with cloud() as foreign:
            meta.on("GET /v25.0/600", waiting(meta))
            meta.on("GET /unduh", RedirectResponse(f"{foreign.url}/unduh"))
            with pytest.raises(Never):
                await whole(channel)
            assert foreign.asked == []

    HOME = httpx.URL("https://graph.facebook.com")

    @pytest.mark.parametrize(
        "address",
        [
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
            "https://scontent-cgk1-1.xx.fbcdn.net/v/1",
            "https://mmg.whatsapp.net/d/1",
            "https://GRAPH.facebook.com:443/v25.0/1",
        ],
    )
    def test_metas_own_hosts_may_have_it(self, address: str) -> None:
        assert trusts(address, self.HOME)

    @pytest.mark.parametrize(
        "address",
        [
            "http://lookaside.fbsbx.com/1",
            "https://lookaside.fbsbx.com:8443/1",
            "https://lookaside.fbsbx.com.example.org/1",
            "https://lookaside.fbsbx.com@example.org/1",
            "https://siapa@lookaside.fbsbx.com/1",
            "https://example.org/lookaside.fbsbx.com",
            "https://example.org#.fbcdn.net/",
            r"https://example.org\.fbcdn.net/1",
            "https://example.org%2f.fbcdn.net/1",
            "https://palsufbcdn.net/1",
            "https://fbcdn.net.example.org/1",
            "http://127.0.0.1/1",
            "file:///etc/passwd",
            "//lookaside.fbsbx.com/1",
            "https://[rusak/1",
            "",
        ],
    )
    def test_nobody_else_may(self, address: str) -> None:
        assert not trusts(address, self.HOME)

    @pytest.mark.parametrize("address", ["http://127.0.0.1:8080/x", "http://[::1]:8080/x"])
    def test_our_own_apis_host_may_with_its_port_only(self, address: str) -> None:
        assert trusts(address, httpx.URL(address).join("/"))
        assert not trusts(address, httpx.URL(address.replace("8080", "8081")))
