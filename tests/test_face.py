"""The face: what `territory.<tab>` shows, what a value says of itself, and what a wrong name is answered."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import territory
from territory._util.brief import LETTERS, LINES, Brief, html_table

MODULES = [name for name in dir(territory) if isinstance(getattr(territory, name), ModuleType)]


def test_every_name_of_the_face_is_there_and_the_rooms_are_among_them():
    assert {"measures", "plots", "cube", "errors", "evaluate", "io"} <= set(dir(territory))
    for name in dir(territory):
        assert getattr(territory, name) is not None


@pytest.mark.parametrize("room", ["measures", "records", "space", "timeline", "io", "io.readers", "render"])
def test_the_modules_of_a_room_are_there_by_name_after_importing_the_package_alone(room):
    code = f"import territory; room = territory.{room}; print(*(getattr(room, name).__name__ for name in dir(room)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said
    assert all(name.startswith(f"territory.{room}.") for name in said)


def test_a_wrong_name_is_answered_with_the_right_ones():
    with pytest.raises(AttributeError, match="has no attribute 'openn'; it has AmbiguousName, Campaign"):
        _ = territory.openn
    with pytest.raises(AttributeError, match=r"'territory\.measures' has no attribute 'area'; it has areas, compare"):
        _ = territory.measures.area


def held(value: Any, depth: int = 3) -> list[Any]:
    """A value and what it holds."""
    inner = [getattr(value, one.name) for one in fields(value)] if is_dataclass(value) else []
    return [value, *(one for own in inner for one in (held(own, depth - 1) if depth else []))]


def test_whatever_a_timeline_holds_or_gives_says_itself_in_ten_lines(idlib):
    given = (idlib, idlib.why("idlib", "2015-04-01"), idlib.state("2015-04-01"), idlib.evaluate("2015-05-01"))
    for value in (one for each in given for one in held(each) if is_dataclass(one)):
        said = repr(value)
        assert len(said.splitlines()) <= LINES, type(value)
        assert len(said) <= LINES * LETTERS, type(value)


def test_a_dataclass_that_holds_arrays_is_brief():
    for room in ("records", "space", "timeline", "measures", "render"):
        for name in dir(import_module(f"territory.{room}")):
            module = import_module(f"territory.{room}.{name}")
            for value in vars(module).values():
                if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__:
                    arrays = [one for one in fields(value) if "NDArray" in str(one.type)]
                    assert not arrays or issubclass(value, Brief) or value.__name__.startswith("_"), value


def test_the_answer_and_the_report_are_tables_in_a_notebook_and_text_stays_text(idlib):
    answer = idlib.why("Jisr al-Shughur", "2015-04-25")
    assert answer._repr_html_().count("<tr>") == len(answer.history) + 1
    assert "Leave one source out" in idlib.evaluate("2015-05-01")._repr_html_()
    assert html_table(["<b>"], [["<script>"]]) == (
        "<table><thead><tr><th>&lt;b&gt;</th></tr></thead><tbody><tr><td>&lt;script&gt;</td></tr></tbody></table>"
    )


def test_an_array_is_told_by_its_shape():
    assert "(3,) float64" in repr(territory.space.topology.Topology(*[np.zeros(3)] * 6))
