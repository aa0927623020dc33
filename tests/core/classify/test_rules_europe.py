"""Threats, private details, pile-ons and smears in German, Polish, Portuguese and French, and their twins."""

import time

import pytest

from core.classify import rules
from core.classify.fold import fold
from core.domain.classification import Category

FIRES = {
    Category.THREAT: [
        # German
        "Wir werden dich und deine Kollegin abstechen.",
        "Ich mach dich kalt, du Ratte",
        "1ch br1ng d1ch um",
        "Noch ein Tweet und ich breche dir beide Beine",
        "Dir gehört mal ordentlich die Nase gebrochen, ich schlag dir die Zähne aus",
        "Jemand sollte diese Redakteurin endlich abknallen",
        "Die gehört aufgehängt, am besten vor dem Sender",
        "Hoffentlich krepierst du bald",
        "Ich wünsche dir den Tod",
        "Häng dich endlich auf",
        "Spring von der Brücke, dir weint keiner nach",
        "Lösch den Beitrag. Letzte Warnung, sonst kommen wir zu dir nach Hause",
        "Du wirst elendig verrecken",
        "Deine Tage sind gezählt, Frau Redakteurin",
        "Man sollte diese Moslems vergasen",
        "Nettes Auto hast du da, wäre doch schade, wenn es mal brennt",
        # Polish
        "Zatłukę cię jak psa",
        "Znajdę twój dom i spalę cię żywcem",
        "Wybijemy ci wszystkie zęby, pismaku",
        "Takich jak ona powinno się wieszać",
        "Ktoś powinien ją wreszcie zastrzelić",
        "Życzę ci raka, redaktorku",
        "Mam nadzieję, że wkrótce zdechniesz",
        "Powieś się, pismaku",
        "Rzuć się pod pociąg",
        "Jeszcze raz o tym napiszesz, to dostaniesz w łeb",
        "Usuń ten tekst albo polamię ci palce",
        "Będziesz wisiała na latarni",
        "Imigrantów do gazu",
        # Portuguese
        "Vamos te encher de bala, jornalista",
        "Vou quebrar as tuas pernas, vagabundo",
        "Arranco-te os dentes todos, ó palhaço",
        "Vou arrancar seus olhos",
        "Alguém tem que dar um tiro nesse vereador",
        "Essa repórter merece levar uma surra",
        "Tomara que você pegue câncer",
        "Espero que morras atropelado",
        "Se enforca, seu inútil",
        "Atira-te da ponte, ninguém dá pela falta",
        "Apaga esse vídeo ou a gente te acha",
        "Você vai aparecer morta no rio",
        "Os teus dias estão contados",
        "Morte aos ciganos",
        # French
        "Je vais te buter, sale journaliste",
        "On va te casser les genoux",
        "Tu mérites de crever",
        "J’espère que tu vas crever bientôt",
        "Va te pendre",
        "Tes jours sont comptés",
    ],
    Category.DOXXING: [
        "Wir wissen genau, wo deine Tochter zur Schule geht",
        "Sie wohnt in der Ahornstraße 17, klingelt mal",
        "Ihre Privatadresse: Ahornweg 5, dritter Stock",
        "Wer weiß, wo die Tussi arbeitet?",
        "Wiem, gdzie pracujesz",
        "Ona mieszka przy ul. Brzozowej 12",
        "Kto ma jej adres?",
        "Jej numer: 600 000 000, dzwońcie",
        "Sei muito bem onde você trabalha",
        "Ela mora na rua das Acácias, 45",
        "Alguém sabe onde ela trabalha?",
        "O telefone dela é 11 90000-0000",
        "On sait où tu habites",
        "Elle habite au 12 rue des Acacias",
        "Quelqu'un a son adresse ?",
    ],
    Category.PILE_ON: [
        "Leute, meldet alle ihren Account",
        "Macht ihr das Leben zur Hölle... macht sie fertig",
        "Zgłaszajcie masowo jej profil",
        "Zróbcie jej piekło",
        "Galera, bora derrubar o perfil dela",
        "Vamos infernizar a vida dele",
        "Signalez tous son compte",
    ],
    Category.SEXUAL: [
        "Die hat sich doch nach oben geschlafen",
        "Schick Nudes, Süße",
        "Für den Job hast du bestimmt die Beine breit gemacht",
        "Karierę zrobiła przez łóżko",
        "Pokaż cycki, pani redaktor",
        "Rozłóż nogi, to umiesz najlepiej",
        "Manda nude, repórter",
        "Essa aí conseguiu a vaga de joelhos",
        "Tá faltando rola nessa vida... falta de rola",
        "Elle a couché avec le patron pour avoir le poste",
        "Envoie des nudes",
    ],
}
SILENT = [
    # German
    "Ich werde dich nicht umbringen, versprochen",
    "Er schrieb mir: ich bring dich um",
    "„Häng dich auf“ schreiben sie ihr jeden Tag",
    "Der Mann, der sie umbringen wollte, steht vor Gericht",
    "Im Film sagt er: ich mach dich kalt",
    "Du bist tot müde, geh schlafen",
    "Ich schlag dir vor, das Knie zu kühlen",
    "Schlag dir die Idee aus dem Kopf",
    "Das Bild gehört an die Wand",
    "Hoffentlich kriegst du keinen Krebs",
    "Bring dich bitte nicht um, ruf die Telefonseelsorge an",
    "Spring doch ins Wasser, es ist warm",
    "Die Stechmücken bringen mich um",
    "Ich weiß, wo du wohnst, ich bring dir die Post mit",
    "Unser Laden: Ahornstraße 17, kommt vorbei",
    "Die Sängerin wohnt in Hamburg",
    "Bitte meldet Fake-Profile, dieser Account ist Betrug",
    "Die Prüfung mach ich fertig",
    "Sie hat acht Stunden geschlafen",
    "Zieh dich warm an",
    "Die Beine breit stellen und tief atmen",
    # Polish
    "Nie zabiję cię, obiecuję",
    "Napisał mi, że mnie zabije",
    "„Zabiję cię” napisał ktoś na drzwiach",
    "Te papierosy cię zabiją",
    "W tym odcinku on mówi: połamię ci nogi",
    "Złamałem sobie rękę na nartach",
    "Umieram ze śmiechu",
    "Wiem, gdzie mieszkasz, wpadnę z ciastem",
    "Nasze biuro mieści się przy ul. Brzozowej 12",
    "Zgłaszajcie fałszywe konta",
    "Ile bierzesz za godzinę lekcji gitary?",
    "Zrobiłam lody malinowe",
    "Zapłaciłem za łóżko dwa tysiące",
    "Nie zabijaj się o takie głupstwo",
    # Portuguese
    "Não vou te matar, calma",
    "Ele disse que vai me matar",
    "“Vou te matar” estava escrito no bilhete",
    "Minha mãe vai me matar",
    "Vou te matar de cócegas",
    "Vou quebrar a cara nessa prova",
    "Cortei os dedos na cozinha",
    "Esse filme merece morrer na praia",
    "Tomara que você passe na prova",
    "Sei onde você mora, levo o vinho",
    "O museu fica na rua das Acácias, 45",
    "Denuncie a conta falsa, é golpe",
    "A comida deu pra todo mundo",
    "Se mata de trabalhar e ganha pouco",
    "Vou tirar o gato da cama",
    # French
    "Tu es mort de rire",
    "Il a dit qu'il va te tuer",
    "Je ne vais pas te tuer",
    "Je sais où tu habites, j'apporte le gâteau",
    "Ce restaurant est au 12 rue des Acacias",
    "Signalez ce faux compte, c'est une arnaque",
    "Elle est couchée avec la grippe",
    "Le pneu a crevé",
]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FIRES.items() for t in texts])
def test_fires(category: Category, text: str) -> None:
    assert category in {finding.category for finding in rules.apply(fold(text).text)}


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert rules.apply(fold(text).text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Ach, Frau Schröder. Ich brech Ihnen nichts, ich brech dir den Kiefer.", "brech dir den Kiefer"),
        ("No proszę: połamię ci nogi!", "połamię ci nogi"),
        ("Olha só, vou arrancar seus olhos!", "vou arrancar seus olhos"),
    ],
)
def test_spans_are_places_in_the_original(text: str, span: str) -> None:
    folded = fold(text)
    assert span in [text[slice(*folded.span(f.start, f.end))] for f in rules.apply(folded.text)]


def test_long_hostile_text_takes_no_long_time() -> None:
    started = time.process_time()
    for text in (
        "ich werde dich die juden sollte man " * 500,
        "ich weiss wo du ihre adresse " * 600,
        "brech ich dir die man sollte den " * 550,
        "du kriegst hoffentlich der gehort " * 550,
        "powinien go ja trzeba takich zabic " * 500,
        "polamie ci jej kto ma jej mieszka przy ul " * 450,
        "niech cie oby mam nadzieje ze " * 600,
        "vou te quebrar a tua alguem tem que essa mulher " * 400,
        "tomara que voce ela mora na rua a b c " * 500,
        "todo mundo galera denunciar quanto cobra foto pelada " * 400,
        "je vais te casser les son adresse est elle a couche avec le " * 300,
        "die " * 5000,
        '"' * 20000,
    ):
        rules.apply(text)
    assert time.process_time() - started < 10
