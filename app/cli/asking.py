"""Asking before anything irreversible or public."""

import argparse
import sys

from app.cli.output import Output


def confirmed(question: str, arguments: argparse.Namespace, output: Output) -> bool:
    """Yes by --yes or by a person at a terminal; a script without --yes is told so and refused."""
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        output.say(f"{question} Say --yes to go ahead without a question.")
        return False
    output.say(f"{question} [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
