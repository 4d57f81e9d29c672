"""CSV files that are not what they should be: each is refused by name, with its line, and nothing is half read."""

from __future__ import annotations

import gzip
import os

import pytest

from territory.errors import CampaignError, InputError
from territory.io.readers import csv_rows
from territory.io.readers.fault_list import FaultList
from territory.records.schema.table import Row
from territory.records.schema.values import Text

HEADER = "a,b\n"


class Pair(Row):
    KEY = "a"
    COLUMNS = ("a",)
    a: str
    b: Text = ""


def read(tmp_path, content):
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    faults = FaultList()
    rows, warnings = csv_rows.read(path, Pair, faults)
    faults.finish()
    return [(line, row.model_dump()) for line, row, _ in rows], warnings


REFUSED = {
    # The numbers are those of the list of bad inputs in the trust notes.
    "1 an empty file": (b"", "is empty"),
    "1 nothing but a byte order mark": (b"\xef\xbb\xbf", "there is no header"),
    "1 nothing but blank lines": (b"\n\n", "there is no header"),
    "4 UTF-16": ("a,b\n1,2\n".encode("utf-16"), "looks like UTF-16; wanted is UTF-8"),
    "5 CP1256": ("a,b\nx,إدلب\n".encode("cp1256"), r"table\.csv:2: byte 6 is not UTF-8.*Windows-1256"),
    "6 another encoding further down": (b"a,b\n1,2\n3,\xe9\n", r"table\.csv:3: byte 10 is not UTF-8"),
    "7 a NUL byte": (b"a,b\n1,\x002\n", r"table\.csv:2: there is a NUL byte"),
    "9 semicolons": (b"a;b\n1,5;2\n", "separated by semicolons; separate them by commas"),
    "10 a quote that is not closed": (b'a,b\n1,2\n3,"4\n5,6\n', r"table\.csv:3: .*a quote that is not closed"),
    "11 a row with too many cells": (b"a,b\n1,2\n3,4,5\n", r"table\.csv:3: the row has 3 cells, the header 2"),
    "11 a row with too few cells": (b"a,b\n1\n", r"table\.csv:2: the row has 1 cells, the header 2"),
    "12 a column twice": (b"a,b,a\n1,2,3\n", r"table\.csv:1: the column a is repeated"),
    "13 a column that is missing": (b"b,c\n1,2\n", r"table\.csv:1: column a is missing; found b, c"),
    "16 a cell of 65 kB": (b"a,b\n1," + b"x" * 65537 + b"\n", r"table\.csv:2: b has 65537 characters"),
    "16 a cell of 1 MB": (b"a,b\n1," + b"x" * 2**20 + b"\n", r"table\.csv:2: "),
    "17 a spreadsheet": (b"PK\x03\x04...", r"looks like a zip or spreadsheet \(.xlsx\) file"),
    "17 a web page": (b"<!doctype html><p>a,b", "column a is missing; found <!doctype html><p>a, b"),
    "18 gzip": (gzip.compress(b"a,b\n1,2\n"), "looks like a gzip file"),
    "36 a tower of combining marks": ("a,b\n1,x" + "\u0301" * 9 + "\n", r"table\.csv:2: b has more than 8 combining"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_table_is_refused_with_its_place(case, tmp_path):
    content, said = REFUSED[case]
    with pytest.raises(InputError, match=said):
        read(tmp_path, content)


ROWS = [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]
ACCEPTED = {
    "as it should be": b"a,b\n1,2\n3,4\n",
    "3 a byte order mark": b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
    "8 line ends of Windows": b"a,b\r\n1,2\r\n3,4\r\n",
    "8 line ends of old Macs": b"a,b\r1,2\r3,4\r",
    "8 line ends of all sorts": b"a,b\n1,2\r\n3,4",
    "blanks around cells": b" a , b \n 1 ,2 \n3, 4\n",
    "no line end at the end": b"a,b\n1,2\n3,4",
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_marks_and_line_ends_do_not_matter(case, tmp_path):
    assert read(tmp_path, ACCEPTED[case]) == (ROWS, [])


def test_a_header_without_rows_is_a_warning(tmp_path):
    assert read(tmp_path, HEADER) == ([], ["table.csv has a header and no rows."])


def test_a_column_of_one_s_own_is_warned_of(tmp_path):
    rows, warnings = read(tmp_path, "a,b,my remarks\n1,2,3\n")
    assert rows == ROWS[:1]
    assert warnings == ["table.csv:1: column 'my remarks' is not known and not used."]


def test_a_column_that_is_nearly_one_that_is_missing_is_a_fault_and_is_read_to_find_more(tmp_path):
    class Remark(Row):
        KEY = "name"
        COLUMNS = ("name",)
        name: str
        remark: Text = ""

    (tmp_path / "table.csv").write_text("name,remrak\n1," + "x" * 65537 + "\n", encoding="utf-8")
    faults = FaultList()
    csv_rows.read(tmp_path / "table.csv", Remark, faults)
    assert [str(fault) for fault in faults.faults] == [
        "table.csv:1: column 'remrak' is not known. Did you mean 'remark'?",
        "table.csv:2: remark has 65537 characters; at most 65536 are read.",
    ]


def test_a_note_may_hold_line_ends_and_the_lines_after_it_keep_their_numbers(tmp_path):
    rows, _ = read(tmp_path, 'a,b\n1,"two\nlines, ""quoted"""\n3,4\n')
    assert rows == [(2, {"a": "1", "b": 'two\nlines, "quoted"'}), (4, {"a": "3", "b": "4"})]


def test_blank_rows_are_no_rows(tmp_path):
    assert [line for line, _ in read(tmp_path, "a,b\n\n1,2\n,\n3,4\n")[0]] == [3, 5]


def test_a_row_that_stands_twice_is_one_row(tmp_path):
    assert read(tmp_path, "a,b\n1,2\n1,2\n1, 2\n")[0] == ROWS[:1]


def test_cells_stay_text(tmp_path):
    cells = ["NA", "null", "020345", "1E5", "1e400", "=HYPERLINK()", "-12.5"]
    rows, _ = read(tmp_path, "a,b\n" + "".join(f"{cell},x\n" for cell in cells))
    assert [row["a"] for _, row in rows] == cells


def test_all_bad_rows_are_reported_at_once_in_the_order_of_the_file(tmp_path):
    with pytest.raises(CampaignError) as caught:
        read(tmp_path, "a,b\n" + "1,2,3\n1,2\n" * 20)
    assert [fault.line for fault in caught.value.faults] == list(range(2, 42, 2))
    assert "... and 8 further faults" in str(caught.value)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.truncate(201 * 2**20)  # sparse: takes no room
    with pytest.raises(InputError, match=r"has 201 MB; at most 200 MB are read"):
        csv_rows.read(path, Pair, FaultList())


def test_what_is_no_regular_file_is_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    for name, said in (("folder", "no regular|not a regular"), ("pipe", "not a regular"), ("loop", "does not exist")):
        with pytest.raises(InputError, match=said):
            csv_rows.read(tmp_path / f"{name}.csv", Pair, FaultList())
