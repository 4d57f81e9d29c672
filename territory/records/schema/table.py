"""Base of every table of the schema: strict types, no unknown keys, no infinities, frozen."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from territory.records.schema.values import LANGUAGE_TAG


def by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a table by their keys, as they are written."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


class Table(BaseModel):
    """A table of campaign.toml, or a row of a CSV file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Row(Table):
    """A row of a CSV file.

    Attributes
    ----------
    KEY : str
        The column whose cells name the rows; "" for none.
    COLUMNS : tuple of str
        Columns that a file must have, whether or not every cell is filled.
    PER_LANGUAGE : str
        Column that may stand once more for every language, with the tag as a suffix: ``name_ar``; "" for none.
    """

    KEY: ClassVar[str] = ""
    COLUMNS: ClassVar[tuple[str, ...]]
    PER_LANGUAGE: ClassVar[str] = ""

    @classmethod
    def columns(cls) -> list[str]:
        """The columns by name; those per language once."""
        return [name for name in by_key(cls) if cls.has(name)]

    @classmethod
    def has(cls, column: str) -> bool:
        """Whether the table has such a column."""
        return (column in by_key(cls) and column != f"{cls.PER_LANGUAGE}s") or bool(cls.tag(column))

    @classmethod
    def tag(cls, column: str) -> str:
        """The language tag that ends the name of a column, or ""."""
        before, _, tag = column.partition("_")
        return tag if cls.PER_LANGUAGE and before == cls.PER_LANGUAGE and LANGUAGE_TAG.fullmatch(tag) else ""
