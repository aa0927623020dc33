"""One cell at a time: from whatever a file holds to the value a mention needs.

Every function takes the untrusted value and the column's name, returns the value or None when there
is none, and raises `RowProblem` with a sentence that names the column, never the content.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Final, NoReturn

from core.domain.text import escape_surrogates
from core.imports import problems
from core.imports.columns import MAX_ID_CHARS, MAX_LIST_ITEMS
from core.imports.problems import RowProblem

# C0 and C1 controls; an id holding one is damaged or hostile.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,20}(?:\.0{1,9})?")
# What a spreadsheet makes of a long id: 1.23457E+18.
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,}")
_TWITTER: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"([0-9]{2}) ([0-9:]{8}) ([+-][0-9]{4}) ([0-9]{4})"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# ISO's week and ordinal dates are read by Python too, but are far more likely to be something else.
_ISO_START: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}T")
# 1973-03-03 to 2100-01-01: outside, a number is more likely a date written without dashes, or a mistake.
_SECONDS: Final = (100_000_000, 4_102_444_800)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BETWEEN_WORDS: Final = re.compile(r"\s+|;(?=\s)|;(?=[A-Za-z][A-Za-z0-9+.-]*://)|;+$|^;+")
_BETWEEN_TAGS: Final = re.compile(r"[\s;]+")
_FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


def _stop(sentence: str, column: str) -> NoReturn:
    raise RowProblem(sentence.format(column=column))


def required_text(untrusted: object, column: str) -> str:
    """The text of a post: must be there, may be empty."""
    if untrusted is None:
        _stop(problems.MISSING, column)
    if not isinstance(untrusted, str):
        _stop(problems.NOT_TEXT, column)
    return escape_surrogates(untrusted)


def optional_text(untrusted: object, column: str) -> str | None:
    """A name, handle or address; empty and blank count as absent."""
    if untrusted is None:
        return None
    if not isinstance(untrusted, str):
        _stop(problems.NOT_TEXT, column)
    return escape_surrogates(untrusted).strip() or None


def optional_id(untrusted: object, column: str) -> str | None:
    """A platform's id, as text; empty counts as absent."""
    if untrusted is None:
        return None
    if isinstance(untrusted, int) and not isinstance(untrusted, bool):
        return str(untrusted)
    if isinstance(untrusted, float):
        _stop(problems.ID_NUMBER, column)
    if not isinstance(untrusted, str):
        _stop(problems.NOT_TEXT, column)
    text = escape_surrogates(untrusted).strip()
    if len(text) > MAX_ID_CHARS:
        _stop(problems.ID_LONG, column)
    if _ROUNDED.fullmatch(text):
        _stop(problems.ID_NUMBER, column)
    if _CONTROL.search(text):
        _stop(problems.ID_CONTROL, column)
    return text or None


def required_id(untrusted: object, column: str) -> str:
    """A platform's id that must be there."""
    if untrusted is None:
        _stop(problems.MISSING, column)
    text = optional_id(untrusted, column)
    if text is None:
        _stop(problems.ID_EMPTY, column)
    return text


def optional_date(untrusted: object, column: str) -> datetime | None:
    """A moment in UTC from a date, an ISO or Twitter text, or a number of (milli)seconds."""
    if untrusted is None:
        return None
    try:
        moment = _date(untrusted)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        if isinstance(untrusted, str) and not untrusted.strip():
            return None
        _stop(problems.NOT_DATE, column)
    return moment


def _date(untrusted: object) -> datetime | None:
    if isinstance(untrusted, str):
        return _date_from_text(untrusted.strip())
    if isinstance(untrusted, datetime):
        return _to_utc(untrusted)
    if isinstance(untrusted, int | float) and not isinstance(untrusted, bool):
        return _date_from_number(untrusted)
    return None


def _date_from_text(text: str) -> datetime | None:
    if not text.isascii() or len(text) > 64:
        return None
    if _WHOLE_NUMBER.fullmatch(text):
        return _date_from_number(float(text))
    if match := _TWITTER.fullmatch(text):
        month, day, clock, zone, year = match.groups()
        number = _MONTHS.index(month) + 1
        return _to_utc(datetime.fromisoformat(f"{year}-{number:02}-{day}T{clock}{zone}"))
    if not _ISO_START.match(text):
        return None
    return _to_utc(datetime.fromisoformat(text.removesuffix(" UTC")))


def _date_from_number(number: float) -> datetime | None:
    low, high = _SECONDS
    if low <= number < high:
        return _EPOCH + timedelta(seconds=number)
    if low * 1000 <= number < high * 1000:
        return _EPOCH + timedelta(milliseconds=number)
    return None


def _to_utc(moment: datetime) -> datetime:
    # A date without a zone is taken as UTC, as the format's description says.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def optional_list(untrusted: object, column: str) -> tuple[str, ...]:
    """Addresses, tags or handles; a leading # or @ is dropped from tags and handles."""
    if untrusted is None:
        return ()
    items = _split(untrusted, column) if isinstance(untrusted, str) else untrusted
    if not isinstance(items, list | tuple):
        _stop(problems.NOT_LIST, column)
    if len(items) > MAX_LIST_ITEMS:
        _stop(problems.LONG_LIST, column)
    found = []
    for item in items:
        if not isinstance(item, str):
            _stop(problems.NOT_LIST, column)
        found.append(_bare(escape_surrogates(item).strip(), column))
    return tuple(item for item in found if item)


def _split(text: str, column: str) -> object:
    text = text.strip()
    if not text.startswith("["):
        between = _BETWEEN_WORDS if column == "urls" else _BETWEEN_TAGS
        return [word for word in between.split(text) if word]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        _stop(problems.NOT_LIST, column)


def _bare(word: str, column: str) -> str:
    if column == "hashtags" and word[:1] in ("#", "＃"):
        return word[1:]
    if column == "mentions" and word[:1] == "@":
        return word[1:]
    return word


def optional_flag(untrusted: object, column: str) -> bool:
    """True or false; absent counts as false."""
    if untrusted is None or isinstance(untrusted, bool):
        return bool(untrusted)
    if isinstance(untrusted, int) and untrusted in (0, 1):
        return untrusted == 1
    if isinstance(untrusted, str):
        flag = _FLAGS.get(untrusted.strip().lower())
        if flag is not None:
            return flag
    _stop(problems.NOT_FLAG, column)
