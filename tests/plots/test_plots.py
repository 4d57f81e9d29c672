"""Plots: the figures of the measures, in the map's colours, with units on every axis."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import drawn, on
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from territory import plots
from territory.measures import areas, displacement
from territory.plots import _style

WORLD = {0: "AAB\nAAC", 3: "AaB\nAAC", 5: "ABB\nAAC"}


def all_of(timeline):
    return [
        plots.area_through_time(timeline),
        plots.front_length_and_speed(timeline, "alpha", "bravo"),
        plots.turnover_heat_map(timeline),
        plots.place_histories(timeline, ["p0"]),
        plots.map_of_day(timeline, on(3)),
    ]


@pytest.mark.parametrize("drawing", [WORLD, "A", "A.\n.o", "AB"])
def test_every_plot_can_be_drawn_of_every_world(drawing, tmp_path):
    for number, figure in enumerate(all_of(drawn(drawing))):
        figure.savefig(tmp_path / f"{number}.png")


def test_every_axis_says_what_it_measures_and_in_what():
    area, front, matrix, *_ = all_of(drawn(WORLD))
    assert [axes.get_ylabel() for axes in area.axes] == ["area held (1,000 km²)", "change since the first day (km²)"]
    assert [axes.get_ylabel() for axes in front.axes] == ["length of the front (km)", "speed (m per day)"]
    assert matrix.axes[-1].get_ylabel() == "ground that passed (km²)"


def test_the_stack_is_the_areas_in_the_colours_of_the_map():
    world = drawn(WORLD)
    upper = plots.area_through_time(world).axes[0]
    bands = [one for one in upper.collections if len(one.get_facecolor())]
    held = areas.by_actor(world, on(0)).set_index("actor").area_km2 / 1000
    for band, actor in zip(bands, ("alpha", "bravo", "charlie"), strict=True):
        colour = world.campaign.actors[world.campaign.actors.code(actor)].colour
        assert to_hex(band.get_facecolor()[0]) == colour
        y = band.get_paths()[0].vertices[:, 1]
        first = band.get_paths()[0].vertices[:, 0] == _style.days(world.days)[0]
        assert y[first].max() - y[first].min() == pytest.approx(held[actor])


def test_the_map_of_a_day_shows_its_ground_its_fronts_and_how_much_each_holds(idlib):
    axes = idlib.plot("2015-04-24")
    held = idlib.territories("2015-04-24")
    said = [text.get_text() for text in axes.get_legend().get_texts()]
    assert len(said) == len(held)
    assert said[1] == f"Government  {held.area_km2[1]:,.0f} km²"
    assert axes.get_xlim() == pytest.approx(idlib.campaign.extent[::2])
    assert "Idlib" in {text.get_text() for text in axes.texts}
    other = Figure().add_subplot()
    assert idlib.plot("2015-05-28", ax=other) is other


def test_the_bars_are_the_speeds_of_the_months():
    world = drawn(WORLD)  # ten days of one month: one bar
    lower = plots.front_length_and_speed(world, "alpha", "bravo").axes[1]
    found = displacement.displacement(world, on(0), on(9)).set_index(["side_a", "side_b"]).speed_m_per_day
    assert [bar.get_height() for bar in lower.patches] == pytest.approx([found["alpha", "bravo"]])
    turned = plots.front_length_and_speed(world, "bravo", "alpha").axes[1]
    assert [bar.get_height() for bar in turned.patches] == pytest.approx([-found["alpha", "bravo"]])


def test_a_strip_changes_its_colour_on_the_day_of_the_record():
    axes = plots.place_histories(drawn(WORLD), ["p1"]).axes[0]
    assert [(bar.get_width(), to_hex(bar.get_facecolor()), bar.get_hatch()) for bar in axes.patches] == [
        (3, "#aa3322", ""),
        (2, "#aa3322", "/////"),
        (5, "#66bb99", ""),
    ]


def test_labels_keep_their_distance_and_stay_above_the_floor():
    found = np.array(_style.spread([0.0, 0.1, 5.0, 0.2], 1.0, floor=0.0))
    assert np.diff(np.sort(found)).min() >= 1.0 - 1e-6
    assert found.min() >= 0
    assert found.argmax() == 2


def test_no_word_of_the_shipped_plots_is_cut_off(idlib):
    for figure in (plots.area_through_time(idlib), plots.place_histories(idlib)):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = canvas.get_width_height()
        texts = [text for axes in figure.axes for text in axes.texts] + [figure._supxlabel]
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
        assert min(box.x0 for box in boxes) >= 0
        assert max(box.x1 for box in boxes) <= width
        assert max(box.y1 for box in boxes) <= height


def test_a_plot_shows_itself_in_a_notebook():
    assert plots.turnover_heat_map(drawn(WORLD))._repr_png_().startswith(b"\x89PNG")


def test_a_place_without_a_cell_has_no_history(idlib):
    with pytest.raises(ValueError, match="no ground on this map: Latakia governorate"):
        plots.place_histories(idlib, ["latakia-governorate"])
