"""Domain values to and from the plain JSON kept in columns."""

from collections.abc import Iterable
from typing import Any

from core.domain.classification import Category, Decider, Reason
from core.domain.coordination import Family, GroupReason

NO_RANK = 99
_BY_RANK = tuple(Category)


def category_bits(categories: Iterable[Category]) -> int:
    """A bit set with bit n for the category of rank n."""
    bits = 0
    for category in categories:
        bits |= 1 << category.rank
    return bits


def categories_of(bits: int | None) -> tuple[Category, ...]:
    """The categories of a bit set, most urgent first."""
    return tuple(category for category in _BY_RANK if (bits or 0) & (1 << category.rank))


def reasons_to_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as plain JSON."""
    return [
        {
            "category": reason.category.value,
            "decider": reason.decider.value,
            "name": reason.name,
            "spans": [list(span) for span in reason.spans],
            "score": reason.score,
            "threshold": reason.threshold,
        }
        for reason in reasons
    ]


def reasons_from_json(rows: Iterable[dict[str, Any]] | None) -> tuple[Reason, ...]:
    """The reverse of `reasons_to_json`."""
    return tuple(
        Reason(
            category=Category(row["category"]),
            decider=Decider(row["decider"]),
            name=row["name"],
            spans=tuple((start, end) for start, end in row["spans"]),
            score=row["score"],
            threshold=row["threshold"],
        )
        for row in rows or ()
    )


def group_reasons_to_json(reasons: Iterable[GroupReason]) -> list[dict[str, Any]]:
    """Group reasons as plain JSON; also the form the command line prints."""
    return [
        {
            "family": reason.family.value,
            "sentence": reason.sentence,
            "observed": reason.observed,
            "expected": reason.expected,
        }
        for reason in reasons
    ]


def group_reasons_from_json(rows: Iterable[dict[str, Any]]) -> tuple[GroupReason, ...]:
    """The reverse of `group_reasons_to_json`."""
    return tuple(
        GroupReason(Family(row["family"]), row["sentence"], row["observed"], row["expected"]) for row in rows
    )
