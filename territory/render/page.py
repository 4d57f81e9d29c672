"""Build the page: one HTML file with data, player and style inside, which makes no request."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from html import escape
from importlib.resources import files
from string import Template

import numpy as np

from territory.errors import TerritoryError
from territory.records.actors import Actor
from territory.records.kinds import status_name
from territory.render import still
from territory.render.codec import encode, payload
from territory.render.codec.writer import script_safe_json
from territory.render.tiles import check_template
from territory.timeline import totals
from territory.timeline.base import BaseTimeline
from territory.words import languages
from territory.words.languages import Words

STILL_WIDTH = 600.0  # points: readable, and small enough for every page
# Without script the still and its table are shown in place of the map, and the page scrolls.
NO_SCRIPT_CSS = (
    "html,body{overflow:auto!important;height:auto!important}"
    ".t-app{display:none!important}.t-still{display:block!important}"
)
ASSETS = files("territory") / "render" / "assets"


class AssetsMissing(TerritoryError):
    """The player has not been built into the package."""


def html(timeline: BaseTimeline, *, lang: str | None = None, tiles: str | None = None, tiles_credit: str = "") -> str:
    """The page as HTML text; the same timeline gives the same bytes.

    Data is an inert JSON block. A content security policy allows the script and the styles in the file, by their
    hashes, and no request.

    Parameters
    ----------
    timeline : Timeline
    lang : str, optional
        Language in which the page opens, one of ``campaign.languages``; by default the main one. Readers can change it.
    tiles : str, optional
        URL template of online tiles, drawn in place of the base map in the file. The policy then allows images from
        that host, and the page says what the host learns of its readers.
    tiles_credit : str
        Attribution of the tiles, shown at the foot of the page.

    Raises
    ------
    InputError
        Where the campaign is not offered in the language.
    """
    campaign = timeline.campaign
    words = campaign.words(lang)
    online = check_template(tiles) if tiles else None
    script, style = asset("player.js"), asset("player.css")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}' 'sha256-{_digest(NO_SCRIPT_CSS)}'",
            f"img-src data: https://{online.host}" if online else "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    template = Template((ASSETS / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        lang=words.tag,
        dir=words.dir,
        title=escape(campaign.titles.get(words.tag, campaign.title)),
        description=escape(campaign.summaries.get(words.tag, campaign.summary)),
        tiles=f' data-tiles="{escape(online.url)}" data-credit="{escape(tiles_credit)}"' if online else "",
        csp=policy,
        style=style,
        data=encode.dumps(payload.build(timeline)),
        unscripted=NO_SCRIPT_CSS,
        still=_still(timeline, words),
        words=script_safe_json(languages.for_faults(campaign.languages)),
        script=script,
    )


def asset(name: str) -> str:
    """Text of a built asset (script or style).

    Raises
    ------
    AssetsMissing
        Where it is not built; the message says how to build it.
    """
    path = ASSETS / "built" / name
    if not path.is_file():
        raise AssetsMissing(
            f"The page's {name} is not built. In a clone, run `make` or `pip install -e .`, which builds it with npm."
        )
    return path.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Base64 sha256 of a text, for the policy."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _still(timeline: BaseTimeline, words: Words) -> str:
    """Still of the key day and table of areas, for browsers without script."""
    campaign = timeline.campaign
    day = campaign.key_day or timeline.first_day
    found = totals.areas(timeline)
    row = int(np.searchsorted(found.day, timeline.day(day), side="right")) - 1
    on = timeline.day(day).astype(object)
    held = zip(found.who.tolist(), found.status.tolist(), found.km2[row].tolist(), strict=True)
    rows = "".join(
        _row(campaign.actors[who], status_name(who, status), km2, words, on) for who, status, km2 in held if km2 > 0
    )
    heads = (words.say("still.actor"), words.say("still.status"), words.say("km2"))
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    title = campaign.titles.get(words.tag, campaign.title)
    summary = campaign.summaries.get(words.tag, campaign.summary)
    said = words.say("still.day", date=words.date(day))
    head = f"<h1>{escape(title)}</h1><p>{escape(summary)}</p><p>{escape(said)}</p>"
    foot = "".join(f"<p>{escape(line)}</p>" for line in still.notes(campaign, words))
    drawing = still.svg(timeline, day, width=STILL_WIDTH, legend=False, lang=words.tag)
    return f"{head}{drawing}<table><tr>{columns}</tr>{rows}</table>{foot}"


def _row(actor: Actor, status: str, km2: float, words: Words, on: date) -> str:
    """Row of the table; its colour is an SVG, since the page's policy allows no style attributes."""
    swatch = f'<rect width="14" height="11" fill="{escape(actor.colour)}"/>'
    head = f'<svg width="14" height="11" aria-hidden="true">{swatch}</svg> {escape(actor.label_in(words, on))}'
    said = words.say(f"statusNames.{status}") if status else ""
    return f'<tr><th scope="row">{head}</th><td>{escape(said)}</td><td>{words.number(km2)}</td></tr>'
