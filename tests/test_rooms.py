"""The picture of the rooms: drawn from the import contracts, and never behind them."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = Path(__file__).parent.parent / "docs" / "rooms.py"


@pytest.fixture(scope="module")
def rooms() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rooms", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_of_the_rooms_is_what_the_contracts_draw(rooms):
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.draw(), "docs/rooms.svg is behind: make rooms"


def test_every_room_of_the_contracts_is_in_the_picture_with_its_purpose(rooms):
    said = [text.text for text in ET.fromstring(rooms.draw()).iter("{http://www.w3.org/2000/svg}text")]
    for contract in rooms.contracts():
        for room in (name for layer in rooms.layers(contract) for name in layer) if "layers" in contract else ():
            assert room in said
    assert all(rooms.purpose(room) for layer in rooms.layers(rooms.contracts()[0]) for room in layer)


def test_no_word_of_the_picture_leaves_its_card(rooms):
    assert max(len(text) for text in _quiet(rooms.draw())) <= rooms.LETTERS


def _quiet(drawing: str) -> list[str]:
    texts = ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    return [text.text or "" for text in texts if text.get("class") == "quiet"]
