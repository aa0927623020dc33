"""The arguments every command takes. Stable: scripts depend on them."""

import argparse
from pathlib import Path

from app.cli.packet_arguments import add_arguments
from core.domain.classification import Category
from core.domain.response import ActionKind
from core.system.settings import Device, ModelChoice, Strictness


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="breakwater",
        description="A calm inbox, sealed evidence and reversible defence against online harassment. "
        "Without a command it opens the window.",
    )
    common = _common()
    _add_common(parser, defaults=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _accounts(commands, common)
    _intake(commands, common)
    _captures(commands, common)
    _files(commands, common)
    _act(commands, common)
    _groups(commands, common)
    _judging(commands, common)
    _packets(commands, common)
    _anchor(commands, common)
    commands.add_parser("doctor", parents=[common], help="check this installation and the data folder")
    tour = commands.add_parser("tour", parents=[common], help="do the whole job on the fictional sample data")
    tour.add_argument("folder", nargs="?", type=Path, default=Path("run-output"), help="where to write")
    return parser


def _add_common(parser: argparse.ArgumentParser, *, defaults: bool) -> None:
    """The options may stand before or after the command; the later one wins."""
    absent = argparse.SUPPRESS
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        default=None if defaults else absent,
        help="use this data folder",
    )
    for flag, words in (("--json", "print the result as JSON on stdout"), ("--yes", "do not ask")):
        parser.add_argument(flag, action="store_true", default=False if defaults else absent, help=words)


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    _add_common(parser, defaults=False)
    return parser


_Commands = argparse._SubParsersAction


