"""Six dates of the shipped campaign as small pictures, beside the pictures kept in ``pictures/``.

What is compared must be the same on any machine, so it is the map without a letter on it (fonts differ), each kept
pixel the mean of nine painted ones (edges are smoothed differently), and a picture passes when no more than
``TOLERANCE`` of its pixels are off by more than ``OFF`` of 255 in any colour. A town changing hands moves more.

A picture that fails is kept beside its baseline as ``DATE-changed.png``: the old one, the new one, and the difference.
After a change that is meant, write new baselines with ``UPDATE_PICTURES=1`` and look at them.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parent / "pictures"
DATES = ("2015-03-01", "2015-03-28", "2015-04-25", "2015-05-28", "2015-09-09", "2015-11-30")
SIZE = (240, 200)
FINENESS = 3
OFF = 40
TOLERANCE = 0.003

BARE = """date => {
  const { player, map } = window.territory;
  for (const sign of ['events', 'roads', 'names']) player.filter.signs.add(sign);
  document.querySelector('.t-scale').hidden = true;
  map.setView([35.75, 36.62], 9.75, { animate: false });
  player.days.visit(date);
  player.layer.restyle();
}"""


@pytest.fixture(scope="module")
def bare(page_file, chromium):
    """The map alone, without a letter, in a fixed window."""
    width, height = SIZE[0] * FINENESS, SIZE[1] * FINENESS
    context = chromium.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme="light", offline=True
    )
    page = context.new_page()
    page.goto(page_file.as_uri() + "#controls=none")
    page.wait_for_function("() => window.territory")
    yield page
    context.close()


def picture(page, date) -> np.ndarray:
    page.evaluate(BARE, date)
    page.wait_for_timeout(250)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return np.asarray(shot.resize(SIZE, Image.Resampling.BOX), dtype=np.int16)


def off(one, other):
    return np.abs(one - other).max(axis=2) > OFF


@pytest.mark.parametrize("date", DATES)
def test_the_picture_of_a_date_is_the_one_that_was_looked_at(bare, date):
    new, path = picture(bare, date), PICTURES / f"{date}.png"
    if os.environ.get("UPDATE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        Image.fromarray(new.astype(np.uint8)).quantize(64).save(path, optimize=True)
    old = np.asarray(Image.open(path).convert("RGB"), dtype=np.int16)
    wrong = off(old, new)
    if wrong.mean() > TOLERANCE:
        differing = np.where(wrong[..., None], np.array([214, 0, 60]), 245).astype(np.int16)
        kept = np.concatenate([old, new, differing], axis=1).astype(np.uint8)
        Image.fromarray(kept).save(path.with_name(f"{date}-changed.png"))
    assert wrong.mean() <= TOLERANCE, f"{wrong.mean():.2%} of the picture differ; see {date}-changed.png"


def test_a_town_that_changes_hands_is_more_than_the_tolerance(bare):
    before, after = picture(bare, "2015-05-27"), picture(bare, "2015-05-28")
    assert off(before, after).mean() > TOLERANCE
