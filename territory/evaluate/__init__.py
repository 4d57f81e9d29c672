"""Evaluate the accuracy of a map in four ways, each next to naive baselines.

``without_place`` cross-validates places, ``without_source`` drops one source or side at a time, ``expected`` gives the
expected error of the front from the spacing of places, and ``reference`` compares with reference polygons.
"""

from __future__ import annotations

from territory.evaluate.expected import Expected, expected
from territory.evaluate.report import Evaluation, evaluate

__all__ = ["Evaluation", "Expected", "evaluate", "expected"]
