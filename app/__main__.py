"""Arguments in, exit code out."""

import sys
from collections.abc import Sequence

from app.cli.main import run
from core.imports.parquet_rows import CHILD_FLAG
from core.media.picture import CHILD_FLAG as PICTURE_FLAG
from core.system.logs import tell_faults_safely


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the `breakwater` command."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [CHILD_FLAG]:
        # This very program started itself: decoding runs apart, see core.imports.parquet_child.
        from core.imports.parquet_child import main as decode

        return decode(*given[1:3])
    if given[:1] == [PICTURE_FLAG]:
        from core.media.picture_child import main as look

        return look()
    tell_faults_safely()
    return run(given)


if __name__ == "__main__":
    sys.exit(main())
