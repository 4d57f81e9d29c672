"""Events, places and sources as frames: every row of the tables once, in their order, with what became of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from worlds import ALPHA, BRAVO, event, folded


def test_events_are_rows_with_their_outcome_and_their_point():
    unit = replace(event("u", 2, "capture", 0, ALPHA), place=-1, lon=np.nan, lat=np.nan, unit="Somewhere")
    frame = folded([event("a", 1, "capture", 0, ALPHA, BRAVO), event("b", "2015-03", "clash", 2), unit]).events
    assert frame.index.tolist() == ["a", "b", "u"]
    assert frame.loc["a", ["kind", "place_id", "actor", "against", "sources", "outcome"]].tolist() == [
        "capture", "p0", "alpha", "bravo", "s", "take",
    ]  # fmt: skip
    assert frame.day.dt.strftime("%Y-%m-%d").tolist() == ["2015-03-02", "2015-03-31", "2015-03-03"]
    assert (frame.geometry["a"].x, frame.geometry["u"]) == (0.5, None)
    assert frame.crs.to_epsg() == 4326


def test_places_and_sources_count_the_events_that_name_them(idlib):
    places, sources = idlib.places, idlib.sources
    assert (len(places), len(sources)) == (481, 249)
    assert places.loc["idlib", ["name", "name_ar"]].tolist() == ["Idlib", "إدلب"]
    assert places.events.sum() == sum(one.place >= 0 for one in idlib.campaign.events)
    assert sources.events.sum() == sum(len(one.sources) for one in idlib.campaign.events)
    assert sources.loc["albawaba-2015-04-25", "cited"] == "SOHR via AFP via Al Bawaba"


def test_the_frames_of_a_timeline_without_records_are_empty_tables():
    timeline = folded([])
    assert (len(timeline.events), len(timeline.places), len(timeline.sources)) == (0, 3, 2)
