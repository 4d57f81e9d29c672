"""The data block is script-safe text: it reads back equal, and no text from a file becomes markup."""

from __future__ import annotations

import base64
import json
import re
import zlib

import pytest
from hostile import HOSTILE, hostile
from hypothesis import given, settings
from hypothesis import strategies as st

from territory.render import page
from territory.render.codec import encode, payload
from territory.render.codec.writer import script_safe_json


def texts(value):
    if isinstance(value, dict):
        return {text for pair in value.items() for part in pair for text in texts(part)}
    if isinstance(value, list | tuple):
        return {text for part in value for text in texts(part)}
    return {value} if isinstance(value, str) else set()


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
@settings(max_examples=100)
def test_any_text_reads_back_equal_and_holds_no_markup(value):
    text = script_safe_json({"value": value})
    assert json.loads(text) == {"value": value}
    assert text.isascii()
    assert not set(text) & set("<>&")


def texts_of(text):
    """The JSON inside a data block."""
    envelope = json.loads(text)
    assert sorted(envelope) == ["data", "format", "version"]
    data = zlib.decompress(base64.b64decode(envelope["data"], validate=True))
    length = shift = at = 0
    while True:
        byte, at = data[at], at + 1
        length, shift = length | (byte & 127) << shift, shift + 7
        if byte < 128:
            return json.loads(data[at : at + length])


def test_hostile_names_are_script_safe_text_that_reads_back_equal():
    built = payload.build(hostile())
    text = encode.dumps(built)
    assert set(HOSTILE) <= texts(texts_of(text))
    assert re.fullmatch(r'[\w{}":,+/=-]*', text, re.ASCII)


def test_a_page_of_hostile_names_has_no_script_but_its_own():
    try:
        html = page.html(hostile())
    except page.AssetsMissing as missing:
        pytest.skip(str(missing))
    outside = html.replace(page.asset("player.js"), "").replace(page.asset("player.css"), "")
    assert len(re.findall(r"<script", outside, re.IGNORECASE)) == 3  # words, data and the player
    assert len(re.findall(r"</script", outside, re.IGNORECASE)) == 3  # words, data and the player
    assert not re.search(r"<img|alert\(1\)</", outside.replace("\\u003c", ""))
    data = re.search(r'<script type="application/json" id="territory-data">(.*?)</script>', html, re.DOTALL)[1]
    assert set(HOSTILE) <= texts(texts_of(data))
    assert "49" not in re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
