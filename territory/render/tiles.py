"""Online tiles, for who asks for them: the template of their addresses, checked, and what asking reveals."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from territory.errors import InputError

# What stands in the address ends up in the page's policy and in a script's hands: nothing but plain characters.
ADDRESS = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[A-Za-z0-9._~/{}@?=&%+,:-]*")
HOLES = ("{z}", "{x}", "{y}")


class Tiles(NamedTuple):
    """Where tiles come from."""

    url: str
    host: str  # with its port, as a content security policy names it

    @property
    def reveals(self) -> str:
        """What each reader tells the host, in a sentence."""
        return (
            f"Whoever opens this page asks {self.host} for pictures of the ground: that host learns the reader's "
            "network address, which part of the map is looked at, and when."
        )


def tiles(template: str) -> Tiles:
    """Check a template such as ``https://tiles.example.org/{z}/{x}/{y}.png``.

    Only https, one fixed host without a user's name, and the holes ``{z}``, ``{x}``, ``{y}`` once each (``{r}`` may
    stand for fine screens): so that the page's policy can let pictures in from that host and from nowhere else.

    Raises
    ------
    InputError
        With what was found and what is wanted.
    """
    wanted = "an https address of one host with {z}, {x} and {y}, as https://tiles.example.org/{z}/{x}/{y}.png"
    host = urlsplit(template).netloc if ADDRESS.fullmatch(template) else ""
    holes = re.findall(r"\{[^{}]*\}", template)
    plain = template
    for hole in (*HOLES, "{r}"):
        plain = plain.replace(hole, "")
    right = sorted(hole for hole in holes if hole != "{r}") == sorted(HOLES) and "{" not in plain and "}" not in plain
    if not host or not right:
        raise InputError(f"Tiles cannot be taken from {template!r}: wanted is {wanted}.")
    return Tiles(template, host)
