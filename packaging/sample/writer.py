"""Writes the posts of ordinary people, of crowds without a plan, and of single abusive senders."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from random import Random

import names
import stock_abuse
import stock_english
import stock_events
import stock_simplified
import stock_spanish_arabic
import stock_traditional
from people import DAYS, START, TARGET, Person, Post

SEED = 20260302
BIRTHDAY = 19
HEARING = 9

Pool = tuple[list[str], list[str]]
other = stock_spanish_arabic

# How many posts of each kind in each language.
ORDINARY: dict[str, dict[str, tuple[int, Pool]]] = {
    "kind": {
        "en": (140, stock_english.KIND),
        "zh": (72, stock_simplified.KIND),
        "zh-Hant": (36, stock_traditional.KIND),
        "es": (33, other.SPANISH_KIND),
        "ar": (24, other.ARABIC_KIND),
    },
    "critic": {
        "en": (129, stock_english.CRITIC),
        "zh": (60, stock_simplified.CRITIC),
        "zh-Hant": (25, stock_traditional.CRITIC),
        "es": (20, other.SPANISH_CRITIC),
        "ar": (15, other.ARABIC_CRITIC),
    },
    "question": {
        "en": (74, stock_english.QUESTION),
        "zh": (33, stock_simplified.QUESTION),
        "zh-Hant": (15, stock_traditional.QUESTION),
        "es": (15, other.SPANISH_QUESTION),
        "ar": (11, other.ARABIC_QUESTION),
    },
    "neutral": {
        "en": (108, stock_english.NEUTRAL),
        "zh": (55, stock_simplified.NEUTRAL),
        "zh-Hant": (27, stock_traditional.NEUTRAL),
        "es": (20, other.SPANISH_NEUTRAL),
        "ar": (15, other.ARABIC_NEUTRAL),
    },
}
INSULTS: dict[str, tuple[int, Pool]] = {
    "en": (58, stock_english.INSULT),
    "zh": (27, stock_simplified.INSULT),
    "zh-Hant": (11, stock_traditional.INSULT),
    "es": (10, other.SPANISH_INSULT),
    "ar": (8, other.ARABIC_INSULT),
}
BIRTHDAYS, SLOGANS, LINKS, SPAM, REPOSTS = 70, 110, 90, 50, 60

PEOPLE = {"en": 330, "zh": 170, "zh-Hant": 80, "es": 70, "ar": 50}
HOSTILE = {"en": 46, "zh": 24, "zh-Hant": 10, "es": 9, "ar": 7}
# Where most writers of a language live, as hours from UTC.
OFFSET = {"en": 0, "zh": 8, "zh-Hant": 8, "es": 1, "ar": 3}
# How awake people are, by local hour.
HOURS = (2, 1, 1, 1, 1, 2, 5, 9, 10, 9, 8, 8, 10, 9, 8, 8, 8, 9, 11, 13, 14, 13, 9, 5)
# How much was written about the story, by day: a wave after each article and after the hearing.
BUSY = {0: 0, 1: 0, 2: 6, 3: 4, 4: 3, 9: 4, 10: 5, 13: 5, 14: 4, 24: 5, 25: 4, 27: 3}
# What can only be said on certain days: before or after part three, or while the hearing is on.
THIRD_OUT = "Third article|系列第三篇|系列報導第三篇|tercer artículo|المقال الثالث"
THIRD_AHEAD = "part three|第三篇|下一篇|下一集|tercera parte|الجزء الثالث"
LIVE = "hearing live|on the hearing|直播|la audiencia del puerto|جلسة الميناء"
ON_DAYS = ((THIRD_OUT, range(24, 28)), (THIRD_AHEAD, range(13, 24)), (LIVE, (HEARING, HEARING, 24)))
CJK = frozenset({"zh", "zh-Hant"})


class Writer:
    """Builds all posts from one stream of chance."""

    def __init__(self) -> None:
        self.rng = Random(SEED)
        self.handles = {TARGET}
        self.own = [
            (START + timedelta(days=day, hours=hour), f"own{number:02}", text)
            for number, (day, hour, text) in enumerate(stock_events.OWN_POSTS, start=1)
        ]
        self.people = {language: self._people(language, count) for language, count in PEOPLE.items()}
        self.hostile = {language: self._people(language, count) for language, count in HOSTILE.items()}
        self._follow()
        self.posts: list[Post] = []

    # People

    def person(self, handle: str, name: str, created: datetime, language: str) -> Person:
        """A new person; the handle is changed until nobody else has it."""
        base, number = handle, 2
        while handle.lower() in self.handles:
            handle, number = f"{base}{number}", number + 1
        self.handles.add(handle.lower())
        return Person(f"u{self.rng.getrandbits(44):011x}", handle, name, created, language)

    def _people(self, language: str, count: int) -> list[Person]:
        found = []
        for _ in range(count):
            handle, name = names.ordinary(self.rng, language)
            days = self.rng.randint(0, 60) if self.rng.random() < 0.07 else self.rng.randint(60, 5000)
            created = START - timedelta(days=days, seconds=self.rng.randint(0, 86_399))
            habits = self.rng.random()
            found.append(
                replace(
                    self.person(handle, name, created, language),
                    lower=habits < 0.14 and language not in CJK,
                    bare=0.1 < habits < 0.35,
                    emoji=self.rng.choice("🙏💙🌊⚓😊👏") if self.rng.random() < 0.14 else "",
                )
            )
        return found

    def _follow(self) -> None:
        for language, count in (("en", 6), ("zh", 2), ("es", 1)):
            for at in range(count):
                self.people[language][at] = replace(self.people[language][at], followed=True)

    def somebody(self, people: list[Person]) -> Person:
        """Most people write once or twice, a few write often: the first in the list do."""
        return people[int(len(people) * self.rng.random() ** 1.7)]

    # Times

    def moment(self, language: str, day: int | None = None) -> datetime:
        """When somebody who writes `language` would post, in the busy days more than in others."""
        if day is None:
            (day,) = self.rng.choices(range(DAYS), [BUSY.get(day, 1) for day in range(DAYS)])
        (hour,) = self.rng.choices(range(24), HOURS)
        local = timedelta(hours=hour, minutes=self.rng.randint(0, 59), seconds=self.rng.randint(0, 59))
        at = START + timedelta(days=day) + local - timedelta(hours=OFFSET[language])
        # Nobody can answer before the story is out.
        return at if at > self.own[0][0] else at + timedelta(days=1)

    def answered(self, at: datetime, share: float) -> str | None:
        """Which of her posts is answered, if any: usually the latest one."""
        before = [key for when, key, _ in self.own if when < at]
        if not before or self.rng.random() > share:
            return None
        return before[-1] if self.rng.random() < 0.75 else self.rng.choice(before)

    # Texts

    def say(self, person: Person, text: str, language: str) -> str:
        """A text in a person's way of typing, with or without the target's handle in front."""
        if person.lower:
            text = text.lower()
        if person.bare:
            text = text.rstrip(".!。！")
        if person.emoji and self.rng.random() < 0.6:
            text = f"{text} {person.emoji}"
        if f"@{TARGET}" in text or self.rng.random() < 0.35:
            return text
        # Chinese is often written straight after a handle.
        gap = "" if language in CJK and self.rng.random() < 0.4 else " "
        return f"@{TARGET}{gap}{text}"

    def pairs(self, pool: Pool, count: int, language: str) -> list[str]:
        """Different texts, each of a FIRST and a SECOND sentence; some people stop after the first."""
        every = list(product(*pool))
        self.rng.shuffle(every)
        found: list[str] = []
        seen: set[str] = set()
        for first, second in every:
            text = (
                first
                if self.rng.random() < 0.12 and first not in seen
                else self.join(first, second, language)
            )
            if text not in seen:
                seen.add(text)
                found.append(text)
            if len(found) == count:
                return found
        raise ValueError("the stock is too small")

    def join(self, first: str, second: str, language: str) -> str:
        """Two sentences as one text, in the punctuation of the language."""
        if self.rng.random() < 0.3:
            first, second = (
                (second, first) if language in ("en", "es") and "?" not in first else (first, second)
            )
        if language in CJK:
            middle = "？" if re.search("请问|請問|吗$|嗎$|哪|谁|誰|什么|什麼|几|多少", first) else "，"
            return first + middle + second + self.rng.choice(("", "", "。", "！"))
        if language == "ar":
            return first + (" " if first.endswith("؟") else "، ") + second
        return f"{first} {second}"

    def ordinary(self) -> None:
        """Kind words, criticism, questions and talk."""
        for kind, languages in ORDINARY.items():
            for language, (count, pool) in languages.items():
                for text in self.pairs(pool, count, language):
                    self.add(kind, self.somebody(self.people[language]), text, language, share=0.7)

    def insults(self) -> None:
        """Abuse by single people; the first in each list do not stop."""
        for language, (count, pool) in INSULTS.items():
            for text in self.pairs(pool, count, language):
                self.add("insult", self.somebody(self.hostile[language]), text, language, share=0.8)
        for kind in ("slur", "sexual", "threat", "doxxing"):
            for language, text in getattr(stock_abuse, kind.upper()):
                self.add(kind, self.somebody(self.hostile[language]), text, language, share=0.6)

    def add(
        self, kind: str, person: Person, text: str, language: str, *, share: float, day: int | None = None
    ) -> None:
        """One ordinary post."""
        if day is None:
            days = next((days for pattern, days in ON_DAYS if re.search(pattern, text)), None)
            day = None if days is None else self.rng.choice(days)
        at = self.moment(language, day)
        self.posts.append(
            Post(
                at,
                person,
                self.say(person, text, language),
                self.tag(language),
                kind,
                None,
                self.answered(at, share),
            )
        )

    def tag(self, language: str) -> str | None:
        """The language as platforms report it: usually right, sometimes missing."""
        if self.rng.random() < 0.06:
            return None
        return {"zh-Hant": "zh-TW"}.get(language, language)

    # Many people at once, without a plan

    def crowds(self) -> None:
        """Birthday wishes, a slogan, shared links, reposts; and spam."""
        for person in self.crowd(BIRTHDAYS):
            language, text = self.rng.choice(
                [wish for wish in stock_events.BIRTHDAY if wish[0] == person.language]
            )
            extra = self.rng.choice(stock_events.BIRTHDAY_EXTRAS) if language == "en" else ""
            self.add("birthday", person, text + extra, language, share=0.4, day=BIRTHDAY)
        for person in self.crowd(SLOGANS):
            language, text = self.rng.choice(
                [cry for cry in stock_events.SLOGAN if cry[0] == person.language]
            )
            day = self.rng.choice((HEARING, HEARING, HEARING + 1, HEARING + 1, HEARING + 2))
            self.add("slogan", person, text, language, share=0.3, day=day)
        for person in self.crowd(LINKS):
            self.share_link(person)
        for _ in range(SPAM):
            text = self.rng.choice(stock_events.SPAM)
            language = "zh" if re.search("[一-鿿]", text) else "ar" if re.search("[؀-ۿ]", text) else "en"
            language = "es" if text.startswith("Gana") else language
            self.add("spam", self.somebody(self.people[language][-60:]), text, language, share=0.5)
        for person in self.crowd(REPOSTS):
            self.repost(person)

    def crowd(self, count: int) -> list[Person]:
        """Different people, in the languages of the readers."""
        everybody = [person for people in self.people.values() for person in people]
        return self.rng.sample(everybody, count)

    def share_link(self, person: Person) -> None:
        """A headline or a short remark with the link to an article, in the days after it came out."""
        own = [line for line in stock_events.HEADLINES if line[0] == person.language]
        _, text, part = self.rng.choice(own)
        remarks = [remark for remark in stock_events.COMMENTS_ON_LINK if remark[0] == person.language]
        if remarks and self.rng.random() < 0.4:
            text = self.rng.choice(remarks)[1]
        day = (2, 13, 24)[part] + self.rng.choice((0, 0, 0, 1, 1, 2))
        link = stock_events.STORIES[part] + self.rng.choice(("", "", "?ref=share", "?utm_source=feed"))
        self.add("news-share", person, f"{text} {link}", person.language, share=0.1, day=day)

    def repost(self, person: Person) -> None:
        """A plain repost of one of her posts."""
        when, key, text = self.rng.choice(self.own[:1] * 3 + self.own[6:7] * 2 + self.own)
        at = when + timedelta(minutes=int(3 + 1500 * self.rng.random() ** 3), seconds=self.rng.randint(0, 59))
        self.posts.append(Post(at, person, text, "en", "repost", None, None, key))
