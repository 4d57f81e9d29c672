"""campaign.toml: whatever stands in it, the answer is a campaign or sentences, never a traceback."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from territory.errors import CampaignError
from territory.io.readers.fault_list import FaultList
from territory.io.readers.settings_file import SettingsFile

WHOLE = tomllib.loads(
    """
format = 2
id = "yser"
title.en = "The Yser"
title.fr = "L'Yser"
first_day = 1914-10-16
last_day = 1914-10-31
time_zone = "UTC"
extent = [2.6, 50.95, 3.1, 51.2]
partition = { method = "places", crs = "EPSG:32631", site_radius_km = { lock = 0.5 }, barriers = ["river"] }
rules = { fusion = "latest" }

[[actor]]
id = "belgium"
label = "Belgium"
aliases = ["Belgian army"]
membership = [{ parent = "entente", from = 1914-10-20 }]
renamed = [{ label.en = "B", to = 1914-10-20 }]

[[actor]]
id = "germany"
label = "Germany"

[[chapter]]
day = 1914-10-29
title = "T"
view = [2.7, 51, 9]
"""
)
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abelr_.", max_size=6), inner, max_size=3),
    max_leaves=6,
)


def paths_in(value: Any, before: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    """Every key and item of nested values."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, one in inner for path in ((*before, key), *paths_in(one, (*before, key)))]


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A campaign.toml in which some values are replaced, left out or spelt with a letter more."""
    toml = deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 4))):
        *outer, last = draw(st.sampled_from(paths_in(toml)))
        inner: Any = toml
        for step in outer:
            inner = inner[step]
        match draw(st.sampled_from(["replace", "leave out", "misspell"])):
            case "replace":
                inner[last] = draw(JUNK.filter(lambda value: value is not None))
            case "leave out":
                del inner[last]
            case "misspell" if isinstance(last, str):
                inner[last + "x"] = inner.pop(last)
    return toml


@given(spoiled())
def test_whatever_stands_in_the_file_the_answer_is_values_or_sentences(tmp_path_factory, toml):
    folder = tmp_path_factory.mktemp("spoiled")
    try:
        text = tomlkit.dumps(toml)
        tomllib.loads(text)
    except (ValueError, TypeError, tomlkit.exceptions.TOMLKitError):
        return  # nothing that stands in a file: a null in a list, or what the writer of these files gets wrong
    (folder / "campaign.toml").write_text(text, encoding="utf-8")
    faults = FaultList()
    try:
        file = SettingsFile(folder, faults)
    except CampaignError:
        return
    lines = text.split("\n")
    for fault in faults.faults:
        assert 0 <= fault.line <= len(lines)
        assert len(fault.message) < 700
    assert {path[0] for path in file.bad} <= {*WHOLE, *toml}
