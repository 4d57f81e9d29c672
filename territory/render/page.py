"""The page: one HTML file with data, player and style inside, and leave to fetch nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from string import Template

import numpy as np

from territory.errors import TerritoryError
from territory.records.actors import Actor
from territory.records.kinds import status_name
from territory.render import still
from territory.render.codec import payload
from territory.render.tiles import tiles as checked
from territory.timeline import totals
from territory.timeline.base import BaseTimeline

STILL_WIDTH = 600.0  # points: wide enough to read, small enough to be carried along by every page
# Without script there is no map: what stands in its place is shown, and the page can be scrolled.
UNSCRIPTED = (
    "html,body{overflow:auto!important;height:auto!important}"
    ".t-app{display:none!important}.t-still{display:block!important}"
)
ASSETS = files("territory") / "render" / "assets"


class AssetsMissing(TerritoryError):
    """The player has not been built into the package."""


def html(timeline: BaseTimeline, *, lang: str = "en", tiles: str | None = None, tiles_credit: str = "") -> str:
    """The whole page as text; the same timeline gives the same bytes.

    Data is an inert JSON block, and a content security policy allows the one script and the one style that are in
    the file, by their hashes, and no request of any sort.

    Parameters
    ----------
    timeline : Timeline
    lang : {"en", "ar"}
        The language in which the page opens; readers can change it.
    tiles : str, optional
        Template of the addresses of online tiles, to be drawn in place of the base map in the file. The policy then
        lets pictures in from that host, and the page says what it learns of its readers.
    tiles_credit : str
        Who made the tiles, for the page's foot.
    """
    ground = checked(tiles) if tiles else None
    script, style = asset("player.js"), asset("player.css")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}' 'sha256-{_digest(UNSCRIPTED)}'",
            f"img-src data: https://{ground.host}" if ground else "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    template = Template((ASSETS / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        lang=escape(lang),
        dir="rtl" if lang == "ar" else "ltr",
        title=escape(timeline.campaign.title),
        description=escape(timeline.campaign.summary),
        tiles=f' data-tiles="{escape(ground.url)}" data-credit="{escape(tiles_credit)}"' if ground else "",
        csp=policy,
        style=style,
        data=payload.dumps(payload.build(timeline)),
        unscripted=UNSCRIPTED,
        still=_still(timeline),
        script=script,
    )


def asset(name: str) -> str:
    """A built asset's text.

    Raises
    ------
    AssetsMissing
        With how to build it.
    """
    path = ASSETS / "built" / name
    if not path.is_file():
        raise AssetsMissing(
            f"The page's {name} is not built. In a clone, run `make` or `pip install -e .`, which builds it with npm."
        )
    return path.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _still(timeline: BaseTimeline) -> str:
    """The key day as a drawing, and area by actor and status as a table, for browsers that cannot open the map."""
    campaign = timeline.campaign
    day = campaign.key_day or timeline.first_day
    found = totals.areas(timeline)
    row = int(np.searchsorted(found.day, timeline.day(day), side="right")) - 1
    held = zip(found.who.tolist(), found.status.tolist(), found.km2[row].tolist(), strict=True)
    cells = "".join(_row(campaign.actors[who], status_name(who, status), km2) for who, status, km2 in held if km2 > 0)
    head = '<tr><th scope="col">Actor</th><th scope="col">Status</th><th scope="col">km²</th></tr>'
    about = (
        f"<h1>{escape(campaign.title)}</h1><p>{escape(campaign.summary)}</p>"
        f"<p>Here the map stands still: this is the state on {day}.</p>"
    )
    counts = f"{len(campaign.events)} records from {len(campaign.sources)} sources."
    foot = f"<p>{counts} Boundaries and names imply no endorsement. {escape(campaign.attribution)}</p>"
    drawing = still.svg(timeline, day, width=STILL_WIDTH, legend=False)
    return f"{about}{drawing}<table>{head}{cells}</table>{foot}"


def _row(actor: Actor, status: str, km2: float) -> str:
    """A row of the table; its colour is a drawing, for the page's policy lets no style stand in an attribute."""
    swatch = f'<rect width="14" height="11" fill="{escape(actor.colour)}"/>'
    head = f'<svg width="14" height="11" aria-hidden="true">{swatch}</svg> {escape(actor.label)}'
    return f'<tr><th scope="row">{head}</th><td>{escape(status)}</td><td>{km2:,.0f}</td></tr>'
