"""Which of German, Polish and Portuguese a short text speaks, and what stands around a word there.

Part of `context`; all patterns read folded text. None of the words is an English one.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

import re
from typing import Final

# Small words of one language that ordinary texts of the others, or of English, do not hold.
_SPEAKS: Final = {
    "de": re.compile(
        r"\b(?:du|ich|ihr|wir|nicht|und|der|ist|sind|bist|ein|eine|einen|diese[rsn]?|dich|dir|mit|auf|wie|fur|halt|raus|schon|doch|wieder|kein\w*|dein\w*|mein\w*|euch|fresse|weg|alle|noch|zum|wurde|auch|niemand|immer|hat|haben|wird)\b"
    ),
    "pl": re.compile(
        r"\b(?:ty|jestes|jest|sa|tych|jak|jego|jej|juz|bardzo|czy|wszystk\w+|twoj\w*|twoja|wypierdal\w+|spierdal\w+|zamknij|cie|ciebie|takich|zwykl\w+|tylko|przez|znowu|wracaj|co za|ale z)\b"
    ),
    "pt": re.compile(
        r"\b(?:voce|vc|voces|seu|sua|seus|suas|nao|esse|essa|esses|essas|uma|uns|tudo|muito|que nojo|cala|fora|pra|isso|dele|dela|gente|tinham|sao|tem|vai|teu|tua|esta?s um|quem)\b"
    ),
}
SPOKEN: Final = frozenset(_SPEAKS)
_TOLD: Final = (
    r"\b(?:das wort|worte?|woerter|worter|begriff|ausdruck|schimpfwort|genannt|nannten?|nennt|nennen|beschimpft\w*|beleidig\w+|zugerufen|rief(?:en)?|gerufen|schrieb(?:en)?|gespruht|stand (?:auf|an|in|unter|gestern|heute|noch|da|am|im)|sagt man|sag nicht|heisst (?:es )?nicht|lesebuch|urteil\w*|strafbefehl|spitzname|kommentiert\w*|sagen leute|anhoren|leute sagen"
    r"|slow[oae]|nazwal\w*|nazywa\w*|nazwie|wyzwal\w*|wyzywal\w*|krzyczel\w*|krzyczal\w*|napisal\w*|wolal[aiy]|wolaja|czytac|kto mowi na|mowi na|uslyszal\w*|obelg\w*|zniewag\w*|okresleni\w*"
    r"|palavra|chamou|chamaram|chamar|chamam|chamava\w*|chamado|chamada|xingou|xingaram|xingamento|gritou|gritaram|escreveu|escreveram|comentou|comentaram|dizem|dizer|ouvir|picharam|bloque\w+|termo|expressao|insulto|ofensa)\b"
)
_TOLD_BEFORE: Final = re.compile(rf"{_TOLD}[^.!?\n]{{0,45}}\Z")
_TOLD_AFTER: Final = re.compile(rf"\A[^.!?\n]{{0,45}}{_TOLD}")
_QUOTE: Final = re.compile(r"(?P<outside>.*)[„“”\"«»][^„“”\"«»]{0,40}\Z", re.DOTALL)
_QUOTE_END: Final = re.compile(r"\A[^„“”\"«»]{0,40}[“”\"«»](?P<outside>.*)", re.DOTALL)
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_NEGATED: Final = re.compile(
    r"(?:\b(?:kein|keine|keinen|keiner|niemals ein\w*|nicht (?:ein|eine|der|die))(?: \w+)? |\bnie (?:jest(?:em|es|esmy)?|byl[aey]?|sa|bede) (?:\w+ )?|\bto nie |\bjeszcze nie |\bnao (?:e|es|sou|era|foi|sao|somos|te torna|te faz|faz de (?:ti|voce)) (?:\w+ )?(?:um |uma )?)\Z"
)
_ONESELF: Final = re.compile(
    r"(?:\b(?:ich bin|(?<!\w )\bbin|ich war|wir sind|wir|als|ich|meine?(?: lieben?)?)(?: (?:halt|eben|ne|eine?|so|stolze[rn]?|fette|alte|die|selbst))* |\b(?:jestem|jestesmy|jako|moje (?:kochane )?|stara|stary)(?: (?:dumn\w+|star\w+|grub\w+|taki|taka))* |\b(?:sou|somos|nos|minha|minhas|meu|meus|como)(?: (?:um|uma|os|as|mesmo|muito|tudo))* )\Z"
)
_AIMED_BEFORE: Final = re.compile(
    r"(?:\b(?:du|ihr|sie sind|so ein\w*|was fur ein\w*|verpiss dich,?|halt \w+ \w+,?) (?:\w+ ){0,3}|\b(?:ty|jestes|co za|z ciebie|spierdalaj,?|wypierdalaj,?|zamknij \w+,?) (?:\w+ ){0,2}"
    r"|\b(?:voce e|vc e|tu e|voce eh|vc eh|tu es|es um|es uma|es mesmo|deixa de ser|cala a boca,?|vai se foder,?|seu|sua) (?:\w+ ){0,2})\Z"
)
_AIMED_AFTER: Final = re.compile(r"\A,? (?:wie du|bist du|jestes|como (?:voce|tu)|que voce e)\b")


def speaks(language: str, text: str) -> bool:
    """Whether a folded text holds small words of a language ("de", "pl", "pt")."""
    return bool(_SPEAKS[language].search(text))


def reported(left: str, right: str) -> bool:
    """Quoted in a sentence of one of these languages, or told of."""
    before, after = _QUOTE.match(left), _QUOTE_END.match(right)
    if before and after:
        outside = f"{before['outside']} {after['outside']}"
        if _LETTERS.search(outside) and any(speaks(language, outside) for language in SPOKEN):
            return True
    return bool(_TOLD_BEFORE.search(left) or _TOLD_AFTER.search(right))


def negated(left: str) -> bool:
    """Said not to be so."""
    return bool(_NEGATED.search(left))


def of_oneself(left: str) -> bool:
    """The writer speaks of themselves."""
    return bool(_ONESELF.search(left))


def aimed(left: str, right: str) -> bool:
    """Thrown at someone."""
    return bool(_AIMED_BEFORE.search(left) or _AIMED_AFTER.search(right))
