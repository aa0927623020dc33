"""`breakwater export`."""

import argparse

from app.cli.asking import confirmed
from app.cli.output import Output
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.export import ExportRequest, Selection
from core.domain.classification import Category
from core.domain.inbox import InboxFilter, Order, Queue
from core.export.redact import Blanked, Redaction
from core.export.reveals import reveals_lines


def export(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """Say what a packet reveals and what is still missing; then write it below the folder."""
    if arguments.figures:
        return _figures(arguments, services, output)
    request = _request(arguments)
    found = services.export.preview(request)
    missing = [str(one) for one in found.missing]
    output.say("This packet reveals:")
    for line in reveals_lines(found.reveals):
        output.say(f"  {line}")
    if missing:
        output.say("Not complete yet. Still missing: " + ", ".join(missing))
    told = {"template": arguments.template, "items": found.items, "missing": missing}
    if arguments.dry_run:
        output.data({"packet": None, **told})
        return 0
    made = services.export.write(arguments.folder, request, terminal_context(output))
    output.data({"packet": str(made.packet), **told})
    output.say(f"Wrote {made.items} items to {made.packet}")
    return 0


def _figures(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """Show the very text, ask, then write it."""
    figures = services.figures.offer(arguments.figures)
    output.say(figures.text)
    if arguments.dry_run:
        return 0
    if not confirmed("Write these figures to a file, to be passed on by you?", arguments, output):
        return 1
    path = services.figures.write(arguments.folder, figures)
    output.data({"figures": str(path)})
    output.say(f"Wrote {path}")
    return 0


def _request(arguments: argparse.Namespace) -> ExportRequest:
    chosen = InboxFilter(
        queue=Queue.ALL if arguments.group or arguments.category else Queue.ABUSE,
        category=Category(arguments.category) if arguments.category else None,
        group_key=arguments.group,
        order=Order.OLDEST,
    )
    kinds = frozenset(Blanked(one) for one in arguments.blank_kind)
    return ExportRequest(
        chosen,
        template=arguments.template,
        as_zip=arguments.zip,
        selection=Selection.SHORT if arguments.short else Selection.EVERYTHING,
        with_context=not arguments.no_context,
        with_media=arguments.pictures,
        with_coordination=not arguments.no_groups,
        recipients=tuple(arguments.to),
        redaction=Redaction(words=tuple(arguments.blank), kinds=kinds),
    )
