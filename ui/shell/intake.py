"""What follows when messages come in: fetched or read from a file, then judged, then grouped."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from core.domain.ids import PlatformName
from ui.background import Background
from ui.messages import Words, words_for
from ui.notices import Notice
from ui.widgets.untrusted_text import one_line
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from app.jobs.context import JobContext
    from app.services.bundle import Services
    from app.services.ingest import ImportReport
    from app.services.sync import SyncReport

_CONTEXT = "Intake"
_ARRIVED: Final = (ChangeKind.MENTIONS, ChangeKind.EVIDENCE, ChangeKind.ACCOUNTS)
_PROBLEMS_NAMED: Final = 3
_IMPORTED: Final = PlatformName("import")
_SAMPLE: Final = PlatformName("sample")


class Intake:
    """Sync, import and sample, each followed by judging and grouping."""

    def __init__(
        self,
        services: "Services",
        background: Background,
        post: Callable[[Notice], None],
        show_accounts: Callable[[], None],
    ) -> None:
        self._services = services
        self._background = background
        self._post = post
        self._show_accounts = show_accounts
        # Keys are logged, so they number files instead of naming them.
        self._files = count(1)

    def sync(self, *, asked: bool = True) -> bool:
        """Ask every connected account for what is new. False when it is being done already.

        With `asked` False it is the timer that asks: no word about having no account.
        """
        return self._background.start(
            "sync",
            translate(_CONTEXT, "Checking for new messages"),
            self._services.sync.sync_all,
            partial(self._synced, asked),
            lane=Lane.NETWORK,
            changes=_ARRIVED,
        )

    def import_files(self, paths: Sequence[Path]) -> None:
        """Read files one after the other."""
        for path in paths:
            self._background.start(
                f"import-{next(self._files)}",
                translate(_CONTEXT, "Importing"),
                partial(self._services.ingest.import_file, path, _IMPORTED),
                self._imported,
                changes=_ARRIVED,
            )

    def import_sample(self) -> None:
        """The made-up messages that come with the program."""

        def work(context: "JobContext") -> "ImportReport":
            with as_file(files("resources") / "sample" / "mentions.jsonl") as path:
                return self._services.ingest.import_file(path, _SAMPLE, context)

        self._background.start(
            "import-sample",
            translate(_CONTEXT, "Reading the sample data"),
            work,
            lambda _: self.judge(),
            changes=_ARRIVED,
        )

    def surround(self) -> None:
        """After a sync: what new messages answer, and whether older ones are still there. Out of sight."""
        self._background.start(
            "follow-up",
            "",
            self._services.captures.follow_up,
            lane=Lane.NETWORK,
            changes=(ChangeKind.MENTIONS, ChangeKind.EVIDENCE),
        )

    def judge(self) -> None:
        """Score what is new, then look for groups. Quiet when there is nothing to do."""
        self._background.start(
            "classify",
            translate(_CONTEXT, "Sorting messages"),
            self._services.classify.run,
            lambda _: self._group(),
            lane=Lane.MODEL,
            changes=(ChangeKind.SCORES, ChangeKind.MENTIONS),
            again=True,
        )

    def _group(self) -> None:
        self._background.start(
            "group",
            translate(_CONTEXT, "Looking for senders who act in step"),
            self._services.group.keep_up,
            changes=(ChangeKind.GROUPS, ChangeKind.MENTIONS),
            again=True,
        )

    def _follow(self) -> None:
        """At once, before anything is judged: do the new posts go on with a campaign we know?"""
        follow = self._services.group.follow
        self._background.start(
            "follow", "", follow, changes=(ChangeKind.GROUPS, ChangeKind.MENTIONS), again=True
        )

    def _synced(self, asked: bool, reports: "tuple[SyncReport, ...]") -> None:
        if any(report.new or report.edited for report in reports):
            self._follow()
            self.judge()
        if reports:
            self.surround()
        for report in reports:
            if report.stopped_by is not None:
                words = words_for(report.stopped_by)
                self._post(Notice(words, act=self._show_accounts if words.action else None))
        if asked and not reports:
            self._post(
                Notice(
                    Words(
                        translate(_CONTEXT, "No account is connected"),
                        translate(_CONTEXT, "Connect one to fetch what people send you."),
                        translate(_CONTEXT, "Accounts"),
                    ),
                    act=self._show_accounts,
                )
            )

    def _imported(self, report: "ImportReport") -> None:
        title = counted(
            report.new,
            translate(_CONTEXT, "{file}: one new message"),
            translate(_CONTEXT, "{file}: {n} new messages"),
        ).replace("{file}", one_line(report.file, 80))
        self._post(Notice(Words(title, _import_note(report), ""), good=not report.rejected))
        if report.new:
            self.judge()


def _import_note(report: "ImportReport") -> str:
    parts = []
    if report.duplicates:
        parts.append(translate(_CONTEXT, "{n} were here already.").replace("{n}", number(report.duplicates)))
    if report.rejected:
        parts.append(
            counted(
                report.rejected,
                translate(_CONTEXT, "One row could not be read; it is kept in the evidence log."),
                translate(_CONTEXT, "{n} rows could not be read; they are kept in the evidence log."),
            )
        )
    for problem in report.problems[:_PROBLEMS_NAMED]:
        where = translate(_CONTEXT, "Line {n}: {why}.")
        parts.append(
            where.format(
                n=problem.line if problem.line is not None else "?", why=one_line(problem.reason, 200)
            )
        )
    return " ".join(parts)
