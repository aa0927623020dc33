"""Made-up people: handles and display names. Any likeness to a real account is chance."""

from random import Random

_FIRST = [
    "Ada",
    "Bram",
    "Celia",
    "Dario",
    "Edda",
    "Farid",
    "Greta",
    "Hamza",
    "Iris",
    "Jonas",
    "Kemi",
    "Lucho",
    "Mara",
    "Nadim",
    "Oona",
    "Pilar",
    "Quinn",
    "Rashid",
    "Sanna",
    "Tomas",
    "Una",
    "Viktor",
    "Wanda",
    "Yusuf",
    "Zelda",
    "Amara",
    "Benno",
    "Carys",
    "Dunya",
    "Emre",
    "Freya",
    "Gwen",
    "Hugo",
    "Inga",
    "Jamal",
    "Kirsi",
    "Laila",
    "Milo",
    "Nuria",
    "Otis",
    "Priya",
    "Rosa",
    "Selim",
    "Tilda",
    "Uzo",
    "Vera",
    "Wes",
    "Ximena",
    "Yara",
    "Zeno",
]
_LAST = [
    "Quayle",
    "Marrow",
    "Tidewell",
    "Ferrow",
    "Saltsby",
    "Oakhurst",
    "Brindle",
    "Castaway",
    "Dunmere",
    "Eastlock",
    "Fenwright",
    "Gullane",
    "Harrowby",
    "Islewood",
    "Jettison",
    "Keelman",
    "Lockhaven",
    "Mooring",
    "Netherby",
    "Oarsman",
    "Pinnacewood",
    "Ropewell",
    "Sandholm",
    "Thackwater",
    "Underquay",
    "Vanewright",
    "Wharfdale",
    "Yawlson",
]
_THINGS = [
    "gull",
    "kelp",
    "lantern",
    "anchor",
    "buoy",
    "heron",
    "teapot",
    "bicycle",
    "pickle",
    "marble",
    "thimble",
    "otter",
    "biscuit",
    "trombone",
    "pebble",
    "mitten",
    "walnut",
    "comet",
    "parsnip",
    "ladder",
    "violet",
    "radish",
    "kettle",
    "magpie",
    "driftwood",
    "puddle",
    "cactus",
    "saxophone",
    "mushroom",
    "umbrella",
]
_QUALITIES = [
    "quiet",
    "salty",
    "sleepy",
    "honest",
    "rusty",
    "tiny",
    "northern",
    "lucky",
    "grumpy",
    "foggy",
    "amber",
    "hungry",
    "patient",
    "modest",
    "crooked",
    "merry",
    "retired",
    "curious",
    "midnight",
    "paper",
]
_CHINESE = [
    "深夜的面包",
    "港口拾贝人",
    "一只小海豹",
    "老周修船",
    "盐湾阿明",
    "今天也在下雨",
    "番茄炒蛋不放糖",
    "慢慢走的乌龟",
    "三号仓库",
    "小满",
    "林边的灯",
    "海风吹过的信",
    "半糖去冰",
    "阿芳的早餐店",
    "木头人一二三",
    "夜班司机老李",
    "青柠檬",
    "橘子汽水",
    "数星星的猫",
    "远山",
]
_TRADITIONAL = [
    "鹽灣小魚丸",
    "阿嬤的縫紉機",
    "貓頭鷹不睡覺",
    "今晚打老虎",
    "雨天撐傘",
    "碼頭邊的書店",
    "珍珠奶茶去冰",
    "海邊的卡夫",
    "老王機車行",
    "慢跑中年",
    "藍色水壺",
    "週末不加班",
]
_SPANISH = [
    "Lucía del Faro",
    "Paco Marinero",
    "Abuela Rosario",
    "Nerea ☀️",
    "Chema",
    "La Gaviota Lectora",
    "Tomás Redes",
    "Inés y su perro",
    "Olmo",
    "Maite",
]
_ARABIC = [
    "نورس الميناء",
    "أم ياسر",
    "قارئ هادئ",
    "سلمى ☕",
    "ابن البحر",
    "ليلى",
    "كريم",
    "صاحب القارب",
    "هدى",
    "ورد",
]
_TAILS = ("", "", "", "", " 🌊", " ⚓", " 🐟", " 🌻", " ☕", " (she/her)", " 🏳️‍🌈", " 🚲", " 📚", " ✨")
_PINYIN = [
    "xiaoman",
    "laozhou",
    "haibao",
    "yancheng",
    "mianbao",
    "wugui",
    "qingning",
    "juzi",
    "yuanshan",
    "deng",
    "cangku",
    "afang",
    "muren",
    "huniao",
]


def ordinary(rng: Random, language: str) -> tuple[str, str]:
    """A handle and a display name for an ordinary person who mostly writes `language`."""
    number = rng.choice(("", "", str(rng.randint(1, 99)), str(rng.randint(1950, 2010)), "_"))
    name = _display(rng, language)
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    if rng.random() < 0.6 and name.split(" ")[0] in _FIRST:
        first = name.split(" ")[0]
        last = next((word for word in name.split(" ")[1:2] if word in _LAST), last)
    if language in ("zh", "zh-Hant") and rng.random() < 0.7:
        return f"{rng.choice(_PINYIN)}_{rng.choice(_THINGS)}{number}".strip("_"), name
    style = rng.random()
    if style < 0.3:
        return f"{rng.choice(_QUALITIES)}{rng.choice(_THINGS)}{number}".strip("_"), name
    if style < 0.75:
        return f"{first}{rng.choice(('', '_', '.'))}{last}{number}".lower().strip("_"), name
    if style < 0.9:
        return (
            f"{rng.choice(_THINGS)}{rng.choice(('and', 'of', 'vs', 'the'))}{rng.choice(_THINGS)}{number}",
            name,
        )
    # The handle a platform proposes to people in a hurry: ordinary newcomers have it too.
    return f"{first}{last[:4]}{rng.randint(10_000, 99_999)}", name


def _display(rng: Random, language: str) -> str:
    pools = {"zh": _CHINESE, "zh-Hant": _TRADITIONAL, "es": _SPANISH, "ar": _ARABIC}
    pool = pools.get(language)
    if pool and rng.random() < 0.85:
        suffix = rng.choice(("", "", "", "～", "🐟", "_", str(rng.randint(1, 99))))
        return rng.choice(pool) + suffix
    first = rng.choice(_FIRST)
    shape = rng.random()
    if shape < 0.45:
        return f"{first} {rng.choice(_LAST)}{rng.choice(_TAILS)}"
    if shape < 0.75:
        return first + rng.choice(_TAILS)
    return f"{rng.choice(_QUALITIES)} {rng.choice(_THINGS)}{rng.choice(_TAILS)}"
