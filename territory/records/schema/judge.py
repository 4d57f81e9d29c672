"""Judge raw values by the schema: a typed value, and every fault in a sentence.

pydantic finds many faults at once, yet stops before whatever needs a value that is bad. So a bad value is left out (or
an example stands in for one that must be there) and the rest is judged again, until nothing new is found. A key that is
spelt almost like one that is missing is read as that key. What such a repair gives is only used to look further: a
campaign with faults is never opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from territory.records.names import did_you_mean, nearest_key
from territory.records.schema.table import by_key
from territory.records.schema.values import shown

Raw = Any  # what TOML or a CSV file gives; this is the place where it is judged
Path = tuple[int | str, ...]  # keys and list items from the outside in: ("actor", 2, "colour")
M = TypeVar("M", bound=BaseModel)
_ROUNDS = 8  # each mends one more layer; tables nest three deep


class Judged(NamedTuple, Generic[M]):
    """What was made of raw values.

    Parameters
    ----------
    value : BaseModel or None
        The typed value; mended where there are faults, and None where it could not be mended.
    faults : mapping of path to str
        A sentence for each fault, to stand after the name of what is at the path.
    """

    value: M | None
    faults: Mapping[Path, str]


def judge(model: type[M], raw: Mapping[str, Raw], context: Mapping[str, object] | None = None) -> Judged[M]:
    """Judge raw values by a model.

    Parameters
    ----------
    model : type
        A table of the schema.
    raw : mapping
        Keys and values, as read.
    context : mapping, optional
        What a value is checked against: ``language``, the campaign's main one.

    Returns
    -------
    Judged
    """
    faults: dict[Path, str] = {}
    met: set[Path] = set()
    mended: Raw = raw
    for _ in range(_ROUNDS):
        try:
            return Judged(model.model_validate(mended, context=context), faults)
        except ValidationError as found:
            errors = [(_path(model, error), error) for error in found.errors(include_url=False)]
        if any(not path for path, _ in errors):  # of the table as a whole: nothing in it can be mended
            return Judged(None, {**faults, **{path: _sentence(model, path, error) for path, error in errors}})
        mended = deepcopy(dict(mended))
        renamed = {path: _meant(model, path, errors) for path, error in errors if error["type"] == "extra_forbidden"}
        meant = {(*path[:-1], key) for path, key in renamed.items() if key}
        for path, error in errors:
            if path not in meant | met and not _follows(path, error, faults):
                faults.setdefault(path, _sentence(model, path, error))
        met |= {path for path, _ in errors}
        for path, error in sorted(errors, key=lambda pair: pair[0], reverse=True):  # items are left out from the last
            if path not in meant:
                _mend(model, mended, path, error, renamed.get(path, ""))
    return Judged(None, faults)


def _path(model: type[BaseModel], error: ErrorDetails) -> Path:
    """Path of an error, without the tags of the kinds of table that it went through."""
    path: list[int | str] = []
    here: list[type[BaseModel]] = [model]
    for step in error["loc"]:
        if isinstance(step, str) and len(here) > 1:
            chosen = [one for one in here if step in get_args(one.model_fields["method"].annotation)]
            if chosen:
                here = chosen
                continue
        path.append(step)
        here = _below(here, step)
    if error["type"] == "union_tag_invalid":  # it is the method that names a kind of table
        path.append("method")
    return tuple(path)


def _below(models: list[type[BaseModel]], step: int | str) -> list[type[BaseModel]]:
    """The tables that may stand under a key of one of these tables; the same for an item of a list."""
    if isinstance(step, int):
        return models
    return [found for field in _fields(models, step) for found in tables_in(field.annotation)]


def _fields(models: list[type[BaseModel]], key: int | str) -> list[FieldInfo]:
    """The fields that have a key in these tables."""
    return [field for one in models for name, field in by_key(one).items() if name == key]


def tables_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The tables in a type such as ``list[ActorTable]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from tables_in(part)


def keys(model: type[BaseModel]) -> list[str]:
    """The keys of a table, as they are written."""
    return list(by_key(model))


def _around(model: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """The tables in which a path may end."""
    here = [model]
    for step in path[:-1]:
        here = _below(here, step)
    return here


def _known(model: type[BaseModel], path: Path) -> list[str]:
    """The keys of the tables in which a path may end."""
    return list(dict.fromkeys(key for one in _around(model, path) for key in keys(one)))


def _meant(model: type[BaseModel], path: Path, errors: list[tuple[Path, ErrorDetails]]) -> str:
    """The missing key that an unknown one was meant for, or ""."""
    missing = [other[-1] for other, error in errors if error["type"] == "missing" and other[:-1] == path[:-1]]
    near = nearest_key(str(path[-1]), _known(model, path))
    return near if near in missing else ""


def _follows(path: Path, error: ErrorDetails, faults: Mapping[Path, str]) -> bool:
    """Whether what is wrong with a table as a whole may only follow from a fault inside it."""
    return error["type"] == "value_error" and any(known[: len(path)] == path for known in faults)


def _mend(model: type[BaseModel], raw: Raw, path: Path, error: ErrorDetails, rename: str) -> None:
    """Make the raw values such that the rest can be judged: leave the value out, rename it, or put an example there."""
    for step in path[:-1]:
        raw = raw[step]
    last = path[-1] if path else None
    if error["type"] == "union_tag_invalid":
        raw.clear()
        raw.update(deepcopy(_example(model, path[:-1])))
    elif error["type"] == "missing":
        raw[last] = deepcopy(_example(model, path))
    elif isinstance(raw, list) and isinstance(last, int):
        raw[last : last + 1] = [example] if (example := deepcopy(_example(model, path[:-1]))) else []
    elif last in raw:
        value = raw.pop(last)
        if rename:
            raw[rename] = value


def _example(model: type[BaseModel], path: Path) -> Raw:
    """A value that a key may have."""
    for field in _fields(_around(model, path), path[-1]):
        if field.examples:
            return field.examples[0]
        return {key: _example(table, (key,)) for table in tables_in(field.annotation) for key in required(table)}
    return ""


def required(model: type[BaseModel]) -> list[str]:
    """The keys that a table must have."""
    return [key for key, field in by_key(model).items() if field.is_required()]


def _sentence(model: type[BaseModel], path: Path, error: ErrorDetails) -> str:
    """What is wrong, to stand after the name of the key."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return f"is missing: {_description(model, path)}"
    if kind == "extra_forbidden":
        known = _known(model, path)
        near = nearest_key(str(path[-1]), known)
        return f"is not known. Did you mean '{near}'?" if near else f"is not known. Known: {', '.join(known)}."
    if kind in ("literal_error", "union_tag_invalid"):
        value = value.get("method") if kind == "union_tag_invalid" else value
        choices = [
            part.strip("'")
            for part in context.get("expected", context.get("expected_tags", "")).replace(" or ", ", ").split(", ")
        ]
        wanted = ", ".join(choice for choice in choices if choice)
        near = did_you_mean(value, choices) if isinstance(value, str) else ""
        return f"is {shown(value)}; it must be one of {wanted}.{near}"
    if kind == "string_type" and isinstance(path[-1], int):
        return f"is {shown(value)}; write it as text, in quotes."
    return f"is {shown(value)}; {_WANTED.get(kind, '{msg}').format(msg=error['msg'], key=path[-1], **context)}."


