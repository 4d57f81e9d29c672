"""The reference page of the documentation: every key and column that a campaign folder may have, from the schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from territory.records.kinds import KINDS
from territory.records.schema import partitions, rows, settings
from territory.records.schema.judge import tables_in
from territory.records.schema.table import Row, Table, by_key

_SECTIONS: tuple[tuple[str, type[Table]], ...] = (
    ('`[partition]`, `method = "places"`', partitions.PlacesSpec),
    ('`[partition]`, `method = "units"`', partitions.UnitsSpec),
    ('`[partition]`, `method = "h3"`', partitions.H3Spec),
    ('`[partition]`, `method = "snapshots"`', partitions.SnapshotsSpec),
    ('`[partition]`, `method = "lines"`', partitions.LinesSpec),
    ("`[rules]`", settings.RulesTable),
    ("`[estimator]`", settings.EstimatorTable),
    ("`[[actor]]`", settings.ActorTable),
    ("`membership` of an actor", settings.MembershipTable),
    ("`renamed` of an actor", settings.RenamedTable),
    ("`[[layer]]`", settings.LayerTable),
    ("`[[chapter]]`", settings.ChapterTable),
)
_TABLES: tuple[tuple[str, type[Row]], ...] = (
    ("events.csv", rows.EventRow),
    ("places.csv", rows.PlaceRow),
    ("names.csv", rows.NameRow),
    ("sources.csv", rows.SourceRow),
)


def markdown() -> str:
    """The page, as Markdown."""
    return "\n".join([_head(), *_settings(), *_tables(), *_kinds(), ""])


def _head() -> str:
    return f"""\
# What a campaign folder says

A campaign is a folder with `campaign.toml`, three tables (four, if places changed their names) and the GeoJSON files
that these name. Every key and column is below; any other is a fault, or, for a column of your own, a warning.
`territory check FOLDER` names all faults of all files at once. This is format {settings.FORMAT}; folders of format 1
open too, and `territory migrate FOLDER` rewrites them.

A text *per language* is text in the campaign's main language, or one text a language, each on its own line:
`label.en = "..."` and `label.ar = "..."`. Days are days of TOML, or text as `2015-04-25`."""


def _settings() -> Iterator[str]:
    yield from _section("campaign.toml", settings.CampaignFile, level=2)
    for title, model in _SECTIONS:
        yield from _section(title, model, level=3)


def _tables() -> Iterator[str]:
    for title, model in _TABLES:
        yield from _section(title, model, level=2)


def _kinds() -> Iterator[str]:
    yield from ("", "## Kinds of event", "", "| kind | needs an actor | does |", "|---|---|---|")
    for name, kind in KINDS.items():
        status = f" {kind.status.name.lower()}" if kind.does in ("mark", "clear") else ""
        yield f"| `{name}` | {'yes' if kind.needs_actor else ''} | {kind.does}{status} |"


def _section(title: str, model: type[Table], level: int) -> Iterator[str]:
    """A heading, the first line of the table's docstring, and its keys."""
    yield from ("", f"{'#' * level} {title}", "", (model.__doc__ or "").strip(), "")
    yield "| " + ("column" if issubclass(model, Row) else "key") + " | | meaning |"
    yield "|---|---|---|"
    for key, field in by_key(model).items():
        if issubclass(model, Row) and key == f"{model.PER_LANGUAGE}s":
            yield f"| `{model.PER_LANGUAGE}_TAG` | | {field.description} |"
        elif not any(tables_in(field.annotation)):  # a table has a section of its own
            yield f"| `{key}` | {_values(field)} | {field.description} |"


def _values(field: FieldInfo) -> str:
    """What a key takes, as far as the meaning does not say: needed or not, choices, bounds, what it is if left out."""
    said = ["**needed**"] if field.is_required() else []
    if get_origin(field.annotation) is Literal:
        said.append(", ".join(f"`{choice}`" for choice in get_args(field.annotation) if choice != ""))
    inside = [one for part in get_args(field.annotation) for one in getattr(part, "__metadata__", ())]  # Km | None
    found = [own for one in (*field.metadata, *inside) for own in (getattr(one, "metadata", None) or [one])]
    bounds = {type(one).__name__: one for one in found}
    for name, word in (("Gt", "more than"), ("Ge", "from"), ("Le", "to")):
        if name in bounds:
            said.append(f"{word} {getattr(bounds[name], name.lower()):,g}")
    default = field.default
    if isinstance(default, str | int | float) and not isinstance(default, bool) and default != "":
        said.append(f"else `{default}`")
    return "; ".join(said)


if __name__ == "__main__":
    sys.stdout.write(markdown())
