"""Sections of the detail pane for what was captured around a mention.

What strangers wrote or pictured is hidden until asked for; the person's own words are shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from core.domain.capture import ContextPost, ContextRole, Media, MediaState, Standing
from ui.inbox.detail import Detail
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.standing_words import picture_sentence, state_name, state_sentence
from ui.widgets.untrusted_text import PlainLabel, one_line, plain
from ui.wording import counted, day_time, translate, utc_time

_CONTEXT = "Detail"
_TEXT_SHOWN = 2_000
_PICTURE_WIDTH = 320


@dataclass(slots=True)
class Opened:
    """What was asked to be shown of one mention; leaving the mention forgets it."""

    conversation: bool = False
    versions: bool = False
    pictures: dict[int, QPixmap] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the buttons of these sections ask for. Pictures go by their number."""

    redraw: Callable[[], None]
    check: Callable[[], None]
    fetch: Callable[[], None]
    refuse: Callable[[], None]
    show: Callable[[int], None]
    erase: Callable[[int], None]


def standing_lines(detail: Detail, theme: Theme, wishes: Wishes) -> list[QWidget]:
    """Whether the post is still there, since when, and when it was last looked for."""
    around = detail.around
    if around is None:
        return []
    lines: list[QWidget] = []
    standing = around.standing
    if standing is not None:
        role = "strong" if standing.state.gone else "soft"
        lines.append(PlainLabel(state_sentence(standing.state), role=role).wrapped())
        lines += [_caption(words) for words in _standing_times(standing)]
    elif around.can_check:
        lines.append(_soft(translate(_CONTEXT, "Not looked for yet. The sender does not learn of it.")))
    if around.can_check:
        again = TextButton(theme, translate(_CONTEXT, "Look again now"), "sync", "quiet")
        lines.append(_buttons(again.on_click(wishes.check)))
    return lines


def _standing_times(standing: Standing) -> list[str]:
    words = []
    for change in standing.history:
        shown = translate(_CONTEXT, "{state}: seen {time}").format(
            state=state_name(change.state), time=utc_time(change.seen_at)
        )
        if change.last_at is not None and change.state.gone:
            shown += translate(_CONTEXT, " (still there {time})").format(time=utc_time(change.last_at))
        words.append(shown)
    looked = translate(_CONTEXT, "Last looked {time}").format(time=day_time(standing.checked_at))
    return [*words, looked]


def version_lines(detail: Detail, theme: Theme, opened: Opened, wishes: Wishes) -> list[QWidget]:
    """Later texts of an edited post."""
    around = detail.around
    if around is None or not around.versions:
        return []
    times = counted(
        len(around.versions),
        translate(_CONTEXT, "The sender changed this post after it was sealed. Both texts are kept."),
        translate(
            _CONTEXT, "The sender changed this post {n} times after it was sealed. Every text is kept."
        ),
    )
    lines: list[QWidget] = [PlainLabel(times, role="strong").wrapped()]
    shown = opened.versions or not detail.row.hidden
    for version in around.versions:
        when = translate(_CONTEXT, "Seen {time}, sealed as entry #{n}").format(
            time=utc_time(version.seen_at), n=version.entry_seq
        )
        parts: list[QWidget] = [_caption(when)]
        if shown:
            parts.append(_reading(plain(version.text, _TEXT_SHOWN)))
        lines.append(frame("reason", column(*parts, gap=0, margins=(2, 1, 0, 1))))
    if not shown:
        show = TextButton(theme, translate(_CONTEXT, "Show the later texts"), "eye", "quiet")
        lines.append(_buttons(show.on_click(lambda: _open(opened, "versions", wishes))))
    return lines


def conversation_lines(detail: Detail, theme: Theme, opened: Opened, wishes: Wishes) -> list[QWidget]:
    """What the post answers: the person's own words, and those of others when asked for."""
    around = detail.around
    if around is None:
        return []
    if not around.conversation:
        waits = translate(_CONTEXT, "It is fetched after the next check for new messages.")
        return [_soft(waits)] if around.conversation_waits else []
    lines = [_context_post(post, opened) for post in around.conversation]
    others = [post for post in around.conversation if post.role is not ContextRole.OWN]
    if others and not opened.conversation:
        words = counted(
            len(others),
            translate(_CONTEXT, "Show what the other person wrote"),
            translate(_CONTEXT, "Show what the others wrote"),
        )
        show = TextButton(theme, words, "eye", "quiet")
        lines.append(_buttons(show.on_click(lambda: _open(opened, "conversation", wishes))))
    return lines


