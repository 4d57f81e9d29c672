"""The house keeps its own rules: sizes, names, versions, and what may never be committed."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import territory

ROOT = Path(__file__).parent.parent
FILE_LINES, FUNCTION_LINES, MOST_LAYERS = 320, 50, 10
FACE = {"__init__", "__main__", "api", "errors"}
TWICE = [str(Path("io", room, name)) for room in ("readers", "writers") for name in ("csl_json.py", "geojson.py")]
BESIDE_THE_ROOMS = {Path(), Path("benchmarks"), Path("geodata"), Path("render", "page")}  # tests of no single room
WORDS = ROOT / "territory" / "words"  # a file of words is as long as there is to say
MODULES = sorted((ROOT / "territory").rglob("*.py"))


def committed() -> list[Path]:
    """Every text file that git knows, or would add."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git clone, so what is committed is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8")


def test_the_changelog_opens_with_this_version():
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == territory.__version__


def test_no_file_is_too_long():
    files = [path for path in committed() if path.is_relative_to(ROOT / "territory")]
    long = {
        str(path.relative_to(ROOT)): length
        for path in files
        if path.name != "package-lock.json"
        and path.parent != WORDS
        and (length := len(text_of(path).splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_too_long():
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > FUNCTION_LINES:
                long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = _length(node)
    assert long == {}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code of a function: its docstring is help, not length."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    first = function.body[0]
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def test_every_module_says_what_it_is_for():
    assert [path for path in MODULES if not ast.get_docstring(ast.parse(text_of(path)))] == []


def test_every_folder_of_modules_is_a_room_that_says_what_it_is_for():
    rooms = {path.parent for path in MODULES}
    assert [room for room in sorted(rooms) if not (room / "__init__.py").is_file()] == []
    assert [room for room in sorted(rooms) if not ast.get_docstring(ast.parse(text_of(room / "__init__.py")))] == []


def test_no_two_modules_bear_one_name():
    modules = [path.relative_to(ROOT / "territory") for path in MODULES if path.name != "__init__.py"]
    times = Counter(path.name for path in modules)
    assert [str(path) for path in modules if times[path.name] > 1] == TWICE


def test_only_the_face_stands_outside_the_rooms():
    assert {path.stem for path in (ROOT / "territory").glob("*.py")} <= FACE


def test_the_tests_mirror_the_rooms():
    rooms = {path.parent.relative_to(ROOT / "territory") for path in MODULES} | {Path("player")}
    rooms |= {Path("player", path.name) for path in (ROOT / "territory" / "player" / "src").iterdir() if path.is_dir()}
    tests = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "tests" / "player").rglob("*.test.js")]
    tested = {path.parent.relative_to(ROOT / "tests") for path in tests}
    assert sorted(map(str, tested - rooms - BESIDE_THE_ROOMS)) == []


def test_the_house_has_ten_floors_at_most():
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    house = next(one for one in contracts if one["type"] == "layers" and one["containers"] == ["territory"])
    assert len(house["layers"]) <= MOST_LAYERS


def test_the_public_names_are_complete_and_sorted():
    assert list(territory.__all__) == sorted(territory.__all__)
    assert [name for name in territory.__all__ if not hasattr(territory, name)] == []
    assert _shown_to_type_checkers() | {"__version__"} == set(territory.__all__)


def _shown_to_type_checkers() -> set[str]:
    """The names that territory/__init__.py imports under TYPE_CHECKING: the others are loaded when used."""
    tree = ast.parse(text_of(ROOT / "territory" / "__init__.py"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def test_the_player_builds_its_page_from_text_alone():
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
    files = [path for path in committed() if path.suffix in (".js", ".html") and "territory" in path.parts]
    assert files
    assert [str(path.relative_to(ROOT)) for path in files if unsafe.search(text_of(path))] == []


def test_nothing_committed_names_a_machine_or_a_registry():
    names = re.compile(
        r"/root/|/home/\w|/work/|/tmp/\w|registry\.npmjs|registry\.yarnpkg|pypi\.org/simple|pythonhosted\.org"
        r"|deb\.debian\.org"
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in committed()
        if path != Path(__file__) and (hit := names.search(text_of(path)))
    ]
    assert found == []


def test_the_player_lock_holds_hashes_and_no_addresses():
    lock = json.loads(text_of(ROOT / "territory" / "player" / "package-lock.json"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_every_command_is_in_the_readme():
    from typer.main import get_command

    from territory.cli import application

    readme = text_of(ROOT / "README.md")
    commands = sorted(get_command(application()).commands)
    assert commands
    assert [name for name in commands if f"territory {name}" not in readme] == []


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_a_guide_names_is_there(guide):
    homes = [ROOT, ROOT / "territory", ROOT / "territory" / "player"]
    named = re.findall(
        r"[`(]([\w./-]+/[\w.-]+\.(?:py|js|ts|css|html|ipynb|md|svg|png))(?:[`)#])", text_of(ROOT / guide)
    )
    assert named
    assert [name for name in named if not any((home / name).is_file() for home in homes)] == []


def test_a_recipe_says_how_many_files_it_needs():
    recipes = (
        text_of(ROOT / "CONTRIBUTING.md").partition("## Where does it go?")[2].partition("\n## ")[0].split("\n### ")
    )
    told, counted = {}, {}
    for name, _, recipe in (one.partition("\n") for one in recipes[1:]):
        told[name] = int(re.search(r"\*\*(\d+) files", recipe)[1])
        rows = [row.split("|")[1] for row in recipe.splitlines() if row.startswith("| `")]
        counted[name] = sum(len(re.findall(r"`[^`]+`", files)) for files in rows)
    assert counted == told


def test_every_colour_of_the_palette_stands_in_it_alone():
    palette = ROOT / "territory" / "_util" / "palette.json"
    colours = {colour for theme in json.loads(text_of(palette)).values() for colour in theme.values()}
    sources = [path for path in committed() if path.suffix in {".css", ".js", ".py"} and "tests" not in path.parts]
    assert {path.name for path in sources for colour in colours if colour in text_of(path).lower()} == set()


def test_what_is_built_is_never_committed():
    built = ROOT / "territory" / "render" / "assets" / "built"
    assert [path for path in committed() if path.is_relative_to(built) or "node_modules" in path.parts] == []
    for name in ("player.js", "player.css"):
        subprocess.run(["git", "check-ignore", "--quiet", str(built / name)], cwd=ROOT, check=True)


@pytest.mark.parametrize("words", [["--help"], ["render", "--help"]])
def test_help_comes_without_the_heavy_imports(words):
    program = (
        "import sys\n"
        "from territory.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print('HEAVY', sorted({'folium', 'geopandas', 'pandas', 'shapely', 'xarray'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, *words], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    assert said.splitlines()[-1] == "HEAVY []"
