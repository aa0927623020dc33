"""Pictures of posts: what came with one, and where Bluesky's own servers keep it.

A post names its pictures by the hash of the file. The address is made here from that hash and the
sender's DID, always on Bluesky's own picture servers; no address that the sender wrote is ever used, so
neither the sender's server nor the linked page learns that somebody looked. The servers hand out their
own smaller copy, not the file the sender uploaded: its hash differs from the one in the post.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from core.connectors.bluesky.session import PLATFORM
from core.connectors.bluesky.shapes import maybe_object, objects, optional_text
from core.connectors.pictures import PictureClient
from core.domain.capture import Answered
from core.domain.mention import Attachment
from core.errors import UnsupportedHere

# A post holds four pictures; more than this is an attack. The raw bytes keep them all.
_MOST: Final = 8
_ALT_CHARS: Final = 5_000
_REF: Final = re.compile(
    r"(?P<did>did:[a-z]+:[a-zA-Z0-9._:%-]{1,200})/(?P<cid>[a-zA-Z0-9]{10,120})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PictureServers:
    """Where pictures and stills of films are served from; other addresses only in tests."""

    pictures: str = "https://cdn.bsky.app/img"
    films: str = "https://video.bsky.app/watch"

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that may be asked, and no other."""
        parts = [urlsplit(one) for one in (self.pictures, self.films)]
        return tuple(dict.fromkeys(f"{one.scheme}://{one.netloc}" for one in parts))

    @property
    def hosts(self) -> tuple[str, ...]:
        """The same as host names, to be shown."""
        return tuple(urlsplit(one).netloc for one in self.origins)

    def address(self, attachment: Attachment) -> str:
        """Where one picture is. Raises `UnsupportedHere` for a reference that is none of ours."""
        match = _REF.fullmatch(attachment.ref)
        if match is None:
            raise UnsupportedHere(what="picture-reference", where=PLATFORM)
        did, cid = match["did"], match["cid"]
        if attachment.kind == "video":
            return f"{self.films}/{quote(did, safe='')}/{cid}/thumbnail.jpg"
        preset = "feed_thumbnail" if attachment.kind == "card" else "feed_fullsize"
        return f"{self.pictures}/{preset}/plain/{did}/{cid}@jpeg"


class Pictures:
    """Fetches pictures from the platform's own servers."""

    def __init__(self, servers: PictureServers) -> None:
        self._servers = servers

    def fetch(self, attachment: Attachment) -> Answered | None:
        """The file as served; None when it is gone."""
        address = self._servers.address(attachment)
        return PictureClient(PLATFORM, self._servers.origins).fetch(address)


def attachments_in(record: Mapping[str, object], did: str) -> tuple[Attachment, ...]:
    """Pictures, the still of a film, and the picture of a link card in a post's record."""
    embed = maybe_object(record.get("embed"))
    found: list[Attachment] = []
    # With a quoted post beside them, pictures sit one level deeper.
    for holder in (embed, maybe_object(embed.get("media"))):
        for kind, blob, alt in _blobs(holder):
            ref = f"{did}/{_link(blob)}"
            if _REF.fullmatch(ref) and len(found) < _MOST:
                found.append(Attachment(kind, ref, (optional_text(alt) or "")[:_ALT_CHARS]))
    return tuple(found)


def _blobs(holder: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    for image in objects(holder.get("images")):
        yield "image", image.get("image"), image.get("alt")
    if isinstance(holder.get("video"), dict):
        yield "video", holder["video"], holder.get("alt")
    external = maybe_object(holder.get("external"))
    if isinstance(external.get("thumb"), dict):
        yield "card", external["thumb"], external.get("title")


def _link(blob: object) -> str:
    """The hash that names a file; old posts write it plainly."""
    fields = maybe_object(blob)
    link = maybe_object(fields.get("ref")).get("$link") or fields.get("cid")
    return link if isinstance(link, str) else ""
