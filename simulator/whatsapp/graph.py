"""The Cloud API over HTTP: messages, files, and the few things a setup check asks of an account."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.control import Asked, Given, given
from simulator.faults import Failure
from simulator.whatsapp import sending
from simulator.whatsapp.account import UPLOADED_LIVES, File, WhatsApp, number
from simulator.whatsapp.errors import GraphError, ordered, unknown_object
from simulator.world import World, Wrong

Body = dict[str, Any]

MEGABYTE = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument"
# What may be uploaded and how big:
# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
UPLOADS = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * MEGABYTE),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 16 * MEGABYTE),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    **dict.fromkeys(("text/plain", "application/pdf", "application/msword"), 100 * MEGABYTE),
    **dict.fromkeys(("application/vnd.ms-excel", "application/vnd.ms-powerpoint"), 100 * MEGABYTE),
    f"{WORD}.wordprocessingml.document": 100 * MEGABYTE,
    f"{WORD}.spreadsheetml.sheet": 100 * MEGABYTE,
    f"{WORD}.presentationml.presentation": 100 * MEGABYTE,
    "image/webp": MEGABYTE // 2,
}
PROFILE = {"about": 139, "address": 256, "description": 512, "email": 128, "vertical": 64}
PHONE = {
    "quality_rating": "GREEN",
    "code_verification_status": "VERIFIED",
    "platform_type": "CLOUD_API",
    "status": "CONNECTED",
    "throughput": {"level": "STANDARD"},
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request with its parameters; `node` is the object it is about."""

    request: Request
    node: str
    body: Body


Act = Callable[[Call], Response]


