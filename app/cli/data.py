"""Commands on the person's data, each a thin face of a service."""

import argparse
import getpass
import sys
from collections.abc import Sequence

from app.cli.asking import confirmed
from app.cli.output import Json, Output, explain
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.ingest import ImportReport
from app.services.respond import RespondReport
from app.services.verify import parse_anchor
from core.domain.account import Account
from core.domain.classification import Category
from core.domain.ids import AccountId, BatchId, MentionId, PlatformName, SenderId
from core.domain.inbox import InboxFilter, InboxRow, Order
from core.domain.response import ActionKind, ActionPlan, ItemState
from core.errors import BadInput, NotFound, UnusableFolder


def accounts(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater accounts add|list|remove`."""
    if arguments.verb == "add":
        return _accounts_add(arguments, services, output)
    if arguments.verb == "remove":
        return _accounts_remove(arguments, services, output)
    known = services.accounts.list()
    output.data([_account_json(one) for one in known])
    for one in known:
        output.say(f"{one.id}  {one.platform}  {one.handle}  {one.state.value}")
    if not known:
        output.say("No accounts yet. Connect one with: breakwater accounts add bluesky --handle YOU")
    return 0


def _accounts_add(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    platform = PlatformName(arguments.platform)
    info = services.accounts.info(platform)
    secret = (
        getpass.getpass(f"{info.secret_hint}: ")
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\r\n")
    )
    if not secret:
        raise BadInput(what="secret", why="is empty")
    account = services.accounts.add(platform, arguments.handle, secret, arguments.service)
    output.data(_account_json(account))
    output.say(f"Connected {account.handle} on {info.title}.")
    return 0


def _accounts_remove(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    account = _find_account(services.accounts.list(), arguments.account)
    question = f"Forget {account.handle} on {account.platform}? What it received stays."
    if not confirmed(question, arguments, output):
        return 1
    services.accounts.remove(account.id)
    output.data({"removed": account.id})
    output.say(f"Forgot {account.handle}.")
    return 0


def _find_account(known: Sequence[Account], wanted: str) -> Account:
    for one in known:
        if wanted in (str(one.id), one.handle, one.remote_id):
            return one
    raise NotFound(what="account", name=wanted)


def sync(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater sync`: pull, classify, group."""
    del arguments
    context = terminal_context(output)
    if not services.accounts.list():
        raise NotFound(what="account", name="any")
    reports = services.sync.sync_all(context)
    surroundings = services.captures.follow_up(context)
    scored = services.classify.run(context)
    found = services.group.run(context)
    output.data(
        {
            "accounts": [
                {
                    "account": one.account.id,
                    "new": one.new,
                    "duplicates": one.duplicates,
                    "rejected": one.rejected,
                    "error": one.stopped_by.code if one.stopped_by else None,
                }
                for one in reports
            ],
            "scored": scored.scored,
            "groups": len(found.groups),
            "looked_for": surroundings.rechecks.checked,
            "stand_otherwise": len(surroundings.rechecks.changed),
        }
    )
    for one in reports:
        output.say(f"{one.account.handle}: {one.new} new, {one.rejected} could not be read.")
        if one.stopped_by is not None:
            output.say("  " + explain(one.stopped_by))
    if surroundings.rechecks.changed:
        output.say(f"{len(surroundings.rechecks.changed)} posts stand otherwise than before: see takedowns.")
    output.say(f"Scored {scored.scored}; {len(found.groups)} groups acted in step.")
    return 1 if any(one.stopped_by for one in reports) else 0


def import_files(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater import`: every file is taken in; one that cannot be read does not stop the others.

    Bad rows are reported and sealed, and the job counts as done; a file without one good row does not.
    """
    context = terminal_context(output)
    reports: list[ImportReport] = []
    failed = 0
    for path in arguments.files:
        try:
            reports.append(services.ingest.import_file(path, PlatformName(arguments.platform), context))
        except (BadInput, UnusableFolder) as failure:
            failed += 1
            output.say(f"{path.name}: {explain(failure)}")
            continue
        _say_import(reports[-1], output)
    scored = services.classify.run(context)
    found = services.group.run(context)
    output.data(
        {
            "files": [_import_json(one) for one in reports],
            "failed": failed,
            "scored": scored.scored,
            "groups": len(found.groups),
        }
    )
    output.say(f"Scored {scored.scored}; {len(found.groups)} groups acted in step.")
    nothing = any(one.rejected and not one.new and not one.duplicates for one in reports)
    return 1 if failed or nothing else 0


def inbox(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater inbox`: counts, then mentions, most urgent first. Hidden text stays hidden for people."""
    category = Category(arguments.category) if arguments.category else None
    chosen = InboxFilter(category=category, order=Order.URGENT)
    rows = services.inbox.rows(chosen, limit=arguments.limit)
    counts = services.inbox.counts()
    output.data(
        {
            "counts": {
                "total": counts.total,
                "senders": counts.senders,
                "queues": {queue.value: count for queue, count in counts.by_queue.items()},
                "categories": {one.value: count for one, count in counts.by_category.items()},
            },
            "mentions": [_row_json(row) for row in rows],
        }
    )
    found = ", ".join(f"{one.value} {count}" for one, count in counts.by_category.items() if count)
    output.say(f"{counts.total} mentions from {counts.senders} senders. {found}")
    for row in rows:
        text = "(hidden)" if row.hidden else row.text.replace("\n", " ")[:80]
        labels = ", ".join(one.value for one in row.categories)
        output.say(f"{row.mention_id:>6}  @{row.handle}  [{labels or '-'}]  {text}")
    return 0


def act(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater act`: preview, ask, then send."""
    senders = [SenderId(one) for one in arguments.sender]
    for key in arguments.group:
        senders.extend(services.group.members(key))
    mentions = [MentionId(one) for one in arguments.mention]
    if not senders and not mentions:
        raise BadInput(what="act", why="names nobody: give --sender, --mention or --group")
    plan = services.respond.plan(
        ActionKind(arguments.kind), arguments.reason, senders=senders, mentions=mentions
    )
    _say_plan(plan, output)
    if arguments.dry_run:
        output.data({"dry_run": True, **_plan_json(plan)})
        return 0
    if not plan.targets:
        output.data({"dry_run": False, **_plan_json(plan)})
        output.say("Nobody to act on.")
        return 1
    if not confirmed(f"{plan.kind.value.capitalize()} {len(plan.targets)} senders?", arguments, output):
        return 1
    batch_id = services.respond.start(plan)
    return _report(services.respond.send(batch_id, terminal_context(output)), plan, output)


def undo(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater undo`: lift what a batch set."""
    report = services.respond.undo(BatchId(arguments.batch), terminal_context(output))
    return _report(report, None, output)


def log(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater log verify`."""
    report = services.evidence.verify([parse_anchor(one) for one in arguments.root])
    state = services.evidence.state()
    output.data(
        {
            "ok": report.ok,
            "entries": report.entries,
            "checkpoints": report.checkpoints,
            "root": state.root,
            "anchored": report.anchored,
            "faults": [{"seq": fault.seq, "what": fault.what} for fault in report.faults],
        }
    )
    if report.ok:
        output.say(f"{report.entries} entries, every link and checkpoint holds. Root: {state.root}")
        if report.anchored:
            output.say(f"Up to entry {report.anchored - 1} it matches a time stamp or a line you gave.")
        else:
            output.say("Internally consistent. Only a root kept outside this computer proves more.")
    for fault in report.faults:
        output.say(f"Entry {fault.seq}: {fault.what}")
    return 0 if report.ok else 1


def _report(report: RespondReport, plan: ActionPlan | None, output: Output) -> int:
    states = {state.value: 0 for state in ItemState}
    for item in report.batch.items:
        states[item.state.value] += 1
    shown = {name: count for name, count in states.items() if count}
    error = report.stopped_by.code if report.stopped_by else None
    extra = _plan_json(plan) if plan else {}
    output.data({"batch": report.batch.id, "states": shown, "error": error, **extra})
    output.say(f"Batch {report.batch.id}: " + ", ".join(f"{count} {name}" for name, count in shown.items()))
    if report.stopped_by is not None:
        output.say(explain(report.stopped_by))
    bad = states["failed"] + states["unknown"] + states["planned"]
    return 1 if bad or report.stopped_by else 0


def _say_plan(plan: ActionPlan, output: Output) -> None:
    output.say(f"{plan.kind.value}: {len(plan.targets)} senders")
    for target in plan.targets:
        output.say(f"  @{target.handle}")
    for skipped in plan.skipped:
        output.say(f"  left out: @{skipped.handle} ({skipped.why})")
    if plan.public:
        output.say("  Anyone can see this on the platform.")


def _plan_json(plan: ActionPlan) -> dict[str, Json]:
    return {
        "kind": plan.kind.value,
        "public": plan.public,
        "targets": [
            {"sender": one.sender_id, "handle": one.handle, "mention": one.mention_id} for one in plan.targets
        ],
        "skipped": [{"sender": one.sender_id, "handle": one.handle, "why": one.why} for one in plan.skipped],
    }


def _say_import(report: ImportReport, output: Output) -> None:
    output.say(
        f"{report.file}: {report.new} new, {report.duplicates} already here, "
        f"{report.rejected} could not be read."
    )
    for problem in report.problems:
        where = f"line {problem.line}" if problem.line is not None else "one row"
        output.say(f"  {where}: {problem.reason}")


def _import_json(report: ImportReport) -> Json:
    return {
        "file": report.file,
        "new": report.new,
        "duplicates": report.duplicates,
        "rejected": report.rejected,
        "problems": [{"line": one.line, "reason": one.reason} for one in report.problems],
    }


def _account_json(one: Account) -> dict[str, Json]:
    return {
        "id": AccountId(one.id),
        "platform": one.platform,
        "handle": one.handle,
        "service": one.service_url,
        "state": one.state.value,
    }


def _row_json(row: InboxRow) -> Json:
    return {
        "id": row.mention_id,
        "sender": row.sender_id,
        "handle": row.handle,
        "platform": row.platform,
        "post_id": row.remote_id,
        "created_at": row.created_at.isoformat() if row.created_at else None,
        "text": row.text,
        "hidden": row.hidden,
        "abusive": row.abusive,
        "in_scope": row.in_scope,
        "language": row.language,
        "categories": [one.value for one in row.categories],
        "group": row.group_key,
        "entry": row.entry_seq,
    }
