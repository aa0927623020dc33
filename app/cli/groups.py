"""`breakwater groups`: what acts in step, and the person's decisions about it."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.cli.output import Json, Output
from app.services.bundle import Services
from core.domain.campaign import CampaignCard, Decision
from core.domain.ids import SenderId
from core.errors import BadInput

if TYPE_CHECKING:
    from ui.pictures.picture import Picture

Verb = Callable[[argparse.Namespace, Services, Output], int]


def groups(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater groups list|show|dismiss|take-out|split|rename|decisions|undo|export`."""
    verbs: dict[str, Verb] = {
        "list": _list,
        "show": _show,
        "dismiss": _dismiss,
        "take-out": _take_out,
        "split": _split,
        "rename": _rename,
        "decisions": _decisions,
        "undo": _undo,
        "export": _export,
    }
    return verbs[arguments.verb](arguments, services, output)


def _list(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    cards = services.campaigns.cards()
    output.data([_card_json(card) for card in cards])
    for card in cards:
        output.say(f"{card.key}  {_line(card)}")
    if not cards:
        output.say("No groups found.")
    return 0


def _show(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """Figures only: what was sent stays hidden; `--json` holds no texts either."""
    detail = services.campaigns.detail(arguments.key)
    members = services.campaigns.members(arguments.key)
    down = detail.taken_down
    output.data(
        {
            **_card_json(detail.card),
            "texts": len(detail.texts),
            "taken_down": {
                "posts": down.posts,
                "checked": down.checked,
                "up": down.up,
                "deleted": down.deleted,
                "account_gone": down.account_gone,
                "suspended": down.suspended,
                "hidden": down.hidden,
            },
            "members": [
                {
                    "sender": one.sender_id,
                    "handle": one.handle,
                    "joined_at": one.joined_at.isoformat(),
                    "posts": one.posts,
                    "followed": one.followed,
                    "taken_out": one.removed,
                    "gone": one.gone,
                }
                for one in members
            ],
            "decisions": [_decision_json(one) for one in detail.decisions],
        }
    )
    output.say(_line(detail.card))
    if detail.card.group is not None:
        for reason in detail.card.group.reasons:
            output.say(f"  {reason.sentence}")
        for caveat in detail.card.group.caveats:
            output.say(f"  But: {caveat}")
    for one in members:
        out = "  taken out" if one.removed else ""
        output.say(f"  {one.sender_id:>6}  @{one.handle}  {one.posts} posts{out}")
    return 0


def _dismiss(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    decision = services.campaigns.dismiss(arguments.key)
    return _told(decision, "Dismissed, and stays so when it grows.", output)


def _take_out(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    decision = services.campaigns.remove(arguments.key, [SenderId(one) for one in arguments.sender])
    return _told(decision, f"{decision.senders} taken out, and stay out.", output)


def _rename(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    return _told(services.campaigns.rename(arguments.key, arguments.title), "Renamed.", output)


def _split(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    offer = services.campaigns.offer_split(arguments.key)
    if offer is None:
        raise BadInput(what="split", why="its senders do not fall into two by what they sent")
    sizes = {"staying": len(offer.staying.senders), "moving": len(offer.moving.senders)}
    output.say(f"{sizes['staying']} senders stay, {sizes['moving']} become a group of their own.")
    if arguments.dry_run:
        output.data({"dry_run": True, **sizes})
        return 0
    decision = services.campaigns.split(offer)
    return _told(decision, f"The new group is {decision.part}.", output)


def _decisions(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    made = services.campaigns.decisions()
    output.data([_decision_json(one) for one in made])
    for one in made:
        undone = "  (taken back)" if one.undone_at else ""
        output.say(f"{one.id}  {one.kind.value}  {one.key}  {one.at:%Y-%m-%d %H:%M}{undone}")
    return 0


def _undo(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    return _told(services.campaigns.undo(arguments.decision), "Taken back.", output)


def _told(decision: Decision, words: str, output: Output) -> int:
    output.data(_decision_json(decision))
    output.say(f"{words} Decision {decision.id}.")
    return 0


def _export(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """Every picture as PNG, SVG and CSV, the senders as GraphML, and a note on method beside each."""
    # Qt is loaded here, so that the other verbs start without it.
    from ui.pictures.saving import save
    from ui.report.pdf import ensure_gui

    ensure_gui()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    written: list[str] = []
    for picture in _pictures(arguments, services):
        if picture.lacking:
            output.say(f"{picture.title}: {picture.lacking}")
            continue
        for ending in ("png", "svg", "csv", *(["graphml"] if picture.name == "senders" else [])):
            path, _ = save(picture, arguments.folder / f"{picture.name}.{ending}", now)
            written.append(path.name)
    output.data({"folder": str(arguments.folder), "files": written})
    output.say(f"{len(written)} files in {arguments.folder}, with a note on method beside each picture.")
    return 0 if written else 1


def _pictures(arguments: argparse.Namespace, services: Services) -> "list[Picture]":
    from ui.pictures.births import Births
    from ui.pictures.graph import Graph
    from ui.pictures.hours import Hours
    from ui.pictures.river import River
    from ui.pictures.timeline import Timeline
    from ui.pictures.zone import Zone

    key, zone = arguments.key, Zone()
    graph = Graph(services.pictures.graph(key), handles=arguments.handles, words=arguments.words)
    figures = services.pictures.figures()
    if key is None:
        return [Timeline(figures, zone), Births(figures, zone), graph]
    figures = figures.only(key)
    story = services.campaigns.story(key)
    river = River(story.themes, words=arguments.words)
    return [Timeline(figures, zone), Hours(figures, zone), Births(figures, zone), river, graph]


def _line(card: CampaignCard) -> str:
    name = card.title or f"Group {card.number}"
    shown = card.group.strength.value if card.group is not None else "not shown"
    state = "dismissed" if card.state.value == "dismissed" else shown
    again = ""
    if card.re_emerged is not None:
        again = f", {card.re_emerged.new_senders} new senders since {card.re_emerged.since:%Y-%m-%d}"
    return f"{name}: {card.senders} senders, {card.posts} posts ({state}{again})"


def _card_json(card: CampaignCard) -> dict[str, Json]:
    again = card.re_emerged
    return {
        "key": card.key,
        "number": card.number,
        "title": card.title,
        "state": card.state.value,
        "strength": card.group.strength.value if card.group is not None else None,
        "senders": card.senders,
        "posts": card.posts,
        "first_at": card.first_at.isoformat() if card.first_at else None,
        "last_at": card.last_at.isoformat() if card.last_at else None,
        "re_emerged": None
        if again is None
        else {
            "since": again.since.isoformat(),
            "new_senders": again.new_senders,
            "senders_gone": again.gone,
            "quiet_days": again.quiet_days,
        },
        "split_from": card.split_from,
    }


def _decision_json(one: Decision) -> dict[str, Json]:
    return {
        "decision": one.id,
        "key": one.key,
        "kind": one.kind.value,
        "at": one.at.isoformat(),
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        "senders": one.senders,
        "part": one.part,
    }
