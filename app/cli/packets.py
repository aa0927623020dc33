"""`breakwater export`."""

import argparse

from app.cli.output import Output
from app.cli.progress import terminal_context
from app.services.bundle import Services
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
    packet = services.export.write(
        arguments.folder,
        chosen=chosen,
        template=arguments.template,
        as_zip=arguments.zip,
        context=terminal_context(output),
    )
    missing = services.export.missing(arguments.template)
    output.data({"packet": str(packet), "template": arguments.template, "missing": list(missing)})
    output.say(f"Wrote {packet}")
    if missing:
        output.say("Not complete: still missing " + ", ".join(missing))
    return 0
