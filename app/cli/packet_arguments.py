"""What `breakwater export` takes; apart, so that reading the command line loads no services."""

import argparse

from core.domain.classification import Category

_KINDS = ("others", "own-account", "notes")


def add_arguments(export: argparse.ArgumentParser) -> None:
    """What `export` takes."""
    export.add_argument("--template", default="police", metavar="T")
    export.add_argument("--category", choices=[one.value for one in Category], metavar="C")
    export.add_argument("--group", metavar="KEY", help="only one group's posts")
    export.add_argument("--zip", action="store_true", help="one file instead of a folder")
    export.add_argument("--short", action="store_true", help="only the first, three worst, three latest")
    export.add_argument("--pictures", action="store_true", help="also the pictures that were sealed")
    export.add_argument("--no-context", action="store_true", help="leave out threads and your own words")
    export.add_argument("--no-groups", action="store_true", help="leave out the analysis of groups")
    export.add_argument(
        "--to", action="append", default=[], metavar="KEY", help="encrypt to this age/SSH key"
    )
    export.add_argument("--blank", action="append", default=[], metavar="WORDS", help="make a redacted copy")
    export.add_argument("--blank-kind", action="append", default=[], choices=_KINDS, metavar="KIND")
    export.add_argument(
        "--figures", action="append", default=[], metavar="KEY", help="no packet: figures of groups as STIX"
    )
    export.add_argument("--dry-run", action="store_true", help="say what it would reveal, write nothing")
