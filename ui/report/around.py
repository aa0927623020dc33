"""What stands around the posts in a report: the log of incidents, threads, and whether posts are still up."""

from typing import Final

from core.domain.capture import ContextRole, PostState
from core.export.contents import PacketContents, PacketItem
from core.export.summary import posted_at
from ui.report.paper import QUIET, WARM, Paper, letters
from ui.report.times import minute

_MOST_ROWS: Final = 100
_SNIPPET: Final = 120
_ROLES: Final = {
    ContextRole.BEFORE: "Before it, ",
    ContextRole.OWN: "The person wrote",
    ContextRole.AFTER: "After it, ",
}
_STATES: Final = {
    PostState.UP: "still up",
    PostState.DELETED: "deleted",
    PostState.REMOVED: "taken down by the platform",
    PostState.ACCOUNT_GONE: "gone with its account",
    PostState.DEACTIVATED: "gone, account closed by its owner",
    PostState.SUSPENDED: "gone, account suspended",
    PostState.HIDDEN: "up, but not shown to the person",
    PostState.UNKNOWN: "unknown",
}


def write_incident_log(paper: Paper, contents: PacketContents) -> None:
    """Date, what, evidence that it happened, who, evidence of who, what is still needed."""
    paper.heading("Incident log", new_page=True)
    rows = [["Date", "What happened", "Evidence of it", "Account", "Still needed"]]
    for number, item in enumerate(contents.items):
        if number == _MOST_ROWS:
            break
        rows.append(_row(item))
    paper.table(rows, [17, 33, 15, 22, 13], points=7.5)
    rest = len(contents.items) - _MOST_ROWS
    if rest > 0:
        paper.note(f"The other {rest:,} are in entries.csv.")
    paper.note(
        "Which person used an account can be answered by its platform and access provider alone, through "
        "legal process. Ask soon for a preservation request: posts can be gone within days."
    )


def write_around(paper: Paper, item: PacketItem) -> None:
    """Thread, later texts, pictures and standing of one item."""
    small = letters(8, QUIET)
    if item.standing is not None:
        now = item.standing.standing
        paper.paragraph(
            f"When last looked for, {minute(now.checked_at)}: {_STATES[now.state]}, "
            f"first seen so {minute(now.since)}",
            small,
            below=0,
        )
    if item.media:
        files = f"{len(item.media)} pictures" if len(item.media) > 1 else "One picture"
        paper.paragraph(f"{files} in data/media", small, below=0)
    for later in item.versions:
        paper.paragraph(f"Edited; seen {minute(later.version.seen_at)}:", small, above=3, with_next=True)
        paper.stranger_block(later.version.text)
    for one in item.context:
        post = one.post
        own = post.role is ContextRole.OWN
        paper.paragraph(_ROLES[post.role], small, above=3, below=1, with_next=True)
        if not own:
            paper.stranger_words(post.author_handle, small)
        paper.words(f" ({minute(post.created_at)}):", small)
        paper.stranger_block(post.text, colour=WARM if own else "#f6f8f9")


def _row(item: PacketItem) -> list[str]:
    author = item.mention.author
    text = " ".join(item.mention.text.split())
    cut = text[:_SNIPPET] + (" …" if len(text) > _SNIPPET else "")
    kept = "redacted" if item.redacted else "bytes as received" if item.raw() is not None else "erased"
    return [
        minute(posted_at(item)),
        cut,
        f"entry {item.entry.seq}, {kept}",
        f"{author.handle}\n{author.remote_id}",
        "who used the account",
    ]
