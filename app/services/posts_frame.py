"""Stored mentions as the frame that grouping reads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


def posts_frame(columns: Mapping[str, list[Any]]) -> "pl.DataFrame":
    """Columns as `MentionReader.for_grouping` gives them; ids become text, as everywhere in grouping."""
    import polars as pl

    from core.coordination.columns import SCHEMA

    ids = {name: [str(value) for value in columns[name]] for name in ("post_id", "author_id")}
    return pl.DataFrame({**columns, **ids}, schema={name: SCHEMA[name] for name in columns})
