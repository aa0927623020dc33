"""`breakwater export`."""

import argparse

from app.cli.output import Output
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.export import ExportRequest
from core.domain.classification import Category
from core.domain.inbox import InboxFilter, Order, Queue


def export(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """Write one packet below the folder and say what it reveals and what is still missing."""
    chosen = InboxFilter(
        queue=Queue.ALL if arguments.group or arguments.category else Queue.ABUSE,
        category=Category(arguments.category) if arguments.category else None,
        group_key=arguments.group,
        order=Order.OLDEST,
    )
    request = ExportRequest(chosen, template=arguments.template, as_zip=arguments.zip)
    made = services.export.write(arguments.folder, request, terminal_context(output))
    missing = [str(one) for one in made.missing]
    output.data(
        {"packet": str(made.packet), "template": arguments.template, "items": made.items, "missing": missing}
    )
    output.say(f"Wrote {made.items} items to {made.packet}")
    if missing:
        output.say("Not complete yet. Still missing: " + ", ".join(missing))
    return 0
