"""Finds the command, opens what it needs, and turns failures into words and an exit code."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import Output, explain, standard_output
from app.cli.parser import build_parser
from core.errors import AppError, BadInput, Cancelled
from core.system.paths import DataFolder, default_data_folder

if TYPE_CHECKING:
    from app.services.bundle import Services

Command = Callable[[argparse.Namespace, Output], int]
DataCommand = Callable[[argparse.Namespace, "Services", Output], int]

PASSPHRASE_FILE = "BREAKWATER_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable, not a secret


def run(untrusted_arguments: Sequence[str]) -> int:
    """Run one command. 0 did it, 1 could not, 2 wrong usage (argparse exits with it)."""
    arguments = build_parser().parse_args(untrusted_arguments)
    output = standard_output(as_json=arguments.json)
    try:
        return _dispatch(arguments, output)
    except AppError as failure:
        output.data({"error": failure.code, "params": dict(failure.params)})
        output.say(explain(failure))
        return 1
    except (Cancelled, KeyboardInterrupt):
        output.say("Stopped. What was done so far is kept.")
        return 1
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to tell, and nobody to tell it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1


def _dispatch(arguments: argparse.Namespace, output: Output) -> int:
    command = arguments.command
    if command is None:
        from app.cli.window import start

        return start(folder_of(arguments), output)
    if command in ("classify", "group", "verify"):
        from app.cli import files

        by_name: dict[str, Command] = {
            "classify": files.classify,
            "group": files.group,
            "verify": files.verify,
        }
        return by_name[command](arguments, output)
    if command == "exchange":
        from app.cli.exchange import exchange

        return exchange(arguments, output)
    if command == "tour":
        from app.cli.tour import tour

        return tour(arguments.folder, output)
    if command == "doctor":
        from app.cli.doctor import doctor

        return doctor(folder_of(arguments), output)
    return _with_data(arguments, output)


def _with_data(arguments: argparse.Namespace, output: Output) -> int:
    from app.bootstrap import open_unattended
    from app.cli import captures, data, judging, packets
    from app.cli.anchor import anchor
    from app.cli.groups import groups

    commands: dict[str, DataCommand] = {
        "accounts": data.accounts,
        "sync": data.sync,
        "import": data.import_files,
        "inbox": data.inbox,
        "act": data.act,
        "undo": data.undo,
        "model": judging.model,
        "words": judging.words,
        "level": judging.level,
        "log": data.log,
        "anchor": anchor,
        "groups": groups,
        "export": packets.export,
        "recheck": captures.recheck,
        "takedowns": captures.takedowns,
    }
    with open_unattended(folder_of(arguments), passphrase_from_file()) as services:
        return commands[arguments.command](arguments, services, output)


def folder_of(arguments: argparse.Namespace) -> DataFolder:
    """The data folder the command works on."""
    return DataFolder(arguments.data_dir.resolve()) if arguments.data_dir else default_data_folder()


def passphrase_from_file() -> str | None:
    """The passphrase in the file that BREAKWATER_PASSPHRASE_FILE names; None when it is not set."""
    name = os.environ.get(PASSPHRASE_FILE)
    if not name:
        return None
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(what="passphrase-file", why="cannot be read") from error
