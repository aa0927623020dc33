"""Candidate groups and the verdict on each: two independent families of evidence, or nothing."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from core.coordination import families, timing
from core.coordination.artifacts import KINDS, MIN_ACCOUNTS, Material
from core.coordination.bars import MIN_SHARE, SPECIFIC, best, passes, stand
from core.coordination.finding import Finding
from core.coordination.lookups import Answers, ByArtifact, repeated
from core.coordination.naming import names
from core.coordination.pools import Null, Pool, own_artifacts
from core.coordination.replay import replay
from core.domain.coordination import Family, ThingKind

Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

WORDY: Final = 12.0  # below this weight a text is nobody's own
CIRCLE: Final = 0.9  # share of all who use some things that comes back to them, from which a circle is closed
OWN_SHARE: Final = 0.02  # share of the members that makes a thing the group's own
# Seconds from the first to the last use of a text that belongs to a script: headlines, petitions and the
# words of the day are gone within days.
LASTING: Final = 7 * 86_400.0
_TAGS: Final = KINDS.index(ThingKind.TAGS)
# What has no trigger that everybody sees: a repost or a link follows the post or the news at once.
_UNPROMPTED: Final = (KINDS.index(ThingKind.TEXT), KINDS.index(ThingKind.IMAGE))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A group that stands: its artifacts, members (account codes), their posts, and the evidence."""

    artifacts: Int64
    members: Int64
    rows: Int64  # indices into Material.events
    findings: tuple[Finding, ...]
    bystanders: int  # senders who used the artifacts and are not in the group


