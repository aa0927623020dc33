"""Who a packet is for, what they require, and what is still missing.

Requirements: shared/design/product.md §4 (DSA Article 16(2), IC3's published questions, eSafety's
form, OnlineSOS, platform forms). No receiver promises that any format is admissible.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.export.contents import PacketContents, PacketItem


class CaseField(Enum):
    """What only the person can say; asked at export and never stored with the items."""

    NARRATIVE = "narrative"
    NOTIFIER_NAME = "notifier-name"
    NOTIFIER_CONTACT = "notifier-contact"
    # The same answer; a receiver that asks for an email address is not served with another way.
    NOTIFIER_EMAIL = "notifier-email"
    GOOD_FAITH = "good-faith"
    RULE_BROKEN = "rule-broken"
    SUBJECT_KNOWN = "subject-known"
    EARLIER_REPORTS = "earlier-reports"
    FOREIGN_CONTACT = "foreign-contact"
    WORKPLACE_EFFECT = "workplace-effect"


class ItemField(Enum):
    """What every item must have."""

    URL = "url"
    SENDER_ID = "sender-id"
    HANDLE = "handle"
    SENDER = "handle-or-id"
    POSTED_AT = "posted-at"
    RAW = "sealed-bytes"
    RULE_BROKEN = "rule-broken"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of receiver. `case` and `item` are required, `offered` may stay empty. `remember` lists
    reminders in English; `languages` are those of the cover letter."""

    name: str
    title: str
    case: tuple[CaseField, ...]
    item: tuple[ItemField, ...]
    remember: tuple[str, ...] = ()
    offered: tuple[CaseField, ...] = ()
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class MissingField:
    """A required field that is empty: in the case (items is 0) or in that many items."""

    field: str
    items: int = 0

    def __str__(self) -> str:
        return f"{self.field} ({self.items} items)" if self.items else self.field


_ALL_ITEM = (ItemField.URL, ItemField.SENDER_ID, ItemField.HANDLE, ItemField.POSTED_AT, ItemField.RAW)
_BOTH = ("en", "zh")

TEMPLATES: Final = {
    one.name: one
    for one in (
        Template(
            "police",
            "Local police",
            (
                CaseField.NARRATIVE,
                CaseField.NOTIFIER_NAME,
                CaseField.NOTIFIER_CONTACT,
                CaseField.EARLIER_REPORTS,
            ),
            _ALL_ITEM,
            (
                "Ask the officer to send the platform a preservation request; posts can be gone in days.",
                "Keep your own words in the thread: do not hand over only what flatters you.",
            ),
            languages=_BOTH,
        ),
        Template(
            "platform",
            "Platform trust and safety",
            (CaseField.RULE_BROKEN,),
            _ALL_ITEM,
            ("Quote the platform's own rule; mention earlier reports with their numbers.",),
            offered=(CaseField.NARRATIVE, CaseField.EARLIER_REPORTS),
            languages=_BOTH,
        ),
        Template(
            "dsa",
            "EU Digital Services Act, Article 16 notice",
            (CaseField.NOTIFIER_NAME, CaseField.NOTIFIER_EMAIL, CaseField.GOOD_FAITH),
            (*_ALL_ITEM, ItemField.RULE_BROKEN),
            ("Your name and address may reach the platform; a lawyer or organisation can send it for you.",),
            offered=(CaseField.RULE_BROKEN, CaseField.NARRATIVE, CaseField.EARLIER_REPORTS),
        ),
        Template(
            "esafety",
            "eSafety Commissioner, Australia",
            (CaseField.NARRATIVE, CaseField.NOTIFIER_CONTACT, CaseField.EARLIER_REPORTS),
            (ItemField.URL, ItemField.SENDER, ItemField.POSTED_AT, ItemField.RAW),
            (
                "Report to the platform first and note the number; eSafety cannot act once content is gone.",
                "Never keep or send sexual images of anyone under 18: tell eSafety where they are instead.",
            ),
        ),
        Template(
            "ic3",
            "FBI IC3, transnational repression",
            (
                CaseField.NARRATIVE,
                CaseField.NOTIFIER_NAME,
                CaseField.NOTIFIER_CONTACT,
                CaseField.SUBJECT_KNOWN,
                CaseField.FOREIGN_CONTACT,
            ),
            _ALL_ITEM,
            (
                "IC3 does not collect originals: keep them, agencies may ask later.",
                "Facts only; name no sponsor.",
            ),
            offered=(CaseField.EARLIER_REPORTS,),
        ),
        Template(
            "employer",
            "Employer or school",
            (CaseField.NARRATIVE, CaseField.WORKPLACE_EFFECT),
            (ItemField.HANDLE, ItemField.POSTED_AT),
            ("Show as little as is needed: a packet for work should hold few items.",),
            languages=_BOTH,
        ),
        Template(
            "lawyer",
            "Lawyer",
            (CaseField.NARRATIVE,),
            _ALL_ITEM,
            ("Give the lawyer the log's newest fingerprint separately, today: it protects all before it.",),
            offered=(CaseField.EARLIER_REPORTS, CaseField.SUBJECT_KNOWN),
            languages=_BOTH,
        ),
    )
}


_EMAIL: Final = re.compile(r"\S+@\S+\.\S+")

_PRESENT: Final[dict[ItemField, Callable[[PacketItem], bool]]] = {
    ItemField.URL: lambda item: bool(item.mention.url),
    ItemField.SENDER_ID: lambda item: bool(item.mention.author.remote_id),
    ItemField.HANDLE: lambda item: bool(item.mention.author.handle.strip()),
    ItemField.SENDER: lambda item: bool(
        item.mention.author.handle.strip() or item.mention.author.remote_id.strip()
    ),
    ItemField.POSTED_AT: lambda item: item.mention.created_at is not None,
    ItemField.RAW: lambda item: item.raw() is not None,
    ItemField.RULE_BROKEN: lambda item: bool(item.note.strip()),
}


def lint(contents: PacketContents, template: Template) -> tuple[MissingField, ...]:
    """What is still missing, in the template's order; empty means complete.

    A rule named once for the whole case counts for every item without its own.
    """
    missing = [MissingField(field.value) for field in template.case if not _answered(contents, field)]
    asked: list[ItemField] = [field for field in template.item if field is not ItemField.RULE_BROKEN]
    if ItemField.RULE_BROKEN in template.item and not _answered(contents, CaseField.RULE_BROKEN):
        asked.append(ItemField.RULE_BROKEN)
    empty: Counter[ItemField] = Counter()
    for item in contents.items:
        empty.update(field for field in asked if not _PRESENT[field](item))
    missing.extend(MissingField(field.value, empty[field]) for field in asked if empty[field])
    if len(contents.items) == 0:
        missing.append(MissingField("items"))
    return tuple(missing)


def _answered(contents: PacketContents, field: CaseField) -> bool:
    if field is CaseField.NARRATIVE and contents.narrative.strip():
        return True
    if field is CaseField.EARLIER_REPORTS and contents.reports_made:
        return True
    answer = contents.answers.get(field.value, "").strip()
    if field is CaseField.NOTIFIER_EMAIL:
        return _EMAIL.search(answer) is not None
    return bool(answer)
