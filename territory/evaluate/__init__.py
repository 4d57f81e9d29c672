"""How good is the picture? Four answers, each next to a naive baseline.

``without_place`` leaves one place out, ``without_source`` one source's word; ``expected`` tells the error of the front
to expect from the spacing of places, and ``reference`` compares with polygons that a user has.
"""

from __future__ import annotations

from territory.evaluate.expected import Expected, expected
from territory.evaluate.report import Evaluation, evaluate

__all__ = ["Evaluation", "Expected", "evaluate", "expected"]
