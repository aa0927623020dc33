"""Words: translation, counting words, and times in the person's own locale and zone."""

from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTimeZone

_AS_DAYS: Final = timedelta(days=1)
_AS_WEEKDAY: Final = timedelta(days=6)


def translate(context: str, text: str) -> str:
    """The text in the person's language. Named so that lupdate finds the calls."""
    return QCoreApplication.translate(context, text)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for translation where it stands; Qt's own loses the type. lupdate knows the name."""
    del context
    return text


def number(value: int) -> str:
    """A count with the locale's digit grouping."""
    return QLocale().toString(value)


def counted(value: int, one: str, many: str) -> str:
    """`one` or `many` with `{n}` filled in."""
    return (one if value == 1 else many).replace("{n}", number(value))


def local_time(moment: datetime) -> str:
    """Date and time in the person's zone, with the zone's name, for a detail pane."""
    zoned = _qt(moment).toLocalTime()
    shown = QLocale().toString(zoned, "d MMM yyyy, HH:mm:ss")
    return f"{shown} ({zoned.timeZone().abbreviation(zoned) or zoned.timeZoneAbbreviation()})"


def utc_time(moment: datetime) -> str:
    """Date and time in UTC, in the form evidence uses."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def utc_beside(moment: datetime) -> str:
    """UTC for a line beside the person's own time; empty where their clock shows UTC already."""
    zoned = _qt(moment).toLocalTime()
    own = zoned.timeZone().abbreviation(zoned) or zoned.timeZoneAbbreviation()
    return "" if own == "UTC" and zoned.offsetFromUtc() == 0 else utc_time(moment)


def day_time(moment: datetime) -> str:
    """Day and time without seconds, in the person's zone."""
    return QLocale().toString(_qt(moment).toLocalTime(), "d MMM yyyy, HH:mm")


def short_time(moment: datetime, now: datetime) -> str:
    """As short as stays clear: the hour today, the weekday this week, else the date."""
    zoned = _qt(moment).toLocalTime()
    age = now - moment
    same_day = zoned.date() == _qt(now).toLocalTime().date()
    if same_day and timedelta(0) <= age < _AS_DAYS:
        return QLocale().toString(zoned, "HH:mm")
    if timedelta(0) <= age < _AS_WEEKDAY:
        return QLocale().toString(zoned, "ddd HH:mm")
    same_year = zoned.date().year() == _qt(now).toLocalTime().date().year()
    return QLocale().toString(zoned, "d MMM" if same_year else "d MMM yyyy")


def _qt(moment: datetime) -> QDateTime:
    millis = round(moment.timestamp() * 1000)
    return QDateTime.fromMSecsSinceEpoch(millis, QTimeZone(QTimeZone.Initialization.UTC))
