"""Partition from given units: admin units, hexagons or any other coverage with an id for each piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.geodesic import area_km2
from territory.space.partition import NO_PLACE, Partition, from_cells
from territory.space.shapes import Shapes

LEAST_KM2 = 1e-6  # one square metre: smaller areas come from rounding
_SMALL_KM2 = 0.01  # smaller parts of a unit are islets or faults, so a warning counts them
_SMALL_DEG2 = 1e-4  # at any latitude on the map, a part of _SMALL_KM2 is smaller than this
_SHOWN = 8  # how many faults a message lists
_M_PER_DEG = 111_320.0
NO_PLACES: Gazetteer = Gazetteer.of([])

Gaps = Literal["refuse", "keep"]
_Pair = tuple[str, str, float]


def from_units(
    units: Any,  # a GeoDataFrame, or a sequence of shapely geometries in WGS 84
    ids: Sequence[str] | str,
    gazetteer: Gazetteer = NO_PLACES,
    *,
    repair: bool = False,
    gaps: Gaps = "refuse",
    snap_m: float = 10.0,
    method: Mapping[str, object] | None = None,
) -> Partition:
    """Partition from given units; nothing is repaired unless ``repair`` is set, and repairs are counted.

    A unit of several parts becomes several cells of one unit. A cell belongs to no place: events reach it by the id of
    its unit or by their location, and ``home`` is the cell in which each place lies.

    Parameters
    ----------
    units : GeoDataFrame, or sequence of Polygon or MultiPolygon
        A frame may be in any CRS; shapes alone are WGS 84.
    ids : sequence of str, or str
        The id of each unit, or the column that has them.
    gazetteer : Gazetteer
    repair : bool
        Clean the coverage (``shapely.coverage_clean``): shapes are made valid, borders snapped, overlaps given to the
        unit with the longest shared border, gaps narrower than ``snap_m`` closed.
    gaps : {"refuse", "keep"}
        What to do with ground that units enclose and none of them covers, such as a lake: raise, or leave it out.
    snap_m : float
        With ``repair``, how far a border may move, m.
    method : mapping, optional
        Further entries of the partition's ``method``.

    Raises
    ------
    PartitionError
        Where an id is repeated, a shape is no polygon, or units overlap or leave gaps: every pair with its km2.
    """
    shapes, names, warnings = _normalised(units, ids)
    notes: dict[str, object] = {"method": "units", **(method or {}), "repair": repair, "gaps": gaps}
    if repair:
        shapes, repairs = _cleaned(shapes, names, snap_m)
        notes |= repairs
    invalid = np.flatnonzero(~shapely.is_valid(shapes))
    if len(invalid):
        faults = "\n".join(f"{names[i]}: {shapely.is_valid_reason(shapes[i])}" for i in invalid[:_SHOWN].tolist())
        raise PartitionError(f"These units are not valid; repair them, or set repair = true:\n{faults}")
    cells, unit = shapely.get_parts(shapes, return_index=True)
    if not shapely.coverage_is_valid(cells):
        raise PartitionError(_why_invalid(shapes, names))
    holes = _gaps(cells, unit, names)
    if holes and gaps == "refuse":
        raise PartitionError(_list_pairs("Units leave gaps", holes, "Fill them, set repair = true, or gaps = 'keep'."))
    notes["gaps_km2"] = round(sum(km2 for *_, km2 in holes), 6)
    small = int((np.array([area_km2(cell) for cell in cells[shapely.area(cells) < _SMALL_DEG2]]) < _SMALL_KM2).sum())
    if small:
        warnings.append(f"{small} parts of units are smaller than {_SMALL_KM2} km2.")
    return from_cells(
        np.asarray(cells, dtype=object),
        np.full(len(cells), NO_PLACE, dtype=np.int32),
        gazetteer,
        notes,
        unit=unit.astype(np.int32),
        units=names,
        warnings=warnings,
        proven=True,
    )


def _normalised(units: Any, ids: Sequence[str] | str) -> tuple[Shapes, list[str], list[str]]:
    """Shapes in WGS 84, ids as text, and warnings."""
    warnings = []
    given = list(units[ids]) if isinstance(ids, str) else list(ids)
    if hasattr(units, "geometry") and hasattr(units, "crs"):
        if units.crs is None:
            raise PartitionError("The units have no CRS; say which one they are in: units.set_crs(...).")
        if units.crs.to_epsg() != 4326:
            warnings.append(f"Units were reprojected from {units.crs.to_string()} to EPSG:4326.")
            units = units.to_crs(4326)
        units = units.geometry.to_numpy()
    shapes = np.empty(len(units), dtype=object)
    shapes[:] = list(units)
    names = [str(name) for name in given]
    if len(names) != len(shapes):
        raise PartitionError(f"There are {len(shapes)} units and {len(names)} ids; each unit needs one.")
    repeated = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if repeated:
        raise PartitionError(
            f"These unit ids are repeated: {', '.join(repeated[:_SHOWN])}. Dissolve their units first."
        )
    _refuse_shapeless(shapes, names)
    if shapely.has_z(shapes).any():
        warnings.append(f"{int(shapely.has_z(shapes).sum())} units have heights, which are dropped.")
        shapes = shapely.force_2d(shapes)
    return shapes, names, warnings


def _refuse_shapeless(shapes: Shapes, names: Sequence[str]) -> None:
    kinds = shapely.get_type_id(shapes)
    fit = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)) & ~shapely.is_empty(shapes)
    faults = [
        f"{names[i]} is {'missing' if shapes[i] is None else shapes[i].geom_type}"
        for i in np.flatnonzero(~fit)[:_SHOWN].tolist()
    ]
    if faults:
        raise PartitionError(f"A unit must be a polygon that is not empty: {', '.join(faults)}. Correct or drop these.")


def _cleaned(shapes: Shapes, names: Sequence[str], snap_m: float) -> tuple[Shapes, dict[str, object]]:
    """A valid coverage of the same units, and how much was repaired."""
    clean_coverage = getattr(shapely, "coverage_clean", None)
    if clean_coverage is None:
        raise PartitionError("Repairing units needs shapely 2.2 or later; this is " + shapely.__version__ + ".")
    invalid = ~shapely.is_valid(shapes)
    valid = shapes.copy()
    valid[invalid] = shapely.make_valid(shapes[invalid], method="structure", keep_collapsed=False)
    overlaps = _overlaps(valid, names)
    before = np.array([area_km2(shape) for shape in valid])
    parts, owner = shapely.get_parts(valid, return_index=True)
    snap_deg = snap_m / _M_PER_DEG
    clean = clean_coverage(parts, snapping_distance=snap_deg / 100, gap_width=snap_deg)
    clean = np.array([_polygons_of(shape) for shape in clean], dtype=object)
    whole = np.array([_polygons_of(shapely.union_all(clean[owner == i])) for i in range(len(valid))], dtype=object)
    empty = [names[i] for i in np.flatnonzero(shapely.is_empty(whole)).tolist()]
    if empty:
        raise PartitionError(
            f"Repair leaves nothing of {', '.join(empty)}: other units cover them. Correct them by hand."
        )
    after = np.array([area_km2(shape) for shape in whole])
    return whole, {
        "snap_m": snap_m,
        "repaired_shapes": [names[i] for i in np.flatnonzero(invalid).tolist()],
        "overlaps_km2": round(sum(km2 for *_, km2 in overlaps), 6),
        "moved_km2": round(float(np.abs(after - before).sum()), 6),
    }


def _polygons_of(shape: Any) -> shapely.MultiPolygon:
    """The polygons of a geometry, without its points and lines."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts)


