"""Encode a payload as the text of the page's data block: geometry, then the tables, column by column.

``player/src/codec/unpack.js`` reads the columns in the same order.
"""

from __future__ import annotations

import numpy as np

from territory.render.codec import geometry, tables
from territory.render.codec.geometry import Numbering
from territory.render.codec.tables import Payload
from territory.render.codec.writer import Writer, envelope

HEAD = ("version_of", "campaign", "words", "actors", "statuses", "kinds", "grid", "sources", "chapters")


def dumps(payload: Payload) -> str:
    """A payload as script-safe text."""
    return envelope(pack(payload))


def pack(payload: Payload) -> bytes:
    """A payload as compressed bytes; the same payload gives the same bytes."""
    writer = Writer()
    writer.texts |= {name: payload[name] for name in HEAD}
    numbering = geometry.write(writer, payload)
    tables.write_places(writer, payload, numbering)
    tables.write_events(writer, payload, numbering)
    tables.write_opening(writer, payload, numbering)
    tables.write_changes(writer, payload, numbering)
    _write_uncertainty(writer, payload, numbering)
    _write_layers(writer, payload)
    return writer.bytes()


def numbering(payload: Payload) -> Numbering:
    """The numbers that cells and arcs of a payload get in the data block, and so in the player."""
    return geometry.write(Writer(), payload)


def _write_uncertainty(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the inferred cells, and when cells are stale: cell, first day, number of days."""
    writer.deltas(sorted(numbering.cell[payload["cells"]["inferred"]].tolist()))
    cell, begin, end = (payload["stale"][name] for name in ("cell", "from", "to"))
    stale = sorted(zip(numbering.cell[cell].tolist(), begin, end, strict=True))
    writer.deltas([row[0] for row in stale])
    writer.unsigned([row[1] for row in stale])
    writer.unsigned([row[2] - row[1] for row in stale])


def _write_layers(writer: Writer, payload: Payload) -> None:
    """Write the base map: in JSON how many vertices each line and ring has, in columns the vertices as differences."""
    layers = payload["layers"]
    writer.texts["layers"] = [
        {**layer, "polygons": [[len(ring) // 2 for ring in rings] for rings in layer["polygons"]],
         "lines": [len(line) // 2 for line in layer["lines"]]}
        for layer in layers
    ]  # fmt: skip
    lines = [
        line for layer in layers for line in (*(ring for rings in layer["polygons"] for ring in rings), *layer["lines"])
    ]
    deltas = np.array([delta for line in lines for delta in line], dtype=np.int64).reshape(-1, 2)
    writer.split_bytes(deltas[:, 0])
    writer.split_bytes(deltas[:, 1])
