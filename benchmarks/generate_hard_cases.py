"""Crowds that look most like a campaign, and campaigns that look most like a crowd.

The innocent ones are organised or alike in one respect: a pile-on under one post, petitioners who sign
again and again, a text bank used in one evening or two, a concert whose songs are quoted, a fan club with
a common stem that greets at midnight and reposts its star, readers who paste headlines, a class that
joined together, a meme. The campaigns are small, post once, answer one post, carry pictures, or own
nothing but names in a row.
"""

import numpy as np
from generate_mentions import (
    DAY,
    DAYS,
    START,
    TARGET,
    Sheet,
    born,
    daytime,
    handle,
    sentence,
)

_WORD_LIST = """
anchor apron archive autumn baker barge basin beacon bell bench blanket boiler border bottle branch brass
breeze bridge bucket cabin cable candle canvas cargo carpet ceiling cellar chalk chimney choir cinema
circle cliff cloak coach copper corner cotton cradle crane crew crowd curtain deck dinner dock drum engine
evening factory fence ferry field fiddle flag flood fog forge fountain funnel garden gate glass grain
gravel gull hammer harvest hedge hill hinge honey horn hotel island jacket jetty kettle kitchen ladder
lamp lantern lawn ledger lemon letter linen lock lumber magnet market marsh mast meadow medal mirror
mortar mountain museum needle oar office orchard oven paddle paint parcel pebble pencil pepper pillar
pilot plank platform pocket pond poster pulley quilt rail rain recipe river roof rope rudder saddle salt
school shelf ship shovel signal silver slate smoke spade spring station steam stone storm stove street
summer table tavern tent ticket tide timber tower tram trench valley village wagon wall water wheel
whistle willow window winter wire wool workshop yard
"""
WORDS = _WORD_LIST.split()
DOES = (
    "keeps",
    "loses",
    "gets",
    "wants",
    "finds",
    "opens",
    "closes",
    "moves",
    "sells",
    "saves",
    "calls",
    "leaves",
)


SLURS = (
    "ava never tells you that",
    "bought and paid for, ava hides that",
    "ask the liar ava why",
    "shame on ava,",
    "traitor ava says",
)


def own_text(rng: np.random.Generator) -> str:
    """A line that nobody else would come up with, such as a headline or a demand."""
    words = rng.choice(WORDS, 6, replace=False).tolist()
    first, second = rng.choice(DOES, 2, replace=False).tolist()
    number = int(rng.integers(3, 90))
    return (
        f"{words[0]} {words[1]} {first} {number} {words[2]} as {words[3]} {second} the {words[4]} {words[5]}"
    )


def script(rng: np.random.Generator, count: int) -> list[str]:
    """Texts of a campaign, each of its own making."""
    return [f"{rng.choice(SLURS)} {own_text(rng)}" for _ in range(count)]


def picture(rng: np.random.Generator) -> int:
    """A perceptual hash of 64 bits."""
    return int(rng.integers(0, 2**64, dtype=np.uint64))


def again(rng: np.random.Generator, shown: int) -> str:
    """The same picture saved once more: up to four bits differ."""
    for bit in rng.choice(64, int(rng.integers(0, 5)), replace=False).tolist():
        shown ^= 1 << bit
    return f"{shown:016x}"


def moment(rng: np.random.Generator) -> float:
    """Some time in the period, with days to spare at its end."""
    return START + float(rng.uniform(0, DAYS - 4)) * DAY


def pile_on(sheet: Sheet, size: int, number: int) -> None:
    """Ordinary people, most of them for the first time, answer one post within hours; some say the same."""
    rng, start = sheet.rng, moment(sheet.rng)
    slogan = own_text(rng)
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        text = slogan if rng.random() < 0.25 else sentence(rng)
        at = start + float(rng.gamma(1.2, 2 * 3600))
        sheet.post(who, at, f"@{TARGET} {text}", "reply-pile-on", reply=f"own-{number}")
        if rng.random() < 0.2:
            sheet.post(who, at + float(rng.exponential(1800)), f"@{TARGET} {sentence(rng)}", "reply-pile-on")


