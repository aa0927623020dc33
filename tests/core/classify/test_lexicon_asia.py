"""Korean, Hindi and Tamil packs: found with their endings, not inside other words, not when only told."""

import pytest

from core.classify.fold import fold
from core.classify.level import Level
from core.classify.lexicon import Lexicon, load_packs
from core.domain.classification import Category


@pytest.fixture(scope="module")
def packs() -> Lexicon:
    return load_packs(("korean", "hindi", "tamil"))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("너 같은 매국노는 처음 본다", Category.TRAITOR),
        ("이 간첩아", Category.TRAITOR),
        ("쪽바리는 꺼져", Category.SLUR),
        ("기레기들이 또 왔네", Category.INSULT),
        ("짱깨야 조용히 해", Category.SLUR),
        ("तू देशद्रोही है", Category.TRAITOR),
        ("अबे गद्दार, चुप", Category.TRAITOR),
        ("ये कटुए कहाँ से आए", Category.SLUR),
        ("तू हरामी है", Category.INSULT),
        ("நீ ஒரு துரோகி", Category.TRAITOR),
        ("கைக்கூலிக்கு என்ன வேலை", Category.TRAITOR),
        ("துலுக்கன் வந்துட்டான்", Category.SLUR),
        ("டேய் பொறுக்கி", Category.INSULT),
    ],
)
def test_counts(packs: Lexicon, text: str, category: Category) -> None:
    hits = packs.counted(fold(text).text, Level.BALANCED)
    assert category in {hit.term.category for hit in hits}


@pytest.mark.parametrize(
    "text",
    [
        "매국노라는 말은 쓰지 맙시다",
        "질문한다고 빨갱이가 되는 건 아니다",
        "드라마에서 간첩 역할을 맡았다",
        "틀딱인 내가 게임을 한다",
        "짱깨집 말고 다른 식당 가자",
        "쓰레기봉투 사 와라",
        "किसी को देशद्रोही कहना आसान है",
        "हम चमार हैं और हमें गर्व है",
        "मैं कितना गधा हूँ",
        "गद्दारी पर किताब पढ़ी",
        "नीचे देखो",
        "கேள்வி கேட்பவர் தேசத்துரோகி அல்ல",
        "அவனை துரோகி என்று அழைக்காதீர்கள்",
        "நான் ஒரு லூசு",
        "எங்க வீட்டு நாய் அழகு",
    ],
)
def test_does_not_count(packs: Lexicon, text: str) -> None:
    assert packs.counted(fold(text).text, Level.BALANCED) == []


@pytest.mark.parametrize("text", ["नीचता", "सुगधा", "कुतियापन", "சுபன்னி", "எருமைப்பால்"])
def test_part_of_a_longer_word_is_not_it(packs: Lexicon, text: str) -> None:
    assert packs.find(fold(text).text) == []


def test_the_span_is_the_word(packs: Lexicon) -> None:
    text = "देखो, तू रंडी है"
    hits = packs.find(fold(text).text)
    assert [fold(text).text[hit.start : hit.end] for hit in hits] == ["रंडी"]
