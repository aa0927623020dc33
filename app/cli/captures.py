"""`breakwater recheck` and `breakwater takedowns`: what became of posts on the platforms."""

import argparse

from app.cli.output import Json, Output, explain
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.takedowns import NamedLine
from core.domain.ids import MentionId


def recheck(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater recheck`: look whether posts are still there. The senders do not learn of it."""
    rechecks, context = services.captures.rechecks, terminal_context(output)
    if arguments.mention:
        report = rechecks.now([MentionId(one) for one in arguments.mention], context)
    elif arguments.all:
        report = rechecks.everything(context)
    else:
        report = rechecks.due(context, arguments.limit)
    stopped = report.stopped_by
    output.data(
        {
            "checked": report.checked,
            "changed": list(report.changed),
            "unknown": report.unknown,
            "unreachable": report.unreachable,
            "error": stopped.code if stopped else None,
        }
    )
    output.say(f"Looked for {report.checked} posts; {len(report.changed)} stand otherwise than before.")
    if report.unknown:
        output.say(f"{report.unknown} gave no clear answer; they are looked for again tomorrow.")
    if report.unreachable:
        output.say(f"{report.unreachable} are of platforms without a connected account.")
    if stopped is not None:
        output.say(explain(stopped))
    return 1 if stopped or report.unreachable else 0


def takedowns(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater takedowns`: how many posts are gone, per platform and group."""
    lines = services.takedowns.lines()
    output.data([_json(one) for one in lines])
    for one in lines:
        line = one.line
        where = line.platform if one.group is None else f"  group {one.group}, {line.platform}"
        output.say(
            f"{where}: {line.stored} kept, {line.checked} looked for, {line.up} up, {line.hidden} up but "
            f"hidden from you, {line.deleted} deleted, {line.removed} taken down, {line.account_gone} account"
            f" gone, {line.deactivated} account closed, {line.suspended} suspended."
        )
    if not lines:
        output.say("Nothing is kept yet.")
    if arguments.csv is not None:
        services.takedowns.save(arguments.csv)
        output.say(f"Saved {arguments.csv}")
    return 0


def _json(one: NamedLine) -> Json:
    line = one.line
    return {
        "platform": line.platform,
        "campaign": line.campaign_key,
        "group": one.group,
        "kept": line.stored,
        "checked": line.checked,
        "up": line.up,
        "hidden": line.hidden,
        "deleted": line.deleted,
        "removed": line.removed,
        "account_gone": line.account_gone,
        "deactivated": line.deactivated,
        "suspended": line.suspended,
        "last_checked": line.last_checked.isoformat() if line.last_checked else None,
    }
