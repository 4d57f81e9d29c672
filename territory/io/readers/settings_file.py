"""Read campaign.toml: its values by the schema, and the lines on which they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from territory.errors import CampaignError, Fault
from territory.io.readers import format_1
from territory.io.readers.fault_list import FaultList
from territory.io.readers.text_file import read_text
from territory.io.readers.toml_lines import Path as KeyPath
from territory.io.readers.toml_lines import line_of, lines_of
from territory.records.schema.judge import judge, predicate
from territory.records.schema.settings import FORMAT, CampaignFile

NAME = "campaign.toml"
Toml = Mapping[str, Any]  # Any: straight from TOML; the schema judges it


class SettingsFile:
    """The values of a campaign.toml, and where each stands.

    Parameters
    ----------
    folder : Path
        The campaign folder.
    faults : FaultList
        Gets every fault of the file.

    Attributes
    ----------
    values : CampaignFile
        Where a value was at fault, an example stands in for it.
    bad : set of path
        What was at fault.
    format : int
        The format that the folder is written in.

    Raises
    ------
    CampaignError
        Where the file is missing, no TOML or of a format to come.
    """

    def __init__(self, folder: Path, faults: FaultList) -> None:
        self.faults = faults
        self.toml, self.lines = _parse(folder)
        given = self.toml.get("format")
        self.format = FORMAT if given == FORMAT and not isinstance(given, bool) else 1
        upgraded = self.toml
        if self.format == 1:
            upgraded = format_1.settings(self.toml)
            if given != 1 or isinstance(given, bool):
                self.add(("format",), f"is {given!r}; it must be 1 or {FORMAT}, without quotes.")
        language = upgraded.get("language")
        judged = judge(CampaignFile, upgraded, {"language": language if isinstance(language, str) else "en"})
        for path, said in judged.faults.items():
            self.add(path, said)
        if judged.value is None:
            faults.finish()
            raise CampaignError([Fault(NAME, 0, "cannot be read.")])
        self.values, self.bad = judged.value, set(judged.faults)

    def add(self, path: KeyPath, sentence: str) -> None:
        """Add a fault of the value at a path."""
        self.faults.add(NAME, line_of(self.lines, path), self.about(path, sentence))

    def about(self, path: KeyPath, sentence: str) -> str:
        """A sentence about the value at a path: ``actor 'isis': colour is ...``."""
        before, inner = "", self.toml
        for step, below in pairwise(path):
            inner = _inside(inner, step)
            if isinstance(below, int):
                entry = _inside(inner, below)
                before += f"{step} {_name(entry, below)}: "
            elif isinstance(step, str):
                before += f"{step}."
        last = path[-1] if path and not isinstance(path[-1], int) else ""
        said = predicate(last, sentence)
        # An item by itself is the subject of its sentence: "actor 'isis' has colour ...".
        return f"{before.removesuffix(': ')} {said}" if before and not last and said[0].islower() else before + said

    def is_bad(self, *path: int | str) -> bool:
        """Whether something in the value at a path was at fault."""
        return any(bad[: len(path)] == path for bad in self.bad)


def _inside(toml: Any, step: int | str) -> Any:  # Any: straight from TOML
    """What stands under a key or an item; None where nothing does."""
    try:
        return toml[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(entry: object, at: int) -> str:
    """What an item of a list is called: by its id, title or file, else by its number."""
    named = entry if isinstance(entry, dict) else {}
    for key in ("id", "title", "file", "label"):
        if isinstance(named.get(key), str):
            return f"'{named[key]}'"
    return str(at + 1)


def _parse(folder: Path) -> tuple[Toml, dict[KeyPath, int]]:
    """The TOML of a folder with the lines of its keys."""
    path = folder / NAME
    if not path.exists():
        raise CampaignError([Fault(NAME, 0, f"{folder} has no {NAME}, so it is no campaign folder.")])
    text = read_text(path)
    try:
        toml = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: no TOML, or a number of thousands of digits
        raise CampaignError([Fault(NAME, 0, f"is not TOML: {error}.")]) from None
    given = toml.get("format")
    if isinstance(given, int) and given > FORMAT:
        raise CampaignError([
            Fault(NAME, 0, f"format is {given}; this version reads up to {FORMAT}. Install a newer territory.")
        ])  # fmt: skip
    return toml, lines_of(text)
