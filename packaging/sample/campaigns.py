"""The two invented campaigns: who sends, what, and when.

A copies and lightly disguises the same texts; B rewrites the same few complaints. Both act in step,
which is what the product must see; neither belongs to anybody in the real world.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

# A: texts that call the target a traitor, shared with a random tail.
A_CHINESE = (
    "美琳就是汉奸，拿外人的钱抹黑自己的港口",
    "这个卖国贼记者每天编故事，大家不要再上当",
    "请大家看清楚她的真面目：出卖家乡的叛徒",
    "她的文章全是境外写好的稿子，走狗一条",
    "吃里扒外的人不配当记者，港口工人不欢迎你",
    "汉奸美琳滚出盐湾，我们的港口不需要你的谎言",
    "收了多少钱？把码头兄弟的饭碗都卖掉了，叛徒",
    "真相在这里：记者和外面的人一起造谣，证据都有了",
)
A_TRADITIONAL = (
    "美琳根本是賣國賊，拿錢抹黑我們的港口",
    "大家醒醒，這個叛徒寫的東西沒有一句真話",
)
A_ENGLISH = (
    "Traitor reporter Mei Lin sells our harbour for foreign money, read the proof",
    "The truth about Pier Nine: she invented the signatures and was paid for it",
    "Shame on the traitor of Saltmere, the workers know who pays her",
    "Everyone should see who really writes her articles, she is a puppet",
)
A_LINKS = (
    "https://harbor-truth.example/a/8831",
    "https://harbor-truth.example/a/8840",
    "https://portvoices.example/zh/who-pays",
    "https://saltmere-facts.example/read/17",
)
A_TAGS = ("盐湾真相", "HarborTruth", "PierNineLies")

# B: one complaint per line, rewritten on the fly; every post rides on the slogan's hashtag.
B_TEMPLATES = (
    "{open} @meilin_okafor {made} the {papers} and the {paper} {knows} it. {close}",
    "{ask} why @meilin_okafor {never} {shows} the {papers}? {because} {close}",
    "{people} {lost} their jobs because of @meilin_okafor and her {lies}. {close}",
    "{stop} {reading} @meilin_okafor, she is a {fraud} who {hates} this {town}. {close}",
    "{day} @meilin_okafor gets {louder} and {emptier}. {fire} the {fraud}. {close}",
    "{apologise}, @meilin_okafor. The {people_short} {deserve} better than {lies}. {close}",
)
B_WORDS = {
    "open": ("Reminder that", "Never forget that", "Funny how", "We all know", "So it turns out", "Fact:"),
    "made": ("made up", "faked", "invented", "cooked up", "forged"),
    "papers": ("signatures", "inspection sheets", "documents", "crane papers", "so-called records"),
    "paper": ("Ledger", "newspaper", "editor", "whole newsroom"),
    "knows": ("knows", "knew", "covers for", "hides"),
    "ask": ("Ask yourself", "Anyone else wonder", "Can somebody explain", "Still nobody tells us"),
    "never": ("never", "still never", "of course never", "conveniently never"),
    "shows": ("shows", "prints", "opens", "shares"),
    "because": (
        "Because they do not exist.",
        "Because she wrote them herself.",
        "Simple: all fake.",
        "She cannot.",
    ),
    "people": ("Good people", "Honest workers", "Forty families", "My neighbours", "Decent folks"),
    "lost": ("lost", "are losing", "will lose", "nearly lost"),
    "lies": ("lies", "fairy tales", "made-up stories", "garbage", "smears"),
    "stop": ("Stop", "Quit", "Do yourself a favour and stop", "Time to stop"),
    "reading": ("reading", "believing", "sharing", "following", "feeding"),
    "fraud": ("fraud", "liar", "fake", "con artist", "disgrace"),
    "hates": ("hates", "despises", "sneers at", "looks down on"),
    "town": ("town", "harbour", "community", "place"),
    "day": ("Every day", "Each week", "With every article", "By the hour"),
    "louder": ("louder", "meaner", "cheaper", "nastier"),
    "emptier": ("emptier", "dumber", "more dishonest", "more shameless"),
    "fire": ("Fire", "Sack", "Get rid of", "Drop"),
    "apologise": ("Apologise and resign", "Say sorry and go", "Pack your desk", "Hand in your press card"),
    "people_short": ("dockers", "crews", "families", "people"),
    "deserve": ("deserve", "are owed", "have earned"),
    "close": (
        "#OpenTheBooks",
        "#OpenTheBooks on HER",
        "#OpenTheBooks #ResignMeiLin",
        "#ResignMeiLin #OpenTheBooks",
        "Open HER books! #OpenTheBooks",
        "#OpenTheBooks and the Ledger's too",
    ),
}
B_LINKS = ("https://resign-petition.example/meilin", "https://ledger-watch.example/liar-list")

# Look-alikes from Cyrillic and Greek, and characters with no width.
LOOKALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "i": "і"})
NO_WIDTH = ("\u200b", "\u200c", "\u2060", "\ufeff")


@dataclass(frozen=True, slots=True)
class Batch:
    """Accounts made in one sitting, named in one way."""

    stem: str
    size: int
    first: datetime
    minutes: int


def disguise(rng: Random, text: str, language: str) -> str:
    """Hide a text from word filters the way such senders do."""
    if language == "en":
        words = text.split(" ")
        for at in rng.sample(range(len(words)), k=max(2, len(words) // 3)):
            words[at] = words[at].translate(LOOKALIKES)
        return " ".join(words)
    chars = list(text)
    for at in sorted(rng.sample(range(1, len(chars)), k=3), reverse=True):
        chars.insert(at, rng.choice(NO_WIDTH))
    return "".join(chars)


def tail(rng: Random) -> str:
    """A few random characters, so that no two copies are the same."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(rng.choice(letters) for _ in range(rng.randint(3, 5)))


def paraphrase(rng: Random) -> str:
    """One of the complaints of B in other words."""
    template = rng.choice(B_TEMPLATES)
    words = {name: rng.choice(options) for name, options in sorted(B_WORDS.items())}
    return template.format(**words)


def office_time(rng: Random, day: datetime) -> datetime:
    """A moment in one of two shifts, 01:00-04:00 and 06:00-10:00 UTC, with a lunch break between."""
    start, minutes = (1, 180) if rng.random() < 0.42 else (6, 240)
    return day + timedelta(hours=start, minutes=rng.randint(0, minutes - 1), seconds=rng.randint(0, 59))
