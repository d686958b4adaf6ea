"""What tests and the page ask of /sim/*: JSON read with care, so that a slip gets an answer and not a 500."""

import json
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from simulator.world import Wrong

T = TypeVar("T")
MOST_FILES = 100
MOST_BYTES = 300 * 1024 * 1024


class Asked(dict[str, Any]):
    """A JSON object whose fields are asked for by name and type; a missing or odd one raises `Wrong`."""

    def maybe(self, name: str, kind: type[T]) -> T | None:
        """The field, or None when it is absent or null."""
        value = self.get(name)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if value is None or (isinstance(value, kind) and isinstance(value, bool) <= (kind is bool)):
            return value
        raise Wrong(f"{name} should be {kind.__name__}")

    def need(self, name: str, kind: type[T]) -> T:
        value = self.maybe(name, kind)
        if value is None:
            raise Wrong(f"{name} is missing")
        return value

    def may(self, name: str, kind: type[T], default: T) -> T:
        value = self.maybe(name, kind)
        return default if value is None else value

    def several(self, name: str) -> list["Asked"]:
        """A list of objects; absent or null is an empty one."""
        items = self.may(name, list, [])
        if not all(isinstance(item, dict) for item in items):
            raise Wrong(f"{name} should be a list of objects")
        return [Asked(item) for item in items]


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it came in a multipart form."""

    name: str
    mime: str
    data: bytes


async def asked(request: Request) -> Asked:
    """The JSON object in the body (an empty body is an empty object)."""
    raw = await request.body()
    try:
        value = json.loads(raw) if raw else {}
        sound(value)
    except (ValueError, RecursionError) as error:
        raise Wrong("the body is not JSON in UTF-8") from error
    if not isinstance(value, dict):
        raise Wrong("the body is not a JSON object")
    return Asked(value)


def sound(value: Any) -> None:
    """Raises ValueError for what JSON lets in and cannot let out: NaN, and halves of UTF-16 pairs."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


async def asked_with_files(request: Request) -> tuple[Asked, list[Given]]:
    """The fields (text) and the files, in order, of a multipart form."""
    async with request.form(max_files=MOST_FILES, max_part_size=MOST_BYTES) as form:
        fields = Asked({name: value for name, value in form.multi_items() if isinstance(value, str)})
        return fields, await _files(form)


async def _files(form: FormData) -> list[Given]:
    uploads = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    if not uploads:
        raise Wrong("no file in the form")
    return [await given(upload) for upload in uploads]


async def given(upload: UploadFile) -> Given:
    mime = upload.content_type or "application/octet-stream"
    return Given(upload.filename or "file", mime, await upload.read())
