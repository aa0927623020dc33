"""Write the sample data: about five weeks of mentions of an invented reporter.

Run by path: `python packaging/sample/make_sample.py [FOLDER]` (default: resources/sample). The result
depends on nothing but this folder: same bytes on every machine. Python's `random` promises stable
`random()` and, in practice since 3.2, stable `choice`, `randint`, `sample` and `shuffle`.
"""

import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from campaign_writer import write_a, write_b
from people import Post
from writer import Writer


def stamp(moment: datetime) -> str:
    """A time as the file holds it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def row(post: Post, post_id: str) -> dict[str, object]:
    """A post in the columns that the importer reads."""
    person = post.person
    found: dict[str, object] = {
        "post_id": post_id,
        "url": f"https://harbour.example/@{person.handle}/{post_id}",
        "author_id": person.id,
        "author_handle": person.handle,
        "author_name": person.name,
        "author_created_at": stamp(person.created),
        "created_at": stamp(post.at),
        "text": post.text,
        "lang": post.language,
        "urls": re.findall(r"https://\S+", post.text),
        "hashtags": re.findall(r"#(\w+)", post.text),
        "mentions": re.findall(r"@([A-Za-z0-9_]+)", post.text),
        "reply_to": post.reply_to,
        "repost_of": post.repost_of,
    }
    if person.followed:
        found["author_followed"] = True
    return found


def numbered(posts: list[Post]) -> list[tuple[str, Post]]:
    """Posts with their ids: milliseconds of the post's time and a running number, like platforms do."""
    return [(f"{int(post.at.timestamp())}{at % 1000:03}", post) for at, post in enumerate(posts)]


def readme(posts: list[Post]) -> str:
    """What is in the files, counted."""
    kinds = Counter(post.kind if post.campaign is None else f"campaign {post.campaign}" for post in posts)
    languages = Counter((post.language or "not given") for post in posts)
    senders = {name: len({p.person.id for p in posts if p.campaign == name}) for name in ("A", "B")}
    lines = [
        "# Sample data",
        "",
        "Everything here is invented: Mei Lin Okafor of the Tidewater Ledger, the town of Saltmere and its",
        "port authority, every sender, post, address, number and web address. Likeness to real people is",
        "chance. Written for Breakwater, under its licence (Apache-2.0). The abuse is part of the point and",
        "is masked or mild where it can be; addresses lie in the invented town, numbers are 555-01xx, sites",
        "end in .example.",
        "",
        "- `mentions.jsonl`: what the importer reads, one post per line, sorted by time (UTC).",
        "- `labels.json`: post id to kind and campaign. For tests; the application never reads it.",
        "",
        "Made by `python packaging/sample/make_sample.py`, always the same bytes. Do not edit by hand.",
        "",
        f"{len(posts)} posts by {len({post.person.id for post in posts})} senders, "
        f"{stamp(posts[0].at)} to {stamp(posts[-1].at)},",
        f"{len({post.text for post in posts})} different texts.",
        f"Campaign A has {senders['A']} senders, campaign B {senders['B']}.",
        f"{len({post.person.id for post in posts if post.person.followed})} senders are followed by her.",
        "",
        "| kind | posts |",
        "| --- | ---: |",
        *(
            f"| {kind} | {count} |"
            for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        ),
        "",
        "| language given | posts |",
        "| --- | ---: |",
        *(f"| {name} | {count} |" for name, count in sorted(languages.items(), key=lambda i: (-i[1], i[0]))),
        "",
    ]
    return "\n".join(lines)


def everything() -> list[Post]:
    """All posts, in order of time."""
    writer = Writer()
    writer.ordinary()
    writer.insults()
    writer.crowds()
    write_a(writer)
    write_b(writer)
    return sorted(writer.posts, key=lambda post: (post.at, post.person.id))


def main(folder: Path) -> None:
    """Write the three files."""
    posts = everything()
    rows = numbered(posts)
    lines = [json.dumps(row(post, key), ensure_ascii=False, separators=(",", ":")) for key, post in rows]
    labels = {key: {"kind": post.kind, "campaign": post.campaign} for key, post in rows}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mentions.jsonl").write_bytes("".join(line + "\n" for line in lines).encode())
    (folder / "labels.json").write_bytes((json.dumps(labels, indent=0) + "\n").encode())
    (folder / "README.md").write_bytes(readme(posts).encode())


if __name__ == "__main__":
    default = Path(__file__).parents[2] / "resources" / "sample"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
