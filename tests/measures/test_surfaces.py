"""Probability surfaces: unknown where the fold is, equal to it where sure, and named in every output."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner
from worlds import ALPHA, BRAVO, TOML, campaign_folder, event, folded

import territory
from territory.cli import application
from territory.errors import CampaignError
from territory.measures import surfaces
from territory.records.estimator import Estimator
from territory.render.codec import payload

KRIGING = '\n[estimator]\nmethod = "kriging"\nrange_km = 25\nneighbours = 8\n'


@pytest.fixture(scope="module")
def row():
    """Four places a degree apart: Alpha, Alpha fought over by Bravo, Bravo, and one of which nothing is known."""
    return folded(
        [
            event("a", 0, "baseline", 0, ALPHA),
            event("b", 0, "baseline", 1, ALPHA),
            event("c", 0, "baseline", 2, BRAVO),
            event("d", 1, "contest_start", 1, BRAVO, ALPHA),
        ],
        size=4,
    )


@pytest.mark.parametrize("method", ["nearest", "kriging", "tin"])
def test_the_surface_is_the_hard_map_where_it_is_sure(idlib, method):
    data = idlib.probabilities("2015-04-25", 3000.0, estimator=method)
    assert float(data.probability.min()) >= 0
    np.testing.assert_allclose(data.probability.sum("side"), 1.0, atol=1e-12)
    parent = idlib.side_of[idlib.state("2015-04-25").controller[data.parent]]
    silent = parent == 0
    assert (data.probability.sel(side="unknown").to_numpy() == silent).all()
    likeliest, sure = data.likeliest.to_numpy(), data.probability.max("side").to_numpy() > 0.999
    agree = likeliest == parent
    assert agree[data.parent.to_numpy() >= 0].mean() > 0.93
    if method == "nearest":
        assert agree[~data.grey.to_numpy()].all()
    assert agree[sure].mean() > 0.99


def test_every_estimator_is_exact_at_a_place(idlib):
    state, part = idlib.state("2015-04-25"), idlib.partition
    seen = surfaces.SamplePoints.of(part)
    lonlat, belief = part.lonlat[seen.place], surfaces.likelihoods(idlib, state)[seen.cell]
    for method in ("nearest", "kriging", "tin"):
        chosen = surfaces.resolve_estimator(idlib, Estimator(method))
        found = surfaces.estimate(idlib, state, lonlat, seen.cell, chosen)
        np.testing.assert_allclose(found, belief, atol=1e-6)


def test_contested_ground_is_grey_and_unknown_ground_stays_unknown(row):
    data = row.probabilities(np.datetime64("2015-03-02"), row.partition, estimator="nearest")
    alpha = data.probability.sel(side="alpha").to_numpy()
    assert alpha.tolist() == [1.0, 0.5, 0.0, 0.0]
    assert data.probability.sel(side="unknown").to_numpy().tolist() == [0, 0, 0, 1]
    assert data.grey.to_numpy().tolist() == [False, True, False, False]


def test_squares_tile_the_ground_and_know_their_cell(row):
    fine = surfaces.squares(row.partition, 10_000.0)
    assert fine.total_km2 == pytest.approx(row.partition.total_km2, rel=0.02)
    np.testing.assert_allclose(fine.area_km2, 100.0, rtol=1e-4)
    assert (row.partition.locate_all(surfaces.cell_centres(fine)) == fine.unit).all()


def test_the_surface_can_be_drawn_and_says_what_drew_it(row):
    frame = row.surface("2015-03-02", 10_000.0, estimator="tin")
    assert set(frame.actor) == {"alpha", "bravo", "grey", "unknown"}
    assert frame.area_km2.sum() == pytest.approx(row.partition.total_km2, rel=0.02)
    assert frame.attrs["estimator_method"] == "tin"
    assert frame.geometry.is_valid.all()


def test_campaign_toml_chooses_the_estimator_and_every_output_says_so(tmp_path):
    timeline = territory.open(campaign_folder(tmp_path / "yser", toml=TOML + KRIGING))
    notes = {
        "method": "kriging",
        "grey_below": 0.7,
        "covariance": "exponential, exp(-3 d / range)",
        "neighbours": 8,
        "range_km": 25,
        "cells": "nearest",
    }
    assert surfaces.estimator_notes(timeline) == notes
    data = timeline.probabilities("1914-10-20", 1000.0)
    assert {key: data.attrs[f"estimator_{key}"] for key in notes} == notes
    assert timeline.to_xarray().attrs["estimator_method"] == "kriging"
    page = json.loads(json.dumps(payload.build(timeline).head))["campaign"]
    assert page["estimator"] == notes
    assert set(page["expected_front_error_km"]) == {"mean", "p95", "spacing"}


def test_the_range_is_three_spacings_where_none_is_given(idlib):
    chosen = surfaces.resolve_estimator(idlib, Estimator("kriging"))
    assert chosen.range_km == pytest.approx(3 * surfaces.spacing(idlib).km)


def test_an_estimator_that_makes_no_sense_is_a_fault_of_campaign_toml(tmp_path):
    folder = campaign_folder(tmp_path / "yser", toml=TOML + '\n[estimator]\nmethod = "guess"\n')
    with pytest.raises(CampaignError, match=r"estimator\.method is 'guess'"):
        territory.open(folder)


def test_an_exported_day_names_the_estimator(tmp_path):
    path = tmp_path / "day.geojson"
    folder = campaign_folder(tmp_path / "yser", toml=TOML + KRIGING)
    said = CliRunner().invoke(application(), ["export", str(folder), "--on", "1914-10-30", "-o", str(path)])
    assert said.exit_code == 0, said.output
    estimator = json.loads(path.read_text(encoding="utf-8"))["estimator"]
    assert (estimator["method"], estimator["range_km"], estimator["cells"]) == ("kriging", 25, "nearest")
