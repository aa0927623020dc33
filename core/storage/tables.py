"""The schema. Imported only inside `core.storage`; migrations repeat it in their own words."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from core.storage import capture_tables
from core.storage.columns import Moment

# Named here, so that whoever wants all tables has those, too.
metadata = capture_tables.standing.metadata

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("remote_id", String, nullable=False),
    Column("handle", String, nullable=False),
    Column("service_url", String, nullable=False),
    Column("state", String, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("synced_at", Moment),
    # The walk in progress: where to resume, how far back it goes, when it began.
    Column("walk_cursor", Text),
    Column("walk_since", Moment),
    Column("walk_began", Moment),
    # Everything indexed before this moment has been fetched.
    Column("complete_until", Moment),
    # The same for the last walk that went all the way back.
    Column("full_until", Moment),
    UniqueConstraint("platform", "remote_id"),
)

sender = Table(
    "sender",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("remote_id", String, nullable=False),
    Column("handle", String, nullable=False),
    Column("display_name", String, nullable=False),
    Column("created_at", Moment),
    Column("followed", Boolean, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("blocked", Boolean, nullable=False),
    UniqueConstraint("platform", "remote_id"),
)

sender_name = Table(
    "sender_name",
    metadata,
    Column("sender_id", ForeignKey("sender.id"), primary_key=True),
    Column("handle", String, primary_key=True),
    Column("display_name", String, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("remote_id", String, nullable=False),
    Column("sender_id", ForeignKey("sender.id"), nullable=False),
    Column("account_id", ForeignKey("account.id", ondelete="SET NULL")),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Moment),
    Column("received_at", Moment, nullable=False),
    # created_at when known, else received_at: what the inbox sorts by.
    Column("shown_at", Moment, nullable=False),
    Column("lang", String),
    Column("url", String),
    Column("urls", JSON, nullable=False),
    Column("hashtags", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("reply_to", String),
    Column("repost_of", String),
    Column("version", String),
    Column("entry_seq", ForeignKey("entry.seq"), nullable=False),
    # The person's own decision: "fine", "abuse" or "aside"; NULL leaves it to the classifier.
    Column("review", String),
    UniqueConstraint("platform", "remote_id"),
    Index("ix_mention_sender_id", "sender_id"),
    Index("ix_mention_shown_at", "shown_at"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("mention_id", ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True),
    Column("abusive", Boolean, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("language", String, nullable=False),
    # Bit n set = the category of rank n; top_rank = the lowest bit, 99 when none.
    Column("category_bits", Integer, nullable=False),
    Column("top_rank", Integer, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("model_name", String, nullable=False),
    Column("model_version", String, nullable=False),
    Column("weights_sha256", String, nullable=False),
    Column("threshold", Integer, nullable=False),  # in millionths, exact in exports
    Column("decided_at", Moment, nullable=False),
    # Classification.word_rank; NULL also for verdicts of the first version, which did not keep it.
    Column("word_rank", Integer),
    # The same scores as 32-bit floats in the order of LABELS, for reading all of them at once.
    Column("packed", LargeBinary),
    Index("ix_verdict_top_rank", "top_rank"),
    Index("ix_verdict_abusive", "abusive"),
)

problem = Table(
    "problem",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("line", Integer),
    Column("reason", String, nullable=False),
    Column("entry_seq", ForeignKey("entry.seq"), nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("source", "sha256"),
)

sender_group = Table(
    "sender_group",
    metadata,
    Column("key", String, primary_key=True),
    Column("strength", String, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("caveats", JSON, nullable=False),
    Column("found_at", Moment, nullable=False),
)

group_member = Table(
    "group_member",
    metadata,
    Column("group_key", ForeignKey("sender_group.key", ondelete="CASCADE"), primary_key=True),
    Column("sender_id", ForeignKey("sender.id"), primary_key=True),
    Index("ix_group_member_sender_id", "sender_id"),
)

group_post = Table(
    "group_post",
    metadata,
    Column("group_key", ForeignKey("sender_group.key", ondelete="CASCADE"), primary_key=True),
    Column("mention_id", ForeignKey("mention.id"), primary_key=True),
    Index("ix_group_post_mention_id", "mention_id"),
)

action_batch = Table(
    "action_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("created_at", Moment, nullable=False),
)

action_item = Table(
    "action_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("action_batch.id"), nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("sender_id", ForeignKey("sender.id"), nullable=False),
    Column("mention_id", ForeignKey("mention.id")),
    Column("state", String, nullable=False),
    Column("receipt", String),
    Column("error_code", String),
    Column("changed_at", Moment, nullable=False),
    Index("ix_action_item_batch_id_state", "batch_id", "state"),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("prev", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False, unique=True),
    Column("envelope", LargeBinary, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# A root of the log that left this machine: a time-stamp token, or a hand-over to somebody.
anchor = Table(
    "anchor",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("kind", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("state", String, nullable=False),
    Column("token", LargeBinary),
    Column("error_code", String),
    Column("made_at", Moment, nullable=False),
    # When the receiver says it had the root.
    Column("attested_at", Moment),
    Column("entry_seq", ForeignKey("entry.seq")),
    Index("ix_anchor_size", "size"),
)

# A group followed over time: outlives every grouping run.
campaign = Table(
    "campaign",
    metadata,
    Column("key", String, primary_key=True),
    # Counts up as campaigns are found: what a campaign is called until the person names it.
    Column("number", Integer, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("state", String, nullable=False),
    # The campaign that the person split this one from.
    Column("split_from", String),
    Column("first_at", Moment),
    Column("last_at", Moment),
    # When new senders last took it up again, how many, and what went before: senders gone, quiet days.
    Column("re_emerged_at", Moment),
    Column("re_emerged_new", Integer, nullable=False),
    Column("re_emerged_gone", Integer, nullable=False),
    Column("re_emerged_quiet", Integer, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("decided_at", Moment),
    # What new posts are compared with (core.coordination.continuing).
    Column("memory", LargeBinary, nullable=False),
)

campaign_member = Table(
    "campaign_member",
    metadata,
    Column("campaign_key", ForeignKey("campaign.key", ondelete="CASCADE"), primary_key=True),
    Column("sender_id", ForeignKey("sender.id"), primary_key=True),
    Column("joined_at", Moment, nullable=False),
    # Taken out by the person: stays out.
    Column("removed", Boolean, nullable=False),
    Index("ix_campaign_member_sender_id", "sender_id"),
)

# The posts that tie its senders together now, whether it is shown or dismissed.
campaign_post = Table(
    "campaign_post",
    metadata,
    Column("campaign_key", ForeignKey("campaign.key", ondelete="CASCADE"), primary_key=True),
    Column("mention_id", ForeignKey("mention.id"), primary_key=True),
    Index("ix_campaign_post_mention_id", "mention_id"),
)

# What the person decided about a campaign. State, title and removals follow from those not undone.
campaign_decision = Table(
    "campaign_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign_key", ForeignKey("campaign.key", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index("ix_campaign_decision_campaign_key", "campaign_key"),
)

# The person's own words to look for.
own_word = Table(
    "own_word",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("term", String, nullable=False, unique=True),
    Column("category", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("note", String, nullable=False),
    Column("added_at", Moment, nullable=False),
)

# What the person's corrections shifted, by language and label; emptied by one click.
calibration = Table(
    "calibration",
    metadata,
    Column("language", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("shift_millionths", Integer, nullable=False),
    Column("said_abuse", Integer, nullable=False),
    Column("said_fine", Integer, nullable=False),
    # The model whose scores it was learnt on; it says nothing about another's.
    Column("weights_sha256", String, nullable=False),
    Column("fitted_at", Moment, nullable=False),
)
