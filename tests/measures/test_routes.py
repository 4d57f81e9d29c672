"""Routes: roads cut at borders, open ground, detours, exposure, redundancy, and the event that cuts a route."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from drawn import drawings, drawn, on
from hypothesis import given, settings
from hypothesis import strategies as st

from territory.errors import RouteError, UnknownName
from territory.measures import road_network, routes

# One row of four cells, 11.13 km each; the road runs along the equator through the four places.
ROAD = {"the road": [(0.05, 0.0), (0.15, 0.0), (0.25, 0.0), (0.35, 0.0)]}
KM = 11.13195
LAW = {"road_rule": "ground"}
fewer = settings(max_examples=12)  # a network costs some 100 ms


def row(by_day, **how):
    return drawn(by_day, roads=ROAD, **how)


def grid_roads(width, height):
    """A road along every row and every column of places."""
    xs, ys = [0.05 + 0.1 * n for n in range(width)], [(height / 2 - 0.5 - n) * 0.1 for n in range(height)]
    lines = {f"row {n}": [(x, y) for x in xs] for n, y in enumerate(ys)} if width > 1 else {}
    return lines | ({f"column {n}": [(x, y) for y in ys] for n, x in enumerate(xs)} if height > 1 else {})


def test_roads_are_cut_at_every_border():
    network = road_network.network(row("AABB"), ["p0", "p3"])
    by_cell = network.frame().groupby("cell").length_km.sum()
    # Half a cell at both ends, whole cells between.
    assert by_cell.round(2).to_dict() == {0: 5.57, 1: 11.13, 2: 11.13, 3: 5.57}
    assert network.km.max() <= 0.5 + 1e-3
    assert set(network.name) == {"the road"}


def test_a_way_over_own_ground():
    found = routes.route(row("AAAB"), "p0", "p2", actor="alpha", on=on(0), **LAW)
    assert found.exists
    assert found.length_km == pytest.approx(2 * KM, rel=1e-4)
    assert found.detour_ratio == pytest.approx(1.0)
    # The enemy's cell begins half a cell east of the goal.
    assert found.exposure_km == pytest.approx(KM / 2, rel=1e-3)
    assert found.redundancy == 1
    assert shapely.length(found.geometry) == pytest.approx(0.2)


def test_no_way_through_another_side_and_what_stops_it():
    found = routes.route(row({0: "AAAA", 3: "AABA"}), "p0", "p3", actor="alpha", on=on(4), **LAW)
    assert not found.exists
    assert found.open_km == pytest.approx(1.5 * KM, rel=1e-4)
    assert (found.stopped_at, found.holder, found.status, found.event) == ("p2", "bravo", "control", "d3-2")
    assert np.isnan(found.length_km)
    assert found.unconstrained_km == pytest.approx(3 * KM, rel=1e-4)


@pytest.mark.parametrize(
    ("drawing", "how", "exists"),
    [
        ("BWB", {}, True),  # a member's ground is the side's own
        ("BCB", {}, False),
        ("BCB", {"allies": ["charlie"]}, True),
        ("BbB", {}, False),
        ("BbB", {"contested": True}, True),
        ("BbB", {"allies": ["alpha"]}, True),  # who contests it is an ally
        ("BaB", {"contested": True}, False),  # contested, but the enemy holds it
        ("BoB", {"contested": True}, False),  # nobody's ground is not own ground
        ("B.B", {}, False),
    ],
)
def test_whose_ground_is_open(drawing, how, exists):
    world = drawn(drawing, roads={"r": ROAD["the road"][:3]})
    assert routes.route(world, "p0", "p2", actor="bravo", on=on(0), **LAW, **how).exists is exists


def test_the_cutting_record_is_the_first_after_which_the_way_fails():
    # Cell 1 falls on day 3, is taken back on day 5, and the goal itself falls on day 7.
    world = row({0: "AAAA", 3: "ABAA", 5: "AAAA", 7: "AAAB"})
    found = routes.route_changes(world, "p0", "p3", actor="alpha", **LAW)
    assert found.day.dt.strftime("%Y-%m-%d").tolist() == [on(0), on(3), on(5), on(7)]
    assert found.exists.tolist() == [True, False, True, False]
    assert found.event.tolist() == ["", "d3-1", "d5-1", "d7-3"]
    assert found.stopped_at.tolist() == ["", "p1", "", "p3"]


def test_of_several_records_on_a_day_the_one_that_turned_the_answer_is_named():
    # Cells 2 and 3 fall on one day, in this order; the way to cell 3 is cut by the first of the two.
    found = routes.route_changes(row({0: "AAAA", 3: "AABB"}), "p0", "p3", actor="alpha", **LAW)
    assert found.event.tolist() == ["", "d3-2"]
    assert found.closed_by.tolist() == ["", "d3-2;d3-3"]


def test_a_detour_is_longer_and_a_ring_has_two_ways():
    # A ring of roads around 2 x 2 cells: from corner to neighbouring corner there is the side, and the three others.
    ring = {"ring": [(0.05, 0.05), (0.15, 0.05), (0.15, -0.05), (0.05, -0.05), (0.05, 0.05)]}
    before = routes.route(drawn("AA\nAA", roads=ring), "p0", "p3", actor="alpha", on=on(0), **LAW)
    assert before.redundancy == 2
    assert before.detour_ratio == pytest.approx(1.0)
    world = drawn({0: "AA\nAA", 2: "AA\nBA"}, roads=ring)
    found = routes.route(world, "p0", "p2", actor="alpha", on=on(0), **LAW)
    assert found.length_km == pytest.approx(11.0574, rel=1e-3)
    world = drawn("AAA\nABA\nAAA", roads=grid_roads(3, 3))
    around = routes.route(world, "p3", "p5", actor="alpha", on=on(0), **LAW)
    # Straight through the middle 22.26 km; around it one row up and one row down again: 22.11 km more.
    assert around.detour_ratio == pytest.approx((22.264 + 22.115) / 22.264, rel=1e-3)
    assert around.redundancy == 2


def test_places_on_the_road_decide_for_it_where_cells_off_the_road_would_not():
    # The road bends north into cells of bravo between alpha's places p2 and p3 (row two of the drawing).
    bend = {"bend": [(0.05, -0.05), (0.08, 0.01), (0.12, 0.01), (0.15, -0.05)]}
    world = drawn("BB\nAA", roads=bend)
    assert not routes.route(world, "p2", "p3", actor="alpha", on=on(0), road_rule="ground").exists
    found = routes.route(world, "p2", "p3", actor="alpha", on=on(0), road_rule="places")
    assert found.exists
    assert found.exposure_km == 0.0  # it runs through what the map gives to the enemy, and says so


def test_places_decide_only_so_far_along_the_road():
    bend = {"bend": [(0.05, -0.05), (0.08, 0.01), (0.12, 0.01), (0.15, -0.05)]}
    world = drawn("BB\nAA", roads=bend)
    network = road_network.network(world, ["p2", "p3"], speak_km=1.0)  # the bend itself is farther than that from both
    assert not routes.route(world, "p2", "p3", actor="alpha", on=on(0), road_rule="places", roads=network).exists


def test_of_two_short_roads_side_by_side_both_count_and_the_safer_one_is_taken():
    # Both lead 390 m to the east, one 0.010 degrees south of the enemy's cell, one bulging to 0.009 degrees from it.
    # The way that stays back comes no nearer than 0.010 degrees of latitude: 1.106 km.
    pair = {
        "straight": [(0.05, -0.010), (0.0535, -0.010)],
        "bulge": [(0.05, -0.010), (0.0517, -0.009), (0.0535, -0.010)],
    }
    world = drawn("B\nA", roads=pair)
    found = routes.route(world, (0.05, -0.010), (0.0535, -0.010), actor="alpha", on=on(0), **LAW)
    assert found.redundancy == 2
    assert found.exposure_km == pytest.approx(1.1057, rel=1e-3)


def test_a_way_that_becomes_another_is_a_change():
    world = drawn({0: "AAA\nAAA\nAAA", 4: "AAA\nABA\nAAA"}, roads=grid_roads(3, 3))
    found = routes.route_changes(world, "p3", "p5", actor="alpha", **LAW)
    assert found.exists.tolist() == [True, True]
    assert found.event.tolist() == ["", "d4-4"]
    assert found.length_km.tolist() == pytest.approx([22.264, 44.379], rel=1e-3)
    assert found.detour_ratio.tolist() == pytest.approx([1.0, 44.379 / 22.264], rel=1e-3)


def test_a_goal_outside_the_map_is_reached_by_the_road_out_of_it():
    out = {"out": [(0.05, 0.0), (0.25, 0.0), (0.75, 0.0)]}  # three cells reach to 0.3; the town lies at 0.7
    world = drawn({0: "AAA", 2: "AAB"}, roads=out)
    found = routes.route_changes(world, "p0", (0.7, 0.01), actor="alpha", **LAW)
    assert found.exists.tolist() == [True, False]
    assert routes.route(world, "p0", (0.7, 0.01), actor="alpha", on=on(0), **LAW).outside_km == pytest.approx(
        4 * KM + 1.1, rel=1e-2
    )


def test_ground_outside_the_map_is_no_way_round_an_enemy():
    loop = {"direct": [(0.05, 0.0), (0.25, 0.0)], "round": [(0.05, 0.0), (0.05, 0.2), (0.25, 0.2), (0.25, 0.0)]}
    world = drawn("ABA", roads=loop)
    assert not routes.route(world, "p0", "p2", actor="alpha", on=on(0), **LAW).exists


def test_roads_that_nearly_meet_are_joined_and_others_are_not():
    gap = {"west": [(0.05, 0.0), (0.148, 0.0)], "east": [(0.152, 0.0), (0.25, 0.0)]}  # 445 m apart
    world = drawn("AAA", roads=gap)
    assert routes.route(world, "p0", "p2", actor="alpha", on=on(0)).exists
    with pytest.raises(RouteError, match="whoever holds it"):
        routes.route(
            world, "p0", "p2", actor="alpha", on=on(0), roads=road_network.network(world, ["p0", "p2"], join_m=100)
        )


def test_roads_can_be_given_and_carry_their_names():
    given = gpd.GeoDataFrame(
        {"name": ["mine"]}, geometry=[shapely.LineString(ROAD["the road"])], crs="EPSG:4326"
    ).to_crs(3857)
    world = drawn("AAAA")
    network = road_network.network(world, ["p0", "p3"], given)
    assert routes.route(world, "p0", "p3", actor="alpha", on=on(0), roads=network).exists
    assert set(network.frame().name) == {"mine"}


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (("p0", "nowhere"), UnknownName, "nowhere"),
        (("p0", (3.0, 3.0)), RouteError, "nearest road to lon 3.0, lat 3.0"),
        (("p0", "p0"), RouteError, "one point"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, error, said):
    with pytest.raises(error, match=said):
        routes.route(row("AAAA"), *ask, actor="alpha", on=on(0))
    with pytest.raises(RouteError, match="no roads"):
        routes.route(drawn("AAAA"), "p0", "p3", actor="alpha", on=on(0))


@fewer
@given(drawings(letters="ABCab", days=1, largest=4), st.data())
def test_more_own_ground_never_hurts_and_less_never_helps(by_day, data):  # law I21
    rows = by_day[0].split()
    if len(rows) * len(rows[0]) < 2:
        return
    letters = list("".join(rows))
    cell = data.draw(st.integers(0, len(letters) - 1))
    gained = list(letters)
    gained[cell] = "A"
    network = grid_roads(len(rows[0]), len(rows))
    ways = []
    for now in (letters, gained):
        drawing = "\n".join("".join(now[n : n + len(rows[0])]) for n in range(0, len(now), len(rows[0])))
        world = drawn(drawing, roads=network)
        ways.append(routes.route(world, "p0", f"p{len(letters) - 1}", actor="alpha", on=on(0), **LAW))
    less, more = ways
    assert more.exists or not less.exists
    if less.exists:
        assert more.length_km <= less.length_km + 1e-9
        assert more.redundancy >= less.redundancy
        assert more.exposure_km >= less.exposure_km - 1e-9
    assert more.open_km >= less.open_km - 1e-9


@fewer
@given(drawings(letters="ABab", days=4, largest=3))
def test_the_days_of_change_say_what_each_day_says(by_day):
    rows = by_day[0].split()
    count = len(rows) * len(rows[0])
    if count < 2:
        return
    world = drawn(by_day, roads=grid_roads(len(rows[0]), len(rows)))
    ask = ("p0", f"p{count - 1}")
    found = routes.route_changes(world, *ask, actor="alpha", **LAW)
    for number in range(5):
        exists = found[found.day <= on(number)].exists.iloc[-1]
        assert bool(exists) == routes.route(world, *ask, actor="alpha", on=on(number), **LAW).exists


def test_the_road_west_of_ariha_is_open_on_24_april_and_cut_at_jisr_al_shughur(idlib):
    # The report of 25 April says that the loss of Jisr al-Shughur would cut the government off from the highway to
    # Latakia. Over the places on the M4, fought over or not, the way from Ariha to the town exists until 24 April, and
    # not from the day on which the town falls.
    ask = {"actor": "government", "contested": True}
    found = routes.route_changes(idlib, "Ariha", "Jisr al-Shughur", **ask).set_index(["day"])
    assert routes.route(idlib, "Ariha", "Jisr al-Shughur", on="2015-04-24", **ask).exists
    assert not routes.route(idlib, "Ariha", "Jisr al-Shughur", on="2015-04-25", **ask).exists
    assert found.exists["2015-03-01"]
    assert not found.exists["2015-04-25"]
    assert "E127" in found.closed_by["2015-04-25"]
    assert not found.exists[found.index > "2015-04-25"].any()


def test_the_way_from_ariha_to_latakia_exists_on_24_april_and_not_after_jisr_al_shughur_falls(idlib):
    # The claim of the report. By the M4 to Jisr al-Shughur, down the Ghab and over the mountain: west of the town the
    # M4 was the opposition's since 2012. On 24 April the short cut by the Zayzun plant is claimed (E123), so the way
    # leads through the town; on 25 April the town is lost. It opens again with the plant (E154), until Ariha falls.
    ask = {"actor": "government", "contested": True}
    assert routes.route(idlib, "Ariha", "Latakia", on="2015-04-24", **ask).exists
    assert not routes.route(idlib, "Ariha", "Latakia", on="2015-04-25", **ask).exists
    found = routes.route_changes(idlib, "Ariha", "Latakia", **ask).set_index("day")
    turns = found.exists[found.exists != found.exists.shift()]
    assert [str(day.date()) for day in turns.index] == ["2015-03-01", "2015-04-25", "2015-05-11", "2015-05-28"]
    assert "E127" in found.closed_by["2015-04-25"]
    assert found.event["2015-05-11"] == "E154"


def test_over_the_m4_alone_there_was_no_way_to_latakia_on_any_day(idlib):
    # The events have Ghassaniyah, Bdama and the hills of Latakia in opposition hands since 2012: as far as the town,
    # 37 km, the government came; to Latakia over the M4 it did not.
    layer = idlib.campaign.layer("road")[0]
    names = [name for name, _ in layer.names]
    only = gpd.GeoDataFrame({"name": names, "schematic": True}, geometry=list(layer.shapes), crs=4326)
    network = road_network.network(idlib, ["Ariha", "Latakia"], roads=only[only.name.str.startswith("M4")])
    ask = {"actor": "government", "contested": True, "road_rule": "places", "roads": network}
    found = routes.route(idlib, "Ariha", "Latakia", on="2015-04-24", **ask)
    assert not found.exists
    assert found.stopped_at == "ghassaniyah"
    assert 33 < found.open_km < 45 < found.unconstrained_km
