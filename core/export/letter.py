"""The cover letter of a packet: what the receiver asks for, in their order, filled in as far as known."""

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from string import Template as Words
from typing import Final

from core.export.contents import PacketContents, PacketItem
from core.export.records import utc
from core.export.summary import posted_at
from core.export.templates import TEMPLATES, CaseField

# Beyond these nobody reads on paper; the rest is in entries.csv.
_MOST_ITEMS: Final = 100
_MOST_ACCOUNTS: Final = 100
_LONGEST: Final = 160
_NOTHING: Final = "-"
_GOOD_FAITH: Final = (
    "I have a good-faith belief that the information and allegations in this notice\n"
    "are accurate and complete."
)
_JOINERS: Final = "\u200c\u200d"
_RULE: Final = "\n" + "=" * 78 + "\n\n"


def letter(contents: PacketContents) -> bytes | None:
    """The letter in every language its template has, English first; None for an unknown template."""
    template = TEMPLATES.get(contents.template)
    if template is None:
        return None
    values = _values(contents)
    parts = (
        Words(_text(f"letter.{template.name}.{language}.txt")).substitute(values)
        for language in template.languages
    )
    return _RULE.join(parts).encode("utf-8", "backslashreplace")


def _values(contents: PacketContents) -> dict[str, str]:
    def answer(field: CaseField) -> str:
        return contents.answers.get(field.value, "").strip() or _NOTHING

    by_email = contents.answers.get(CaseField.NOTIFIER_EMAIL.value, "").strip() != ""
    agreed = contents.answers.get(CaseField.GOOD_FAITH.value, "").strip()
    made = [
        f"{_minute(one.at)}  {one.to}  {one.reference}  {one.about}".rstrip() for one in contents.reports_made
    ]
    accounts, incidents = _listed(contents)
    return {
        "created": _minute(contents.created_at),
        "name": answer(CaseField.NOTIFIER_NAME),
        "contact": answer(CaseField.NOTIFIER_EMAIL if by_email else CaseField.NOTIFIER_CONTACT),
        "rule": answer(CaseField.RULE_BROKEN),
        "subject": answer(CaseField.SUBJECT_KNOWN),
        "foreign": answer(CaseField.FOREIGN_CONTACT),
        "effect": answer(CaseField.WORKPLACE_EFFECT),
        "faith": _GOOD_FAITH if agreed else _NOTHING,
        "narrative": contents.narrative.strip() or answer(CaseField.NARRATIVE),
        "reports": "\n".join(made) or answer(CaseField.EARLIER_REPORTS),
        "accounts": accounts,
        "incidents": incidents,
    }


def _listed(contents: PacketContents) -> tuple[str, str]:
    """The accounts, and date, what, who, evidence and what is still needed of each item; in one walk."""
    posts: Counter[tuple[str, str]] = Counter()
    handles: dict[tuple[str, str], str] = {}
    blocks: list[str] = []
    for number, item in enumerate(contents.items, start=1):
        author = item.mention.author
        who = (str(item.mention.platform), str(author.remote_id))
        posts[who] += 1
        handles[who] = author.handle
        if number <= _MOST_ITEMS:
            blocks.append(_incident(number, item))
    if len(contents.items) > _MOST_ITEMS:
        blocks.append(f"... {len(contents.items) - _MOST_ITEMS} more in entries.csv")
    ranked = sorted(posts.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        f"{platform}  {name}  {_short(handles[platform, name])}  {number}"
        for (platform, name), number in ranked[:_MOST_ACCOUNTS]
    ]
    if len(ranked) > _MOST_ACCOUNTS:
        lines.append(f"... {len(ranked) - _MOST_ACCOUNTS} more in entries.csv")
    return "\n".join(lines) or _NOTHING, "\n".join(blocks) or _NOTHING


def _incident(number: int, item: PacketItem) -> str:
    mention = item.mention
    when = "posted" if mention.created_at else "received (the platform gave no time)"
    lines = [
        f"{number}. {when} {_minute(posted_at(item))}, received {_minute(item.received_at)}",
        f"   {_short(mention.author.handle)} ({mention.author.remote_id}) on {mention.platform}",
        f"   {mention.url or 'no address known'}  post id {mention.remote_id}",
        f"   {_short(mention.text)}",
    ]
    if item.note.strip():
        lines.append(f"   why: {_short(item.note)}")
    if item.standing is not None:
        state = item.standing.standing
        lines.append(f"   {state.state.value} when last looked for, {_minute(state.checked_at)}")
    lines.append(f"   evidence: entry {item.entry.seq}")
    return "\n".join(lines)


def _short(text: str) -> str:
    """On one line, and nothing in it that is invisible or reorders what stands beside it."""
    shown = (char if _harmless(char) else f"<U+{ord(char):04X}>" for char in text)
    flat = " ".join("".join(shown).split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + " ..."


def _harmless(char: str) -> bool:
    return char in _JOINERS or char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _minute(at: datetime) -> str:
    told = utc(at.astimezone(UTC)) or ""
    return told[:16].replace("T", " ") + " UTC"


def _text(name: str) -> str:
    return (files("resources") / "packet" / name).read_text("utf-8")