def _accounts(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    accounts = commands.add_parser("accounts", parents=[common], help="connect, list and forget accounts")
    verbs = accounts.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser(
        "add", parents=[common], help="connect an account; the secret comes from a prompt or stdin"
    )
    add.add_argument("platform", metavar="PLATFORM")
    add.add_argument("--handle", required=True, metavar="H")
    add.add_argument("--service", metavar="URL", help="the server, when it is not the platform's usual one")
    verbs.add_parser("list", parents=[common], help="show connected accounts")
    remove = verbs.add_parser("remove", parents=[common], help="forget an account; what it received stays")
    remove.add_argument("account", metavar="ACCOUNT", help="its number or handle from `accounts list`")


def _intake(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    commands.add_parser("sync", parents=[common], help="pull new mentions, classify and group them")
    imports = commands.add_parser("import", parents=[common], help="take in JSONL, CSV or Parquet files")
    imports.add_argument("files", nargs="+", type=Path, metavar="FILE")
    imports.add_argument("--platform", default="import", help="the platform the mentions came from")
    inbox = commands.add_parser("inbox", parents=[common], help="show what came in, most urgent first")
    inbox.add_argument(
        "--category", choices=[one.value for one in Category], metavar="C", help=_names(Category)
    )
    inbox.add_argument("--limit", type=_positive, default=50, metavar="N")


def _captures(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    recheck = commands.add_parser(
        "recheck", parents=[common], help="look whether posts are still there; senders do not learn of it"
    )
    which = recheck.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="every post, not only those whose time has come")
    which.add_argument("--mention", type=int, action="append", default=[], metavar="ID")
    recheck.add_argument(
        "--limit", type=_positive, default=500, metavar="N", help="posts that are due at most"
    )
    takedowns = commands.add_parser(
        "takedowns", parents=[common], help="how many posts are gone, per platform and group"
    )
    takedowns.add_argument("--csv", type=Path, metavar="FILE", help="also write it as a table")


def _files(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    classify = commands.add_parser(
        "classify", parents=[common], help="score JSONL lines {id, text}; needs no data folder"
    )
    classify.add_argument("file", metavar="FILE", help="a file, or - for stdin")
    group = commands.add_parser(
        "group", parents=[common], help="find senders who act in step in a file; needs no data folder"
    )
    group.add_argument("file", type=Path, metavar="FILE", help="JSONL, CSV or Parquet in the import columns")
    exchange = commands.add_parser(
        "exchange", parents=[common], help="compare what several people received, without their messages"
    )
    verbs = exchange.add_subparsers(dest="verb", metavar="VERB", required=True)
    make = verbs.add_parser("make", parents=[common], help="one person's table of keyed hashes and counts")
    make.add_argument("file", type=Path, metavar="FILE", help="JSONL, CSV or Parquet in the import columns")
    make.add_argument("out", type=Path, metavar="TABLE")
    make.add_argument(
        "--client", required=True, metavar="NAME", help="what the organisation calls the person"
    )
    make.add_argument("--key-file", required=True, type=Path, metavar="K", help="the organisation's 32 bytes")
    join = verbs.add_parser("join", parents=[common], help="what several people received")
    join.add_argument("tables", nargs="+", type=Path, metavar="TABLE")
    join.add_argument("--least", type=_positive, default=2, metavar="N", help="people who must have it")
    join.add_argument("--out", type=Path, metavar="FILE", help="also write the result as Parquet")


def _act(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    act = commands.add_parser("act", parents=[common], help="mute, block or report senders")
    act.add_argument("kind", choices=[one.value for one in ActionKind], metavar="mute|block|report")
    act.add_argument("--sender", type=int, action="append", default=[], metavar="ID")
    act.add_argument("--mention", type=int, action="append", default=[], metavar="ID")
    act.add_argument("--group", action="append", default=[], metavar="KEY", help="everyone in a group")
    act.add_argument("--reason", default="", help="kept locally; sent along with a report")
    act.add_argument("--dry-run", action="store_true", help="show who would be hit, and send nothing")
    undo = commands.add_parser("undo", parents=[common], help="take back a batch of mutes or blocks")
    undo.add_argument("batch", type=int, metavar="BATCH")


def _judging(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    model = commands.add_parser("model", parents=[common], help="which model judges")
    verbs = model.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", parents=[common], help="the models there are, and what they cannot do")
    verbs.add_parser("status", parents=[common], help="what judges now, and why not what was chosen")
    official = [one.value for one in ModelChoice if one is not ModelChoice.EMBEDDED]
    get = verbs.add_parser("get", parents=[common], help="fetch an official model; asks first")
    get.add_argument("name", choices=official)
    get.add_argument("--from", dest="source", type=Path, metavar="DIR", help="take the files from a folder")
    use = verbs.add_parser("use", parents=[common], help="judge with this model from now on")
    use.add_argument("name", choices=[one.value for one in ModelChoice])
    use.add_argument("--device", choices=[one.value for one in Device])
    verbs.add_parser("remove", parents=[common], help="delete a model's files").add_argument(
        "name", choices=official
    )
    _words(commands, common)
    level = commands.add_parser("level", parents=[common], help="how readily messages are hidden")
    level.add_argument("level", nargs="?", choices=[one.value for one in Strictness])
    level.add_argument("--preview", action="store_true", help="say what it would do, and leave it")


def _words(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    words = commands.add_parser("words", parents=[common], help="your own words to look for")
    verbs = words.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", parents=[common], help="show them")
    add = verbs.add_parser("add", parents=[common], help="look for a word, name or phrase")
    add.add_argument("word")
    kinds = [one.value for one in Category]
    add.add_argument("--category", choices=kinds, default="insult", metavar="C", help=_names(Category))
    add.add_argument("--severity", choices=["severe", "strong", "mild"], default="severe")
    add.add_argument("--note", default="", help="why; only for you")
    add.add_argument("--dry-run", action="store_true", help="say where it counts, and store nothing")
    verbs.add_parser("remove", parents=[common], help="look for it no longer").add_argument("word")
    export = verbs.add_parser("export", parents=[common], help="write the list with your reasons to a file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--author", default="somebody who uses Breakwater")
    export.add_argument("--sign", action="store_true", help="sign with the key of your evidence log")
    imports = verbs.add_parser("import", parents=[common], help="take in a list; says what it would do first")
    imports.add_argument("file", type=Path, metavar="FILE")
    imports.add_argument("--dry-run", action="store_true", help="say what it would do, and store nothing")


def _groups(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    groups = commands.add_parser("groups", parents=[common], help="groups over time, and deciding about them")
    verbs = groups.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", parents=[common], help="every group, also dismissed ones")
    for verb, words in (
        ("show", "figures, senders and decisions of one group; no texts"),
        ("dismiss", "never show it again, however it grows"),
        ("take-out", "take senders out for good"),
        ("split", "in two, by what was sent"),
        ("rename", "give it a name; an empty one goes back to its number"),
    ):
        verb_parser = verbs.add_parser(verb, parents=[common], help=words)
        verb_parser.add_argument("key", metavar="KEY", help="from `groups list`")
        if verb == "take-out":
            verb_parser.add_argument("--sender", type=int, action="append", required=True, metavar="ID")
        elif verb == "split":
            verb_parser.add_argument("--dry-run", action="store_true", help="show how many go where")
        elif verb == "rename":
            verb_parser.add_argument("title", metavar="TITLE")
    verbs.add_parser("decisions", parents=[common], help="what was decided, newest first")
    undo = verbs.add_parser("undo", parents=[common], help="take a decision back")
    undo.add_argument("decision", type=int, metavar="DECISION", help="from `groups decisions`")
    export = verbs.add_parser("export", parents=[common], help="pictures as PNG, SVG, CSV and GraphML")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--key", metavar="KEY", help="one group; without it all together")
    export.add_argument("--handles", action="store_true", help="name senders instead of numbering them")
    export.add_argument("--words", action="store_true", help="with the words of their messages")


def _packets(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    export = commands.add_parser("export", parents=[common], help="write an evidence packet")
    export.add_argument("folder", type=Path, metavar="DIR")
    add_arguments(export)
    verify = commands.add_parser("verify", parents=[common], help="check a packet; needs no data folder")
    verify.add_argument("packet", type=Path, metavar="PACKET")
    verify.add_argument("--key", metavar="HEX", help="the public key, from outside the packet")
    verify.add_argument("--root", metavar="SIZE:HASH", action="append", default=[], help="an anchored root")
    verify.add_argument("--original", type=Path, metavar="PACKET", help="what a redacted copy was made from")
    verify.add_argument("--authority", type=Path, metavar="FILE", help="a time-stamp authority's certificate")
    log = commands.add_parser("log", parents=[common], help="the evidence log")
    check = log.add_subparsers(dest="verb", metavar="VERB", required=True).add_parser(
        "verify", parents=[common], help="check every entry, link, checkpoint and anchor"
    )
    check.add_argument("--root", metavar="SIZE:HASH", action="append", default=[], help="a line kept outside")


def _anchor(commands: "_Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    anchor = commands.add_parser("anchor", parents=[common], help="let a fingerprint of the log leave here")
    verbs = anchor.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("stamp", parents=[common], help="ask an authority for a time stamp")
    verbs.add_parser("list", parents=[common], help="how far the log is protected, and by what")
    give = verbs.add_parser("hand-over", parents=[common], help="the line for a lawyer or friend")
    give.add_argument("--to", metavar="WORDS", help="note who holds it now; stays in the log")
    give.add_argument("--page", type=Path, metavar="FILE", help="also write a page of text to print")
    add = verbs.add_parser("add-authority", parents=[common], help="an authority of your own, asked first")
    add.add_argument("name", metavar="NAME")
    add.add_argument("url", metavar="URL")
    add.add_argument("root", type=Path, metavar="ROOT", help="its root certificate, PEM or DER")
    when = verbs.add_parser("when", parents=[common], help="stamp by itself after a sync, or not")
    when.add_argument("when", choices=["off", "daily", "weekly"], metavar="off|daily|weekly")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _names(kinds: type[Category]) -> str:
    return ", ".join(one.value for one in kinds)
