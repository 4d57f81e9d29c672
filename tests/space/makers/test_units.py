"""Partitions from given units: faults are reported, and repaired only on request."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from territory.errors import LayerError, PartitionError, UnknownName
from territory.io.readers import geojson
from territory.io.writers.geojson import dumps
from territory.space.makers import from_units
from territory.space.makers.units import NO_PLACES
from territory.space.partition import from_cells

WEST, EAST = box(36, 35, 36.5, 36), box(36.5, 35, 37, 36)
RING = box(36, 35, 37, 36) - box(36.4, 35.4, 36.6, 35.6)
BOW_TIE = Polygon([(36, 35), (37, 36), (37, 35), (36, 36)])


def test_a_unit_of_two_parts_is_two_cells_of_one_unit():
    made = from_units([WEST, MultiPolygon([EAST, box(38, 35, 38.5, 36)])], ["a", "b"])
    assert made.unit.tolist() == [0, 1, 1]
    assert made.cells_of_unit("b").tolist() == [1, 2]
    assert made.place.tolist() == [-1, -1, -1]
    assert made.observed().all()


def test_an_unknown_unit_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="'north-east'"):
        from_units([WEST, EAST], ["north-west", "north-east"]).cells_of_unit("nort-east")


def test_overlaps_are_refused_with_pairs_and_km2():
    with pytest.raises(PartitionError, match=r"Units overlap \(1, 201\.\d+ km2\):\n  a and b: 201\.\d+ km2"):
        from_units([WEST, box(36.48, 35, 37, 36)], ["a", "b"])


def test_gaps_are_refused_with_their_km2_or_kept():
    with pytest.raises(PartitionError, match=r"Units leave gaps \(1, 402\.\d+ km2\)"):
        from_units([RING], ["a"])
    assert from_units([RING], ["a"], gaps="keep").method["gaps_km2"] == pytest.approx(402.65, abs=0.01)


def test_an_island_in_a_lake_is_not_part_of_the_gap():
    kept = from_units([RING, box(36.45, 35.45, 36.55, 35.55)], ["a", "b"], gaps="keep")
    assert kept.method["gaps_km2"] == pytest.approx(402.65 * 0.75, rel=1e-3)


def test_borders_with_different_vertices_are_refused_with_names():
    with pytest.raises(PartitionError, match="Borders of a, b, c have different vertices"):
        from_units([WEST, box(36.5, 35, 37, 35.5), box(36.5, 35.5, 37, 36)], ["a", "b", "c"])


def test_repair_mends_and_counts():
    made = from_units([WEST, box(36.4999, 35, 37, 36)], ["a", "b"], repair=True)
    assert shapely.coverage_is_valid(made.cells)
    assert made.method["overlaps_km2"] == pytest.approx(1.0066, abs=1e-3)
    assert made.method["moved_km2"] == pytest.approx(1.0066, abs=1e-3)


def test_repair_closes_a_narrow_gap_and_leaves_a_wide_one():
    low, high = box(36.5, 35, 37, 35.5), box(36.5, 35.5, 37, 36)
    notch = low - box(36.7, 35.499999, 36.8, 35.6)  # 11 cm wide
    made = from_units([WEST, notch, high], ["a", "b", "c"], repair=True, snap_m=50)
    assert made.method["gaps_km2"] == 0
    assert made.total_km2 == pytest.approx(10066.27, rel=1e-5)
    with pytest.raises(PartitionError, match="leave gaps"):
        from_units([RING], ["a"], repair=True)


def test_a_bow_tie_is_refused_or_repaired_and_named():
    with pytest.raises(PartitionError, match="a: Self-intersection"):
        from_units([BOW_TIE], ["a"])
    assert from_units([BOW_TIE], ["a"], repair=True).method["repaired_shapes"] == ["a"]


def test_a_hole_outside_its_shell_is_refused():
    with pytest.raises(PartitionError, match="not valid"):
        from_units([Polygon(WEST.exterior, [EAST.exterior.coords])], ["a"])


def test_a_clockwise_shell_is_taken_as_it_is_meant():
    assert from_units([WEST.reverse(), EAST], ["a", "b"]).area_km2.min() > 0


def test_ids_that_stand_twice_are_refused():
    with pytest.raises(PartitionError, match="ids are repeated: a"):
        from_units([WEST, EAST], ["a", "a"])


@pytest.mark.parametrize("shape", [Point(36, 35), None, Polygon(), shapely.GeometryCollection([WEST])])
def test_what_is_no_ground_is_refused(shape):
    with pytest.raises(PartitionError, match="b is "):
        from_units([WEST, shape], ["a", "b"])


def test_heights_are_dropped_with_a_warning():
    made = from_units([shapely.force_3d(WEST, 10.0), EAST], ["a", "b"])
    assert made.warnings == ("1 units have heights, which are dropped.",)
    assert not shapely.has_z(made.cells).any()


def test_parts_smaller_than_a_hectare_are_warned_of():
    made = from_units([MultiPolygon([WEST, box(38, 35, 38.0005, 35.0005)])], ["a"])
    assert made.warnings == ("1 parts of units are smaller than 0.01 km2.",)


def test_a_frame_is_reprojected_with_a_warning_and_refused_without_a_crs():
    frame = gpd.GeoDataFrame({"code": ["a", "b"]}, geometry=[WEST, EAST], crs=4326)
    made = from_units(frame.to_crs(3857), "code")
    assert made.warnings == ("Units were reprojected from EPSG:3857 to EPSG:4326.",)
    with pytest.raises(PartitionError, match="no CRS"):
        from_units(frame.set_crs(None, allow_override=True), "code")


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (box(300_000, 3_900_000, 310_000, 3_910_000), "Are they in metres"),
        (box(185, 35, 190, 36), "no longitudes"),
        (box(-179, 35, 179, 36), "antimeridian"),
        (box(10, 85, 20, 90), "pole"),
    ],
)
def test_ground_that_is_not_on_the_map_is_refused(shape, said):
    with pytest.raises(PartitionError, match=said):
        from_units([shape], ["a"])


def test_cells_of_several_parts_are_refused():
    cells = np.array([MultiPolygon([WEST, EAST])], dtype=object)
    with pytest.raises(PartitionError, match="MultiPolygon"):
        from_cells(cells, np.array([-1], dtype=np.int32), NO_PLACES, {})


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Polygon", "coordinates": [[[35, 136], [36, 136], [36, 137], [35, 136]]]}, "swapped"),
        ({"type": "Polygon", "coordinates": [[["36", "35"], ["37", "35"], ["37", "36"], ["36", "35"]]]}, "cannot be"),
        ({"type": "Polygon", "coordinates": [[[1e308, 35], [37, 35], [37, 36], [1e308, 35]]]}, "not a longitude"),
        ({"type": "Polygon", "coordinates": [[[36, 35], [37, 35]]]}, "cannot be read"),
        ({"type": "Polygon", "coordinates": [[[36, 35], [37, 35], [37, 36]]]}, "cannot be read"),
        ({"type": "GeometryCollection", "geometries": []}, "must be one of"),
        (None, "must be one of"),
        ({"type": "Polygon", "coordinates": [[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]]}, "Self-inter"),
    ],
)
def test_a_geojson_shape_that_cannot_be_used_is_refused_with_its_feature(tmp_path, geometry, said):
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    path = tmp_path / "bad.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    with pytest.raises(LayerError, match=rf"feature 0.*{said}"):
        geojson.read(path)


def test_a_shape_of_too_many_vertices_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(geojson, "MOST_VERTICES", 4)
    path = tmp_path / "big.geojson"
    path.write_text(dumps([WEST], [{}]), encoding="utf-8")
    with pytest.raises(LayerError, match="has 5 vertices; at most 4"):
        geojson.read(path)
