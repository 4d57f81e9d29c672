"""Rewrite a campaign folder of format 1 in format 2; comments, order of keys and rows stay."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from territory._util.atomic import write_file
from territory.errors import CampaignError, Fault
from territory.io.readers import campaign_folder, format_1
from territory.io.readers.fault_list import FaultList
from territory.io.readers.settings_file import NAME, SettingsFile
from territory.io.readers.text_file import read_text
from territory.io.readers.toml_lines import lines_of
from territory.records.events import Events
from territory.records.schema.settings import CampaignFile

_NEW_COLUMNS = {"source": ("locator", "quote"), "note": ("drafted_by",)}  # the column before, and what follows it
_ARABIC = re.compile(rf"({'|'.join(format_1.TEXTS)})_ar")


@dataclass(frozen=True)
class Migration:
    """What a folder of format 1 is in format 2.

    Parameters
    ----------
    files : dict of str to str
        New text of each file that changes; empty for a folder that is in format 2 already.
    changes : list of str
        What changes, in sentences.
    """

    files: dict[str, str]
    changes: list[str]


def plan(folder: Path) -> Migration:
    """Find what changes in a folder, and prove that the campaign stays the same; nothing is written.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    CampaignError
        With every fault of the folder, which must be mended first; or where a key cannot be rewritten in place.
    """
    events = campaign_folder.read(folder).events  # raises where there are faults
    file = SettingsFile(folder, FaultList())
    if file.format != 1:
        return Migration({}, [])
    toml, settings_changes = _settings(read_text(folder / NAME))
    table, table_changes = _events(read_text(folder / "events.csv"))
    files = {"events.csv": table, NAME: toml}
    with _as_if(folder, files) as imagined:
        _check_same(file.values, events, imagined)
    return Migration(files, [*settings_changes, *table_changes])


def migrate(folder: Path) -> Migration:
    """Rewrite a folder in format 2.

    The table is written before campaign.toml, each as a whole: a run that dies in between leaves a folder of format 1
    that opens as before, and the next run completes it.

    Raises
    ------
    CampaignError
        As in ``plan``.
    """
    migration = plan(folder)
    for name, text in migration.files.items():
        write_file(folder / name, text)
    return migration


def _settings(text: str) -> tuple[str, list[str]]:
    """campaign.toml with ``title.en`` and ``title.ar`` for ``title`` and ``title_ar``: a line a language."""
    lines = text.split("\n")
    found = lines_of(text)
    moved = 0
    for path, line in found.items():
        match = _ARABIC.fullmatch(str(path[-1]))
        if match is None:
            continue
        main = found.get((*path[:-1], match[1]))
        if main is not None:
            lines[main - 1] = _renamed(lines[main - 1], match[1], f"{match[1]}.en")
        lines[line - 1] = _renamed(lines[line - 1], match[0], f"{match[1]}.ar")
        moved += 1
    at = found[("format",)] - 1
    lines[at] = re.sub(r"=\s*1\b", "= 2", lines[at], count=1)
    return "\n".join(lines), [
        f"{NAME}: format is 2; {moved} Arabic texts stand beside the English ones (title.en, title.ar)."
    ]


def _renamed(line: str, key: str, new: str) -> str:
    return re.sub(rf"""^(\s*)(["']?){key}\2(\s*=)""", rf"\g<1>{new}\g<3>", line, count=1)


def _events(text: str) -> tuple[str, list[str]]:
    """events.csv with ``grounding`` for ``confidence`` and the new columns."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    header = [format_1.EVENTS.columns.get(name.strip(), name.strip()) for name in rows[0]]
    at = header.index("grounding") if "grounding" in header else -1
    lost = 0
    for row in rows[1:]:
        if row and at >= 0 and row[at].strip():
            word = row[at].strip()
            row[at] = format_1.GROUNDING.get(word, "")
            if not row[at]:
                lost += _note(header, row, f"confidence: {word}")
    rows[0] = header
    added = []
    for before, names in _NEW_COLUMNS.items():
        for after, name in enumerate(names, start=1):
            if name not in header and before in header:
                column = header.index(before) + after
                for row in filter(None, rows):
                    row.insert(column, name if row is rows[0] else "")
                added.append(name)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(rows)
    changes = [f"events.csv: confidence is grounding (found: cited); new columns {', '.join(added)}."]
    if lost:
        changes.append(f"events.csv: {lost} rows had another word for confidence; it stands in their note.")
    return out.getvalue(), changes


def _note(header: list[str], row: list[str], words: str) -> int:
    """Add words to the note of a row; 1, or 0 where the table has no notes."""
    if "note" not in header:
        return 0
    at = header.index("note")
    row[at] = f"{row[at]} ({words})" if row[at].strip() else words
    return 1


@contextmanager
def _as_if(folder: Path, files: dict[str, str]) -> Iterator[Path]:
    """A folder with these files and, by links, all others of a folder."""
    with tempfile.TemporaryDirectory() as name:
        for path in folder.iterdir():
            if path.name not in files:
                (Path(name) / path.name).symlink_to(path.resolve())
        for file, text in files.items():
            (Path(name) / file).write_text(text, encoding="utf-8", newline="")
        yield Path(name)


def _check_same(values: CampaignFile, events: Events, imagined: Path) -> None:
    """Raise where a folder does not say the same, but for words of confidence that went to the notes."""
    try:
        differs = _differences(values, events, imagined)
    except CampaignError as error:
        differs = [str(error.faults[0].message)]
    if differs:
        said = (
            f"cannot be rewritten line by line ({', '.join(differs[:5])}); write each key on a line of its own first."
        )
        raise CampaignError([Fault(NAME, 0, said)])


def _differences(values: CampaignFile, events: Events, imagined: Path) -> list[str]:
    after = SettingsFile(imagined, FaultList())
    after.faults.finish()
    differs = [key for key in CampaignFile.model_fields if getattr(values, key) != getattr(after.values, key)]
    for old, new in zip(events, campaign_folder.read(imagined).events, strict=True):
        changed = {one.name for one in fields(old) if getattr(old, one.name) != getattr(new, one.name)}
        differs += [f"{old.id} {name}" for name in changed - {"note"}]
    return differs