class Graph:
    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def _account(self) -> WhatsApp:
        return self._world.whatsapp

    def routes(self) -> list[Route]:
        edges: dict[str, tuple[Act, ...]] = {
            "messages": (self._messages,),
            "media": (self._upload,),
            "whatsapp_business_profile": (self._set_profile, self._profile),
            "subscribed_apps": (self._subscribe, self._subscribed),
            "message_templates": (self._add_template, self._templates),
        }
        routes = [
            Route(f"/v{{version}}/{{node}}/{edge}", self._call(f"{method} {edge}", act), methods=[method])
            for edge, acts in edges.items()
            for method, act in zip(("POST", "GET"), acts, strict=False)
        ]
        return [
            *routes,
            Route("/v{version}/{node}", self._call("GET media", self._get), methods=["GET"]),
            Route("/v{version}/{node}", self._call("DELETE media", self._delete), methods=["DELETE"]),
            Route(
                "/v{version}/{rest:path}",
                self._call("unknown", self._unknown),
                methods=["GET", "POST", "DELETE"],
            ),
            Route(
                "/media/whatsapp_business/attachments/",
                self._call("GET file", self._download),
                methods=["GET"],
            ),
        ]

    def _call(self, method: str, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint: past the faults, then the token, then the work; every answer is written down."""

        async def endpoint(request: Request) -> Response:
            body, odd = await _decoded(request)
            call = Call(request, request.path_params.get("node", ""), body)

            async def answer() -> Response:
                return self._noted(method, call, self._answer(call, act, odd))

            def failed(failure: Failure) -> Response:
                error = ordered(failure.status, failure.code)
                return self._noted(method, call, error.answer(failure.retry_after))

            return await self._world.faults.whatsapp.through(method, answer, failed)

        return endpoint

    def _noted(self, method: str, call: Call, answer: Response) -> Response:
        body = {name: _shown(value) for name, value in call.body.items()}
        self._world.called("whatsapp", None, method, body, answer.status_code)
        return self._world.dated(answer)

    def _answer(self, call: Call, act: Act, odd: GraphError | None) -> Response:
        try:
            self._check_token(call.request)
            if odd is not None:
                raise odd
            return act(call)
        except GraphError as error:
            return error.answer()
        except Wrong as error:  # a parameter of a wrong type
            return GraphError(100, error.message).answer()

    def _check_token(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.casefold() != "bearer" or token.strip() != self._account.token:
            raise GraphError(190, "Cannot parse access token.", 401)

    def _check_version(self, call: Call) -> None:
        if not re.fullmatch(r"\d+\.\d+", call.request.path_params["version"]):
            raise GraphError(2500, f"Unknown path components: {call.request.url.path}")

    def _check_phone(self, call: Call) -> None:
        self._check_version(call)
        if call.node != self._account.phone_id:
            raise unknown_object(call.node)

    def _check_business(self, call: Call) -> None:
        self._check_version(call)
        if self._account.waba_id not in {None, call.node}:
            raise unknown_object(call.node)

    def _messages(self, call: Call) -> Response:
        self._check_phone(call)
        act = sending.read if "status" in call.body else sending.send
        return JSONResponse(act(self._world, call.body))

    def _upload(self, call: Call) -> Response:
        self._check_phone(call)
        file = call.body.get("file")
        if call.body.get("messaging_product") != "whatsapp" or not isinstance(file, Given):
            raise GraphError(100, "The parameters messaging_product and file are required.")
        mime = call.body.get("type") or file.mime
        _check_upload(mime, len(file.data))
        media = self._world.keep(file.data, file.name, mime)
        return JSONResponse({"id": self._account.store(media, self._world.now() + UPLOADED_LIVES).id})

    def _get(self, call: Call) -> Response:
        self._check_version(call)
        if call.node == self._account.phone_id:
            return JSONResponse(self._phone(call.body.get("fields")))
        file, now = self._file(call), self._world.now()
        said = {
            "messaging_product": "whatsapp",
            "url": self._account.url(str(call.request.base_url), file, now, "getMedia"),
            "mime_type": file.media.mime,
            "sha256": file.digest.hex(),
            "file_size": len(file.media.data),
            "id": file.id,
        }
        return JSONResponse(said)

    def _phone(self, fields: str | None) -> Body:
        account = self._account
        shown = {"verified_name": account.name, "display_phone_number": account.number, **PHONE, **account.phone}
        asked = {**shown, "webhook_configuration": {"application": account.webhook}}  # told to those who ask for it
        names = shown.keys() if fields is None else fields.split(",")
        return {**{name: asked[name] for name in names if asked.get(name) is not None}, "id": account.phone_id}

    def _file(self, call: Call) -> File:
        file = self._account.file(call.node, self._world.now())
        if file is None or call.body.get("phone_number_id") not in {None, self._account.phone_id}:
            raise unknown_object(call.node)
        return file

    def _delete(self, call: Call) -> Response:
        self._check_version(call)
        del self._account.files[self._file(call).id]
        return JSONResponse({"success": True})

    def _download(self, call: Call) -> Response:
        """The bytes; the token is asked for here too, and an address past its five minutes is gone."""
        failure = self._world.faults.whatsapp.file()
        if failure is not None:
            return ordered(failure.status, failure.code).answer(failure.retry_after)
        file = self._account.addressed(call.body, self._world.now())
        if file is None:
            raise GraphError(100, "This media URL is not known, or not any more.", 404)
        return Response(file.media.data, media_type=file.media.mime)

    def _set_profile(self, call: Call) -> Response:
        self._check_phone(call)
        asked = Asked(call.body)
        for name, most in PROFILE.items():
            if len(asked.may(name, str, "")) > most:
                raise GraphError(100, f"Param {name} must be at most {most} characters long.")
        self._account.profile |= {name: value for name, value in asked.items() if name != "messaging_product"}
        return JSONResponse({"success": True})

    def _profile(self, call: Call) -> Response:
        self._check_phone(call)
        return JSONResponse({"data": [{**self._account.profile, "messaging_product": "whatsapp"}]})

    def _subscribe(self, call: Call) -> Response:
        self._check_business(call)
        return JSONResponse({"success": True})

    def _subscribed(self, call: Call) -> Response:
        self._check_business(call)
        app = {"id": "300000000000001", "name": self._account.name, "link": str(call.request.base_url)}
        return JSONResponse({"data": [{"whatsapp_business_api_data": app}]})

    def _add_template(self, call: Call) -> Response:
        """Approved at once: nobody here reviews."""
        self._check_business(call)
        template = Asked({**call.body, "status": "APPROVED", "id": number()})
        for name in ("name", "language", "category"):
            template.need(name, str)
        template.several("components")
        self._account.templates = [*(self._account.templates or []), template]
        return JSONResponse({name: template[name] for name in ("id", "status", "category")})

    def _templates(self, call: Call) -> Response:
        self._check_business(call)
        name = call.body.get("name")
        found = [known for known in self._account.templates or [] if name in {None, known.get("name")}]
        return JSONResponse({"data": found, "paging": {"cursors": {"before": "", "after": ""}}})

    def _unknown(self, call: Call) -> Response:
        raise GraphError(2500, f"Unknown path components: {call.request.url.path}")


def _check_upload(mime: str, size: int) -> None:
    most = UPLOADS.get(mime.partition(";")[0].strip())
    if most is None:
        known = ", ".join(sorted(UPLOADS))
        raise GraphError(100, f"Param file must be a file with one of the following types: {known}. Received {mime!r}.")
    if not 0 < size <= most:
        raise GraphError(131053, f"A file of type {mime} may have up to {most} bytes; this one has {size}.")


async def _decoded(request: Request) -> tuple[Body, GraphError | None]:
    """The parameters: from the query, a form or JSON; with what was wrong about them."""
    if request.method != "POST":
        return dict(request.query_params), None
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            return {name: await _field(value) for name, value in form.items()}, None
    return _parsed(await request.body())


async def _field(value: UploadFile | str) -> Given | str:
    return value if isinstance(value, str) else await given(value)


def _parsed(raw: bytes) -> tuple[Body, GraphError | None]:
    """JSON that could be said again: a lone surrogate or NaN would break whoever shows it later."""
    try:
        body = json.loads(raw or b"{}")
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return {}, GraphError(100, "The body is not JSON.")
    if not isinstance(body, dict):
        return {}, GraphError(100, "The body is not a JSON object.")
    return body, None


def _shown(value: Any) -> Any:
    """A parameter as /sim/calls shows it."""
    return {"file": value.name, "size": len(value.data)} if isinstance(value, Given) else value
