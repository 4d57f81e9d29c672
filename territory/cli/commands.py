"""Commands that ask a timeline or draw it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from territory.cli.app import SHIPPED, CampaignName, app, open_campaign
from territory.cli.choices import AreaFormat, CubeDays, Method, RoadRule, Subject
from territory.cli.terminal import note, say, table, working

OnDay = Annotated[str | None, typer.Option("--on", help="The day, as 2015-04-25.", metavar="DATE")]
Lang = Annotated[
    str | None,
    typer.Option(help="One of the languages that the campaign is offered in; by default its own.", metavar="TAG"),
]


@app.command()
def render(
    campaign: CampaignName = SHIPPED,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The page to write; by default CAMPAIGN's id with .html here."),
    ] = None,
    lang: Lang = None,
    tiles: Annotated[
        str | None,
        typer.Option(help="Online tiles for the ground: https://HOST/{z}/{x}/{y}.png.", metavar="TEMPLATE"),
    ] = None,
    tiles_credit: Annotated[
        str, typer.Option(help="Who made the tiles, as their terms ask it to be said.", metavar="TEXT")
    ] = "",
) -> None:
    """Write the animated map as one HTML file.

    It opens from disk, without a network, and makes no request, unless --tiles names a host.
    """
    timeline = open_campaign(campaign)
    from territory.render import palette_check

    for warning in palette_check.warnings(timeline.campaign.actors):
        note(warning)
    path = output or Path(f"{timeline.campaign.id}.html")
    with working(f"Drawing {timeline.campaign.title}"):
        timeline.to_html(path, lang=lang, tiles=tiles, tiles_credit=tiles_credit)
    say(
        f"{path}: {timeline.campaign.title}, {timeline.first_day} to {timeline.last_day}, "
        f"{path.stat().st_size / 1000:,.0f} kB."
    )
    if tiles:
        from territory.render.tiles import check_template

        note(check_template(tiles).reveals)


@app.command()
def still(
    on: Annotated[str, typer.Option("--on", help="The day, as 2015-04-25.", metavar="DATE")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The SVG file to write.", metavar="FILE.svg")],
    campaign: CampaignName = SHIPPED,
    width: Annotated[float, typer.Option(help="Points.", min=200, max=5000)] = 900,
    lang: Lang = None,
) -> None:
    """Draw the map of one day as SVG.

    For print and slides: land, territories, fronts, towns and a legend with areas.
    """
    timeline = open_campaign(campaign)
    timeline.to_svg(output, on=on, width=width, lang=lang)
    say(f"{output}: {timeline.campaign.title} on {timeline.day(on)}, {output.stat().st_size / 1000:,.0f} kB.")


@app.command()
def stats(
    campaign: CampaignName = SHIPPED,
    on: OnDay = None,
    of: Annotated[Subject, typer.Option(help="What to count.")] = Subject.areas,
    form: Annotated[AreaFormat, typer.Option("--format", help="How to give it.")] = AreaFormat.table,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else it is printed.")
    ] = None,
) -> None:
    """Print or write areas and front lengths.

    Areas are geodesic, in km2: by actor and status, by admin unit of the places, or observed and inferred; front
    lengths in km, at a ruler of 500 m; turnover is what was gained and lost since the first day. Without --on, csv,
    json and parquet have every day of change.
    """
    from territory.cli import stats_report

    stats_report.report_stats(open_campaign(campaign), of.value, on, form.value, output)


@app.command()
def route(
    campaign: CampaignName,
    start: Annotated[str, typer.Argument(help="Any name of a place, or LON,LAT.", metavar="FROM")],
    goal: Annotated[str, typer.Argument(help="Likewise.", metavar="TO")],
    actor: Annotated[str, typer.Option(help="Who travels; all ground of its side counts as its own.")],
    on: OnDay = None,
    ally: Annotated[
        list[str] | None, typer.Option(help="Whose ground counts as own as well; may be given again.")
    ] = None,
    contested: Annotated[
        bool, typer.Option("--contested", help="Count own ground that is fought over as open.")
    ] = False,
    road_rule: Annotated[
        RoadRule | None,
        typer.Option(
            help="A road belongs to who holds the ground below it, or the places on it (for schematic roads)."
        ),
    ] = None,
) -> None:
    """Find the shortest route over own ground.

    With its length, its detour, how near it comes to the enemy, and how many routes there are. Without --on: the days
    on which the answer changes, with the record that cut the route or opened it.
    """
    from territory.cli import route_report

    timeline = open_campaign(campaign)
    options = {"actor": actor, "allies": ally or [], "contested": contested, "road_rule": road_rule and road_rule.value}
    route_report.report_route(timeline, start, goal, on, options)


@app.command()
def why(
    campaign: CampaignName,
    place: Annotated[str, typer.Argument(help="Any name of the place, in Latin or Arabic letters.")],
    on: OnDay = None,
    known_on: Annotated[
        str | None, typer.Option("--known-on", help="Only what had been reported by this day.", metavar="DATE")
    ] = None,
) -> None:
    """Say who holds a place, and by which sources.

    With the record since which it is held, its source, and every other record about the place up to the day.
    """
    from territory.timeline.why import describe

    timeline = open_campaign(campaign)
    answer = (timeline.as_known_on(known_on) if known_on else timeline).why(place, on)
    say(answer.sentence(), "bold")
    columns = ("record", "date", "reported", "what", "effect", "how sure", "source")
    rows = [
        (
            entry.event.id,
            entry.event.span.text,
            entry.event.reported.text if entry.event.reported else "",
            describe(entry),
            entry.outcome.replace("_", " "),
            entry.event.grounding,
            "; ".join(entry.sources),
        )
        for entry in answer.history
    ]
    table([(name, "left") for name in columns], rows, f"Records about {answer.place.name} up to {answer.day}")
    if answer.later:
        say(
            f"{len(answer.later)} records are later; "
            f"the next is {answer.later[0].event.id}, {answer.later[0].event.span.text}."
        )


@app.command()
def export(
    on: Annotated[str, typer.Option("--on", help="The day, as 2015-04-25.", metavar="DATE")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file to write; its suffix says the format.", metavar="FILE.geojson"),
    ],
    campaign: CampaignName = SHIPPED,
) -> None:
    """Write the territories of a day as GeoJSON.

    One feature for each actor and status, with its area in km2.
    """
    from territory._util.atomic import write_file
    from territory.io.writers import writer_of

    writer, timeline = writer_of(output), open_campaign(campaign)
    with working(f"Assembling the territories of {on}"):
        write_file(output, writer.territories(timeline, on))
    say(f"{output}: the territories of {timeline.day(on)}, {output.stat().st_size / 1000:,.0f} kB.")


@app.command()
def evaluate(
    campaign: CampaignName = SHIPPED,
    on: Annotated[str | None, typer.Option("--on", help="Days, as 2015-04-25,2015-05-28.", metavar="DATES")] = None,
    reference: Annotated[
        Path | None,
        typer.Option(help="Polygons to compare with: GeoJSON with a property actor, and date for several days."),
    ] = None,
    method: Annotated[Method | None, typer.Option(help="The estimator; by default the campaign's.")] = None,
) -> None:
    """Estimate how accurate the map is.

    How well the other places predict each place, how much rests on one source or one side, how far off the fronts may
    be, and how the map compares with polygons of your own; always next to naive baselines.
    """
    timeline = open_campaign(campaign)
    with working("Leaving out places and sources"):
        days = [day.strip() for day in on.split(",")] if on else None
        report = timeline.evaluate(days, reference=reference, estimator=method.value if method else None)
    say(report)


@app.command()
def cube(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The Zarr folder or NetCDF file to write.", metavar="X.zarr|X.nc")
    ],
    campaign: CampaignName = SHIPPED,
    resolution: Annotated[float, typer.Option(help="Width of a pixel, in metres.", metavar="METRES")] = 1000.0,
    crs: Annotated[
        str | None, typer.Option(help="A projected system in metres, as EPSG:32637; by default an equal-area one.")
    ] = None,
    days: Annotated[CubeDays, typer.Option(help="Every day, or the days of change.")] = CubeDays.daily,
) -> None:
    """Write who holds each pixel on each day, for xarray.

    Needs pip install 'territory[cube]'. 0 is missing ground; the other values are named in the file.
    """
    from territory.cli.cube_report import write_cube

    say(write_cube(open_campaign(campaign), output, resolution_m=resolution, crs=crs, days=days.value))
