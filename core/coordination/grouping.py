"""Group the senders of a set of posts who acted in step, and say why."""

import hashlib
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from core.coordination import candidates, explain, families, lookups, partners, pools
from core.coordination.artifacts import KINDS, MIN_ACCOUNTS, Material, prepare
from core.coordination.candidates import Examiner, Verdict
from core.coordination.columns import normalise
from core.domain.coordination import Family, Grouping, SenderGroup, ThingKind

REPOST = KINDS.index(ThingKind.REPOST)
TAGS = KINDS.index(ThingKind.TAGS)


def group_posts(posts: pl.DataFrame, *, checkpoint: Callable[[], None] | None = None) -> Grouping:
    """Groups among the senders of `posts`, strongest and largest first.

    Columns: see `core.coordination.columns.SCHEMA`; only post_id, author_id and text are needed. The
    result does not depend on the order of the rows. `checkpoint` is called between stages and may
    raise to cancel. Raises `BadInput` when a column is missing or cannot be read.
    """
    started = time.perf_counter()
    pause = checkpoint or _never
    frame = normalise(posts)
    pause()
    material = prepare(frame)
    pause()
    groups = tuple(_describe(material, verdict) for verdict in examine(material, pause))
    authors = len(material.accounts.ids)
    return Grouping(_ordered(groups), frame.height, authors, round(time.perf_counter() - started, 3))


def _never() -> None:
    """No cancelling."""


def examine(material: Material, pause: Callable[[], None]) -> list[Verdict]:
    """The verdicts that stand, each sender in one of them."""
    events = material.events
    if len(events.account) < MIN_ACCOUNTS:
        return []
    null = pools.fit_null(material.accounts.posts)
    found = pools.find_pools(material, null) + partners.find_partners(material, null)
    pause()
    pooled = np.concatenate([pool.artifacts for pool in found]) if found else np.zeros(0, np.int64)
    lone = np.setdiff1d(_made_together(material), pooled)
    own = material.kind[events.artifact] != TAGS
    pairs, again = lookups.repeated(
        events.account[own], events.artifact[own], events.time[own], events.post[own]
    )
    rows = lookups.ByArtifact.over(events.artifact, len(material.spread))
    born = material.accounts.created
    examiner = Examiner(
        material,
        null,
        len(found) + len(lone),
        (int(again.sum()), len(pairs)),
        rows,
        lookups.Answers.of(material),
        lookups.lasted(material),
        np.sort(born[np.isfinite(born)]),
        lookups.stock(material),
    )
    verdicts = [examiner.pool(pool) for pool in found]
    pause()
    verdicts += [examiner.single(artifact) for artifact in lone.tolist()]
    return _merged([verdict for verdict in verdicts if verdict is not None])


def _made_together(material: Material) -> npt.NDArray[np.int64]:
    """Artifacts, other than reposts, worth a look alone: three of their senders were made near each other."""
    events = material.events
    usable = (material.weight >= candidates.WORDY) & (material.kind != REPOST)
    born = material.accounts.created[events.account]
    keep = usable[events.artifact] & np.isfinite(born)
    artifact, account, born = events.artifact[keep], events.account[keep], born[keep]
    if not len(artifact):
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort((account, born, artifact))
    artifact, account, born = artifact[order], account[order], born[order]
    other = (artifact[1:] == artifact[:-1]) & (account[1:] != account[:-1])
    close = other & (np.diff(born) <= 3600.0 * max(families.BATCH_HOURS))
    member = np.concatenate((close, [False])) | np.concatenate(([False], close))
    near = np.bincount(artifact[member], minlength=len(material.spread))
    wanted: npt.NDArray[np.int64] = np.flatnonzero(near >= MIN_ACCOUNTS)
    return wanted


def _merged(verdicts: list[Verdict]) -> list[Verdict]:
    """Join a verdict to an earlier one that holds half of its members; leave no sender in two groups."""
    kept: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: (-len(v.members), int(v.artifacts[0]))):
        home = next(
            (
                i
                for i, k in enumerate(kept)
                if 2 * np.isin(verdict.members, k.members).sum() >= len(verdict.members)
            ),
            None,
        )
        if home is None:
            kept.append(verdict)
        else:
            kept[home] = _joined(kept[home], verdict)
    return kept


def _joined(large: Verdict, small: Verdict) -> Verdict:
    held = {finding.family: finding for finding in small.findings} | {f.family: f for f in large.findings}
    return Verdict(
        np.union1d(large.artifacts, small.artifacts),
        np.union1d(large.members, small.members),
        np.union1d(large.rows, small.rows),
        tuple(held[family] for family in Family if family in held),
        large.bystanders,
    )


def _describe(material: Material, verdict: Verdict) -> SenderGroup:
    posts = np.unique(material.events.post[verdict.rows])
    return SenderGroup(
        key=_key(material, verdict),
        members=tuple(material.accounts.ids.gather(verdict.members).to_list()),
        posts=tuple(material.post_ids.gather(posts).to_list()),
        strength=explain.strength(
            verdict.findings,
            len(verdict.members),
            len(material.accounts.ids) - len(verdict.members),
            timed=material.timed(posts),
        ),
        reasons=tuple(explain.reason(finding) for finding in verdict.findings),
        caveats=explain.caveats(material, verdict),
    )


def _key(material: Material, verdict: Verdict) -> str:
    """Of the group's first artifact in time: later posts leave it unchanged."""
    events, rows = material.events, verdict.rows
    when = np.where(np.isfinite(events.time[rows]), events.time[rows], np.inf)
    earliest = events.artifact[rows[when == when.min()]]
    first = min(f"{material.kind[a]}:{material.keys[int(a)]}" for a in np.unique(earliest).tolist())
    return hashlib.sha256(first.encode()).hexdigest()[:16]


def _ordered(groups: tuple[SenderGroup, ...]) -> tuple[SenderGroup, ...]:
    return tuple(sorted(groups, key=lambda g: (g.strength.value != "strong", -len(g.members), g.key)))
