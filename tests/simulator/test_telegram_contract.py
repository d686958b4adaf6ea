"""The simulator has the methods and parameters of the Bot API, checked against its machine-readable form."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.telegram.call import FLAGS, INTEGERS, OBJECTS
from simulator.telegram.methods import METHODS

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "telegram-bot-api"
WORDS = {"String", "InputFile"}


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    found = sorted(FOLDER.glob("api-*.json"))
    if not found:
        pytest.skip(f"no machine-readable Bot API in {FOLDER}")
    shown: dict[str, Any] = json.loads(found[-1].read_text("utf-8"))
    return shown


def fields(api: dict[str, Any], method: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api["methods"][method].get("fields", [])
    return found


@pytest.mark.parametrize("method", [method.name for method in METHODS.values()])
def test_a_method_needs_what_the_bot_api_requires(api: dict[str, Any], method: str) -> None:
    required = {field["name"] for field in fields(api, method) if field["required"]}
    assert set(METHODS[method.lower()].needs) == required


@pytest.mark.parametrize("method", [method.name for method in METHODS.values()])
def test_every_parameter_is_decoded_as_its_own_kind(api: dict[str, Any], method: str) -> None:
    for field in fields(api, method):
        kinds = set(field["types"])
        if "Integer" in kinds:
            assert field["name"] in INTEGERS
        elif kinds == {"Boolean"}:
            assert field["name"] in FLAGS
        elif kinds & WORDS:
            assert field["name"] not in INTEGERS | FLAGS | OBJECTS
        else:
            assert field["name"] in OBJECTS