def petitioners(sheet: Sheet, size: int, number: int) -> None:
    """People who sign several petitions over the month; the page writes the text."""
    rng = sheet.rng
    causes = [(moment(rng), own_text(rng), f"{number}-{n}") for n in range(8)]
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for n in rng.choice(len(causes), int(rng.integers(1, 5)), replace=False).tolist():
            start, text, slug = causes[n]
            at = start + float(rng.gamma(1.2, 20 * 3600))
            sheet.post(who, at, f"@{TARGET} {text}", "petitioner", url=f"https://sign.example/{slug}")


def text_bank(sheet: Sheet, size: int, number: int) -> None:
    """Activists take several texts from a list on one evening."""
    rng, start = sheet.rng, moment(sheet.rng)
    texts = [own_text(rng) for n in range(6)]
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for text in rng.permutation(texts)[: int(rng.integers(1, 5))].tolist():
            sheet.post(
                who, start + float(rng.uniform(0, 3 * 3600)), f"@{TARGET} {text} #night{number}", "text-bank"
            )


def two_evenings(sheet: Sheet, size: int, number: int) -> None:
    """Activists take texts from one list on two evenings days apart; the keen ones nearly all of it."""
    rng, start = sheet.rng, moment(sheet.rng)
    texts = [own_text(rng) for n in range(int(rng.integers(6, 18)))]
    evenings = (start, start + int(rng.integers(2, 10)) * DAY)
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for evening in evenings:
            if rng.random() < 0.6:
                count = min(len(texts), int(rng.geometric(0.4)))
                for text in rng.choice(texts, count, replace=False).tolist():
                    sheet.post(
                        who, evening + float(rng.uniform(0, 3 * 3600)), f"@{TARGET} {text}", "two-evenings"
                    )


def concert(sheet: Sheet, size: int, number: int) -> None:
    """People who quote the songs of two concerts as they are sung; some lines are everybody's favourites."""
    rng, start = sheet.rng, moment(sheet.rng)
    lines = [own_text(rng) for n in range(40)]
    liked = 1 / rng.permutation(np.arange(1, len(lines) + 1))
    evenings = (start, start + int(rng.integers(1, 12)) * DAY)
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for evening in evenings:
            if rng.random() < 0.7:
                count = int(rng.integers(1, 6))
                for n in rng.choice(len(lines), count, replace=False, p=liked / liked.sum()).tolist():
                    at = evening + n * 240 + float(rng.exponential(240))
                    sheet.post(who, at, f"{lines[n]} @{TARGET}", "concert")


def fan_club(sheet: Sheet, size: int, number: int) -> None:
    """A common stem, chants at midnight, reposts of the star all month."""
    rng = sheet.rng
    star = [(moment(rng), f"star-{number}-{n}") for n in range(20)]
    midnights = [START + int(rng.integers(2, DAYS - 2)) * DAY for _ in range(2)]
    chants = [
        f"ava day number {number} we love you to the harbour and back",
        "shine on ava we are all here tonight",
    ]
    stem = "".join(rng.choice(list("aeioulmnrs"), 5))
    for n in range(size):
        who = sheet.account(born(rng), f"{stem}_ava{n:02d}" if rng.random() < 0.7 else handle(rng))
        for start, post in (star[i] for i in rng.choice(len(star), 8, replace=False).tolist()):
            # Some have switched notifications on.
            at = start + float(rng.exponential(120) if rng.random() < 0.3 else rng.gamma(1.2, 4 * 3600))
            sheet.post(who, at, f"RT @star: song {post}", "fan-club", repost=post)
        for midnight, chant in zip(midnights, chants, strict=True):
            if rng.random() < 0.6:
                sheet.post(who, midnight + float(rng.exponential(150)), f"@{TARGET} {chant}", "fan-club")
        for at in daytime(rng, 3).tolist():
            sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "fan-club")


def headline_readers(sheet: Sheet, size: int, number: int) -> None:
    """Readers of one paper who paste its headlines, with the link or without."""
    rng = sheet.rng
    stories = [(moment(rng), own_text(rng), f"{number}/{n}") for n in range(30)]
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for n in rng.choice(len(stories), int(rng.integers(2, 9)), replace=False).tolist():
            start, text, slug = stories[n]
            url = f"https://townpaper.example/{slug}" if rng.random() < 0.8 else None
            sheet.post(who, start + float(rng.gamma(1.2, 9 * 3600)), f"{text} @{TARGET}", "headline", url=url)