def _overlaps(shapes: Shapes, names: Sequence[str]) -> list[_Pair]:
    """Pairs of units that overlap, with the km2, the largest first."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    common = shapely.intersection(shapes[first], shapes[second])
    found = [
        (names[i], names[j], km2)
        for i, j, shape in zip(first, second, common, strict=True)
        if shape.area > 0 and (km2 := area_km2(shape)) > LEAST_KM2
    ]
    return sorted(found, key=lambda pair: (-pair[2], pair[:2]))


def _gaps(cells: Shapes, unit: NDArray[np.int64], names: Sequence[str]) -> list[_Pair]:
    """Gaps that units enclose: two units beside each, and its km2; the largest first."""
    shapes = shapely.get_parts(shapely.coverage_union_all(cells))
    rings = [ring for shape in shapes for ring in shape.interiors]
    # Other units may lie in a hole: an island in a lake is no gap, the water around it is.
    holes = [hole for ring in rings for hole in shapely.get_parts(_hole(ring, shapes))]
    tree = shapely.STRtree(cells)
    found = []
    for hole in holes:
        beside = sorted({names[unit[cell]] for cell in tree.query(hole, predicate="touches")}) or ["?"]
        found.append((beside[0], beside[-1], area_km2(hole)))
    return sorted([gap for gap in found if gap[2] > LEAST_KM2], key=lambda pair: (-pair[2], pair[:2]))


def _hole(ring: Any, shapes: Shapes) -> Any:
    """The ground inside a ring without the parts of the coverage in it."""
    hole = shapely.Polygon(ring)
    inner = shapes[shapely.STRtree(shapes).query(hole, predicate="contains")]
    return shapely.difference(hole, shapely.union_all(inner)) if len(inner) else hole


def _why_invalid(shapes: Shapes, names: Sequence[str]) -> str:
    """Error message for units that are no valid coverage: overlaps, or borders with different vertices."""
    overlaps = _overlaps(shapes, names)
    if overlaps:
        return _list_pairs("Units overlap", overlaps, "Correct them, or set repair = true.")
    edges = shapely.coverage_invalid_edges(shapes)
    bad = [names[i] for i in np.flatnonzero(~shapely.is_empty(edges)).tolist()]
    return (
        f"Borders of {', '.join(bad[:_SHOWN])}{' and others' if len(bad) > _SHOWN else ''} have different vertices on "
        "their two sides, so there are slivers between them. Correct them, or set repair = true."
    )


def _list_pairs(what: str, pairs: Sequence[_Pair], remedy: str) -> str:
    """Error message with pairs of units and their km2."""
    lines = [f"  {first} and {second}: {km2:.6g} km2" for first, second, km2 in pairs[:_SHOWN]]
    more = [f"  ... and {len(pairs) - _SHOWN} further ones"] if len(pairs) > _SHOWN else []
    total = sum(km2 for *_, km2 in pairs)
    return "\n".join([f"{what} ({len(pairs)}, {total:.6g} km2):", *lines, *more, remedy])
