"""Candidate groups and the verdict on each: two independent families of evidence, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.coordination import families
from core.coordination.artifacts import MIN_ACCOUNTS, Material
from core.coordination.families import Finding
from core.coordination.pools import APART, Null, Pool, own_artifacts
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ALPHA: Final = 0.02  # chance of one false finding of a family in a run; a group needs two families
SPECIFIC: Final = 36.0  # `fold.weight` from which a text is not a stock phrase
WORDY: Final = 12.0  # below this weight a text is nobody's own
OWN_SHARE: Final = 0.02  # share of the members that makes a thing the group's own
MIN_SHARE: Final = 0.3  # share of the senders that must show what the family says
_OWN: Final = (Family.CO_SHARING, Family.REPETITION, Family.SYNCHRONY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A group that stands: its artifacts, members (account codes), their posts, and the evidence."""

    artifacts: Int64
    members: Int64
    rows: Int64  # indices into Material.events
    findings: tuple[Finding, ...]
    bystanders: int  # senders who used the artifacts and are not in the group


@dataclass(frozen=True, slots=True)
class ByArtifact:
    """The events of each artifact, found without a scan."""

    order: Int64
    start: Int64

    @classmethod
    def over(cls, artifact: Int64, count: int) -> "ByArtifact":
        """`artifact` per event, `count` artifacts in all."""
        order = np.argsort(artifact, kind="stable")
        return cls(order, np.searchsorted(artifact[order], np.arange(count + 1)))

    def of(self, artifacts: Int64) -> Int64:
        """Event rows of these artifacts, ascending."""
        parts = [self.order[self.start[a] : self.start[a + 1]] for a in artifacts.tolist()]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Tests candidates of one run. `tests` is how many, for the correction."""

    material: Material
    null: Null
    tests: int
    repeats: tuple[int, int]  # (account, artifact) pairs used again on separate occasions, and all pairs
    rows: "ByArtifact"
    born: npt.NDArray[np.float64]  # known creation times of all accounts, sorted

    def pool(self, pool: Pool) -> Verdict | None:
        """A set of artifacts whose senders keep coming back."""
        material = self.material
        events = material.events
        rows = self.rows.of(pool.artifacts)
        rows = rows[np.isin(events.account[rows], pool.accounts)]
        born, batch = families.creation(*self._born(pool.accounts))
        found = [
            *self._sharing(pool, rows),
            born,
            families.names(*self._split(material.accounts.numbered, pool.accounts)),
            self._bursts(rows),
            self._hours(rows),
            self._marks(rows),
        ]
        passed = self._passed(found)
        if not self._stands(passed, self._says(rows)):
            return None
        made_together = any(f.family is Family.CREATION for f in passed)
        members = pool.accounts[pool.returned | (batch & made_together)]
        if pool.partners is not None:
            # Chance pairs bridge circles: each partner must show a second family in person.
            members = pool.accounts[self._in_person(passed, pool.accounts, rows, batch)]
        return self._verdict(pool.artifacts, pool.accounts, members, passed)

    def _in_person(self, passed: list[Finding], accounts: Int64, rows: Int64, batch: Bools) -> Bools:
        """Which of the accounts show themselves what one of the findings other than co-sharing says."""
        events = self.material.events
        account, artifact, time = events.account[rows], events.artifact[rows], events.time[rows]
        shown = np.zeros(len(accounts), dtype=bool)
        for finding in passed:
            if finding.family is Family.CREATION:
                shown |= batch
            elif finding.family is Family.REPETITION:
                pairs, again = repeated(account, artifact, time, events.post[rows])
                shown |= np.isin(accounts, pairs[again, 0])
            elif finding.family is Family.OBFUSCATION:
                shown |= np.isin(accounts, account[self.material.evasive[events.post[rows]]])
            elif finding.detail == "burst":
                shown |= np.isin(accounts, account[families.in_burst(artifact, account, time)])
            elif finding.detail.startswith("hours"):
                shown[:] = True
        return shown

    def single(self, artifact: int) -> Verdict | None:
        """One artifact used on one occasion: only by accounts that were made together."""
        material = self.material
        rows = self.rows.of(np.array([artifact]))
        accounts = np.unique(material.events.account[rows])
        born, batch = families.creation(*self._born(accounts))
        if not self._passes(born):
            return None
        members = accounts[batch]
        mine = rows[np.isin(material.events.account[rows], members)]
        found = [
            born,
            families.names(*self._split(material.accounts.numbered, members)),
            families.one_occasion(material.events.time[mine], self._other_times(mine)),
            self._bursts(mine),
            self._marks(mine),
        ]
        passed = self._passed(found)
        if len({f.family for f in passed}) < 2:
            return None
        return self._verdict(np.array([artifact]), accounts, members, passed)

    def _verdict(
        self, artifacts: Int64, accounts: Int64, members: Int64, passed: list[Finding]
    ) -> Verdict | None:
        """The group with everything that is its own, also what was too rare to be tested."""
        if len(members) < MIN_ACCOUNTS:
            return None
        events = self.material.events
        inside = np.zeros(len(self.material.accounts.ids), dtype=bool)
        inside[members] = True
        theirs = inside[events.account]
        least = max(2, round(OWN_SHARE * len(members)))
        artifacts = np.union1d(artifacts, own_artifacts(self.material, theirs, least))
        wanted = np.zeros(len(self.material.spread), dtype=bool)
        wanted[artifacts] = True
        rows = np.flatnonzero(theirs & wanted[events.artifact])
        return Verdict(artifacts, members, rows, _best(passed), len(accounts) - len(members))

    def _split(self, values: npt.NDArray[np.float64], accounts: Int64) -> tuple[npt.NDArray[np.float64], ...]:
        inside = np.zeros(len(values), dtype=bool)
        inside[accounts] = True
        return values[inside], values[~inside]

    def _born(self, accounts: Int64) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Creation times of these accounts, and of all others, sorted."""
        created = self.material.accounts.created[accounts]
        known = np.sort(created[np.isfinite(created)])
        first = np.searchsorted(self.born, known)
        runs = np.arange(len(known)) - np.searchsorted(known, known)  # equal times take one place each
        return created, np.delete(self.born, first + runs)

    def _sharing(self, pool: Pool, rows: Int64) -> list[Finding]:
        events = self.material.events
        pairs, again = repeated(
            events.account[rows], events.artifact[rows], events.time[rows], events.post[rows]
        )
        all_again, all_pairs = self.repeats
        who = np.unique(pairs[again, 0])
        found = [
            families.repetition(
                len(who), len(pairs), all_again - int(again.sum()), all_pairs - len(pairs), len(pool.accounts)
            )
        ]
        if pool.partners is not None:
            found.append(families.partnership(len(pool.accounts), *pool.partners))
        elif len(pool.artifacts) > 1:
            spread = self.material.spread[pool.artifacts]
            found.append(families.co_sharing(self.null, spread, pool.accounts, pool.returned))
        return found

    def _bursts(self, rows: Int64) -> Finding:
        events = self.material.events
        return families.bursts(events.artifact[rows], events.account[rows], events.time[rows])

    def _hours(self, rows: Int64) -> Finding:
        mine = np.unique(self.material.events.post[rows])
        return families.working_hours(self.material.time[mine], np.delete(self.material.time, mine))

    def _other_times(self, rows: Int64) -> npt.NDArray[np.float64]:
        return np.delete(self.material.time, np.unique(self.material.events.post[rows]))

    def _marks(self, rows: Int64) -> Finding:
        evasive = self.material.evasive
        mine = np.unique(self.material.events.post[rows])
        marked = int(evasive[mine].sum())
        return families.obfuscation(marked, len(mine), int(evasive.sum()) - marked, len(evasive) - len(mine))

    def _says(self, rows: Int64) -> float:
        """How much the typical text of these events says."""
        events = self.material.events
        return float(np.median(self.material.weight[events.artifact[rows]]))

    def _passes(self, finding: Finding) -> bool:
        if finding.chance * self.tests > ALPHA:
            return False
        return _LARGE[finding.family](finding)

    def _passed(self, found: list[Finding]) -> list[Finding]:
        return [finding for finding in found if self._passes(finding)]

    def _stands(self, passed: list[Finding], says: float) -> bool:
        kinds = {finding.family for finding in passed}
        if len(kinds) < 2 or not kinds & set(_OWN):
            return False
        # Regulars repeat their stock phrases, too: sharing and repeating alone need words of one's own.
        return bool(kinds - {Family.CO_SHARING, Family.REPETITION, Family.NAMES}) or says >= SPECIFIC


