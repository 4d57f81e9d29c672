"""The line of a key: no later and no earlier than where the parser first knows it."""

from __future__ import annotations

import tomllib

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from territory.io.readers.toml_lines import line_of, lines_of

KEYS = st.text(st.sampled_from('ab"# =.[]'), min_size=1, max_size=4)
VALUES = st.one_of(
    st.integers(-9, 9),
    st.text(st.sampled_from("a\"\\#[]{}=\n'"), max_size=12),
    st.lists(st.text(st.sampled_from("a]#\n"), max_size=4), max_size=3),
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=3)
FILES = st.dictionaries(KEYS, st.one_of(VALUES, TABLES, st.lists(TABLES, min_size=1, max_size=3)), max_size=5)


def holds(text, path):
    """Whether TOML has a path; False where it is no TOML, as one cut in the middle of a statement."""
    try:
        inner = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    for step in path:
        if not (step in inner if isinstance(inner, dict) else step < len(inner)):
            return False
        inner = inner[step]
    return True


@given(FILES)
def test_every_statement_stands_on_the_line_on_which_its_key_appears(world):
    text = tomlkit.dumps(world)
    lines = text.split("\n")
    for path, line in lines_of(text).items():
        assert not holds("\n".join(lines[: line - 1]), path)
        ends = [end for end in range(line, len(lines) + 1) if holds("\n".join(lines[:end]), path)]
        assert ends
        assert ends[0] == line or not holds("\n".join(lines[:line]), path)  # a value of several lines ends later


def test_the_lines_of_a_small_file():
    text = (
        'a = [\n "]", # ]\n]\nb = """\nc = 1\n[x]\n"""\n"d.e".f = 1\n[q . "r s"]\nz=1\n[[q.t]]\n[[q.t]]\nu = {v = 2}\n'
    )
    assert lines_of(text) == {
        ("a",): 1,
        ("b",): 4,
        ("d.e", "f"): 8,
        ("q", "r s"): 9,
        ("q", "r s", "z"): 10,
        ("q", "t", 0): 11,
        ("q", "t", 1): 12,
        ("q", "t", 1, "u"): 13,
    }
    assert line_of(lines_of(text), ("q", "t", 1, "u", "v")) == 13
    assert line_of(lines_of(text), ("missing",)) == 0
