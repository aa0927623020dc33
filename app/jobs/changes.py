"""What a job changed: the only thing screens refresh from."""

from dataclasses import dataclass
from enum import Enum

ChangedId = int | str


class ChangeKind(Enum):
    """What was touched."""

    ACCOUNTS = "accounts"
    MENTIONS = "mentions"
    SCORES = "scores"
    GROUPS = "groups"
    ACTIONS = "actions"
    EVIDENCE = "evidence"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Kinds that changed and, where known, the ids.

    A kind with no id in `ids` means that anything of it may have changed.
    """

    kinds: frozenset[ChangeKind] = frozenset()
    ids: frozenset[tuple[ChangeKind, ChangedId]] = frozenset()

    def __post_init__(self) -> None:
        if not {kind for kind, _ in self.ids} <= self.kinds:
            raise ValueError("ids of a kind that is not listed")

    @classmethod
    def of(cls, *kinds: ChangeKind, ids: frozenset[ChangedId] = frozenset()) -> "ChangeSet":
        """The given kinds; `ids` only together with exactly one kind."""
        if ids and len(kinds) != 1:
            raise ValueError("ids belong to one kind")
        return cls(frozenset(kinds), frozenset((kind, one) for kind in kinds for one in ids))

    def touched(self, kind: ChangeKind) -> frozenset[ChangedId] | None:
        """The ids of one kind; None when anything of it may have changed, empty when nothing did."""
        if kind not in self.kinds:
            return frozenset()
        return frozenset(one for of, one in self.ids if of is kind) or None

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        """Both together; where one side does not know the ids, neither does the sum."""
        vague = {k for side in (self, other) for k in side.kinds if side.touched(k) is None}
        return ChangeSet(
            self.kinds | other.kinds,
            frozenset((kind, one) for kind, one in self.ids | other.ids if kind not in vague),
        )
