"""The shipped campaign shows what it must: known days, their records, and ground that adds up on every one of them."""

from __future__ import annotations

import hashlib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from territory.errors import UnknownName
from territory.io.readers.campaign_folder import folders

FOLDER = folders()["idlib-2015"]
SIDES = ("government", "opposition", "islamic-state", "kurdish-forces")


def held(timeline, place, day):
    answer = timeline.why(place, day)
    return answer.controller.id, answer.status


def test_jisr_al_shughur_is_contested_and_held_by_the_government_on_24_april(idlib):
    answer = idlib.why("Jisr al-Shughur", "2015-04-24")
    assert (answer.controller.id, answer.status, answer.rival.id) == ("government", "contested", "nusra-front")
    assert answer.marked.event.id == "E117"
    assert answer.marked.sources == ("SOHR via AFP via Al Bawaba",)
    assert {"E113", "E114", "E117", "E118", "E119"} <= {entry.event.id for entry in answer.history}


def test_it_is_the_army_of_conquests_on_25_april_by_named_sources(idlib):
    answer = idlib.why("Jisr al-Shughur", "2015-04-25")
    assert (answer.controller.id, answer.status) == ("army-of-conquest", "control")
    assert answer.held.event.id == "E127"
    assert len(answer.held.sources) >= 3


TURNS = [
    ("Idlib", "2015-03-28", "E093"),
    ("Jisr al-Shughur", "2015-04-25", "E127"),
    ("Jisr al-Shughur National Hospital", "2015-05-22", "E168"),
    ("Ariha", "2015-05-28", None),
    ("Abu al-Duhur", "2015-09-09", "E253"),
]


@pytest.mark.parametrize(("place", "day", "record"), TURNS, ids=[row[0] for row in TURNS])
def test_a_place_changes_sides_on_the_day_that_reports_give(place, day, record, idlib):
    eve = np.datetime64(day) - 1
    before, after = idlib.why(place, str(eve)), idlib.why(place, day)
    actors = idlib.campaign.actors

    def side(answer):
        return actors[actors.side_of[actors.code(answer.controller.id)]].id

    assert side(before) == "government"
    assert side(after) == "opposition"
    assert str(after.held.day) == day
    assert record in (None, after.held.event.id)
    assert side(idlib.why(place)) == "opposition"  # and stays so to the end


def test_the_hospital_is_besieged_from_the_day_the_town_falls(idlib):
    hospital = "Jisr al-Shughur National Hospital"
    assert held(idlib, hospital, "2015-04-24")[0] == "government"
    assert held(idlib, hospital, "2015-04-25") == ("government", "besieged")
    assert held(idlib, hospital, "2015-05-21") == ("government", "besieged")
    assert held(idlib, hospital, "2015-05-22") == ("army-of-conquest", "control")


@pytest.mark.parametrize("place", ["Ariha", "Mastumah camp", "Abu al-Duhur"])
def test_what_the_article_says_was_still_held_was_held(place, idlib):
    assert held(idlib, place, "2015-04-24")[0] == "government"
    assert {"A23", "A24", "A25"} & {entry.event.id for entry in idlib.why(place, "2015-04-24").history}


@pytest.mark.parametrize("name", ["Jisr ash-Shughour", "جسر الشغور", "jisr al shughur"])
def test_spellings_find_the_same_place(name, idlib):
    assert idlib.why(name, "2015-04-24").place.id == "jisr-al-shughur"


def test_a_misspelling_gets_a_suggestion(idlib):
    with pytest.raises(UnknownName, match="Did you mean 'Jisr al-Shughur'"):
        idlib.why("Jisr al-Shugur")


def test_cells_neither_overlap_nor_leave_gaps(idlib):
    cells = idlib.partition.cells
    assert shapely.coverage_is_valid(cells)
    assert shapely.is_valid(cells).all()
    whole = shapely.coverage_union_all(cells)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0
    assert shapely.area(cells).sum() == pytest.approx(whole.area, rel=1e-9)


def test_areas_sum_to_the_partition_on_every_day_of_change(idlib):
    sums = idlib.areas().groupby("day").area_km2.sum()
    assert len(sums) == len(idlib.days) > 60
    assert np.allclose(sums, idlib.partition.total_km2, rtol=1e-9, atol=0)


@pytest.mark.parametrize("day", ["2015-03-01", "2015-03-28", "2015-04-25", "2015-06-06", "2015-09-09", "2015-11-30"])
def test_fronts_and_territories_agree_with_boolean_geometry(day, idlib):
    side = idlib.side_of[idlib.state(day).controller]
    cells = idlib.partition.cells
    ground = {code: shapely.coverage_union_all(cells[side == code]) for code in np.unique(side)}
    table = idlib.fronts(day)
    actors = idlib.campaign.actors
    told = {}
    for a, b in combinations([code for code in ground if code >= 2], 2):
        shared = shapely.get_parts(shapely.intersection(ground[a].boundary, ground[b].boundary))
        line = shapely.union_all(shared[shapely.get_dimensions(shared) == 1])
        if not line.is_empty:
            told[actors[a].id, actors[b].id] = line
    assert {(row.side_a, row.side_b) for row in table.itertuples()} == set(told)
    for row in table.itertuples():
        line = told[row.side_a, row.side_b]
        assert row.geometry.length == pytest.approx(line.length)
        assert row.geometry.symmetric_difference(line).length < 1e-9
    walked = idlib.territories(day).dissolve("actor").geometry
    for code, wanted in ground.items():
        assert walked[actors[int(code)].id].symmetric_difference(wanted).area < 1e-12


