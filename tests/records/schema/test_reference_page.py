"""The reference page of the documentation is what the schema says today."""

from __future__ import annotations

from pathlib import Path

from territory.records.kinds import KINDS
from territory.records.schema import rows, settings
from territory.records.schema.judge import keys
from territory.records.schema.reference_page import markdown

PAGE = Path(__file__).parents[3] / "docs" / "campaign-folder.md"


def test_the_reference_page_is_what_the_schema_writes():
    assert PAGE.read_text(encoding="utf-8") == markdown(), "docs/campaign-folder.md is behind: make reference"


def test_every_column_and_kind_is_on_the_page():
    page = markdown()
    for row in (rows.EventRow, rows.PlaceRow, rows.SourceRow):
        assert all(f"| `{column}` |" in page for column in row.columns())
    assert all(f"| `{kind}` |" in page for kind in KINDS)
    assert all(f"`{key}`" in page or f"[{key}]" in page for key in keys(settings.CampaignFile))
