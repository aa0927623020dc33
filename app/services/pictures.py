"""What pictures of campaigns are drawn from."""

from typing import TYPE_CHECKING

from core.storage import Store

if TYPE_CHECKING:
    from app.services.campaign_pictures import PictureFigures, SharedGraph


class PictureService:
    """Reads what pictures are drawn from. Everything here belongs into a job.

    numpy loads with the first picture, not when the data open.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def figures(self) -> "PictureFigures":
        """Times and births of all campaigns shown, and of everybody else."""
        from app.services.campaign_pictures import figures

        return figures(self._store)

    def graph(self, key: str | None = None) -> "SharedGraph":
        """Who shares what, in one campaign or all shown. Raises `NotFound`."""
        from app.services.campaign_pictures import graph

        return graph(self._store, key)
