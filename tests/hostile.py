"""A world in which every text that can come from a file is out to break the page."""

from __future__ import annotations

from dataclasses import replace

from worlds import campaign, day, event, row_of_cells

from territory.api import Timeline
from territory.records.actors import Actor, Actors
from territory.records.campaign import Chapter
from territory.records.gazetteer import Gazetteer, Place
from territory.timeline.fold import fold

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "{{7*7}}{% raw %}{# x #}",
    "${1}`\\1`",
    "<img src=x onerror=alert(1)>",
    "line\u2028and\u2029line",
    "\u202edlrow\u2066",
    "$data $$ ${script}",
    "]]>&lt;&amp;\"'",
    "__proto__",
    "\x7f\x1b[31m",
    "💣 إدلب",
]


def hostile():
    """A world in which every text that can come from a file is out to break the page."""
    actors = Actors.of(
        [Actor(f"a{n}", text, {"ar": text}, "#aa0000", aliases=(text * 2,)) for n, text in enumerate(HOSTILE)]
    )
    places = Gazetteer.of(
        [Place(f"p{n}", text, 0.5 + n, 35.5, names={"ar": text[::-1]}) for n, text in enumerate(HOSTILE)]
    )
    records = [
        replace(event(f"e{n}", n % 9, "capture", n, 2 + n), note=text, claimed_by=text, counts={text: text})
        for n, text in enumerate(HOSTILE)
    ]
    chapters = tuple(Chapter(day(1), text, text, {"ar": text}, {"ar": text}, events=("e1",)) for text in HOSTILE)
    frame: dict[str, object] = dict.fromkeys(("title", "summary", "licence", "attribution"), "".join(HOSTILE))
    frame |= {name: {"ar": "".join(HOSTILE)} for name in ("titles", "summaries")}
    world = campaign(records, len(HOSTILE), actors=actors, places=places, chapters=chapters, **frame)
    return fold(world, row_of_cells(len(HOSTILE)), kind=Timeline)
