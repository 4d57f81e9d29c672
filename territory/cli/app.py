"""The command line itself: what every command shares. Commands import heavy libraries only when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from territory.cli.terminal import note, say, working

if TYPE_CHECKING:
    from territory.api import Timeline

app = typer.Typer(
    help="Who controlled which ground, when, and who says so: from dated records to animated maps.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the plain help takes half the time to appear
)

CampaignName = Annotated[
    str,
    typer.Argument(help="A campaign folder, or the id of one that comes with territory.", metavar="CAMPAIGN"),
]
SHIPPED = "idlib-2015"


def open_campaign(name: str) -> Timeline:
    """Timeline of a campaign; its warnings go to standard error."""
    with working(f"Opening {name}"):
        import territory

        timeline = territory.open(name)
    for warning in timeline.campaign.warnings:
        note(warning)
    return timeline


def _version(wanted: bool) -> None:
    if wanted:
        from territory import __version__

        say(f"territory {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass
