"""`breakwater` without a command: the window, or the tour where there is no display."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import Output
from app.entrance import occupied, unlock_service
from app.services.unlock import Opened
from core.errors import AppError
from core.system.paths import DataFolder
from core.system.settings import load_settings
from ui.display import has_display
from ui.shell.refusal import refusal_box
from ui.shell.start import Doors, run_app

if TYPE_CHECKING:
    from app.services.bundle import Services


def start(folder: DataFolder, output: Output) -> int:
    """Open the window on the person's data."""
    if not has_display():
        from app.cli.tour import tour

        output.say("No display here: showing the whole job on made-up sample data instead.")
        return tour(Path("run-output"), output)
    try:
        with occupied(folder):
            return run_app(Doors(unlock_service(folder), _open, _open_sample))
    except AppError as failure:
        # Whoever clicked an icon sees no terminal.
        refusal_box(failure, load_settings(folder.settings)[0]).exec()
        raise


# The database and the rest load in a worker, after the first frame has been painted.


@contextmanager
def _open(opened: Opened) -> Iterator["Services"]:
    from app.bootstrap import open_services

    with open_services(opened) as services:
        yield services


@contextmanager
def _open_sample() -> Iterator["Services"]:
    from app.bootstrap import open_sample

    with open_sample() as services:
        yield services
