"""Figures of ``territory stats`` as tables for people, and as csv, json or parquet for programs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pandas as pd

from territory._util.atomic import write_file
from territory._util.extras import require
from territory.api import Timeline
from territory.cli.terminal import Align, say, table
from territory.errors import InputError, TerritoryError
from territory.measures import areas, front_lines, turnover
from territory.measures.front_lines import RULER_M

Columns = tuple[tuple[str, Align], ...]
_AREA_COLUMNS: Columns = (
    ("actor", "left"),
    ("status", "left"),
    ("km2", "right"),
    ("share", "right"),
    ("since the first day", "right"),
)


def report_stats(timeline: Timeline, subject: str, day: str | None, form: str, path: Path | None) -> None:
    """Print the figures of a subject, or write them to a file.

    Parameters
    ----------
    timeline : Timeline
    subject : {"areas", "units", "evidence", "fronts", "turnover"}
    day : str or None
        None is the last day in a table, and every day of change in the other formats.
    form : {"table", "csv", "json", "parquet"}
    path : Path or None
        The file to write; None prints.

    Raises
    ------
    InputError
        Where a table is to be written, parquet is to be printed, or the subject has no figures for the day.
    """
    if form == "table":
        if path is not None:
            raise InputError(f"A table is for reading; to write {path}, add --format csv, json or parquet.")
        # A table for people has one day; the series is for programs.
        on = str(timeline.day(timeline.last_day if day is None else day))
        if subject == "areas":
            for title, columns, rows in tables(timeline, on):
                table(columns, rows, title)
            return
        columns, rows = _formatted(_frame(timeline, subject, on))
        table(columns, rows, f"{timeline.campaign.title}: {subject}, {on}")
        return
    found = _frame(timeline, subject, day)
    if path is not None:
        write_file(path, _encoded(found, form))
        say(f"{path}: {len(found)} rows of {subject}, {timeline.campaign.title}.")
    elif form == "parquet":
        raise InputError("Parquet is not text: name a file to write, with -o FILE.parquet.")
    else:
        say(_encoded(found, form).decode().rstrip("\n"))


def _areas_on(timeline: Timeline, day: str | None) -> pd.DataFrame:
    """Areas on one day, by default on the last day of the period."""
    on = timeline.day(timeline.last_day if day is None else day)
    series = timeline.areas()
    changed = series.day[series.day <= pd.Timestamp(on)].max()
    rows: pd.DataFrame = series[series.day == changed]
    return rows.assign(day=pd.Timestamp(on))


def tables(timeline: Timeline, day: str | None) -> list[tuple[str, Columns, list[tuple[str, ...]]]]:
    """Title, columns and rows of the tables of areas and fronts on a day, by default on the last day."""
    series = timeline.areas()
    first = series[series.day == series.day.min()].set_index(["actor", "status"]).area_km2
    now = _areas_on(timeline, day)
    total = now.area_km2.sum()
    rows: list[tuple[str, ...]] = []
    for row in now[(now.area_km2 > 0) | (now.area_km2.to_numpy() != first.to_numpy())].itertuples():
        change = row.area_km2 - first[(row.actor, row.status)]
        share = f"{row.area_km2 / total:.1%}"
        rows.append(
            (
                row.label,
                row.status,
                f"{row.area_km2:,.1f}",
                share,
                f"{change:+,.1f}" if abs(change) >= 0.05 else "0",
            )
        )
    on = now.day.iloc[0].date()
    front = timeline.fronts(str(on))
    front_lines: list[tuple[str, ...]] = [
        (f"{row.side_a} / {row.side_b}", f"{row.length_km:,.1f}") for row in front.itertuples()
    ]
    pairs: Columns = (("front between", "left"), (f"km at a ruler of {RULER_M:g} m", "right"))
    return [
        (f"{timeline.campaign.title}: {on}, {total:,.0f} km2", _AREA_COLUMNS, rows),
        ("Front lines", pairs, front_lines),
    ]


def _frame(timeline: Timeline, subject: str, day: str | None) -> pd.DataFrame:
    """Figures of a subject as a data frame, on one day or on every day of change."""
    try:
        on = None if day is None else [timeline.day(day)]
        if subject == "areas":
            return timeline.areas() if day is None else _areas_on(timeline, day)
        if subject == "units":
            return areas.by_unit(timeline, None, on)
        if subject == "evidence":
            return areas.by_evidence(timeline, on)
        if subject == "fronts":
            return front_lines.lengths(timeline, on)
        last = timeline.last_day if day is None else day
        return turnover.balance(timeline, timeline.first_day, last).reset_index()
    except ValueError as error:  # such as a turnover from the first day to the first day
        if isinstance(error, TerritoryError):
            raise
        raise InputError(str(error)) from None


def _formatted(found: pd.DataFrame) -> tuple[Columns, list[tuple[str, ...]]]:
    """Columns and rows of a data frame as text: days as 2015-04-25, figures to one decimal, shares in percent."""
    numeric = {name for name in found.columns if pd.api.types.is_float_dtype(found[name])}
    columns: Columns = tuple((name.replace("_", " "), "right" if name in numeric else "left") for name in found.columns)
    texts = []
    for name in found.columns:
        if name in numeric:
            texts.append([f"{value:.1%}" if name == "share" else f"{value:,.1f}" for value in found[name]])
        elif pd.api.types.is_datetime64_any_dtype(found[name]):
            texts.append([str(value)[:10] for value in found[name]])
        else:
            texts.append([str(value) for value in found[name]])
    return columns, list(zip(*texts, strict=True))


def _encoded(found: pd.DataFrame, form: str) -> bytes:
    """A data frame as csv, json or parquet; in csv and json days are 2015-04-25 and figures rounded to 1e-6.

    Raises
    ------
    MissingExtra
        For parquet, where pyarrow is not installed.
    """
    if form == "parquet":
        require("parquet", "pyarrow", what="Parquet files")
        buffer = BytesIO()
        found.to_parquet(buffer, index=False)
        return buffer.getvalue()
    days = found.select_dtypes("datetime").columns
    table = found.assign(**{name: found[name].dt.strftime("%Y-%m-%d") for name in days}).round(6)
    if form == "csv":
        return table.to_csv(index=False, lineterminator="\n").encode()
    return (table.to_json(orient="records", indent=1, force_ascii=False) + "\n").encode()