def _context_post(post: ContextPost, opened: Opened) -> QWidget:
    own = post.role is ContextRole.OWN
    who = (
        translate(_CONTEXT, "You wrote")
        if own
        else translate(_CONTEXT, "@{handle} wrote").format(handle=one_line(post.author_handle, 80))
    )
    when = f" · {day_time(post.created_at)}" if post.created_at else ""
    parts: list[QWidget] = [_caption(who + when)]
    if own or opened.conversation:
        parts.append(_reading(plain(post.text, _TEXT_SHOWN)))
    else:
        parts.append(PlainLabel(translate(_CONTEXT, "Hidden"), role="soft"))
    return frame("reason", column(*parts, gap=0, margins=(2, 1, 0, 1)))


def picture_lines(detail: Detail, theme: Theme, opened: Opened, wishes: Wishes) -> list[QWidget]:
    """Pictures that came with the post: none is fetched or shown before the person asks."""
    around = detail.around
    if around is None or not around.media:
        return []
    lines: list[QWidget] = []
    offered = [one for one in around.media if one.state in (MediaState.OFFERED, MediaState.GONE)]
    if offered:
        words = counted(
            len(offered),
            translate(_CONTEXT, "This post came with a picture. It has not been fetched."),
            translate(_CONTEXT, "This post came with {n} pictures. They have not been fetched."),
        )
        lines.append(_soft(words))
        get = TextButton(theme, translate(_CONTEXT, "Get the pictures for this post…"), "import", "quiet")
        no = TextButton(theme, translate(_CONTEXT, "Not wanted"), "", "quiet")
        get.setVisible(bool(around.picture_hosts))
        lines.append(_buttons(get.on_click(wishes.fetch), no.on_click(wishes.refuse)))
        get.setVisible(bool(around.picture_hosts))
    kept = [one for one in around.media if one not in offered]
    lines += [_picture(one, theme, opened, wishes) for one in kept]
    if any(one.state is MediaState.CAPTURED for one in kept):
        lines.append(
            _caption(
                translate(
                    _CONTEXT,
                    "Sexual pictures of anyone under 18 must not be kept, not even as evidence. If this is "
                    "one, erase it here and report the post to the platform or the police, who can fetch it.",
                )
            )
        )
    return lines


def _picture(one: Media, theme: Theme, opened: Opened, wishes: Wishes) -> QWidget:
    words = picture_sentence(one.state, one.reason)
    if one.state is not MediaState.CAPTURED:
        return _soft(words)
    kind = (one.media_type or "").removeprefix("image/").upper()
    about = translate(_CONTEXT, "{kind}, {width} × {height}, sealed as entry #{n}").format(
        kind=one_line(kind, 10), width=one.width, height=one.height, n=one.entry_seq
    )
    parts: list[QWidget] = [_caption(about)]
    pixels = opened.pictures.get(one.id)
    if pixels is None:
        show = TextButton(theme, translate(_CONTEXT, "Show the picture"), "eye", "quiet")
        show.on_click(partial(wishes.show, one.id))
    else:
        drawn = QLabel()
        drawn.setPixmap(pixels)
        drawn.setAccessibleName(translate(_CONTEXT, "Picture sent with the message"))
        parts.append(drawn)
        if one.attachment.alt:
            alt = translate(_CONTEXT, "The sender's description: {text}")
            parts.append(_caption(alt.format(text=one_line(one.attachment.alt, 400))))
        show = TextButton(theme, translate(_CONTEXT, "Hide again"), "eye-off", "quiet")
        show.on_click(lambda: _hide(opened, one.id, wishes))
    erase = TextButton(theme, translate(_CONTEXT, "Erase for good…"), "remove", "quiet")
    parts.append(_buttons(show, erase.on_click(partial(wishes.erase, one.id))))
    return frame("reason", column(*parts, gap=1, margins=(2, 1, 0, 1)))


def picture_pixels(preview: bytes, ratio: float) -> QPixmap:
    """A preview as wide as the pane allows."""
    image = QImage.fromData(preview)
    wide = min(image.width(), round(_PICTURE_WIDTH * ratio))
    scaled = image.scaledToWidth(max(1, wide), Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(scaled)


def _open(opened: Opened, what: str, wishes: Wishes) -> None:
    setattr(opened, what, True)
    wishes.redraw()


def _hide(opened: Opened, media_id: int, wishes: Wishes) -> None:
    opened.pictures.pop(media_id, None)
    wishes.redraw()


def _reading(text: str) -> PlainLabel:
    label = PlainLabel(text).wrapped()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _buttons(*buttons: TextButton) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*buttons, None, gap=1))
    return holder


def _soft(text: str) -> PlainLabel:
    return PlainLabel(text, role="soft").wrapped()


def _caption(text: str) -> PlainLabel:
    return PlainLabel(text, role="caption").wrapped()
