"""Areas and lengths of all cells and arcs at once, held to Karney's algorithm one by one."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from territory.space.geodesic import GEOD, measure_topology
from territory.space.partition import topology_of

ROUNDING_KM2 = 2e-10  # 2 cm2: what Geod itself loses on a cell of some hundred square metres


def areas_one_by_one(cells):
    return np.array([GEOD.geometry_area_perimeter(cell)[0] / 1e6 for cell in cells])


@given(
    st.floats(-70, 70), st.floats(-170, 150), st.sampled_from([0.001, 0.03, 0.5, 4.0, 20.0]), st.integers(0, 2**32 - 1)
)
@settings(max_examples=60)
def test_areas_agree_with_geod_to_a_billionth_at_every_size(lat, lon, degrees, seed):
    land = shapely.box(lon, lat - degrees / 2, lon + degrees, lat + degrees / 2)
    at = np.random.default_rng(seed).uniform(land.bounds[:2], land.bounds[2:], (12, 2))
    edges = shapely.voronoi_polygons(shapely.multipoints(at), extend_to=land, only_edges=True)
    noded = shapely.union_all([land.boundary, edges])
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    cells = shapely.orient_polygons(cells[shapely.intersects(land, shapely.point_on_surface(cells))])
    found, _ = measure_topology(topology_of(cells), len(cells))
    assert found == pytest.approx(areas_one_by_one(cells), rel=1e-9, abs=ROUNDING_KM2)


def test_lengths_are_geodesic_also_along_a_step_of_a_thousand_km():
    cells = np.array([shapely.box(30, 40, 42, 50)], dtype=object)
    _, length = measure_topology(topology_of(shapely.orient_polygons(cells)), 1)
    assert length.sum() == pytest.approx(GEOD.geometry_length(cells[0].exterior) / 1000, rel=1e-12)


def test_neighbours_split_an_area_without_a_remainder():
    cells = shapely.orient_polygons(np.array([shapely.box(36 + x, 35, 37 + x, 36) for x in range(3)], dtype=object))
    whole = shapely.orient_polygons(np.array([shapely.coverage_union_all(cells)], dtype=object))
    parts, _ = measure_topology(topology_of(cells), 3)
    total, _ = measure_topology(topology_of(whole), 1)
    assert parts.sum() == pytest.approx(total[0], rel=1e-14)
