"""The report's sections, in reading order: summary, timeline, items, analysis, limits."""

from base64 import b64encode
from typing import Final

from core.evidence.merkle import Frontier
from core.export.case import missing
from core.export.contents import PacketContents, PacketItem
from core.export.summary import Summary, posted_at
from core.export.templates import TEMPLATES
from core.export.texts import cannot_prove_in
from ui.report import chart
from ui.report.around import write_around, write_incident_log
from ui.report.paper import QUIET, WARM, Paper, letters
from ui.report.times import minute as _time

# Beyond this the readable copy stops and points to the table: nobody reads five hundred on paper.
MOST_ITEMS: Final = 500
_SNIPPET: Final = 140
# Receivers who work with a log of incidents (OnlineSOS).
_WITH_LOG: Final = ("police", "lawyer", "ic3")


def write_report(paper: Paper, contents: PacketContents, summary: Summary, width: float) -> None:
    """The whole report. `width` is the width of the text in points."""
    _write_summary(paper, contents, summary)
    _write_timeline(paper, contents, summary, width)
    if contents.template in _WITH_LOG:
        write_incident_log(paper, contents)
    _write_items(paper, contents)
    if contents.coordination:
        _write_coordination(paper, contents)
    _write_limits(paper, contents)


def _write_summary(paper: Paper, contents: PacketContents, summary: Summary) -> None:
    template = TEMPLATES.get(contents.template)
    paper.paragraph("EVIDENCE REPORT", letters(8.5, QUIET, bold=True), below=2)
    paper.paragraph(
        "Prepared for: " + (template.title if template else contents.template), letters(20, bold=True)
    )
    paper.note(f"{_time(contents.created_at)} · {contents.tool} · readable copy; the evidence is in data/raw")
    paper.table(
        [
            ["Posts", "Senders", "First posted", "Last posted"],
            [f"{summary.items:,}", f"{summary.senders:,}", _time(summary.first_at), _time(summary.last_at)],
        ],
        [18, 18, 32, 32],
        points=11,
    )
    if contents.redacted:
        paper.paragraph(
            "Redacted copy: black blocks stand for what is left out. The sealed original exists.",
            letters(9.5, bold=True),
            above=4,
        )
    _write_missing(paper, contents)
    if contents.narrative.strip():
        paper.heading("What happened, in the person's own words")
        paper.stranger_block(contents.narrative, colour=WARM)
    _write_start_here(paper, summary)
    paper.heading("About this packet")
    paper.table(
        [
            ["Account", contents.account],
            ["How chosen", _how_chosen(contents, summary)],
            ["Platforms", ", ".join(f"{name}: {number:,}" for name, number in summary.by_platform)],
            *[[_label(name), text] for name, text in sorted(contents.answers.items()) if text.strip()],
        ],
        [22, 78],
        head=False,
    )


def _how_chosen(contents: PacketContents, summary: Summary) -> str:
    shown = (
        f"{contents.selection} This packet holds {len(contents.items):,} of {contents.considered:,} mentions."
    )
    if len(contents.items) == summary.items:
        return shown
    return f"{shown} Figures, timeline and senders are over all {summary.items:,} it was chosen from."


