"""What the comparison of two checkouts says of outputs that differ."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
from differences import SAME, by_cells, by_columns, by_data_block, by_json, by_lines, by_pixels
from PIL import Image

FRONTS = b"day,side,km\n2015-03-01,a,10.0\n2015-03-02,a,20.0\n"


def test_the_same_bytes_are_the_same():
    for compare in (by_lines, by_json, by_cells, by_columns):
        assert compare(FRONTS, FRONTS) == SAME


def test_of_texts_the_first_differing_line_is_shown():
    assert by_lines(b"one\ntwo\n", b"one\nTwo\n") == ("differs", "line 2: here two, there Two; differing lines: 1")
    assert by_lines(b"one\n", b"one\ntwo\n")[1].startswith("1 lines here, 2 there")


def test_of_json_the_first_differing_value_is_shown_with_its_path():
    here, there = b'{"features": [{"km2": 1}, {"km2": 2}]}', b'{"features": [{"km2": 1}, {"km2": 3}]}'
    assert by_json(here, there) == ("differs", "features[1].km2: here 2, there 3; differing values: 1")
    assert by_json(b'{"days": [1]}', b'{"days": []}')[1].startswith("days (length): here 1, there 0")
    assert by_json(b"[1]", b"[ 1 ]") == ("differs", "the same values, written differently")


def test_a_data_block_is_unpacked_to_see_what_differs():
    def page(texts, numbers=b"\x03\xfa", level=9):
        packed = zlib.compress(b"\xfa\x08" + json.dumps(texts).encode() + numbers, level)
        block = json.dumps({"data": base64.b64encode(packed).decode()})
        return f'<script id="territory-data">{block}</script><p>{level}</p>'.encode()

    here = page({"days": 3})
    assert by_data_block(here, here) == SAME
    assert by_data_block(here, page({"days": 4})) == ("differs", "days: here 3, there 4; differing values: 1")
    numbers = "columns of numbers: 2 bytes here, 3 there, from byte 1 on"
    assert by_data_block(here, page({"days": 3}, b"\x03\xfb\x00")) == ("differs", numbers)
    assert by_data_block(here, page({"days": 3}, level=0)) == ("differs", "the same data, packed differently")
    assert by_data_block(b"<p></p>", here) == ("failed", "no script element #territory-data here")


def test_of_tables_the_first_differing_cell_and_the_largest_difference_are_shown():
    answer = by_cells(FRONTS, FRONTS.replace(b"20.0", b"20.5").replace(b"10.0", b"10.25"))
    said = "row 1 (2015-03-01 a), km: here 10.0, there 10.25; differing cells: 2; the largest difference is 0.5"
    assert answer == ("differs", said)
    assert by_cells(FRONTS, FRONTS + b"2015-03-03,a,1\n") == ("differs", "2 rows here, 3 there")


def test_numbers_equal_to_a_billionth_are_the_same_and_told():
    close = FRONTS.replace(b"20.0", b"20.00000001")
    assert by_cells(FRONTS, close) == ("same", "equal to 1e-09; the largest difference is 1e-08")
    assert by_cells(FRONTS, FRONTS.replace(b"20.0", b"20.0000001"))[0] == "differs"


def test_a_renamed_column_is_named_and_the_others_are_still_compared():
    renamed = FRONTS.replace(b"km", b"length_km")
    assert by_columns(renamed, FRONTS) == ("differs", "km there is length_km here")
    assert by_cells(renamed, FRONTS) == SAME
    assert by_cells(renamed.replace(b",a,", b",b,"), FRONTS)[0] == "differs"
    assert by_columns(FRONTS.replace(b"km", b"m").replace(b"20", b"2"), FRONTS)[1] == "only here: m; only there: km"


def test_of_pictures_the_differing_pixels_are_counted_and_boxed(tmp_path):
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    pixels = np.zeros((4, 5, 3), np.uint8)
    Image.fromarray(pixels).save(one)
    pixels[1, 2], pixels[3, 4] = 1, 255
    Image.fromarray(pixels).save(two)
    assert by_pixels(one, one) == SAME
    assert by_pixels(one, two) == ("differs", "2 of 20 pixels, x 2 to 4, y 1 to 3")
