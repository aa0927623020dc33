"""What a check found, of the log or of a packet, in words."""

from typing import TYPE_CHECKING, Final

from core.domain.evidence import LogFault, LogReport
from ui.widgets.untrusted_text import one_line
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from core.export.verify import PacketReport

_CONTEXT = "Evidence"
_FAULTS_SHOWN: Final = 20


def log_title(report: LogReport) -> str:
    """The verdict in a few words."""
    if report.ok:
        return translate(_CONTEXT, "The log holds")
    return translate(_CONTEXT, "The log does not hold")


def log_lines(report: LogReport) -> list[str]:
    """What was found, and what it is worth."""
    if not report.ok:
        return fault_lines(report.faults)
    whole = counted(
        report.entries,
        translate(_CONTEXT, "One entry checked, none changed."),
        translate(_CONTEXT, "All {n} entries checked: none was changed, moved or taken out."),
    )
    if report.anchored:
        return [
            whole,
            translate(
                _CONTEXT, "Up to entry #{n} this is shown by a time stamp or by the line you gave."
            ).format(n=number(report.anchored - 1)),
        ]
    return [
        whole,
        translate(
            _CONTEXT,
            "This shows that nothing broke. It shows no more than that until a fingerprint from outside "
            "this computer agrees: a time stamp, or a line that somebody kept.",
        ),
    ]


def verdict_words(report: "PacketReport") -> str:
    """What the check of a packet can honestly say."""
    words = {
        "BROKEN": translate(_CONTEXT, "It was changed, or it is not whole."),
        "CONSISTENT": translate(
            _CONTEXT, "It is whole in itself. Who made it cannot be told without their key or fingerprint."
        ),
        "SIGNED": translate(_CONTEXT, "It is whole, and signed by this copy of Breakwater."),
        "ANCHORED": translate(_CONTEXT, "It is whole, and matches the fingerprint you gave."),
        "SIGNED_AND_ANCHORED": translate(
            _CONTEXT, "It is whole, signed by this copy of Breakwater, and matches the fingerprint you gave."
        ),
    }
    items = counted(report.items, translate(_CONTEXT, "One message."), translate(_CONTEXT, "{n} messages."))
    return f"{words.get(report.verdict.name, one_line(report.verdict.value))} {items}"


def fault_lines(faults: tuple[LogFault, ...]) -> list[str]:
    """The first faults, and how many more there are."""
    lines = []
    for fault in faults[:_FAULTS_SHOWN]:
        what = one_line(fault.what, 300)
        if fault.seq is None:
            lines.append(what)
        else:
            lines.append(translate(_CONTEXT, "Entry #{n}: {what}").format(n=number(fault.seq), what=what))
    rest = len(faults) - _FAULTS_SHOWN
    if rest > 0:
        lines.append(counted(rest, translate(_CONTEXT, "and one more"), translate(_CONTEXT, "and {n} more")))
    return lines
