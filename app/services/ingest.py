"""Taking in what was received: sealed and stored in one transaction, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from app.jobs.context import JobContext
from core.domain.capture import MentionVersion
from core.domain.evidence import EntryKind
from core.domain.ids import AccountId, EntrySeq, MentionId, PlatformName, RemoteId
from core.domain.mention import Author, Mention, Received
from core.evidence.clocks import server_skew_s
from core.imports.counting import count_rows
from core.imports.reader import read_mentions
from core.ports import Clock
from core.storage import Store, WriteUnit
from core.storage.log import content_hash
from core.storage.mentions import NewMention, PostKey
from core.storage.versions import KnownPost

# Rows of a file per transaction: large enough that fsync does not dominate, small enough to cancel.
_BATCH = 500
_PROBLEMS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page or batch brought. `edited` are known mentions that came with a text not seen before."""

    new: tuple[MentionId, ...]
    duplicates: int
    rejected: int
    edited: tuple[MentionId, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A row that could not be read: where and why."""

    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one file brought. `problems` lists at most the first 200; `rejected` counts all."""

    file: str
    new: int
    duplicates: int
    rejected: int
    problems: tuple[ImportProblem, ...]


class IngestService:
    """The one door through which mentions enter, whatever the route."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take(self, items: Sequence[Received], account_id: AccountId | None) -> Taken:
        """Seal and store one page in one transaction; what is here already changes nothing."""
        with self._store.write() as unit:
            return self.take_in(unit, items, account_id)

    def take_in(self, unit: WriteUnit, items: Sequence[Received], account_id: AccountId | None) -> Taken:
        """The same inside a transaction of the caller, who may add to it."""
        now = self._clock.now()
        good, bad = _split(items)
        known = unit.versions.known_posts([key for key, _, _ in good])
        fresh: dict[PostKey, tuple[Mention, Received]] = {}
        again: list[tuple[PostKey, Mention, Received]] = []
        for key, mention, one in good:
            if key in known or key in fresh:
                again.append((key, mention, one))
            else:
                fresh[key] = mention, one
        new = [
            NewMention(mention, _seal(unit, EntryKind.RECEIVED, one, now), now)
            for mention, one in fresh.values()
        ]
        rejected = self._reject(unit, bad, now)
        unit.log.flush()
        ids = unit.mentions.add(new, account_id)
        for one, seq in rejected:
            unit.mentions.add_problem(
                one, one.problem or "unreadable", entry_seq=seq, sha256=content_hash(one.raw), at=now
            )
        _note_surroundings(unit, ids, new, now)
        known |= {
            key: _as_known(mention_id, one) for key, mention_id, one in zip(fresh, ids, new, strict=True)
        }
        edited = _take_again(unit, again, known, account_id, now)
        return Taken(tuple(ids), duplicates=len(again) - len(edited), rejected=len(bad), edited=edited)

    def _reject(
        self, unit: WriteUnit, bad: Sequence[Received], now: datetime
    ) -> list[tuple[Received, EntrySeq]]:
        """Seal unreadable bytes not sealed before."""
        keys = [(one.source, content_hash(one.raw)) for one in bad]
        known = unit.mentions.known_problems(keys)
        fresh = {key: one for key, one in zip(keys, bad, strict=True) if key not in known}
        return [(one, _seal(unit, EntryKind.REJECTED, one, now)) for one in fresh.values()]

    def import_file(self, path: Path, platform: PlatformName, context: JobContext) -> ImportReport:
        """Take in a file of mentions. Bad rows are reported and sealed; the rest goes in.

        Raises `BadInput` or `UnusableFolder` when the file as a whole cannot be read.
        """
        total = count_rows(path) or 0
        taken: list[Taken] = []
        problems: list[ImportProblem] = []
        done = 0
        for batch in _batches(read_mentions(path, platform=platform)):
            context.checkpoint()
            taken.append(self.take(batch, None))
            room = _PROBLEMS_SHOWN - len(problems)
            found = (ImportProblem(one.line, one.problem or "unreadable") for one in batch if not one.mention)
            problems.extend(islice(found, room))
            done += len(batch)
            context.progress(done, max(total, done), path.name)
        report = ImportReport(
            file=path.name,
            new=sum(len(one.new) for one in taken),
            duplicates=sum(one.duplicates for one in taken),
            rejected=sum(one.rejected for one in taken),
            problems=tuple(problems),
        )
        self._record(report)
        return report

    def _record(self, report: ImportReport) -> None:
        facts = {"new": report.new, "duplicates": report.duplicates, "rejected": report.rejected}
        with self._store.write() as unit:
            unit.log.append(EntryKind.IMPORT, facts=facts)


def _split(
    items: Sequence[Received],
) -> tuple[list[tuple[PostKey, Mention, Received]], list[Received]]:
    good: list[tuple[PostKey, Mention, Received]] = []
    bad: list[Received] = []
    for one in items:
        if one.mention is None:
            bad.append(one)
        else:
            good.append(((one.mention.platform, one.mention.remote_id), one.mention, one))
    return good, bad


def _note_surroundings(
    unit: WriteUnit, ids: Sequence[MentionId], new: Sequence[NewMention], now: datetime
) -> None:
    """What there is to capture around new mentions; nothing is fetched here."""
    pairs = [(mention_id, one.mention) for mention_id, one in zip(ids, new, strict=True)]
    unit.contexts.want({one: post.answers for one, post in pairs if post.answers is not None}, now)
    unit.media.offer({one: post.attachments for one, post in pairs if post.attachments})


def _take_again(
    unit: WriteUnit,
    again: Sequence[tuple[PostKey, Mention, Received]],
    known: dict[PostKey, KnownPost],
    account_id: AccountId | None,
    now: datetime,
) -> tuple[MentionId, ...]:
    """Posts stored before: a text not seen yet is sealed beside the first, a new name joins the history."""
    edited: list[MentionId] = []
    renamed: dict[tuple[PlatformName, RemoteId], Author] = {}
    for key, mention, one in again:
        before = known[key]
        # A file may be older than what is stored, so only a platform's own answer says how things are now.
        if _is_edited(before, mention, live=account_id is not None):
            seq = _seal(unit, EntryKind.RECEIVED, one, now, version_of=before.entry_seq)
            unit.log.flush()
            unit.versions.add(MentionVersion(before.mention_id, mention.text, mention.version, now, seq))
            known[key] = before.plus(mention.text, mention.version)
            edited.append(before.mention_id)
        shown = (mention.author.handle, mention.author.display_name)
        if account_id is not None and shown != (before.handle, before.display_name):
            renamed[mention.platform, mention.author.remote_id] = mention.author
    for (platform, remote_id), author in renamed.items():
        unit.mentions.see_names(platform, {remote_id: author}, now)
    return tuple(dict.fromkeys(edited))


def _is_edited(before: KnownPost, mention: Mention, *, live: bool) -> bool:
    """By the platform's version mark where both have one, else by the text.

    The bytes themselves differ each time: they also say what was read and how often it was liked.
    """
    if mention.version is not None and before.versions[-1] is not None:
        return mention.version not in (before.versions[-1:] if live else before.versions)
    return mention.text not in (before.texts[-1:] if live else before.texts)


def _as_known(mention_id: MentionId, one: NewMention) -> KnownPost:
    post = one.mention
    author = post.author
    return KnownPost(
        mention_id, one.entry_seq, (post.text,), (post.version,), author.handle, author.display_name
    )


def _seal(
    unit: WriteUnit, kind: EntryKind, one: Received, now: datetime, *, version_of: EntrySeq | None = None
) -> EntrySeq:
    facts: dict[str, str | int | bool | None] = {"src": one.source, "method": one.method}
    if one.server_date is not None:
        facts["server_date"] = one.server_date
        facts["server_skew_s"] = server_skew_s(one.server_date, now)
    if one.line is not None:
        facts["line"] = one.line
    if version_of is not None:
        facts["version_of"] = version_of
    if kind is EntryKind.REJECTED:
        facts["problem"] = one.problem or "unreadable"
    return unit.log.append(kind, content=one.raw, facts=facts).seq


def _batches(items: Iterable[Received]) -> Iterator[list[Received]]:
    stream = iter(items)
    while batch := list(islice(stream, _BATCH)):
        yield batch
