"""A small, real log and the packet contents made from it, for tests and for looking at."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fake_clock import START, FakeClock

from core.domain.classification import LABELS, Category, Classification, Decider, ModelInfo, Reason
from core.domain.coordination import Family, GroupReason, Strength
from core.domain.evidence import EntryKind, EvidenceEntry
from core.domain.ids import PlatformName, RemoteId
from core.domain.inbox import NameSeen
from core.domain.mention import Author, Mention, MentionKind
from core.evidence.chain import Chain
from core.evidence.checkpoint import public_key, sign_checkpoint
from core.export.contents import CoordinationSection, LogProof, PacketContents, PacketItem, ReportMade

SEED = bytes(range(32))
KEY = public_key(SEED)
ORIGIN = "breakwater.invalid/log/0011223344556677"

# Written for tests; nobody's real words.
TEXTS = (
    ("Go away, nobody wants to read you.", "en", (Category.INSULT,)),
    ("I know which train you take on Fridays. Be careful.", "en", (Category.THREAT,)),
    ("滚出去,没有人想听你说话!汉奸走狗", "zh", (Category.TRAITOR, Category.INSULT)),
    ("你這個叛徒,我們知道你住在哪裡(第3棟)", "zh", (Category.TRAITOR, Category.THREAT)),
    ("اخرس، لا أحد يريد أن يسمعك (أبدًا) 123", "ar", (Category.INSULT,)),
    ("לכי מפה (עכשיו), אף אחד לא רוצה אותך 42", "he", (Category.INSULT,)),
    ("Eres una vergüenza, cállate ya 🤡🤡", "es", (Category.INSULT,)),
    ("family 👨‍👩‍👧‍👦 and flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏽 see user\u202egnp.exe \u200bnow", "en", ()),
    ('=HYPERLINK("https://example.invalid","click")', "en", ()),
    ("I did not like your article, the second chart is wrong.", "en", ()),
)
MODEL = ModelInfo("test-model", "1", "ab" * 32)


@dataclass(slots=True)
class MadeLog:
    """A log in memory, sealed by the real chain."""

    clock: FakeClock = field(default_factory=FakeClock)
    chain: Chain = field(default_factory=Chain.empty)
    entries: list[EvidenceEntry] = field(default_factory=list)
    blobs: dict[bytes, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def seal(self, kind: EntryKind, content: bytes | None = None, **facts: str) -> EvidenceEntry:
        """Seal one entry a minute after the last."""
        self.clock.advance(60)
        entry, self.chain = self.chain.seal(kind, self.clock.moment(), content=content, facts=facts)
        self.entries.append(entry)
        return entry

    def sign(self, seed: bytes = SEED) -> None:
        """A checkpoint over everything so far."""
        self.notes.append(sign_checkpoint(ORIGIN, self.chain.size, self.chain.root(), seed))

    def proof(self) -> LogProof:
        """The log by hashes."""
        return LogProof([entry.leaf for entry in self.entries], list(self.notes), KEY)


def made_mention(number: int) -> Mention:
    """One post of a made-up sender."""
    text, lang, _ = TEXTS[number % len(TEXTS)]
    sender = number % 7
    return Mention(
        platform=PlatformName("bluesky"),
        remote_id=RemoteId(f"at://did:plc:s{sender}/app.bsky.feed.post/{number}"),
        author=Author(RemoteId(f"did:plc:s{sender}"), f"sender{sender}.example", f"Sender {sender}"),
        kind=MentionKind.REPLY,
        text=text if number < len(TEXTS) else f"{text} ({number})",
        created_at=START + timedelta(hours=5 * number),
        lang=lang,
        url=f"https://bsky.example/profile/did:plc:s{sender}/post/{number}",
    )


def raw_bytes(mention: Mention) -> bytes:
    """What the platform sent for it."""
    post = {"uri": mention.remote_id, "author": mention.author.remote_id, "text": mention.text}
    return json.dumps(post, ensure_ascii=False).encode()


def made_classification(number: int) -> Classification:
    """A verdict that fits the text."""
    text, lang, categories = TEXTS[number % len(TEXTS)]
    score = 0.9 - number % 5 / 10 if categories else 0.1
    return Classification(
        scores=dict.fromkeys(LABELS, score),
        abusive=bool(categories),
        categories=categories,
        reasons=tuple(
            Reason(one, Decider.RULE, "test-rule", ((0, min(4, len(text))),)) for one in categories
        ),
        language=lang,
        in_scope=lang in ("en", "zh"),
        model=MODEL,
        threshold=0.5,
    )


def made_contents(
    items: int = len(TEXTS), *, erase: Sequence[int] = (), template: str = "police", **changes: Any
) -> PacketContents:
    """Contents over a fresh log with other entries around and between the items."""
    log = MadeLog()
    log.seal(EntryKind.START)
    made: list[PacketItem] = []
    for number in range(items):
        mention = made_mention(number)
        raw = raw_bytes(mention)
        entry = log.seal(EntryKind.RECEIVED, raw, src="bluesky", method="listNotifications")
        kept = None if number in erase else raw
        made.append(
            PacketItem(
                mention=mention,
                entry=entry,
                received_at=log.clock.now(),
                raw=lambda kept=kept: kept,
                names=(NameSeen(mention.author.handle, mention.author.display_name, START),),
                classification=made_classification(number),
                group_keys=("g-1a2b",) if number % 3 == 0 else (),
            )
        )
        if number % 4 == 3:
            log.sign()
            log.seal(EntryKind.NOTE)
    log.seal(EntryKind.STOP)
    log.sign()
    contents = PacketContents(
        items=tuple(made),
        log=log.proof(),
        account="bluesky: target.example (did:plc:target)",
        template=template,
        created_at=datetime(2026, 4, 2, 10, 0, tzinfo=UTC),
        tool="Breakwater 0.1.0",
        selection="Everything classified as abuse between 14 March and 2 April 2026.",
        considered=items * 3,
        narrative="It began after my article of 12 March. The messages come every evening.",
        answers={"notifier-name": "A. Writer", "notifier-contact": "writer@example.invalid"},
        reports_made=(ReportMade("bluesky", START, "R-1001", "the first threat"),),
        coordination=(
            CoordinationSection(
                key="g-1a2b",
                strength=Strength.POSSIBLE,
                members=("did:plc:s0", "did:plc:s3", "did:plc:s6"),
                posts=4,
                reasons=(
                    GroupReason(Family.REPETITION, "Four posts share most of their wording.", 4.0, 0.2),
                    GroupReason(Family.SYNCHRONY, "Three accounts posted within two minutes.", 3.0, 0.4),
                ),
                caveats=("A slogan that many people repeat looks the same.",),
                first_at=START,
                last_at=START + timedelta(days=2),
            ),
        ),
    )
    return replace(contents, **changes)
