"""The parts of a packet about the case as a whole, not about one item."""

import json
from base64 import b64encode

from core.export import layout
from core.export.contents import PacketContents
from core.export.records import utc
from core.export.summary import summarise
from core.export.templates import TEMPLATES, lint


def case_json(contents: PacketContents, lacking: tuple[str, ...]) -> bytes:
    """Who, for whom, how chosen, the person's own account of it, and plain counts. Facts only."""
    summary = summarise(contents.items if contents.counted is None else contents.counted)
    return _pretty(
        {
            "prepared_for": contents.template,
            "created_at": utc(contents.created_at),
            "tool": contents.tool,
            "account": contents.account,
            "selection": contents.selection,
            "redacted_copy": contents.redacted,
            "items": len(contents.items),
            "counts_below_are_over": summary.items,
            "mentions_considered": contents.considered,
            "senders": summary.senders,
            "first_posted_at": utc(summary.first_at),
            "last_posted_at": utc(summary.last_at),
            "items_by_platform": dict(summary.by_platform),
            "items_by_day_utc": {day.isoformat(): number for day, number in summary.by_day},
            "narrative_by_the_person": contents.narrative,
            "answers_by_the_person": dict(contents.answers),
            "reports_made": [
                {"to": one.to, "at": utc(one.at), "reference": one.reference, "about": one.about}
                for one in contents.reports_made
            ],
            "still_missing": list(lacking),
        }
    )


def coordination_json(contents: PacketContents) -> bytes:
    """Groups of senders who acted in step: what was seen, what chance would give, what else fits."""
    return _pretty(
        {
            "this_is": "analysis by the tool, not a fact about any person; see caveats",
            "groups": [
                {
                    "key": one.key,
                    "strength": one.strength.value,
                    "members": list(one.members),
                    "posts": one.posts,
                    "first_at": utc(one.first_at),
                    "last_at": utc(one.last_at),
                    "reasons": [
                        {
                            "kind": reason.family.value,
                            "sentence": reason.sentence,
                            "observed": reason.observed,
                            "expected_by_chance": reason.expected,
                        }
                        for reason in one.reasons
                    ],
                    "caveats": list(one.caveats),
                }
                for one in contents.coordination
            ],
        }
    )


def missing(contents: PacketContents) -> tuple[str, ...]:
    """Required fields that are empty, as text; an unknown template requires nothing."""
    if contents.lacking is not None:
        return contents.lacking
    template = TEMPLATES.get(contents.template)
    return tuple(str(one) for one in lint(contents, template)) if template else ()


def bag_info(contents: PacketContents, payload_oxum: str, lacking: tuple[str, ...]) -> bytes:
    """bag-info.txt; says itself when the packet is not complete for its receiver."""
    lines = [
        ("Bagging-Date", contents.created_at.date().isoformat()),
        ("Bag-Software-Agent", contents.tool),
        ("Payload-Oxum", payload_oxum),
        ("Breakwater-Packet-Format", layout.FORMAT),
        ("Breakwater-Prepared-For", contents.template),
        ("Breakwater-Complete", "no" if lacking else "yes"),
        ("Breakwater-Signer", contents.log.public_key.hex()),
    ]
    lines += [("Breakwater-Missing", one) for one in lacking]
    return "".join(f"{label}: {value}\n" for label, value in lines).encode()


def words(contents: PacketContents, root: bytes) -> dict[str, str]:
    """What the texts of a packet mention."""
    template = TEMPLATES.get(contents.template)
    return {
        "tool": contents.tool,
        "created": utc(contents.created_at) or "",
        "template": template.title if template else contents.template,
        "items": str(len(contents.items)),
        "log_size": str(len(contents.log.leaves)),
        "root": b64encode(root).decode(),
        "root_hex": root.hex(),
        "signer": contents.log.public_key.hex(),
    }


def _pretty(value: dict[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
