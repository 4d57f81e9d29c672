"""Encode a payload as the text of the page's data block: geometry, then the tables, column by column.

``player/src/codec/unpack.js`` reads the columns in the same order.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from territory.render.codec import geometry, tables
from territory.render.codec.geometry import Numbering
from territory.render.codec.payload import Payload
from territory.render.codec.writer import Writer, envelope


def dumps(payload: Payload) -> str:
    """A payload as script-safe text."""
    return envelope(write(payload).bytes())


def write(payload: Payload) -> Writer:
    """All columns of a payload; the same payload gives the same bytes."""
    writer = Writer()
    writer.texts |= payload.head | {"grid": asdict(payload.grid)}
    numbering = geometry.write(writer, payload)
    tables.write_places(writer, payload, numbering)
    tables.write_events(writer, payload, numbering)
    tables.write_opening(writer, payload, numbering)
    tables.write_changes(writer, payload, numbering)
    _write_uncertainty(writer, payload, numbering)
    _write_layers(writer, payload)
    return writer


def numbering(payload: Payload) -> Numbering:
    """The numbers that cells and arcs of a payload get in the data block, and so in the player."""
    return geometry.write(Writer(), payload)


def _write_uncertainty(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the inferred cells, and when cells are stale: cell, first day, number of days."""
    writer.deltas("inferred_cell", np.sort(numbering.cell[payload.inferred]))
    stale, cell = payload.stale, numbering.cell[payload.stale.cell]
    order = np.lexsort((stale.stop, stale.start, cell))
    writer.deltas("stale_cell", cell[order])
    writer.unsigned("stale_from", stale.start[order])
    writer.unsigned("stale_days", (stale.stop - stale.start)[order])


def _write_layers(writer: Writer, payload: Payload) -> None:
    """Write the base map: in JSON how many vertices each line and ring has, in columns the vertices as differences."""
    writer.texts["layers"] = [
        {**layer.head, "polygons": layer.polygons, "lines": layer.lines} for layer in payload.layers
    ]
    layers = payload.layers
    sizes = [size for layer in layers for size in (*(n for rings in layer.polygons for n in rings), *layer.lines)]
    begin = np.cumsum([0, *sizes])[:-1]  # the first vertex of every ring and line
    xy = np.concatenate([np.empty((0, 2), dtype=np.int64), *(layer.xy for layer in layers)])
    deltas = np.diff(xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    deltas[begin] = xy[begin]
    writer.split_bytes("layer_x", deltas[:, 0])
    writer.split_bytes("layer_y", deltas[:, 1])
