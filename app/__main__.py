"""Arguments in, exit code out."""

import sys
from collections.abc import Sequence

from app.cli.main import run


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the `breakwater` command."""
    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
