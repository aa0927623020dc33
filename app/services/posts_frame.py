"""Stored mentions as the frame that grouping reads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

_IDS = ("post_id", "author_id")


def posts_frame(columns: Mapping[str, list[Any]]) -> "pl.DataFrame":
    """Columns as `MentionReader.for_grouping` gives them; ids become text, as everywhere in grouping."""
    import polars as pl

    from core.coordination.columns import SCHEMA

    lists = [name for name, kind in SCHEMA.items() if isinstance(kind, pl.List) and name in columns]
    plain = {name: pl.String() if name in lists else SCHEMA[name] for name in columns}
    frame = pl.DataFrame(dict(columns), schema=plain | {name: pl.Int64() for name in _IDS})
    return frame.with_columns(
        *(pl.col(name).cast(pl.String) for name in _IDS),
        *(pl.col(name).str.json_decode(pl.List(pl.String)) for name in lists),
    )
