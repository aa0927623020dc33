"""The tables of what is captured around mentions. Imported only inside `core.storage`, like `tables`."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from core.storage.columns import Moment, metadata

# What the platform said when we last looked whether a post is still there.
standing = Table(
    "standing",
    metadata,
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String, nullable=False),
    Column("since", Moment, nullable=False),
    Column("checked_at", Moment, nullable=False),
    # When to look again.
    Column("due_at", Moment, nullable=False),
    # The entry that recorded the last change; NULL while nothing changed.
    Column("entry_seq", ForeignKey("entry.seq")),
    Index("ix_standing_due_at", "due_at"),
)

# Every change of a standing, each with the entry that sealed the answers.
standing_change = Table(
    "standing_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("state", String, nullable=False),
    Column("was", String, nullable=False),
    # When it was last seen in the state before.
    Column("last_at", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("entry_seq", ForeignKey("entry.seq"), nullable=False),
    Index("ix_standing_change_mention_id", "mention_id"),
)

# Later texts of an edited post; the mention itself keeps the first.
mention_version = Table(
    "mention_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("version", String),
    Column("seen_at", Moment, nullable=False),
    Column("entry_seq", ForeignKey("entry.seq"), nullable=False),
    Index("ix_mention_version_mention_id", "mention_id"),
)

# Mentions whose conversation has not been fetched yet, and the post to ask for.
context_wait = Table(
    "context_wait",
    metadata,
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True),
    Column("post", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("ix_context_wait_due_at", "due_at"),
)

# Posts around a mention: what it answered, and the person's own words.
context_post = Table(
    "context_post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("remote_id", String, nullable=False),
    Column("author_remote_id", String, nullable=False),
    Column("author_handle", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Moment),
    Column("url", String),
    Column("entry_seq", ForeignKey("entry.seq"), nullable=False),
    UniqueConstraint("mention_id", "remote_id"),
)

# Pictures and the like that came with a mention; the bytes only after the person asked for them.
media = Table(
    "media",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("alt", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("media_type", String),
    Column("width", Integer),
    Column("height", Integer),
    Column("sha256", LargeBinary),
    Column("perceptual", LargeBinary),
    Column("entry_seq", ForeignKey("entry.seq")),
    Column("captured_at", Moment),
    UniqueConstraint("mention_id", "position"),
    Index("ix_media_sha256", "sha256"),
)
