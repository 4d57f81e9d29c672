"""What ``territory stats`` prints."""

from __future__ import annotations

import pandas as pd

from territory.cli.say import Align
from territory.shown import Timeline

Columns = tuple[tuple[str, Align], ...]
COLUMNS: Columns = (
    ("actor", "left"),
    ("status", "left"),
    ("km2", "right"),
    ("share", "right"),
    ("since the first day", "right"),
)


def areas_on(timeline: Timeline, day: str | None) -> pd.DataFrame:
    """Areas on one day; on the last day of the period by default."""
    wanted = timeline.day(timeline.last_day if day is None else day)
    table = timeline.areas()
    state_day = table.day[table.day <= pd.Timestamp(wanted)].max()
    rows: pd.DataFrame = table[table.day == state_day]
    return rows.assign(day=pd.Timestamp(wanted))


def tables(timeline: Timeline, day: str | None) -> list[tuple[str, Columns, list[tuple[str, ...]]]]:
    """Title, columns and rows of each table that is printed for people."""
    table = timeline.areas()
    first = table[table.day == table.day.min()].set_index(["actor", "status"]).area_km2
    now = areas_on(timeline, day)
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
    lines: list[tuple[str, ...]] = [
        (f"{row.side_a} / {row.side_b}", f"{row.length_km:,.1f}") for row in front.itertuples()
    ]
    pairs: Columns = (("front between", "left"), ("km", "right"))
    return [
        (f"{timeline.campaign.title}: {on}, {total:,.0f} km2", COLUMNS, rows),
        ("Front lines", pairs, lines),
    ]


def text(timeline: Timeline, day: str | None, form: str) -> str:
    """All days of change, or one day, as csv or json."""
    table = timeline.areas() if day is None else areas_on(timeline, day)
    table = table.assign(day=table.day.dt.strftime("%Y-%m-%d"), area_km2=table.area_km2.round(6))
    if form == "csv":
        return table.to_csv(index=False, lineterminator="\n").rstrip("\n")
    return table.to_json(orient="records", indent=1, force_ascii=False)
