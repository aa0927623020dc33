"""Draws docs/screenshots from the sample data: `make screenshots`."""

import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Open the sample data through the real bootstrap and draw every window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from importlib.resources import as_file, files

    from app.bootstrap import open_sample
    from app.jobs.context import JobContext
    from core.domain.ids import PlatformName
    from ui.shell.capture import capture_screens

    folder = Path(arguments[0] if arguments else "docs/screenshots")
    context = JobContext()
    with open_sample() as services:
        with as_file(files("resources") / "sample" / "mentions.jsonl") as sample:
            services.ingest.import_file(sample, PlatformName("sample"), context)
        services.classify.run(context)
        services.group.run(context)
        services.anchor.record_hand_over(services.anchor.offer(), "my lawyer")
        for path in capture_screens(services, folder):
            print(path)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(main(sys.argv[1:]))
