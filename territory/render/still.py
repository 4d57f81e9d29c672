"""Draw the map of one day as SVG, for print, slides and readers without script."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import box

from territory._util.lazy import Lazy
from territory._util.palette import LIGHT
from territory.measures import frames
from territory.records.campaign import Campaign
from territory.records.gazetteer import Place
from territory.records.kinds import traits_of
from territory.records.layers import Role
from territory.render.svg import Sheet
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day
from territory.words.languages import Words

if TYPE_CHECKING:
    import geopandas as gpd
else:
    gpd = Lazy("geopandas")

SEA, LAND, AROUND, INK, WATER = (LIGHT[name] for name in ("sea", "land", "abroad", "ink", "river"))
FONT = 'font-family="system-ui, Noto Sans, Segoe UI, Arial, sans-serif"'
HALO = f'paint-order="stroke" stroke="{LIGHT["halo"]}" stroke-opacity="0.85" stroke-linejoin="round"'
SIZES = {"city": (13.0, 700), "town": (10.0, 500)}  # font size in points and weight; other kinds are not labelled
ROW = 16.0  # points between rows of the legend


def svg(timeline: BaseTimeline, day: Day, *, width: float = 900.0, legend: bool = True, lang: str | None = None) -> str:
    """The map of a day as SVG text; the same timeline gives the same bytes.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    width : float
        Points.
    legend : bool
        Whether title, areas and attribution are drawn below the map.
    lang : str, optional
        One of ``campaign.languages``; by default the main one.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where the campaign is not offered in the language.
    """
    campaign = timeline.campaign
    words = campaign.words(lang)
    sheet = Sheet(campaign.extent, width, rtl=words.dir == "rtl")
    on: date = date.fromisoformat(str(timeline.day(day)))
    territories = frames.territories(timeline, on)
    _base_map(sheet, campaign)
    patterns = _territories(sheet, timeline, territories)
    _lines(sheet, campaign)
    front = shapely.union_all(frames.fronts(timeline, on).geometry.to_numpy())
    for colour, share in ((LIGHT["casing"], 190), (LIGHT["front"], 450)):
        sheet.draw(front, f'fill="none" stroke="{colour}" stroke-width="{width / share:.1f}" stroke-linejoin="round"')
    _names(sheet, campaign, words, on)
    margin = _legend(sheet, campaign, on, territories, words) if legend else 0.0
    described = "; ".join(_entry(campaign, row, words, on).replace("  ", " ") for row in territories.itertuples())
    title = words.say("still.title", title=campaign.titles.get(words.tag, campaign.title), date=words.date(on))
    return sheet.svg(title, described, list(patterns.values()), margin)


def _base_map(sheet: Sheet, campaign: Campaign) -> None:
    """Draw sea, surrounding countries and land."""
    frame = box(*campaign.extent)
    sheet.raw([f'<rect width="{sheet.width:g}" height="{sheet.height:.1f}" fill="{SEA}"/>'])
    grounds: list[tuple[Role, str]] = [("country", AROUND), ("land", LAND)]
    for role, colour in grounds:
        for shape in _shapes(campaign, role, "Polygon"):
            sheet.draw(shapely.intersection(shape, frame), f'fill="{colour}"')
    if not campaign.layer("land"):
        sheet.draw(frame, f'fill="{LAND}"')


def _territories(sheet: Sheet, timeline: BaseTimeline, territories: gpd.GeoDataFrame) -> dict[str, str]:
    """Fill every territory; the SVG patterns that it uses, by id."""
    actors = timeline.campaign.actors
    patterns: dict[str, str] = {}
    for row, shape in zip(territories.itertuples(), territories.geometry, strict=True):
        colour = actors[actors.code(str(row.actor))].colour
        if row.actor in ("unknown", "none"):
            fill = _pattern(patterns, "p-unknown", LIGHT["hatch"], LAND)
        elif _hatched(str(row.status)):
            fill = _pattern(patterns, f"p-{row.actor}", colour, LAND)
        else:
            fill = colour
        edge = ' stroke="#000000" stroke-width="1" stroke-dasharray="3 2"' if _outlined(str(row.status)) else ""
        opacity = "1" if fill.startswith("url") else "0.55"
        sheet.draw(shape, f'fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd"{edge}')
    return patterns


def _hatched(status: str) -> bool:
    traits = traits_of(status)
    return traits.fill != "plain" or traits.outline == "dashes"


def _outlined(status: str) -> bool:
    return traits_of(status).outline in ("rim", "band")


def _pattern(patterns: dict[str, str], name: str, colour: str, ground: str) -> str:
    """Add an SVG hatch pattern; the fill that refers to it."""
    patterns[name] = (
        f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="{ground}"/><rect width="2.6" height="7" fill="{colour}" fill-opacity="0.7"/>'
        "</pattern>"
    )
    return f"url(#{name})"


def _lines(sheet: Sheet, campaign: Campaign) -> None:
    """Draw lakes, boundaries, rivers and roads."""
    frame = box(*campaign.extent)
    styles: list[tuple[Role, str]] = [
        ("admin", f'stroke="{LIGHT["admin"]}" stroke-width="0.7" stroke-dasharray="2 2"'),
        ("lake", f'stroke="{WATER}" stroke-width="0.7"'),
        ("river", f'stroke="{WATER}" stroke-width="1.1"'),
        ("country", f'stroke="{LIGHT["border"]}" stroke-width="1"'),
        ("road", f'stroke="{LIGHT["road"]}" stroke-width="2.4"'),
        ("road", f'stroke="{LIGHT["roadedge"]}" stroke-width="1.1"'),
    ]
    for shape in _shapes(campaign, "lake", "Polygon"):
        sheet.draw(shapely.intersection(shape, frame), f'fill="{SEA}"')
    for role, style in styles:
        for shape in _shapes(campaign, role, "LineString"):
            sheet.draw(shapely.intersection(shape, frame), f'fill="none" {style} stroke-linejoin="round"')


def _shapes(campaign: Campaign, role: Role, kind: str) -> list[shapely.Geometry]:
    """Parts of one geometry type of all layers of a role."""
    layers = [shapely.get_parts(layer.shapes) for layer in campaign.layer(role)]
    return [part for parts in layers for part in parts if part.geom_type == kind]


def _names(sheet: Sheet, campaign: Campaign, words: Words, day: date) -> None:
    """Label cities, then towns, except where a label would overlap another or the edge."""
    taken: list[tuple[float, float, float, float]] = []
    named = sorted((place for place in campaign.places if place.kind in SIZES), key=_importance)
    for place in named:
        name = place.name_on(day, words.tag)
        (x, y), (size, weight) = sheet.xy(np.array([[place.lon, place.lat]]))[0], SIZES[place.kind]
        room = (x - 3, y - size * 0.7, x + 6 + 0.58 * size * len(name), y + size * 0.5)
        off = room[0] < 0 or room[1] < 0 or room[2] > sheet.width or room[3] > sheet.height
        if off or any(_overlap(room, other) for other in taken):
            continue
        taken.append(room)
        sheet.raw([f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 5:.1f}" fill="{INK}"/>'])
        style = f'{FONT} font-size="{size:g}" font-weight="{weight}" fill="{INK}" {HALO} stroke-width="{size / 4:g}"'
        sheet.text(x + 5, y + size * 0.35, name, style)


def _importance(place: Place) -> tuple[int, str]:
    """Sort key of places: kind, then id."""
    return (list(SIZES).index(place.kind), place.id)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _entry(campaign: Campaign, row: Any, words: Words, day: date) -> str:  # Any: a row of frames.territories
    """Who holds ground, in which status unless it is plain control, and how much of it."""
    actor = campaign.actors[campaign.actors.code(str(row.actor))].label_in(words, day)
    plain = row.status in ("", "control")
    held = actor if plain else words.say("still.entry", actor=actor, status=words.say(f"statusNames.{row.status}"))
    return f"{held}  {words.number(row.area_km2)} {words.say('km2')}"


def notes(campaign: Campaign, words: Words) -> list[str]:
    """What a picture says below itself: how much it rests on, what it does not claim, and whose data it shows."""
    records, sources = (words.number(len(rows)) for rows in (campaign.events, campaign.sources))
    said = words.say("still.counts", records=records, sources=sources)
    return [f"{said} {words.say('noEndorsement')}", campaign.attribution]


def _legend(sheet: Sheet, campaign: Campaign, on: date, territories: gpd.GeoDataFrame, words: Words) -> float:
    """Draw title, areas and attribution below the map; the height that they take, points."""
    top = sheet.height + 26
    title = words.say("still.title", title=campaign.titles.get(words.tag, campaign.title), date=words.date(on))
    sheet.line(0, top, title, f'{FONT} font-size="17" font-weight="700" fill="{INK}"')
    column, rows = sheet.width / 3, -(-len(territories) // 3)
    for index, row in enumerate(territories.itertuples()):
        indent, y = (index // rows) * column, top + 22 + (index % rows) * ROW
        x = sheet.width - indent - 14 if sheet.rtl else indent
        name = "p-unknown" if row.actor in ("unknown", "none") else f"p-{row.actor}"
        plain = name != "p-unknown" and not _hatched(str(row.status))
        colour = campaign.actors[campaign.actors.code(str(row.actor))].colour if plain else f"url(#{name})"
        edge = ' stroke="#000000" stroke-dasharray="3 2"' if _outlined(str(row.status)) else ""
        sheet.raw(
            [f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="14" height="11" fill="{colour}" fill-opacity="0.7"{edge}/>']
        )
        sheet.line(indent + 20, y, _entry(campaign, row, words, on), f'{FONT} font-size="11" fill="{INK}"')
    foot = top + 22 + rows * ROW + 6
    for index, note in enumerate(notes(campaign, words)):
        sheet.line(0, foot + index * 12, note, f'{FONT} font-size="9" fill="{LIGHT["quiet"]}"')
    return foot + 16 - sheet.height