def predicate(key: str, sentence: str) -> str:
    """A sentence about a key: ``lon is ...`` where it is a predicate, ``date: ...`` where it stands by itself."""
    if not key or sentence.startswith(f"{key} "):
        return sentence
    return f"{key} {sentence}" if sentence.startswith(("is ", "has ", "needs ", "names ")) else f"{key}: {sentence}"


_WANTED = {
    "string_type": 'write it as text: {key} = "..."',
    "string_too_short": "write at least {min_length} character",
    "bool_type": "it must be true or false, without quotes",
    "int_type": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "int_parsing_size": "it must be a whole number of less than 20 digits",
    "float_type": "it must be a number",
    "finite_number": "it must be finite",
    "greater_than": "it must be more than {gt:g}",
    "greater_than_equal": "it must be {ge:g} or more",
    "less_than": "it must be less than {lt:g}",
    "less_than_equal": "it must be at most {le:g}",
    "list_type": "write it as a list: {key} = [...]",
    "tuple_type": "write it as a list: {key} = [...]",
    "dict_type": "write it as a table: [{key}]",
    "model_type": "write it as a table: [{key}]",
    "model_attributes_type": "write it as a table: [{key}]",
}


def _description(model: type[BaseModel], path: Path) -> str:
    """What a key means, from the schema."""
    described = [field.description or "" for field in _fields(_around(model, path), path[-1])]
    return described[0].replace("`", "") if described else ""
