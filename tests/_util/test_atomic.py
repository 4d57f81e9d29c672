"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from territory._util.atomic import write_file
from territory.errors import InputError


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_as_it_is_given(tmp_path):
    assert write_file(tmp_path / "page.html", "عربي\r\n\u2028").read_bytes() == "عربي\r\n\u2028".encode()
    assert write_file(str(tmp_path / "page.html"), b"\x00\xff").read_bytes() == b"\x00\xff"
    assert names(tmp_path) == ["page.html"]


@pytest.mark.parametrize("step", ["fsync", "write_bytes", "chmod", "replace"])
def test_a_write_that_is_interrupted_keeps_the_old_file_and_leaves_no_litter(step, tmp_path, monkeypatch):
    path = write_file(tmp_path / "page.html", "old")

    def stop(*_args, **_more):
        raise KeyboardInterrupt

    if step != "fsync":
        monkeypatch.setattr(f"pathlib.Path.{step}", stop)
    else:
        monkeypatch.setattr(os, step, stop)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["page.html"]


def test_a_full_disk_keeps_the_old_file(tmp_path, monkeypatch):
    path = write_file(tmp_path / "page.html", "old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["page.html"]


def test_a_folder_that_is_not_there_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(InputError, match=r"There is no folder .*missing; make it first"):
        write_file(tmp_path / "missing" / "page.html", "new")
    assert names(tmp_path) == []


def test_a_folder_is_no_file_to_write(tmp_path):
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        write_file(tmp_path, "new")


def test_what_lies_in_the_way_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(InputError, match="There is no folder"):
        write_file(tmp_path / "file" / "page.html", "new")


def test_a_link_is_replaced_and_what_it_led_to_is_left_alone(tmp_path):
    (tmp_path / "other").write_text("old")
    (tmp_path / "page.html").symlink_to("other")
    write_file(tmp_path / "page.html", "new")
    assert (tmp_path / "other").read_text() == "old"
    assert (tmp_path / "page.html").read_text() == "new"


def test_others_may_read_what_is_written_as_the_umask_says(tmp_path):
    before = os.umask(0o022)
    try:
        mode = write_file(tmp_path / "page.html", "new").stat().st_mode
    finally:
        os.umask(before)
    assert stat.S_IMODE(mode) == 0o644


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OSError, match="Permission denied"):
            write_file(tmp_path / "page.html", "new")
    finally:
        tmp_path.chmod(0o700)
