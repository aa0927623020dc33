"""A small, real log and the packet contents made from it, for tests and for looking at."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from fake_clock import START, FakeClock

from core.domain.capture import (
    ContextPost,
    ContextRole,
    Media,
    MediaState,
    PostState,
    Standing,
    StandingChange,
)
from core.domain.classification import LABELS, Category, Classification, Decider, ModelInfo, Reason
from core.domain.coordination import Family, GroupReason, Strength
from core.domain.evidence import EntryKind, EvidenceEntry
from core.domain.ids import MentionId, PlatformName, RemoteId
from core.domain.inbox import NameSeen
from core.domain.mention import Attachment, Author, Mention, MentionKind
from core.evidence.chain import Chain
from core.evidence.checkpoint import public_key, sign_checkpoint
from core.export.contents import (
    ContextItem,
    CoordinationSection,
    LogProof,
    MediaItem,
    PacketContents,
    PacketItem,
    ReportMade,
    SealedEntry,
    StandingItem,
)

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


# A picture of one grey dot, as a platform might send it.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def made_full_contents(items: int = len(TEXTS)) -> PacketContents:
    """As `made_contents`, with a thread, a picture, and a look whether the post is still up, on every third
    item. All of them are sealed after the items."""
    log = MadeLog()
    plain = made_contents(items)
    made: list[PacketItem] = []
    for number, item in enumerate(plain.items):
        raw = raw_bytes(item.mention)
        entry = log.seal(EntryKind.RECEIVED, raw, src="bluesky", method="listNotifications")
        sealed = replace(item, entry=entry)
        made.append(_with_capture(log, sealed, number) if number % 3 == 0 else sealed)
    log.sign()
    return replace(plain, items=tuple(made), log=log.proof())


def _with_capture(log: MadeLog, item: PacketItem, number: int) -> PacketItem:
    words = ("My article of today.", "Please stop writing to me.")
    thread = json.dumps({"posts": words, "of": number}).encode()
    entry = log.seal(EntryKind.CAPTURED, thread, method="getPostThread")
    posts = tuple(_context_post(role, text, number) for role, text in zip(ContextRole, words, strict=False))
    context = tuple(ContextItem(one, SealedEntry(entry, lambda: thread)) for one in posts)
    seen = log.seal(EntryKind.CAPTURED, PICTURE, method="media")
    attachment = Attachment("image", f"https://cdn.example/{number}.png", "a grey dot")
    picture = Media(
        id=number,
        mention_id=MentionId(number),
        position=0,
        attachment=attachment,
        state=MediaState.CAPTURED,
        reason=None,
        media_type="image/png",
        width=1,
        height=1,
        sha256=sha256(PICTURE).digest(),
        perceptual=None,
        entry_seq=seen.seq,
        captured_at=log.clock.now(),
    )
    return replace(
        item,
        context=context,
        media=(MediaItem(picture, SealedEntry(seen, lambda: PICTURE)),),
        standing=_standing(log, number),
    )


def _standing(log: MadeLog, number: int) -> StandingItem:
    if number % 2 == 0:
        return StandingItem(Standing(MentionId(number), PostState.UP, START, log.clock.now()))
    gone = log.seal(EntryKind.SEEN_DELETED, b"not found")
    at = log.clock.now()
    change = StandingChange(PostState.DELETED, PostState.UP, START, at, gone.seq)
    standing = Standing(MentionId(number), PostState.DELETED, at, at, gone.seq, (change,))
    return StandingItem(standing, (SealedEntry(gone, lambda: b"not found"),))


def _context_post(role: ContextRole, text: str, number: int) -> ContextPost:
    return ContextPost(
        role=role,
        remote_id=RemoteId(f"at://did:plc:target/app.bsky.feed.post/{role.value}{number}"),
        author_remote_id=RemoteId("did:plc:friend" if role is ContextRole.BEFORE else "did:plc:target"),
        author_handle="friend.example" if role is ContextRole.BEFORE else "target.example",
        author_name="A Friend",
        text=text,
        created_at=START,
        url=None,
    )
