"""`breakwater anchor`: letting a fingerprint of the log leave this computer."""

import argparse
from pathlib import Path

from app.cli.asking import confirmed
from app.cli.output import Json, Output
from app.cli.progress import terminal_context
from app.services.bundle import Services
from core.anchoring.plan import AnchorPlan, When
from core.anchoring.standing import Checked, Protection
from core.domain.evidence import Anchor
from core.errors import UnusableFolder
from ui.evidence.words import consent_words, newer_words, receiver_name, standing_words, up_to, why_words

_LARGEST_CERTIFICATE = 64 * 1024


def anchor(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater anchor stamp|hand-over|list|add-authority|when`."""
    verbs = {
        "stamp": _stamp,
        "hand-over": _hand_over,
        "list": _list,
        "add-authority": _add_authority,
        "when": _when,
    }
    return verbs[arguments.verb](arguments, services, output)


def _stamp(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    plan = services.anchor.plan()
    if not plan.agreed:
        output.say(consent_words([one.name for one in plan.asked]))
        if not confirmed("Ask for a time stamp?", arguments, output):
            return 1
        plan = services.anchor.agree()
    report = services.anchor.stamp(terminal_context(output))
    output.data({"attempts": [_anchor_json(one) for one in report.anchors]})
    for one in report.anchors:
        if one is not report.confirmed:
            output.say(f"{receiver_name(one, plan)}: {why_words(one.error_code)}.")
    if report.confirmed is None:
        output.say("No time stamp. Nothing is lost: try again later, or hand the line to somebody.")
        return 1
    output.say(f"Protected up to entry {up_to(report.confirmed)}, stamped {_by(report.confirmed, plan)}.")
    return 0


def _hand_over(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    given = services.anchor.offer()
    kept = services.anchor.record_hand_over(given, arguments.to) if arguments.to else None
    if arguments.page is not None:
        _write(arguments.page, given.page(arguments.to or ""))
        output.say(f"Wrote {arguments.page}")
    output.data({"line": given.line, "recorded": _anchor_json(kept) if kept else None})
    output.say(given.line)
    if kept is None:
        output.say("Nothing is noted yet. Once somebody has it, say whom with --to.")
    else:
        output.say(f"Noted that {kept.receiver} holds it. It protects once they show it, not before.")
    return 0


def _list(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    seen = services.anchor.overview()
    plan, found, every = seen.plan, seen.protection, seen.anchors
    output.data(
        {
            "protection": protection_json(found),
            "anchors": [_checked_json(one) for one in every],
            "authorities": [
                {"name": one.authority.name, "url": one.authority.url, "used": one.used}
                for one in plan.listed
            ],
            "when": plan.when.value,
        }
    )
    for line in protection_lines(found, plan):
        output.say(line)
    for one in every:
        words = (
            f"{standing_words(one.standing)}, up to {up_to(one.anchor)}, {receiver_name(one.anchor, plan)}"
        )
        output.say(f"{one.anchor.id:>4}  {one.anchor.made_at:%Y-%m-%d %H:%M}  {words}")
    output.say("Asked for time stamps, in order: " + (", ".join(one.name for one in plan.asked) or "nobody"))
    output.say(f"By itself: {plan.when.value}")
    return 1 if found.contradicted else 0


def _add_authority(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    try:
        with arguments.root.open("rb") as file:
            untrusted_root = file.read(_LARGEST_CERTIFICATE + 1)
    except OSError as error:
        raise UnusableFolder(path=str(arguments.root), why=error.strerror or "unreadable") from error
    made = services.anchor.add_authority(arguments.name, arguments.url, untrusted_root)
    output.data({"name": made.name, "url": made.url})
    output.say(f"{made.name} is asked first from now on, and trusted under the certificate you gave.")
    return 0


def _when(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    when, plan = When(arguments.when), services.anchor.plan()
    if when is not When.OFF and not plan.agreed:
        output.say(consent_words([one.name for one in plan.asked]))
        if not confirmed("Ask for time stamps by itself?", arguments, output):
            return 1
    output.data({"when": services.anchor.set_when(when).when.value})
    output.say("Off." if when is When.OFF else f"After a sync, {when.value} at most.")
    return 0


def protection_lines(found: Protection, plan: AnchorPlan) -> list[str]:
    """How far the log is protected, for a person."""
    lines = []
    if found.stamped is not None:
        lines.append(f"Protected up to entry {up_to(found.stamped)}, stamped {_by(found.stamped, plan)}.")
    if found.handed_over is not None:
        given = found.handed_over
        lines.append(
            f"Up to entry {up_to(given)} handed to {given.receiver} on {given.made_at:%Y-%m-%d}: "
            "protects once they show the line."
        )
    if not lines:
        lines.append("Nothing is protected yet: no fingerprint has left this computer.")
    if found.contradicted:
        lines.append("THE LOG NO LONGER MATCHES a fingerprint that left this computer. Run: log verify")
    if found.failure is not None:
        lines.append(f"The last time stamp failed: {why_words(found.failure.error_code)}.")
    newer = newer_words(found)
    return [*lines, newer] if newer else lines


def protection_json(found: Protection) -> dict[str, Json]:
    """The same for a program; sizes count entries from the first."""
    return {
        "entries": found.entries,
        "covered": found.covered,
        "stamped": _anchor_json(found.stamped) if found.stamped else None,
        "handed_over": _anchor_json(found.handed_over) if found.handed_over else None,
        "newer": found.newer,
        "newer_messages": found.newer_messages,
        "contradicted": [one.id for one in found.contradicted],
        "unverifiable": [one.id for one in found.unverifiable],
        "failure": found.failure.error_code if found.failure else None,
    }


def _by(one: Anchor, plan: AnchorPlan) -> str:
    return f"{one.attested_at or one.made_at:%Y-%m-%d %H:%M:%S} UTC by {receiver_name(one, plan)}"


def _anchor_json(one: Anchor) -> dict[str, Json]:
    return {
        "id": one.id,
        "size": one.size,
        "root": one.root.hex(),
        "kind": one.kind.value,
        "receiver": one.receiver,
        "state": one.state.value,
        "made_at": one.made_at.isoformat(),
        "attested_at": one.attested_at.isoformat() if one.attested_at else None,
        "error": one.error_code,
    }


def _checked_json(one: Checked) -> dict[str, Json]:
    return {**_anchor_json(one.anchor), "standing": one.standing.value}


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UnusableFolder(path=str(path), why=error.strerror or "unwritable") from error
