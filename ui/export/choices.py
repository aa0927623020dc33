"""What the person is asked about a packet, and what they chose."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.campaign import CampaignCard
from core.domain.inbox import GroupCard
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.export import ExportRequest
    from app.services.figures import FigureFile
    from core.export.templates import Template

_CONTEXT = "Export"


class Step(Enum):
    """The pages, in order."""

    CHOOSE = "choose"
    RECEIVER = "receiver"
    WORDS = "words"
    REVEALS = "reveals"
    FIGURES = "figures"
    WRITE = "write"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PacketWish:
    """What the person chose."""

    folder: Path
    request: "ExportRequest"


@dataclass(frozen=True, slots=True)
class FigureWish:
    """Figures the person agreed to, and where to."""

    folder: Path
    file: "FigureFile"


@dataclass(frozen=True, slots=True)
class PacketChoices:
    """What there is to choose from: how many hidden messages, which groups and campaigns, which templates."""

    hidden: int
    groups: tuple[GroupCard, ...]
    templates: "tuple[Template, ...]"
    folder: Path
    campaigns: tuple[CampaignCard, ...] = ()


def step_name(step: Step) -> str:
    """The heading of a page."""
    names = {
        Step.CHOOSE: translate(_CONTEXT, "Which messages"),
        Step.RECEIVER: translate(_CONTEXT, "For whom"),
        Step.WORDS: translate(_CONTEXT, "What only you can say"),
        Step.REVEALS: translate(_CONTEXT, "What it reveals"),
        Step.FIGURES: translate(_CONTEXT, "What is in the figures"),
        Step.WRITE: translate(_CONTEXT, "Where to"),
        Step.DONE: translate(_CONTEXT, "Hand it over"),
    }
    return names[step]


def template_name(template: "Template") -> str:
    """For whom a template is; one this module does not know keeps its own title."""
    names = {
        "police": translate(_CONTEXT, "Local police"),
        "platform": translate(_CONTEXT, "The platform's trust and safety team"),
        "ic3": translate(_CONTEXT, "FBI IC3 (transnational repression)"),
        "dsa": translate(_CONTEXT, "The platform, under the EU Digital Services Act, Article 16"),
        "esafety": translate(_CONTEXT, "eSafety Commissioner, Australia"),
        "employer": translate(_CONTEXT, "Employer or school"),
        "lawyer": translate(_CONTEXT, "Lawyer"),
    }
    return names.get(template.name, template.title)


def template_note(template: "Template") -> str:
    """One line on what this receiver works with."""
    notes = {
        "police": translate(
            _CONTEXT, "Incident log, request to preserve data at the platform, your report numbers."
        ),
        "platform": translate(_CONTEXT, "The rule that is broken, and the accounts together."),
        "ic3": translate(_CONTEXT, "Answers in the order of IC3's form. Facts only."),
        "dsa": translate(_CONTEXT, "A reason, your name, an email address and a good-faith statement."),
        "esafety": translate(_CONTEXT, "Report to the platform first and note the number."),
        "employer": translate(_CONTEXT, "Few examples, and what colleagues should do."),
        "lawyer": translate(_CONTEXT, "Everything, with a draft certification."),
    }
    return notes.get(template.name, "")