def _label(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _write_missing(paper: Paper, contents: PacketContents) -> None:
    lacking = missing(contents)
    if lacking:
        paper.paragraph(
            "Not complete for this receiver. Still missing: ", letters(9.5, "#8a4b10", bold=True), above=4
        )
        paper.words(", ".join(lacking) + ".", letters(9.5, "#8a4b10"))


def _write_start_here(paper: Paper, summary: Summary) -> None:
    """The few items to read first: the first, the latest, the worst."""
    chosen: dict[int, tuple[list[str], PacketItem]] = {}
    marked = [("first", summary.first)] if summary.first else []
    marked += [("most serious", one) for one in summary.worst] + [("latest", one) for one in summary.latest]
    for word, item in marked:
        chosen.setdefault(int(item.entry.seq), ([], item))[0].append(word)
    if not chosen:
        return
    paper.heading("Read these first")
    rows = [["Why", "Item", "Posted", "Sender and text"]]
    for seq, (words, item) in chosen.items():
        text = " ".join(item.mention.text.split())
        cut = text[:_SNIPPET] + (" …" if len(text) > _SNIPPET else "")
        rows.append(
            [", ".join(words), f"#{seq}", _time(posted_at(item)), f"{item.mention.author.handle}\n{cut}"]
        )
    paper.table(rows, [14, 8, 24, 54], points=8.5)


def _write_timeline(paper: Paper, contents: PacketContents, summary: Summary, width: float) -> None:
    paper.heading("Timeline and counts", new_page=True)
    if summary.by_day:
        word, made = chart.bars(summary.by_day)
        paper.note(f"Posts per {word}, by the time the platform gives (UTC).")
        paper.picture(chart.draw(made), width)
    paper.heading("Senders with most posts")
    rows = [["Handle", "Platform's own id", "Platform", "Posts"]]
    rows += [[one.handle, one.remote_id, one.platform, f"{one.items:,}"] for one in summary.most_active]
    paper.table(rows, [30, 40, 18, 12])
    if contents.reports_made:
        paper.heading("Earlier reports")
        rows = [["When", "To", "Number", "About"]]
        rows += [[_time(one.at), one.to, one.reference, one.about] for one in contents.reports_made]
        paper.table(rows, [24, 20, 20, 36])
    paper.heading("Our assessment")
    paper.note(
        "Scored by software on the person's computer. It can be wrong; a post can be in several kinds."
    )
    rows = [["Kind", "Posts"]]
    rows += [[_label(kind.value), f"{number:,}"] for kind, number in summary.by_category]
    rows.append(["Not scored, or in a language the model is not valid for", f"{summary.unscored:,}"])
    paper.table(rows, [80, 20])


def _write_items(paper: Paper, contents: PacketContents) -> None:
    paper.heading("Items", new_page=True)
    total = len(contents.items)
    paper.note(
        "Invisible characters and characters that reverse text are shown by number, such as ⟨U+202E⟩. "
        "The exact text is in entries.jsonl, the bytes as received in data/raw."
    )
    for number, item in enumerate(contents.items):
        if number == MOST_ITEMS:
            paper.note(f"The other {total - number:,} items are in entries.csv and entries.jsonl.")
            break
        _write_item(paper, item)


def _write_item(paper: Paper, item: PacketItem) -> None:
    mention, author = item.mention, item.mention.author
    start = paper.paragraph(f"#{item.entry.seq}  ", letters(10, bold=True), above=12, below=0, with_next=True)
    paper.words(f"{_time(mention.created_at)}   {mention.platform}   {mention.kind.value}", letters(9, QUIET))
    paper.paragraph("", below=2, with_next=True)
    paper.stranger_words(author.display_name or author.handle, letters(10, bold=True))
    paper.words("   ")
    paper.stranger_words(author.handle)
    paper.words("   ")
    paper.stranger_words(author.remote_id, letters(8.5, QUIET))
    paper.stranger_block(mention.text)
    small = letters(8, QUIET)
    paper.paragraph("Address: ", small, above=3, below=0)
    paper.stranger_words(mention.url or "none known", letters(8))
    paper.paragraph(f"Received {_time(item.received_at)}", small, below=0)
    if item.redacted:
        paper.words("; redacted, the bytes are withheld", small)
    elif item.raw() is None:
        paper.words("; the bytes were erased by the person", small)
    paper.words(f"; sealed as entry {item.entry.seq}, leaf {item.entry.leaf.hex()}", small)
    _write_about_item(paper, item)
    paper.keep_together(start)


def _write_about_item(paper: Paper, item: PacketItem) -> None:
    small = letters(8, QUIET)
    handles = list(dict.fromkeys(one.handle for one in item.names))
    if len(handles) > 1:
        paper.paragraph("Handles seen: ", small, below=0)
        for handle in handles:
            paper.stranger_words(handle, letters(8))
            paper.words("  ")
    write_around(paper, item)
    verdict = item.classification
    if verdict is not None and verdict.categories:
        kinds = ", ".join(_label(one.value) for one in verdict.categories)
        paper.paragraph(f"Our assessment: {kinds} ({verdict.model.label})", small, below=0)
    if item.note.strip():
        paper.paragraph("The person's note: ", letters(8.5, bold=True), above=2)
        paper.stranger_words(item.note, letters(8.5))


def _write_coordination(paper: Paper, contents: PacketContents) -> None:
    paper.heading("Analysis: senders acting in step", new_page=True)
    paper.note(
        "Apart from the facts on purpose. It says that accounts did the same things, not who runs them "
        "or why. Each line gives what was seen and what chance would give."
    )
    for one in contents.coordination:
        paper.paragraph(
            f"Group {one.key}: {one.strength.value}", letters(11, bold=True), above=10, with_next=True
        )
        paper.words(
            f"   {len(one.members)} accounts, {one.posts} posts, "
            f"{_time(one.first_at)} to {_time(one.last_at)}",
            letters(9, QUIET),
        )
        rows = [["Kind", "What was seen", "Seen", "By chance"]]
        rows += [
            [_label(r.family.value), r.sentence, f"{r.observed:g}", f"{r.expected:g}"] for r in one.reasons
        ]
        paper.table(rows, [18, 54, 14, 14])
        for caveat in one.caveats:
            paper.note("What else could explain it: " + caveat)
        paper.note("Accounts: " + ", ".join(one.members[:40]) + (" …" if len(one.members) > 40 else ""))


def _write_limits(paper: Paper, contents: PacketContents) -> None:
    paper.heading("What this cannot prove", new_page=True)
    for part in cannot_prove_in("en").split("\n\n")[1:]:
        for line in _joined(part):
            paper.paragraph(line, below=4)
    paper.heading("How to check it")
    paper.paragraph(
        "VERIFY-BY-HAND.txt gives commands that need no software of ours. Ask the person by telephone for "
        "the key and a fingerprint of the log: without either, a check shows only that the packet agrees "
        "with itself."
    )
    root = Frontier.empty().extend(contents.log.leaves).root()
    paper.table(
        [
            ["Key of the log", contents.log.public_key.hex()],
            ["Fingerprint", f"{len(contents.log.leaves)}:{b64encode(root).decode()}"],
        ],
        [22, 78],
        head=False,
        points=8,
    )


def _joined(part: str) -> list[str]:
    """Numbered lines of a text file as whole paragraphs."""
    made: list[str] = []
    for line in part.splitlines():
        if made and not line[:1].isdigit():
            made[-1] += " " + line.strip()
        else:
            made.append(line.strip())
    return made
