"""Rules fire where little doubt is left, and stay silent about what is only told."""

import pytest

from core.classify import rules
from core.classify.fold import fold
from core.domain.classification import Category

FIRES = {
    Category.THREAT: [
        "I will kill you",
        "I'm going to find you and kill your family",
        "we will find you and make you pay, we will find you.",
        "watch your back, traitor",
        "Your days are numbered",
        "someone should shoot you",
        "I hope you die slowly",
        "k1ll y0urself",
        "k y s",
        "go kill yourself",
        "我要杀了你",
        "弄死你全家",
        "你给我等着,出门小心点",
        "去死吧",
        "把汉奸吊路灯",
        "祝你全家出车祸",
        "te voy a matar",
        "سنجدك ونهايتك قريبة",
    ],
    Category.DOXXING: [
        "we know where you live",
        "I know which school your daughter goes to, I know where your kids go",
        "her address is 12 Oak Street",
        "She lives at 14 Mill Lane, go say hi",
        "anyone know where she lives?",
        "drop her address",
        "her number is +1 (555) 012 3456",
        "call her boss and tell them",
        "我知道你住哪",
        "我們知道你家在哪",
        "人肉她",
        "谁有她的家庭住址",
        "她住在幸福路12号3单元",
        "她的手机号是13800001234",
        "sé dónde vives",
    ],
    Category.PILE_ON: [
        "everyone report this account",
        "mass report her",
        "let's get her fired",
        "make her life hell",
        "Everyone, flood her mentions",
        "大家一起举报她",
        "去她评论区骂",
        "让她社死",
        "todos a reportar su cuenta",
    ],
    Category.SEXUAL: [
        "you slept your way to the top",
        "send nudes",
        "you are a whore",
        "你多少钱一晚?",
        "她是被包养的",
        "eres una puta",
    ],
}
SILENT = [
    "he said he'd kill me",
    "I got a threat: 'I will kill you'",
    "I'm going to kill you with kindness",
    "you kill me lol",
    "I'd kill for a coffee",
    "I will never hurt you",
    "please don't kill yourself, call a hotline",
    "stop telling people to kill themselves",
    "My address is 12 Oak Street, come over",
    "our office is at 14 Mill Lane",
    "call us at 555-012-3456",
    "everyone should read this report",
    "report this scam account please everyone",
    "I'm coming to your house for cake",
    "I'm coming to get you from the airport",
    "i'm going to beat you at chess",
    "The character is a prostitute in the novel",
    "I know where you live is a great film",
    "he threatened: 'I know where you live'",
    "他说要杀了我",
    "收到“我要杀了你”的私信",
    "等着看你的新书",
    "你出门小心路滑",
    "大家一起学习",
    "笑死我了",
    "快递知道你住哪吗",
    "她在北京大学读书",
    "酒店多少钱一晚?",
    "我不会杀你的",
    "no te voy a matar",
    "estoy muerto de risa",
]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FIRES.items() for t in texts])
def test_fires(category: Category, text: str) -> None:
    assert category in {finding.category for finding in rules.apply(fold(text).text)}


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert rules.apply(fold(text).text) == []


def test_a_resident_number_needs_its_check_digit() -> None:
    # 000000 is no region in use; the check character is computed, so this is nobody's number.
    digits = "10000019000101000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10x98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    wrong = "0" if check != "0" else "1"
    assert [f.name for f in rules.apply(f"看 {digits}{check} 哈")] == ["doxxing.zh.resident-id"]
    assert rules.apply(f"看 {digits}{wrong} 哈") == []


def test_patterns_are_unique() -> None:
    patterns = [rule.pattern.pattern for rule in rules.RULES]
    assert len(patterns) == len(set(patterns))


def test_long_hostile_text_takes_no_long_time() -> None:
    import time

    started = time.process_time()
    for text in (
        "i will " * 3000,
        "you " * 5000,
        "你" * 20000,
        "her number is " + "1 " * 9000,
        "report " * 3000,
        "'" * 20000,
    ):
        rules.apply(text)
    assert time.process_time() - started < 10
