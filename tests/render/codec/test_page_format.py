"""The specification of the page's data, the writer and the player's reader have the same columns in the same order."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from territory.render.codec import encode, payload
from territory.render.codec.writer import FORMAT, VERSION

ROOT = Path(__file__).parents[3]
SPECIFICATION = (ROOT / "docs" / "page-format.md").read_text(encoding="utf-8")


def table(heading):
    """Cells of the rows of all tables under a heading, without the first row."""
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", SPECIFICATION, re.MULTILINE | re.DOTALL)[1]
    rows = re.findall(r"^\| (.*) \|$", section, re.MULTILINE)
    return [
        [cell.strip(" `") for cell in re.split(r" ?\| ?", row)] for row in rows if not row.startswith(("--", "column"))
    ]


@pytest.fixture(scope="module")
def written(idlib):
    return encode.write(payload.build(idlib))


def test_the_specification_lists_the_columns_that_are_written(written):
    translated = re.compile(r"(?<=^place_name_)\w+$")
    order = dict.fromkeys((translated.sub("<language>", name), kind) for name, kind in written.order)
    assert [(name, kind) for name, kind, *_ in table("The columns")] == list(order)


def test_every_column_has_a_kind_that_is_specified_and_a_name_of_its_own(written):
    names = [name for name, _ in written.order]
    assert len(set(names)) == len(names)
    assert {kind for _, kind in written.order} == {kind for kind, _ in table("Kinds of column")[1:]}


def test_the_specification_lists_the_keys_of_the_head(written):
    in_columns = {name for name, kind in written.order if kind in ("categories", "numbered texts")}
    keys = [key for key, _ in table("The head")[1:]]
    assert sorted(keys) == sorted(set(written.texts) - in_columns)


def test_the_specification_is_of_the_version_that_is_written():
    assert SPECIFICATION.startswith(f"# The data of a page, version {VERSION}\n")
    assert f'"format": "{FORMAT}", "version": {VERSION}}}' in SPECIFICATION
    assert [row[0] for row in table("Versions")[1:]] == [str(version) for version in range(1, VERSION + 1)]


READ = """
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { Reader } from './territory/player/src/codec/reader.js';
import { read } from './territory/player/src/codec/unpack.js';
const order = [];
let depth = 0;
const kinds = { unsigned: 'unsigned', signed: 'signed', deltas: 'deltas', splitBytes: 'split bytes',
  categories: 'categories', numberedTexts: 'numbered texts' };
for (const [method, kind] of Object.entries(kinds)) {
  const own = Reader.prototype[method];
  Reader.prototype[method] = function (name) {
    if (!depth) order.push([name, kind]);
    depth += 1; // of one kind's method in another's
    try { return own.call(this, name); } finally { depth -= 1; }
  };
}
read(new Reader(inflateSync(readFileSync(0))));
console.log(JSON.stringify(order));
"""


def test_the_player_reads_the_columns_in_the_order_in_which_they_are_written(written):
    node = shutil.which("node") or pytest.skip("no Node in PATH")
    command = [node, "--input-type=module", "-e", READ]
    done = subprocess.run(command, input=written.bytes(), cwd=ROOT, check=True, capture_output=True)
    assert [tuple(column) for column in json.loads(done.stdout)] == written.order


def test_a_column_that_cannot_hold_a_number_is_named():
    writer = encode.Writer()
    with pytest.raises(ValueError, match="Column event_early holds -3"):
        writer.unsigned("event_early", [0, -3])
