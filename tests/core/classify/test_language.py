"""Languages of short social posts, and the refusal to guess."""

import hashlib
import socket
from pathlib import Path

import pytest

from core.classify import language
from core.classify.language import LID_SHA256, UNKNOWN, LanguageIdentifier
from core.errors import ModelUnusable

POSTS = {
    "en": ["happy birthday!!", "you are a liar", "kys", "lol ok", "I disagree with this take", "u r trash"],
    "zh": ["生日快乐", "你這個賣國賊", "滚出去", "谢谢你的文章 good"],
    "es": ["¿Quién te crees que eres?", "Feliz cumpleaños, te quiero mucho", "te voy a encontrar"],
    "ar": ["كل عام وأنت بخير", "أنت كاذب", "سنجدك قريبا"],
    "pt": ["Feliz aniversário, amiga", "você é um mentiroso", "não concordo com isso"],
    "de": ["Alles Gute zum Geburtstag", "Du Lügner", "halt die Fresse"],
    "pl": ["Wszystkiego najlepszego", "jesteś kłamcą", "zamknij się"],
    "ko": ["생일 축하해요", "거짓말쟁이"],
    "ta": ["பிறந்தநாள் வாழ்த்துக்கள்", "நீ ஒரு பொய்யன்"],
    "hi": ["जन्मदिन मुबारक हो दोस्त", "तुम बहुत झूठे हो"],
    "ja": ["誕生日おめでとう", "嘘つきは嫌いだ"],
    "nl": ["Gefeliciteerd met je verjaardag, wat leuk", "de haven is vandaag gesloten voor onderhoud"],
    "ru": ["С днём рождения!", "Ты совсем дурак?"],
}


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier()


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, texts in POSTS.items() for t in texts])
def test_short_posts(identifier: LanguageIdentifier, code: str, text: str) -> None:
    assert identifier.identify([text]) == [code]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "@harbour_reader再写一篇吧"),
        ("zh", "看这个https://example.org/a-long-address-in-latin-letters很有意思"),
        ("zh", "#LongLatinHashtagHere谢谢你"),
        ("zh", "@reader.social.example.org谢谢"),
        ("en", "@leser happy birthday Mei Lin! #AllesGuteZumGeburtstag"),
        ("en", "The tram driver reads our paper over her lunch https://ejemplo.example/los-puertos"),
    ],
)
def test_handles_addresses_and_hashtags_take_no_part(
    identifier: LanguageIdentifier, code: str, text: str
) -> None:
    assert identifier.identify([text]) == [code]


@pytest.mark.parametrize(
    "text", ["", "   ", "😂😂😂", "12345", "https://example.org/en/you", "@someone", "\ud800", "!?"]
)
def test_nothing_to_read_is_unknown(identifier: LanguageIdentifier, text: str) -> None:
    assert identifier.identify([text]) == [UNKNOWN]


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert LanguageIdentifier().identify(["Guten Morgen zusammen, wie geht es euch heute?"]) == ["de"]


def test_a_damaged_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models" / "lid176"
    folder.mkdir(parents=True)
    (folder / "lid.176.ftz").write_bytes(b"not the model")
    monkeypatch.setattr(language.resources, "files", lambda _: tmp_path)
    with pytest.raises(ModelUnusable) as caught:
        LanguageIdentifier().identify(["bonjour tout le monde, comment allez-vous"])
    assert caught.value.params["why"] == "hash"


def test_the_shipped_model_is_the_pinned_one() -> None:
    path = Path(__file__).parents[3] / "resources" / "models" / "lid176" / "lid.176.ftz"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == LID_SHA256