@dataclass(frozen=True, slots=True)
class Examiner:
    """Tests candidates of one run. `tests` is how many, for the correction."""

    material: Material
    null: Null
    tests: int
    repeats: tuple[int, int]  # (account, artifact) pairs used again on separate occasions, and all pairs
    rows: "ByArtifact"
    answers: "Answers"
    lasted: npt.NDArray[np.float64]  # seconds from first to last use of each artifact
    born: npt.NDArray[np.float64]  # known creation times of all accounts, sorted
    stock: int  # different texts that all senders wrote

    def pool(self, pool: Pool) -> Verdict | None:
        """A set of artifacts whose senders keep coming back."""
        material = self.material
        events = material.events
        rows = self.rows.of(pool.artifacts)
        mine = rows[np.isin(events.account[rows], pool.accounts)]
        born, batch = families.creation(*self._born(pool.accounts))
        scripts = self._scripts(rows, pool.accounts)
        answered, together = self._answers(pool.accounts)
        closed = self._closed(rows)
        found = [
            *self._sharing(pool, mine),
            born,
            names(material.accounts.names, pool.accounts),
            self._bursts(mine, closed),
            self._prompted(mine, closed),
            self._hours(mine),
            self._marks(mine),
            answered,
            *(finding for finding, _ in scripts),
        ]
        passed = [finding for finding in found if passes(finding, self.tests)]
        followers = _united([who for finding, who in scripts if finding in passed])
        own_words = self._says(mine) >= SPECIFIC and (closed or self._beyond_crowds(mine))
        if not stand(passed, own_words):
            return None
        in_person = {
            Family.CREATION: batch,
            Family.SCRIPT: np.isin(pool.accounts, followers),
            Family.REPLY_BURST: np.isin(pool.accounts, together),
        }
        made_together = any(f.family is Family.CREATION for f in passed)
        members = pool.accounts[pool.returned | (batch & made_together)]
        if not stand([f for f in passed if f.family is not Family.SCRIPT], own_words):
            members = followers
        elif pool.partners is not None:
            # Chance pairs bridge circles: each partner must show a second family in person.
            members = pool.accounts[self._in_person(passed, pool.accounts, mine, in_person)]
        return self._verdict(pool.artifacts, pool.accounts, members, passed)

    def _in_person(
        self, passed: list[Finding], accounts: Int64, rows: Int64, known: dict[Family, Bools]
    ) -> Bools:
        """Which of the accounts show themselves what one of the findings other than co-sharing says."""
        events = self.material.events
        account, artifact, time = events.account[rows], events.artifact[rows], events.time[rows]
        shown = np.zeros(len(accounts), dtype=bool)
        for finding in passed:
            if finding.family in known:
                shown |= known[finding.family]
            elif finding.family is Family.REPETITION:
                pairs, again = repeated(account, artifact, time, events.post[rows])
                shown |= np.isin(accounts, pairs[again, 0])
            elif finding.family is Family.OBFUSCATION:
                shown |= np.isin(accounts, account[self.material.evasive[events.post[rows]]])
            elif finding.detail in ("burst", "prompted"):
                shown |= np.isin(accounts, account[timing.in_burst(artifact, account, time)])
            elif finding.detail.startswith("hours"):
                material = self.material
                shown |= timing.keepers(finding, material.author, material.time, accounts)
        return shown

    def single(self, artifact: int) -> Verdict | None:
        """One artifact used on one occasion: only by accounts that were made together."""
        material = self.material
        rows = self.rows.of(np.array([artifact]))
        accounts = np.unique(material.events.account[rows])
        born, batch = families.creation(*self._born(accounts))
        if not passes(born, self.tests):
            return None
        members = accounts[batch]
        mine = rows[np.isin(material.events.account[rows], members)]
        found = [
            born,
            names(material.accounts.names, members),
            timing.one_occasion(material.events.time[mine], self._other_times(mine)),
            self._marks(mine),
        ]
        passed = [finding for finding in found if passes(finding, self.tests)]
        if len({f.family for f in passed} - {Family.NAMES}) < 2:
            return None
        return self._verdict(np.array([artifact]), accounts, members, passed)

    def _verdict(
        self, artifacts: Int64, accounts: Int64, members: Int64, passed: list[Finding]
    ) -> Verdict | None:
        """The group with everything that is its own, also what was too rare to be tested, and with those
        who came back to what is its own and show one of the findings in person."""
        if len(members) < MIN_ACCOUNTS:
            return None
        events = self.material.events
        members = np.union1d(members, self._joining(members, passed))
        artifacts = np.union1d(artifacts, self._own(members, OWN_SHARE))
        inside = self._mask(members)[events.account]
        wanted = np.zeros(len(self.material.spread), dtype=bool)
        wanted[artifacts] = True
        rows = np.flatnonzero(inside & wanted[events.artifact])
        members = np.intersect1d(members, events.account[rows])  # chance pairs bridge with things not kept
        if len(members) < MIN_ACCOUNTS:
            return None
        bystanders = len(np.setdiff1d(accounts, members))
        return Verdict(artifacts, members, rows, best(passed), bystanders)

    def _mask(self, accounts: Int64) -> Bools:
        inside = np.zeros(len(self.material.accounts.ids), dtype=bool)
        inside[accounts] = True
        return inside

    def _own(self, members: Int64, share: float) -> Int64:
        """Things that at least two members and this share of them used, and mostly they."""
        theirs = self._mask(members)[self.material.events.account]
        return own_artifacts(self.material, theirs, max(2, round(share * len(members))))

    def _joining(self, members: Int64, passed: list[Finding]) -> Int64:
        """Others who used the group's own things on separate occasions, at least once within minutes of
        somebody else, or the same thing again: the bar that partners pass as well."""
        events = self.material.events
        own = self._own(members, 0.0)
        rows = self.rows.of(own[self.material.kind[own] != _TAGS])
        account, artifact, time = events.account[rows], events.artifact[rows], events.time[rows]
        post = events.post[rows]
        pairs, again = repeated(account, np.zeros(len(account), dtype=np.int64), time, post)
        back = np.setdiff1d(pairs[again, 0], members)
        shown = np.zeros(len(back), dtype=bool)
        for finding in passed:
            if finding.family is Family.REPETITION:
                pairs, again = repeated(account, artifact, time, post)
                shown |= np.isin(back, pairs[again, 0])
            elif finding.detail in ("burst", "prompted"):
                shown |= np.isin(back, account[timing.in_burst(artifact, account, time)])
        return back[shown]

    def _born(self, accounts: Int64) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Creation times of these accounts, and of all others, sorted."""
        created = self.material.accounts.created[accounts]
        known = np.sort(created[np.isfinite(created)])
        first = np.searchsorted(self.born, known)
        runs = np.arange(len(known)) - np.searchsorted(known, known)  # equal times take one place each
        return created, np.delete(self.born, first + runs)

    def _sharing(self, pool: Pool, rows: Int64) -> list[Finding]:
        events = self.material.events
        own = rows[self.material.kind[events.artifact[rows]] != _TAGS]  # a tag is there to be used again
        pairs, again = repeated(events.account[own], events.artifact[own], events.time[own], events.post[own])
        _, things = np.unique(pairs[:, 0], return_counts=True)
        again_by = len(np.unique(pairs[again, 0]))
        all_again, all_pairs = self.repeats
        outside = (all_again - int(again.sum()), all_pairs - len(pairs))
        found = [families.repetition(again_by, things, *outside, len(pool.accounts))]
        if pool.partners is not None:
            found.append(families.partnership(len(pool.accounts), *pool.partners))
        elif len(pool.artifacts) > 1:
            spread = self.material.spread[pool.artifacts]
            found.append(families.co_sharing(self.null, spread, pool.accounts, pool.returned))
        return found

    def _bursts(self, rows: Int64, closed: bool) -> Finding:
        """Bursts of what people wrote or showed themselves."""
        return self._together(rows[self._unprompted(rows)], closed)

    def _prompted(self, rows: Int64, closed: bool) -> Finding:
        """Bursts of what follows somebody else's post: followers of one source are quick, too."""
        return replace(self._together(rows[~self._unprompted(rows)], closed), detail="prompted")

    def _unprompted(self, rows: Int64) -> Bools:
        artifact = self.material.events.artifact[rows]
        own: Bools = np.isin(self.material.kind[artifact], _UNPROMPTED) & ~self.material.linked[artifact]
        return own

    def _together(self, rows: Int64, closed: bool) -> Finding:
        """Bursts beyond what may have been a public moment."""
        events = self.material.events
        artifact, account, time = events.artifact[rows], events.account[rows], events.time[rows]
        kept = timing.beyond_public_moments(artifact, account, time, timing.TOGETHER, closed=closed)
        return timing.bursts(artifact[kept], account[kept], time[kept])

    def _answers(self, accounts: Int64) -> tuple[Finding, Int64]:
        """Answers given together, beyond public moments, and by whom."""
        asked = self.answers
        mine = np.isin(asked.account, accounts)
        kept = ~mine
        kept[mine] = timing.beyond_public_moments(
            asked.post[mine], asked.account[mine], asked.time[mine], timing.ANSWERED
        )
        found, together = timing.answers(asked.post[kept], asked.time[kept], mine[kept])
        again = asked.account[kept][together]
        first = int(asked.first[mine & np.isin(asked.account, again)].sum())
        return replace(found, detail=str(first)), np.unique(again)

    def _scripts(self, rows: Int64, accounts: Int64) -> list[tuple[Finding, Int64]]:
        """Senders of several long texts, among all who used one, in the two ways that show a script: the
        candidate's texts over days, and a list that comes back. With who they are."""
        events = self.material.events
        rows = rows[self._lines(events.artifact[rows])]
        rows = rows[self.lasted[events.artifact[rows]] >= LASTING]
        # A list is judged whole, with what others took from it, too.
        mine = np.flatnonzero(self._mask(accounts)[events.account])
        mine = mine[self._lines(events.artifact[mine])]
        used = np.unique(np.stack((events.artifact[mine], events.account[mine])), axis=1)[0]
        texts, users = np.unique(used, return_counts=True)
        uses = self.rows.of(texts[users >= 2])
        return [
            self._over_days(events.artifact[rows], events.account[rows], events.time[rows]),
            replay(events.artifact[uses], events.account[uses], events.time[uses], self.stock),
        ]

    def _lines(self, artifact: Int64) -> Bools:
        """Long texts without a link: no stock phrases, no headlines."""
        material = self.material
        lines: Bools = (material.kind[artifact] == 0) & (material.weight[artifact] >= SPECIFIC)
        return lines & ~material.linked[artifact]

    def _over_days(
        self, artifact: Int64, account: Int64, time: npt.NDArray[np.float64]
    ) -> tuple[Finding, Int64]:
        who = np.unique(account)
        at = np.searchsorted(who, account)
        distinct = np.unique(np.stack((at, artifact)), axis=1)[0]
        known = np.isfinite(time)
        day = np.unique(np.stack((at[known], (time[known] // 86_400).astype(np.int64))), axis=1)[0]
        count = len(who)
        found, taken = families.script(
            np.bincount(distinct, minlength=count),
            np.bincount(day, minlength=count),
            self.null,
            who,
            self.material.spread[np.unique(artifact)],
        )
        return found, who[taken]

    def _hours(self, rows: Int64) -> Finding:
        mine = np.unique(self.material.events.post[rows])
        return timing.working_hours(self.material.time[mine], np.delete(self.material.time, mine))

    def _other_times(self, rows: Int64) -> npt.NDArray[np.float64]:
        return np.delete(self.material.time, np.unique(self.material.events.post[rows]))

    def _marks(self, rows: Int64) -> Finding:
        evasive = self.material.evasive
        mine = np.unique(self.material.events.post[rows])
        marked = int(evasive[mine].sum())
        return families.obfuscation(marked, len(mine), int(evasive.sum()) - marked, len(evasive) - len(mine))

    def _closed(self, rows: Int64) -> bool:
        """Whether nearly everybody who used these things came back to them: a public occasion has guests."""
        people = len(np.unique(self.material.events.account[rows]))
        return self._timed(rows) and self._back(rows) >= CIRCLE * people

    def _beyond_crowds(self, rows: Int64) -> bool:
        """Whether those who came back would have done so without the two most crowded occasions."""
        later = timing.beyond_crowds(self.material.events.time[rows])
        return self._timed(rows) and self._back(rows[later]) >= MIN_SHARE * self._back(rows)

    def _timed(self, rows: Int64) -> bool:
        """Without times nobody can know who came back: a million posts without them held ten crowds of two
        concerts, or two evenings, that looked just like a circle."""
        return self.material.timed(self.material.events.post[rows])

    def _back(self, rows: Int64) -> int:
        """How many senders have two of these events, well apart."""
        events = self.material.events
        one = np.zeros(len(rows), dtype=np.int64)
        return int(repeated(events.account[rows], one, events.time[rows], events.post[rows])[1].sum())

    def _says(self, rows: Int64) -> float:
        """How much the typical text of these events says."""
        events = self.material.events
        return float(np.median(self.material.weight[events.artifact[rows]]))


def _united(parts: list[Int64]) -> Int64:
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))
