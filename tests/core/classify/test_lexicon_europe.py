"""German, Polish and Portuguese word packs: thrown words count; told, denied and foreign ones do not."""

import pytest

from core.classify import context_europe
from core.classify.fold import fold
from core.classify.level import Level
from core.classify.lexicon import Lexicon, load_packs, read_pack

COUNTED = [
    ("german", "Verschwinde, du Kanake"),
    ("german", "Volksverräter!"),
    ("german", "Vollidiot"),
    ("german", "Du bist so ein Heuchler"),
    ("german", "Systemhuren, alle miteinander"),
    ("german", "ihr seid doch alle Spastis"),
    ("german", "Du Judas, wer zahlt dich, du Verräterschwein"),
    ("german", "Für mich ist das ein Mongo"),
    ("polish", "Zamknij się, zdrajco"),
    ("polish", "Ciapaci won"),
    ("polish", "z niego jest zwykły folksdojcz"),
    ("polish", "ty kretynko"),
    ("polish", "Sprzedawczyki, hańba wam"),
    ("portuguese", "seu traidor"),
    ("portuguese", "Esse jornalista vendido mente de novo"),
    ("portuguese", "você é um palhaço"),
    ("portuguese", "tinha que ser um traveco"),
    ("portuguese", "bando de esquerdopatas"),
]
NOT_COUNTED = [
    "Auf dem Schild stand „Volksverräter“, wir haben es abgenommen",
    "Sie haben mich auf der Straße Kanake genannt, ich war acht",
    "Das Wort Schwuchtel sagt man nicht",
    "Du bist kein Verräter, lass dich nicht ärgern",
    "Ich bin eine stolze Kampflesbe",
    "Er spielt den Verräter im dritten Akt",
    "Das neue Album von Judas Priest ist da",
    "We moved from Postgres to Mongo last year",
    "She played a bimbo in that movie and hated it",
    "Depp won the case",
    "In der FDP streiten sie wieder",
    "Es geht um die FDP und pro Jahr zehn Milliarden",
    "Nazwali mnie zdrajcą, bo zadałem pytanie",
    "Nie jesteś zdrajcą",
    "Jestem ciotą i jest mi z tym dobrze",
    "Naciśnij pedał gazu do końca",
    "Umyłam podłogę szmatą",
    "W filmie on okazuje się zdrajcą",
    "Ela me chamou de retardada na frente da turma",
    "Você não é um traidor",
    "Somos sapatões e felizes",
    "O burro come capim",
    "Vendido! O apartamento saiu ontem",
    "Vi um macaco no zoológico",
    "“Esquerdopata” escreveram no muro dela, e ela riu",
    "The capital is far from the border",
]


@pytest.fixture(scope="module")
def packs() -> Lexicon:
    return load_packs(("german", "polish", "portuguese"))


@pytest.mark.parametrize(("pack", "text"), COUNTED)
def test_thrown_words_count(packs: Lexicon, pack: str, text: str) -> None:
    assert pack in {hit.term.pack for hit in packs.counted(fold(text).text, Level.BALANCED)}


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_told_denied_and_foreign_words_do_not(packs: Lexicon, text: str) -> None:
    assert packs.counted(fold(text).text, Level.BALANCED) == []


def test_a_word_within_a_language_waits_for_that_language(packs: Lexicon) -> None:
    assert packs.find("mongo is fast") == []
    assert [hit.term.name for hit in packs.find("du bist ein mongo")] == ["german:Mongo"]


def test_every_scope_is_a_language_whose_small_words_are_known(packs: Lexicon) -> None:
    scopes = {term.within for term in packs.terms} - {None}
    assert scopes == set(context_europe.SPOKEN)


@pytest.mark.parametrize(("language", "scope"), [("en", "language"), ("de", "country")])
def test_an_unknown_scope_is_refused(language: str, scope: str) -> None:
    entry = {"term": "gronk", "severity": "mild", "category": "insult", "meaning": "x", "scope": scope}
    pack = {"name": "p", "language": language, "author": "a", "licence": "b", "terms": [entry]}
    with pytest.raises(ValueError, match="scope"):
        read_pack(pack)


@pytest.mark.parametrize(
    "text",
    ["the old house was warm in winter", "we die a little", "no one got it", "I am so tired of it all"],
)
def test_plain_english_speaks_none_of_them(text: str) -> None:
    assert not any(context_europe.speaks(language, text) for language in context_europe.SPOKEN)