def school_class(sheet: Sheet, size: int, number: int) -> None:
    """Made their accounts in one lesson; write in their own words, mostly in the next lessons."""
    rng, day = sheet.rng, moment(sheet.rng)
    for _ in range(size):
        who = sheet.account(day - float(rng.uniform(0, 2400)), f"class{number}_{rng.integers(10, 99)}")
        for week in range(3):
            at = day + week * 7 * DAY + float(rng.uniform(600, 3000))
            sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "class")


def meme(sheet: Sheet, size: int, number: int) -> None:
    """One picture that many pass on in words of their own."""
    rng, start, shown = sheet.rng, moment(sheet.rng), picture(sheet.rng)
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        at = start + float(rng.gamma(1.2, 15 * 3600))
        sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "meme", picture=again(rng, shown))


def small_campaign(sheet: Sheet, size: int, number: int, batch: bool) -> None:
    """Five to twelve accounts, three to five texts, drip by drip."""
    rng, name = sheet.rng, f"small-{number:02d}"
    texts, made = script(rng, 5), START - float(rng.uniform(30, 400)) * DAY
    for _ in range(size):
        who = sheet.account(made + float(rng.uniform(0, 4)) * 3600 if batch else born(rng), handle(rng))
        count = int(rng.integers(3, 6))
        for text, at in zip(
            rng.permutation(texts)[:count].tolist(), daytime(rng, count).tolist(), strict=True
        ):
            sheet.post(who, at, f"@{TARGET} {text}", "small", name)


def brigade(sheet: Sheet, size: int, number: int) -> None:
    """Answers the same three posts within minutes of each other, from a short script."""
    rng, name = sheet.rng, f"brigade-{number:02d}"
    texts, starts = script(rng, 6), [moment(rng) for _ in range(3)]
    for _ in range(size):
        who = sheet.account(born(rng), handle(rng))
        for n, start in enumerate(starts):
            at = start + float(rng.exponential(400))
            text = str(rng.choice(texts))
            sheet.post(who, at, f"@{TARGET} {text}", "brigade", name, reply=f"own-b{number}-{n}")


def one_shot(sheet: Sheet, size: int, number: int) -> None:
    """Every account posts once, within half an hour; old accounts whose names follow a pattern."""
    rng, name, start = sheet.rng, f"one-shot-{number:02d}", moment(sheet.rng)
    text, stem = script(rng, 1)[0], str(rng.choice(["ironrred", "goldblue", "woodggreen"]))
    for n in range(size):
        who = sheet.account(born(rng), f"{stem}{n + 17}")
        at = start + float(rng.exponential(500))
        sheet.post(who, at, f"@{TARGET} {text}", "one-shot", name, reply=f"own-s{number}")


def gallery(sheet: Sheet, size: int, number: int) -> None:
    """The same six pictures over the month, always under other words."""
    rng, name = sheet.rng, f"gallery-{number:02d}"
    shown, made = [picture(rng) for _ in range(6)], START - float(rng.uniform(30, 400)) * DAY
    for _ in range(size):
        who = sheet.account(made + float(rng.uniform(0, 5)) * 3600, handle(rng))
        count = int(rng.integers(3, 6))
        for n, at in zip(
            rng.choice(6, count, replace=False).tolist(), daytime(rng, count).tolist(), strict=True
        ):
            sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "gallery", name, picture=again(rng, shown[n]))


def hard_cases(sheet: Sheet, posts: int, coordinated: bool) -> None:
    """All of them, a few of each, more in larger sets."""
    rng = sheet.rng
    times = max(1, round((posts / 10_000) ** 0.5))
    for number in range(times):
        crowd = max(20, int(posts / 250 / times))
        for make in (pile_on, petitioners, text_bank, two_evenings, concert, headline_readers, meme):
            make(sheet, int(crowd * rng.uniform(0.5, 1.5)), number)
        fan_club(sheet, int(rng.integers(15, 40)), number)
        school_class(sheet, int(rng.integers(18, 30)), number)
    if not coordinated:
        return
    for number in range(times):
        for batch in (True, False):
            small_campaign(sheet, int(rng.integers(5, 13)), 2 * number + batch, batch)
        brigade(sheet, int(rng.integers(12, 40)), number)
        one_shot(sheet, int(rng.integers(12, 40)), number)
        gallery(sheet, int(rng.integers(10, 30)), number)
