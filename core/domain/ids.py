"""Distinct id types, so that one kind of id can never be passed for another."""

from typing import NewType

AccountId = NewType("AccountId", int)
SenderId = NewType("SenderId", int)
MentionId = NewType("MentionId", int)
BatchId = NewType("BatchId", int)
EntrySeq = NewType("EntrySeq", int)

# What a platform calls a post or a person; opaque to us.
RemoteId = NewType("RemoteId", str)
PlatformName = NewType("PlatformName", str)
