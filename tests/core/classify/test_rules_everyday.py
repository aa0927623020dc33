"""Threats, calls and smears in everyday English and Chinese, and ordinary talk in the same words."""

import time

import pytest

from core.classify import context, rules
from core.classify.fold import fold
from core.domain.classification import Category

FIRES = {
    Category.THREAT: [
        "gonna run you over on your way home",
        "I'm going to beat you to death, rat",
        "We'll break both of your legs next week.",
        "I will put a bullet in you",
        "they're gonna set fire to your house tonight",
        "we'll throw acid in your face",
        "imma poison your dog",
        "u gonna get shot tomorrow",
        "You'll get your jaw broken.",
        "You will leave in a coffin.",
        "you won't walk out of that studio alive",
        "I'm coming round with a machete",
        "my boot, your teeth",
        "Another story and I'll cut your tongue",
        "Testify and you won't speak again",
        "Say that again and you'll be spitting your teeth.",
        "Resign or burn.",
        "your daughter will pay for what you said",
        "I hope your plane crashes.",
        "may you rot, and soon",
        "I hope somebody strangles you",
        "Get run over by a truck, liar",
        "can't wait for your funeral",
        "I'll spit on your grave",
        "You should've been drowned at birth",
        "do us all a favour and jump",
        "end your life already",
        "Drink it and set yourself on fire",
        "People like her should be strung up",
        "That reporter ought to be dragged behind a car.",
        "this editor deserves a bullet",
        "The only remedy for such a liar is a noose.",
        "somebody please push this reporter under a bus.",
        "Can somebody just run her over?",
        "five hundred quid? no: 900 euros to whoever breaks his arms",
        "Whoever shoots that judge deserves a medal.",
        "why has nobody burned her house down yet",
        "I'm calling immigration on you",
        "we will get you deported",
        "let's hope the cancer spreads. I hope your tumour wins",
        "别以为老子不敢砍你",
        "今晚弄死你",
        "打到你跪着求饶",
        "我带着刀去找你",
        "往你头上砸砖",
        "等着吃子弹吧",
        "棺材都给你备好了",
        "你的死期快到了",
        "让你躺着出去",
        "你这条狗命不值十万块",
        "这种记者就该拖出去活埋",
        "那个女人早该被沉塘",
        "怎么没把她带走",
        "祝你早日得癌",
        "希望你出车祸瘫痪",
        "坐等你的讣告",
        "你坟头草都两米了",
        "赶紧去跳楼吧",
        "你怎么还不死啊",
        "找根绳子上吊吧你",
        "地球少了你会更好",
        "斩到你入院",
    ],
    Category.DOXXING: [
        "I'm leaking your nudes tonight",
        "your home address goes public tomorrow",
        "sending your nudes to your mum",
        "we know where you sleep",
        "Resign, or I leak your tape",
        "gonna get swatted soon",
        "你的身份证和住址明天全部曝光",
        "再发就把你的裸照发给你领导",
        "大家开盒她,快",
    ],
    Category.PILE_ON: [
        "everyone review-bomb her shop",
        "no rest for this liar",
        "骂到她退网为止",
        "周六大家带着油漆去她家堵门",
        "举报到他销号",
    ],
    Category.SEXUAL: [
        "she got that column on her knees",
        "how many directors did you blow for that part",
        "I'd bend you over the desk",
        "spread your legs, sweetheart",
        "show us your tits",
        "take your bra off",
        "I bet you moan loudly",
        "you need a good hard shagging",
        "what's your price, whore?",
        "wanking to your interview right now",
        "nice rack, senator",
        "他靠卖屁股上位",
        "她下面早被玩烂了",
        "发张裸照来看看",
        "小姐多少钱一晚啊",
        "议员就是个公厕,谁都能进",
        "跪下来舔",
        "找个男人来滋润你就不会这么饥渴",
    ],
}
SILENT = [
    "I'm gonna run you over to the station",
    "we'll beat you to the finish line",
    "I will break your record at chess",
    "The surgeon will break your nose again and set it",
    "I'm not going to break your legs, relax",
    "I'm coming round with a hammer to fix the shelf",
    "I'm coming over with a pizza",
    "You will leave in a taxi, don't worry",
    "This will be the last thing you see before the credits of the film",
    "Keep writing and you'll get better at it",
    "Say that again and I'll make tea",
    "Publish it and we will all cheer",
    "May you live long and happily",
    "I hope your plane lands on time",
    "I hope your surgery goes well",
    "can't wait for your concert",
    "Can somebody run her a bath?",
    "Could someone push the piano off the stage?",
    "That editor deserves a medal",
    "She deserves a knife that actually cuts bread, get her one from our shop",
    "People like you should be on television",
    "The murderer should be tried in court",
    "No one should be beaten up for a song",
    "Get well soon, don't set yourself impossible targets",
    "Please don't hurt yourself, call the helpline",
    "Nobody would miss the old bus shelter",
    "I called immigration about my visa, two hours on hold",
    "your address goes on the label, the stamp on the right",
    "I know where you live, I'll bring soup.",
    "we know where you can find good bread",
    "everyone review my new shop please",
    "no rest for this goalkeeper, what a match",
    "She got that column after ten years of work",
    "the physio had me on my knees and on my back",
    "Bend over slowly, says the physio, and breathe",
    "Blue tits and a robin at the feeder",
    "take your coat off, it's warm",
    "how much for an hour of tuition?",
    "你再不来我们就先吃火锅了",
    "今天砍价砍得老板都哭了",
    "我拿刀切西瓜等你",
    "这种番茄就该切碎了炒蛋",
    "古代这种罪要凌迟",
    "贪官就该依法审判",
    "祝你早日康复",
    "祝你手术顺利,癌症早日痊愈",
    "外公坟头长草了,清明去扫墓",
    "别去跳楼,给热线打电话",
    "这双鞋是跳楼价",
    "身份证忘带了,住址要重新登记",
    "网站升级后公布了报名单位的电话",
    "带上横幅去给她加油",
    "骂到我退网的人道歉了",
    "双人间一晚多少钱?",
    "剪头发一次多少钱?",
    "无脑跪舔外国音乐",
    "公交车站在路口左边",
    "她跪下来给孩子系鞋带",
    "母狗绝育后要休息几天",
]
QUOTED = [
    '"I will kill you" is what I found in my inbox this morning',
    '"We know where you live," the letter said.',
    'Someone sprayed "you will die" on my door.',
    'My third this week: "I hope you get raped." I showed it to the police.',
    "“我要杀了你”,这是我昨天收到的私信。",
    "“弄死你全家”等短信被法院认定为恐吓。",
]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FIRES.items() for t in texts])
def test_fires(category: Category, text: str) -> None:
    assert category in {finding.category for finding in rules.apply(fold(text).text)}


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert rules.apply(fold(text).text) == []


@pytest.mark.parametrize("text", QUOTED)
def test_what_was_received_is_not_what_is_said(text: str) -> None:
    assert rules.apply(fold(text).text) == []


def test_words_of_ones_own_after_a_quotation_are_still_ones_own() -> None:
    folded = fold('"Freedom of the press"? I will kill you and everyone at the station.').text
    start = folded.index("i will")
    assert not context.reported(folded, start, folded.index(" and"))
    assert rules.apply(folded)


@pytest.mark.parametrize(
    "piece",
    [
        "i'm gonna ",
        "keep writing and ",
        "if you say, and ",
        "you should be ",
        "hope the cancer ",
        "your address goes ",
        "she got that job on ",
        "i want to ",
        "someone please ",
        "why has nobody put ",
        "让你",
        "祝你全家",
        "这种记者就该",
        "你的身份证",
        "大家一起去",
        "别以为我不敢",
    ],
)
def test_repetition_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    rules.apply(piece * (16_000 // len(piece)))
    assert time.process_time() - started < 1.5
