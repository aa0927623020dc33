"""What the person chose about time stamps: whether, how often, and whom to ask in which order."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any, Final

from core.anchoring.authorities import Authority, reviewed
from core.errors import DataDamaged, NotFound


class When(Enum):
    """How often new entries are stamped without being asked for."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def pause(self) -> timedelta | None:
        """The shortest time between two attempts; None for never."""
        return _PAUSES.get(self)


_PAUSES: Final = {When.DAILY: timedelta(days=1), When.WEEKLY: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Listed:
    """An authority in the person's list. One that is not `used` is kept to check its older tokens."""

    authority: Authority
    used: bool = True


@dataclass(frozen=True, slots=True)
class AnchorPlan:
    """The person's choice. `agreed`: they were told what an authority learns, and said yes."""

    when: When = When.OFF
    agreed: bool = False
    listed: tuple[Listed, ...] = ()

    @property
    def asked(self) -> tuple[Authority, ...]:
        """Whom to ask, in order."""
        return tuple(one.authority for one in self.listed if one.used)

    def roots_for(self, url: str) -> tuple[bytes, ...]:
        """The root certificates that a token of the authority at this address must lead to."""
        for one in self.listed:
            if one.authority.url == url:
                return one.authority.roots
        # One of ours that has moved since: its tokens still lead to one of our roots.
        return tuple(root for one in self.listed if one.authority.ours for root in one.authority.roots)

    def with_authority(self, authority: Authority) -> "AnchorPlan":
        """Ask this one first; it takes the place of an earlier one at the same address."""
        others = tuple(one for one in self.listed if one.authority.url != authority.url)
        return replace(self, listed=(Listed(authority), *others))

    def with_use(self, url: str, *, used: bool) -> "AnchorPlan":
        """Ask the one at this address, or ask it no more. Raises `NotFound`."""
        if all(one.authority.url != url for one in self.listed):
            raise NotFound(what="authority", name=url)
        changed = (replace(one, used=used) if one.authority.url == url else one for one in self.listed)
        return replace(self, listed=tuple(changed))

    def with_first(self, url: str) -> "AnchorPlan":
        """Ask the one at this address before the others. Raises `NotFound`."""
        if all(one.authority.url != url for one in self.listed):
            raise NotFound(what="authority", name=url)
        return replace(self, listed=tuple(sorted(self.listed, key=lambda one: one.authority.url != url)))


def read_plan(stored: bytes | None) -> AnchorPlan:
    """The plan as stored, authorities that came with a newer program last. Raises `DataDamaged`."""
    ours = {one.url: one for one in reviewed()}
    if stored is None:
        return AnchorPlan(listed=tuple(Listed(one) for one in ours.values()))
    try:
        value = json.loads(stored)
        listed = [
            Listed(ours[one["url"]] if one["ours"] else _authority(one), bool(one["used"]))
            for one in value["authorities"]
            if not one["ours"] or one["url"] in ours
        ]
        plan = AnchorPlan(When(value["when"]), bool(value["agreed"]), tuple(listed))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataDamaged(what="anchor-plan") from error
    known = {one.authority.url for one in plan.listed}
    newer = tuple(Listed(one) for url, one in ours.items() if url not in known)
    return replace(plan, listed=(*plan.listed, *newer))


def written_plan(plan: AnchorPlan) -> bytes:
    """The bytes to store. Our own roots are not among them: they come with the program."""
    authorities = [
        {
            "name": one.authority.name,
            "url": one.authority.url,
            "ours": one.authority.ours,
            "used": one.used,
            "roots": [] if one.authority.ours else [b64encode(root).decode() for root in one.authority.roots],
        }
        for one in plan.listed
    ]
    value = {"when": plan.when.value, "agreed": plan.agreed, "authorities": authorities}
    return json.dumps(value, sort_keys=True).encode("ascii")


def _authority(one: dict[str, Any]) -> Authority:
    roots = tuple(b64decode(root, validate=True) for root in one["roots"])
    return Authority(str(one["name"]), str(one["url"]), roots)
