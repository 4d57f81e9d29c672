"""Commands about campaign folders: check one, rewrite one, hand on its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from territory.cli.app import SHIPPED, CampaignName, app
from territory.cli.terminal import say, working


@app.command()
def check(
    campaign: CampaignName = SHIPPED,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as faults.")] = False,
) -> None:
    """Check a campaign and report every fault.

    Faults of all files are listed at once, with file and line; then every record that the map could not use as it is.
    Exit code 1 where there is a fault.
    """
    from territory.cli.check_report import check_campaign

    with working(f"Checking {campaign}"):
        report = check_campaign(campaign)
    for fault in report.faults:
        say(fault, "red")
    for warning in report.warnings:
        say(warning, "yellow")
    say(report.summary)
    if report.faults or (strict and report.warnings):
        raise typer.Exit(1)


@app.command()
def migrate(
    folder: Annotated[Path, typer.Argument(help="A campaign folder of your own.", metavar="FOLDER")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Rewrite a campaign folder in today's format.

    Comments and the order of keys and rows stay, and the campaign is the same as before: that is checked before
    anything is written. A folder with faults is left as it is.
    """
    from territory.io.writers import format_2

    migration = format_2.plan(folder) if dry_run else format_2.migrate(folder)
    for change in migration.changes:
        say(change)
    if not migration.changes:
        say(f"{folder} is in format 2 already; nothing to change.")
    elif dry_run:
        say("Nothing was written.")


@app.command()
def sources(
    output: Annotated[Path, typer.Option("-o", "--output", help="The CSL-JSON file to write.", metavar="FILE.json")],
    campaign: CampaignName = SHIPPED,
) -> None:
    """Write the sources as CSL-JSON, for Zotero and other reference managers.

    A campaign folder may hold its sources as sources.json in this format, in place of sources.csv.
    """
    from territory._util.atomic import write_file
    from territory.io.readers import campaign_folder
    from territory.io.writers.csl_json import dumps

    with working(f"Reading {campaign}"):
        found = campaign_folder.read(campaign).sources
    write_file(output, dumps(found))
    say(f"{output}: {len(found)} sources.")
