"""Writes the posts of the two invented campaigns."""

from datetime import datetime, timedelta

import campaigns
import names
from people import START, TARGET, Person, Post
from writer import Writer

A_POSTS, B_POSTS, A_FILLER = 306, 210, 14


def write_a(writer: Writer) -> None:
    """Accounts made in a few sittings copy each other in office hours."""
    senders = batches(writer)
    texts = [("zh", text) for text in campaigns.A_CHINESE] + [
        ("zh-Hant", text) for text in campaigns.A_TRADITIONAL
    ]
    texts += [("en", text) for text in campaigns.A_ENGLISH]
    workdays = [day for day in range(7, 33) if day % 7 < 5]
    waves = sorted(writer.rng.sample(workdays, 14))
    written = 0
    turn: list[Person] = []
    for number, day in enumerate(waves):
        size = (A_POSTS - written) // (len(waves) - number)
        told = writer.rng.sample(texts, 3)
        start = campaigns.office_time(writer.rng, START + timedelta(days=day))
        for _ in range(size):
            if not turn:
                turn = writer.rng.sample(senders, len(senders))
            copy(writer, turn.pop(), told, start)
        written += size
    for person in writer.rng.sample(senders, A_FILLER):
        at = campaigns.office_time(writer.rng, START + timedelta(days=writer.rng.choice(workdays)))
        text = writer.rng.choice(
            ("早安，新的一天", "今天天气不错", "Nice sunset today", "分享一道家常菜", "周末愉快")
        )
        writer.posts.append(Post(at, person, f"@{TARGET} {text}", "zh", "filler", "A"))


def batches(writer: Writer) -> list[Person]:
    """Sixty accounts from four sittings, named in series."""
    made = []
    for stem, size, day, hour in (
        ("HarborVoice", 20, -19, 1),
        ("lijia_port", 16, -18, 6),
        ("Sunny", 14, -5, 2),
        ("user88", 10, 8, 7),
    ):
        number = writer.rng.randint(1000, 7000)
        at = START + timedelta(days=day, hours=hour)
        for _ in range(size):
            number += writer.rng.randint(1, 9)
            at += timedelta(minutes=writer.rng.randint(2, 9), seconds=writer.rng.randint(0, 59))
            name = writer.rng.choice(
                ("阳光", "晓雯", "小林", "David", "港湾之声", "Lily", "正能量", "海风", "Jack", "佳佳")
            )
            made.append(
                writer.person(f"{stem}{number}", name + writer.rng.choice(("", "", "🌸", "123")), at, "zh")
            )
    return made


def copy(writer: Writer, person: Person, told: list[tuple[str, str]], start: datetime) -> None:
    """One copy of one of the wave's texts, more or less disguised."""
    language, text = writer.rng.choices(told, (5, 3, 2))[0]
    at = start + timedelta(seconds=int(1500 * writer.rng.random() ** 1.5))
    at = max(at, person.created + timedelta(hours=2))
    if writer.rng.random() < 0.3:
        text = campaigns.disguise(writer.rng, text, language)
    if writer.rng.random() < 0.65:
        text = f"{text} {campaigns.tail(writer.rng)}"
    if writer.rng.random() < 0.45:
        text = f"{text} {writer.rng.choice(campaigns.A_LINKS)}?s={campaigns.tail(writer.rng)}"
    if writer.rng.random() < 0.4:
        text = f"{text} #{writer.rng.choice(campaigns.A_TAGS)}"
    if writer.rng.random() < 0.6:
        text = f"@{TARGET} {text}"
    reply = writer.answered(at, 0.6)
    writer.posts.append(Post(at, person, text, writer.tag(language), "campaign", "A", reply))


def write_b(writer: Writer) -> None:
    """A pile-on: somewhat older accounts rewrite the same complaints under the slogan's hashtag."""
    senders = piled(writer)
    waves = ((15, 18), (17, 19), (22, 20), (24, 18), (27, 19), (29, 20))
    turn: list[Person] = []
    for day, hour in waves:
        start = START + timedelta(days=day, hours=hour, minutes=writer.rng.randint(0, 40))
        reply = [key for when, key, _ in writer.own if when < start][-1]
        for _ in range(B_POSTS // len(waves)):
            if not turn:
                turn = writer.rng.sample(senders, len(senders))
            at = start + timedelta(seconds=int(2400 * writer.rng.random() ** 2))
            text = campaigns.paraphrase(writer.rng)
            if writer.rng.random() < 0.3:
                text = f"{text} {writer.rng.choice(campaigns.B_LINKS)}"
            answered = reply if writer.rng.random() < 0.85 else None
            writer.posts.append(Post(at, turn.pop(), text, writer.tag("en"), "campaign", "B", answered))


def piled(writer: Writer) -> list[Person]:
    """Thirty-five accounts, several months old, a third of them from one weekend."""
    found = []
    for at in range(35):
        handle, name = names.ordinary(writer.rng, "en")
        if at % 3 == 0:
            handle = f"{handle.rstrip('0123456789_')}4Saltmere"
        days = 118 if at < 12 else writer.rng.randint(70, 320)
        created = START - timedelta(days=days, seconds=writer.rng.randint(0, 2 * 86_400))
        found.append(writer.person(handle, name, created, "en"))
    return found