def _share_large(finding: Finding) -> bool:
    return finding.observed >= max(3, MIN_SHARE * finding.of) and finding.lift >= 4


def _bursts_large(finding: Finding) -> bool:
    if finding.detail.startswith("hours"):
        return finding.of >= 50
    if finding.detail == "hour":
        return finding.observed >= max(3, 0.5 * finding.of) and finding.lift >= 4
    return finding.observed >= max(5, 0.05 * finding.of) and finding.lift >= 4


_LARGE: Final[dict[Family, Callable[[Finding], bool]]] = {
    Family.CO_SHARING: _share_large,
    Family.REPETITION: lambda f: f.observed >= max(3, 0.2 * f.of) and f.lift >= 4,
    Family.CREATION: _share_large,
    Family.NAMES: lambda f: f.observed >= 0.6 * f.of and f.lift >= 1.8,
    Family.SYNCHRONY: _bursts_large,
    Family.OBFUSCATION: lambda f: f.observed >= max(3, 0.1 * f.of) and f.lift >= 5,
    Family.REPLY_BURST: _share_large,
}


def _best(passed: list[Finding]) -> tuple[Finding, ...]:
    """The most surprising finding of each family, in the families' order."""
    best: dict[Family, Finding] = {}
    for finding in passed:
        held = best.get(finding.family)
        if held is None or finding.chance < held.chance:
            best[finding.family] = finding
    return tuple(best[family] for family in Family if family in best)


def repeated(
    account: Int64, artifact: Int64, time: npt.NDArray[np.float64], post: Int64
) -> tuple[Int64, Bools]:
    """Distinct (account, artifact) pairs and whether each was used again on a separate occasion."""
    if not len(account):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=bool)
    order = np.lexsort((time, artifact, account))
    account, artifact, time, post = account[order], artifact[order], time[order], post[order]
    new = np.concatenate(([True], (account[1:] != account[:-1]) | (artifact[1:] != artifact[:-1])))
    start = np.flatnonzero(new)
    span = np.maximum.reduceat(time, start) - np.minimum.reduceat(time, start)
    several = np.maximum.reduceat(post, start) != np.minimum.reduceat(post, start)
    return np.stack((account[start], artifact[start]), axis=1), several & ~(span < APART)