def test_ground_far_from_every_place_is_credited_to_nobody(idlib):
    frame = idlib.at("2015-04-25")
    unheard = frame[frame.place_id == ""]
    assert set(unheard.controller) <= {"unknown"}


def test_the_article_s_chain_of_claims_is_kept(idlib):
    sources = idlib.campaign.sources
    chain = sources.chain(sources.index("albawaba-2015-04-25"))
    assert [source.id for source in chain] == ["albawaba-2015-04-25", "afp-2015-04-24", "sohr"]
    assert sources.cite(sources.index("albawaba-2015-04-25")) == "SOHR via AFP via Al Bawaba"


COUNTS = [
    ("E118", {"airstrikes": "34"}),
    ("E119", {"killed.government": "30", "killed.opposition": "43", "killed.opposition.chechen": "13"}),
    ("E114", {"checkpoints.taken": "3"}),
    ("E117", {"checkpoints.contested": "3"}),
]


@pytest.mark.parametrize(("record", "counts"), COUNTS, ids=[row[0] for row in COUNTS])
def test_the_article_s_figures_are_records(record, counts, idlib):
    event = idlib.campaign.events[idlib.campaign.events.index(record)]
    assert event.counts == counts
    sources = idlib.campaign.sources
    assert "sohr" in {source.id for row in event.sources for source in sources.chain(row)}


def test_the_checkpoints_of_the_article_are_no_capture_of_the_town(idlib):
    events = idlib.campaign.events
    took = [
        event.id
        for event, outcome in zip(events, idlib.outcome, strict=True)
        if event.place == idlib.campaign.places.find("jisr-al-shughur")
        and outcome == "take"
        and event.kind != "baseline"
    ]
    assert took == ["E127"]


def test_chapters_name_events_that_exist_inside_the_period(idlib):
    assert len(idlib.campaign.chapters) > 5
    for chapter in idlib.campaign.chapters:
        assert idlib.first_day <= chapter.day <= idlib.last_day
        assert [event for event in chapter.events if idlib.campaign.events.index(event) < 0] == []
        assert chapter.events


def test_conflicting_accounts_are_kept_beside_the_record_they_doubt(idlib):
    events = idlib.campaign.events
    accounts = [event for event in events if event.alternative_to]
    assert len(accounts) >= 30
    for event in accounts:
        assert idlib.outcome[events.index(event.id)] == "alternative"
        assert not events[events.index(event.alternative_to)].alternative_to


def test_every_record_is_found_or_recalled_and_names_a_source(idlib):
    assert {event.grounding for event in idlib.campaign.events} == {"cited", "recalled"}
    assert [event.id for event in idlib.campaign.events if not event.sources] == []


WORDS = [("regime", "government"), ("rebels", "opposition"), ("ISIS", "islamic-state"), ("YPG", "kurdish-forces")]


@pytest.mark.parametrize(("word", "actor"), WORDS)
def test_words_of_the_reports_are_aliases_of_neutral_labels(word, actor, idlib):
    actors = idlib.campaign.actors
    assert actors[actors.code(word)].id == actor
    assert word.lower() not in actors[actors.code(word)].label.lower()


def test_every_place_with_ground_and_every_side_has_an_arabic_name(idlib):
    assert idlib.campaign.languages == ("en", "ar")
    named = ["ar" in place.names for place in idlib.campaign.places]
    assert sum(named) / len(named) > 0.95


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "as it is": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour, sight):
    """CIE Lab (D65) of a colour #rrggbb as somebody sees it."""
    rgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("pair", list(combinations(SIDES, 2)), ids="-".join)
def test_the_colours_of_the_sides_stay_apart_in_every_sight(pair, sight, idlib):
    # CIE 1976: 2.3 is just noticeable side by side. A map's fills lie apart and half covered, so eight times that.
    actors = idlib.campaign.actors
    one, other = (lab(actors[actors.code(name)].colour, sight) for name in pair)
    assert np.linalg.norm(one - other) > 18


def test_every_file_matches_its_digest_and_is_explained(idlib):
    registry = dict(line.split(maxsplit=1)[::-1] for line in (FOLDER / "registry.txt").read_text("utf-8").splitlines())
    files = {path.name for path in FOLDER.iterdir()} - {"registry.txt"}
    assert set(registry) == files
    wrong = [name for name in files if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != registry[name]]
    assert wrong == []
    explained = (FOLDER / "SOURCES.md").read_text("utf-8")
    assert [name for name in files - {"SOURCES.md"} if name not in explained] == []


def test_every_layer_says_where_it_is_from_and_under_which_licence(idlib):
    assert {layer.role for layer in idlib.campaign.layers} >= {"land", "country", "admin", "river", "road"}
    for layer in idlib.campaign.layers:
        assert layer.attribution
        assert layer.licence
        assert layer.schematic == (layer.role == "road")


def test_the_page_is_under_a_megabyte(idlib):
    from territory.render import page

    try:
        html = page.html(idlib)
    except page.AssetsMissing as missing:
        pytest.skip(str(missing))
    assert len(html.encode("utf-8")) < 1_000_000
    assert Path(FOLDER).name == idlib.campaign.id
