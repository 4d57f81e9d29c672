"""Check URL templates of online tiles, and say what requesting them reveals."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from territory.errors import InputError

# The URL is put into the page's policy and passed to its script, so only plain characters are allowed.
URL = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[A-Za-z0-9._~/{}@?=&%+,:-]*")
PLACEHOLDERS = ("{z}", "{x}", "{y}")


class Tiles(NamedTuple):
    """A checked URL template of tiles, with its host."""

    url: str
    host: str  # with its port, as a content security policy names it

    @property
    def reveals(self) -> str:
        """What the host learns of each reader, in a sentence."""
        return (
            f"Whoever opens this page asks {self.host} for pictures of the ground: that host learns the reader's "
            "network address, which part of the map is looked at, and when."
        )


def check_template(template: str) -> Tiles:
    """Check a URL template of tiles such as ``https://tiles.example.org/{z}/{x}/{y}.png``.

    Only https, one fixed host without user name, and the placeholders ``{z}``, ``{x}``, ``{y}`` once each (``{r}`` for
    high-density screens is optional), so that the page's policy can allow images from that host only.

    Returns
    -------
    Tiles

    Raises
    ------
    InputError
        Where the template is not of this form.
    """
    wanted = "an https address of one host with {z}, {x} and {y}, as https://tiles.example.org/{z}/{x}/{y}.png"
    host = urlsplit(template).netloc if URL.fullmatch(template) else ""
    holes = re.findall(r"\{[^{}]*\}", template)
    plain = template
    for hole in (*PLACEHOLDERS, "{r}"):
        plain = plain.replace(hole, "")
    complete = sorted(hole for hole in holes if hole != "{r}") == sorted(PLACEHOLDERS)
    right = complete and "{" not in plain and "}" not in plain
    if not host or not right:
        raise InputError(f"Tiles cannot be taken from {template!r}: wanted is {wanted}.")
    return Tiles(template, host)
