"""The shipped campaign's page, rendered once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def page_file(idlib, tmp_path_factory) -> Path:
    return idlib.to_html(tmp_path_factory.mktemp("page") / "idlib.html")
