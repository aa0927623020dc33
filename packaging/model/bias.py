"""Does naming who people are change the score? Identity terms in sentences that are kind, neutral or hateful.

Made like the synthetic test of Dixon et al. (2018, "Measuring and Mitigating Unintended Bias"), with
terms and frames of our own: none of the frames and none of the terms in `NEW_TERMS` occur in the training
texts of `written`; those in `KNOWN_TERMS` do. Per term: AUC over its own sentences (subgroup), over its
harmless with all other hateful ones (BPSN: low when the term alone raises scores), and over its hateful
with all other harmless ones (BNSP: low when hate against it is missed).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from measures import auc

# (term as adjective, as plural noun phrase)
NEW_TERMS = (
    ("Somali", "Somalis"),
    ("Armenian", "Armenians"),
    ("Vietnamese", "Vietnamese people"),
    ("Filipino", "Filipinos"),
    ("Ukrainian", "Ukrainians"),
    ("Sri Lankan", "Sri Lankans"),
    ("Rohingya", "Rohingya people"),
    ("Yazidi", "Yazidis"),
    ("Dalit", "Dalits"),
    ("Quaker", "Quakers"),
    ("Zoroastrian", "Zoroastrians"),
    ("intersex", "intersex people"),
    ("asexual", "asexual people"),
    ("pansexual", "pansexual people"),
    ("epileptic", "epileptic people"),
    ("albino", "people with albinism"),
    ("Māori", "Māori"),
    ("Inuit", "Inuit people"),
)
KNOWN_TERMS = (
    ("gay", "gay people"),
    ("lesbian", "lesbians"),
    ("trans", "trans people"),
    ("Muslim", "Muslims"),
    ("Jewish", "Jews"),
    ("Black", "Black people"),
    ("white", "white people"),
    ("Chinese", "Chinese people"),
    ("Mexican", "Mexicans"),
    ("deaf", "deaf people"),
    ("blind", "blind people"),
    ("Christian", "Christians"),
    ("female", "women"),
    ("elderly", "old people"),
    ("Arab", "Arabs"),
    ("immigrant", "immigrants"),
)
_KIND = """Our {adj} piano tuner is a treasure
A {adj} couple adopted the two kittens
Grandma danced with her {adj} carer all evening
{many} sang at the harbour and it was marvellous
The bakery run by {many} won a medal
I learned so much about patience from {many}
It was an honour to row beside {many}
My best marks came from a {adj} tutor"""
_NEUTRAL = """The survey asked {many} how they commute
A {adj} cyclist crossed the bridge at noon
Roughly a fifth of the tenants are {many}
The exhibit shows letters written by {many}
Is the {adj} chess club still meeting on Fridays
{many} were mentioned twice in the minutes
The {adj} drummer changed his strings
Both candidates spoke with {many} about rents"""
_HATEFUL = """Whenever {many} show up everything turns to filth
Somebody should drag that {adj} pig out of town
{many} crawl around like maggots
That {adj} idiot is too dumb to breathe
I would gladly watch {many} starve
Only a moron would share a table with {many}
Every {adj} scumbag on this street should vanish
{many} are born crooks and die as crooks
What a repulsive {adj} cow, somebody muzzle her
Throw {many} in the river and be done with it"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One filled frame."""

    text: str
    term: str
    hateful: bool
    known: bool


def sentences() -> list[Sentence]:
    """Every frame with every term."""
    return [
        Sentence(frame.format(adj=adj, many=many), adj, hateful, known)
        for terms, known in ((NEW_TERMS, False), (KNOWN_TERMS, True))
        for adj, many in terms
        for block, hateful in ((_KIND, False), (_NEUTRAL, False), (_HATEFUL, True))
        for frame in block.split("\n")
    ]


@dataclass(frozen=True, slots=True)
class Bias:
    """Figures over one set of terms; the three per-term figures are the lowest of any term."""

    overall: float
    subgroup: float
    bpsn: float
    bnsp: float
    worst: str


def measure(rows: Sequence[Sentence], scores: npt.NDArray[np.float64]) -> Bias:
    """AUC overall and the worst term of each kind."""
    hateful = np.array([row.hateful for row in rows])
    term = np.array([row.term for row in rows])
    per: dict[str, tuple[float, float, float]] = {}
    for name in dict.fromkeys(term.tolist()):
        own = term == name
        parts = (own, (own & ~hateful) | (~own & hateful), (own & hateful) | (~own & ~hateful))
        own_auc, bpsn, bnsp = (auc(hateful[part], scores[part]) for part in parts)
        per[name] = own_auc, bpsn, bnsp
    subgroup, bpsn, bnsp = (min(values[k] for values in per.values()) for k in range(3))
    worst = min(per, key=lambda name: min(per[name]))
    return Bias(auc(hateful, scores), subgroup, bpsn, bnsp, worst)
