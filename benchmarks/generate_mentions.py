"""A second generator of made-up mentions with labels, for measuring `core.coordination` at any size.

Written without looking at the texts of the first generator. Ordinary people write from a phrase grammar
with their own word habits; crowds (wishes, slogans, news, petitions, pile-ons, reposts, a wave of
newcomers, daily fans, newspaper regulars) are innocent and must not be accused; campaigns differ in what
they share, how they time it, how their accounts were made and how they disguise the text.

    python benchmarks/generate_mentions.py 1000000 /tmp/mentions.parquet --seed 7
"""

import argparse
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

START = int(datetime(2025, 9, 1, tzinfo=UTC).timestamp())
DAYS = 35
DAY = 86_400
TARGET = "harborline_ava"

SUBJECTS = [
    "the ferry timetable",
    "that interview",
    "your column",
    "the council vote",
    "this photo essay",
    "the bridge closure",
    "your thread",
    "the library budget",
    "the report on rents",
    "the podcast episode",
    "that debate",
    "the school meal plan",
    "the storm coverage",
    "your last book",
    "the hearing",
    "the tram extension",
    "this investigation",
    "the market hall",
    "the water bill",
    "the new map",
]
OPENERS = [
    "honestly",
    "I read",
    "just finished",
    "my sister sent me",
    "still thinking about",
    "not sure about",
    "thanks for",
    "so glad I found",
    "I keep coming back to",
    "disappointed by",
    "quick question on",
    "we discussed",
    "a friend at work quoted",
    "listening again to",
    "I would add to",
    "can someone explain",
    "after a week I reread",
    "our reading group loved",
    "half convinced by",
    "puzzled by",
]
MIDDLES = [
    "because the numbers looked odd to me",
    "and it changed how I see the harbour",
    "although the second half felt rushed",
    "since my street is affected too",
    "which nobody else has covered",
    "but the source for the figure is missing",
    "and the comments under it are worse than the piece",
    "while waiting for the night bus",
    "and my kids had questions",
    "so I wrote to the office about it",
    "though I would have liked a counterpoint",
    "and I learned three new words",
    "after my shift at the clinic",
    "even if I disagree with the ending",
    "and now I want to visit",
    "which explains a lot",
]
ENDINGS = [
    "is there a longer version",
    "keep going",
    "please correct the date",
    "will there be a follow up",
    "I am curious what others think",
    "see you at the reading",
    "that is all",
    "hope the rain stops",
    "my grandmother agrees",
    "worth the ten minutes",
    "I may be wrong of course",
    "sent from the train",
    "coffee is cold now",
    "more of this please",
    "no reply needed",
    "take care",
]
ZH_A = [
    "今天",
    "昨晚",
    "早上在地铁里",
    "和同事聊天时",
    "排队的时候",
    "下班路上",
    "周末",
    "午休时",
    "在图书馆",
    "孩子睡了以后",
]
ZH_B = [
    "读了你的文章",
    "听了那期节目",
    "看到港口的报道",
    "想起去年的采访",
    "翻到旧的专栏",
    "看完听证会记录",
    "收到朋友转来的链接",
]
ZH_C = [
    "觉得数据有点问题",
    "有几个地方没看懂",
    "学到了不少东西",
    "和我的经历很像",
    "希望有后续",
    "不太同意结论",
    "想知道来源",
]
ZH_D = [
    "辛苦了",
    "谢谢分享",
    "下次见",
    "天气转凉多保重",
    "等你回复",
    "先去忙了",
    "继续加油",
    "路上小心",
]
FAN_PHRASES = [
    "good morning from the lighthouse fans",
    "sending a hug from up north",
    "you made my day again",
    "first as always",
    "love the new haircut",
    "proud of you every day",
    "your voice calms me down",
    "another great one",
    "see you tonight everyone",
    "never stop writing",
    "queen of the harbour",
    "my favourite account",
]
JEERS = [
    "who paid for this",
    "delete your account",
    "clown take",
    "nobody asked you",
    "this aged badly",
    "go back to weather news",
]
LINES = (
    "ask {t} why the {a} money never reached the {b} families and watch how quickly the subject changes",
    "for years {t} smiled at the {b} while selling out the {a}, remember that when the next invoice comes",
    "a person who lies about the {a} will lie about the {b}, the town deserves better than {t}",
    "the {a} file proves it: {t} was never a reporter, only a mouthpiece for the {b} clique",
    "nobody in the {b} district trusts {t} after what happened at the {a}, pack up and leave",
    "look at the {a} scandal again, every thread leads to {t} and the friends at the {b}",
    "{t} calls it journalism, we call it betrayal of the {a} and everybody who works at the {b}",
    "shame on {t} for mocking the {b} volunteers, the {a} crowd pays well for such words",
)
ZH_LINES = (
    "{t}拿了{a}的钱就忘了{b}的乡亲，这样的人不配谈良心",
    "记住{t}在{a}事件里的嘴脸，出卖{b}的人迟早要还",
    "{t}所谓的报道全是{a}写好的稿子，{b}的人早就看穿了",
    "从{a}到{b}，哪里有谎言哪里就有{t}，请大家擦亮眼睛",
    "别再相信{t}的眼泪，{a}的真相和{b}的账本都在那里",
)
PLACES = [
    "pier",
    "mill",
    "shelter",
    "depot",
    "cannery",
    "chapel",
    "stadium",
    "quarry",
    "signal house",
    "dairy",
    "rope factory",
    "orchard",
    "clinic",
    "night school",
    "fish hall",
    "tannery",
    "bakery",
    "customs shed",
    "viaduct",
    "boat club",
    "brick works",
    "tollgate",
    "weir",
    "granary",
]
ZH_PLACES = [
    "码头",
    "磨坊",
    "车站",
    "渔港",
    "茶厂",
    "钟楼",
    "仓库",
    "渡口",
    "盐场",
    "旧城",
    "南街",
    "灯塔",
    "纸厂",
    "戏院",
    "果园",
]
SWAPS = {
    "never": "not once",
    "shame": "disgrace",
    "quickly": "fast",
    "remember": "recall",
    "again": "once more",
}
# Kinds of innocent crowd and their share of all posts.
CROWDS = {"birthday": 0.04, "slogan": 0.05, "news": 0.05, "petition": 0.03, "pile-on": 0.05, "repost": 0.06}
LOOK_ALIKE = str.maketrans("aeopc", "аеорс")


@dataclass
class Sheet:
    """Columns under construction."""

    rng: np.random.Generator
    rows: list[tuple[int, float, str, str | None, str | None, str | None, str, str | None, str | None]] = (
        field(default_factory=list)
    )
    accounts: list[tuple[float, str]] = field(default_factory=list)

    def account(self, created: float, name: str) -> int:
        self.accounts.append((created, name))
        return len(self.accounts) - 1

    def post(  # noqa: PLR0917  # a row's cells, in order
        self,
        who: int,
        when: float,
        text: str,
        kind: str,
        campaign: str | None = None,
        url: str | None = None,
        repost: str | None = None,
        reply: str | None = None,
        picture: str | None = None,
    ) -> None:
        when = min(max(when, START), START + DAYS * DAY - 1)
        self.rows.append((who, when, text, url, repost, campaign, kind, reply, picture))


def daytime(rng: np.random.Generator, count: int, zone: int = 18) -> np.ndarray:
    """Times over the whole period with a broad evening peak at hour `zone`."""
    hour = (rng.normal(zone, 4.5, count) % 24) * 3600
    return START + rng.integers(0, DAYS, count) * DAY + hour


def born(rng: np.random.Generator) -> float:
    """When an ordinary account was made: over sixteen years, more of them lately."""
    return START - 60 - rng.beta(1.0, 1.8) * 16 * 365 * DAY


def handle(rng: np.random.Generator) -> str:
    """A name; one in four ends in a number."""
    stem = "".join(rng.choice(list("abcdefghiklmnoprstuvwy"), rng.integers(5, 11)))
    return stem + str(rng.integers(100, 9999)) if rng.random() < 0.25 else stem


def sentence(rng: np.random.Generator) -> str:
    """What an ordinary person writes."""
    if rng.random() < 0.2:
        parts = [str(rng.choice(p)) for p in (ZH_A, ZH_B, ZH_C, ZH_D)]
        return "，".join(parts[: rng.integers(2, 5)]) + ("！" if rng.random() < 0.3 else "")
    order = [OPENERS, SUBJECTS, MIDDLES, ENDINGS, SUBJECTS, MIDDLES]
    parts = [str(rng.choice(p)) for p in order[: rng.integers(2, 7)]]
    return " ".join(parts) + str(rng.choice([".", "!", "?", "", " :)", "..."]))


def people(sheet: Sheet, count: int) -> np.ndarray:
    """Ordinary accounts and how readily each of them posts."""
    for _ in range(count):
        sheet.account(born(sheet.rng), handle(sheet.rng))
    weight = sheet.rng.pareto(2.2, count) + 0.3
    return weight / weight.sum()


def background(sheet: Sheet, count: int, weight: np.ndarray) -> None:
    rng = sheet.rng
    who = rng.choice(len(weight), count, p=weight)
    tags = ["#harbour", "#localnews", "#ferry", "#rents", "#townhall", "#weekend"]
    for one, when in zip(who.tolist(), daytime(rng, count).tolist(), strict=True):
        text = sentence(rng)
        if rng.random() < 0.08:
            text += " " + str(rng.choice(tags))
        url = (
            f"https://paper{rng.integers(40)}.example/{rng.integers(10**6)}" if rng.random() < 0.06 else None
        )
        sheet.post(one, when, f"@{TARGET} {text}", "background", url=url)


def crowd(sheet: Sheet, count: int, weight: np.ndarray, kind: str, number: int) -> None:
    """One innocent crowd around one occasion."""
    rng = sheet.rng
    who = rng.choice(len(weight), count, p=weight).tolist()
    start = START + rng.uniform(0, DAYS - 4) * DAY
    hours = {"birthday": 14, "slogan": 20, "news": 8, "petition": 40, "pile-on": 4, "repost": 10}[kind]
    when = start + rng.gamma(1.3, hours * 3600 / 1.3, count)
    slug = "".join(rng.choice(list("abcdefghijkl"), 8))
    place = str(rng.choice(PLACES))
    for one, at in zip(who, when.tolist(), strict=True):
        url = repost = None
        if kind == "birthday":
            text = "happy birthday ava" + str(
                rng.choice(["", " have a great day", " enjoy the cake", " from us"])
            )
            text += "!" * int(rng.integers(0, 4))
        elif kind == "slogan":
            text = f"hands off the {place} no {number} {rng.choice(['', 'now', 'forever'])} #HandsOff{number}"
        elif kind == "news":
            text = f"Council delays {place} repairs for the {number}th time"
            text = text if rng.random() < 0.5 else sentence(rng)
            url = f"https://harbourpost.example/{number}/{slug}"
            url += f"?src={rng.integers(99)}" if rng.random() < 0.3 else ""
        elif kind == "petition":
            text = (
                f"I signed to save the {place} and its {number} jobs, {rng.choice(['please', 'so'])} sign too"
            )
            url = f"https://petition.example/save-{slug}"
        elif kind == "pile-on":
            text = str(rng.choice(JEERS)) if rng.random() < 0.6 else sentence(rng)
        else:
            text, repost = f"RT the {place} story in four pictures, number {number}", f"post-{number}-{slug}"
        sheet.post(one, at, f"@{TARGET} {text}", kind, url=url, repost=repost)


def regulars(sheet: Sheet, count: int) -> None:
    """Fans who greet every day in stock phrases, and readers who share their paper's links as they appear."""
    rng = sheet.rng
    fans = [sheet.account(born(rng), handle(rng)) for _ in range(max(8, count // 40))]
    for fan in fans:
        for at in daytime(rng, 18, int(rng.integers(7, 22))).tolist():
            own = rng.random() < 0.35
            text = sentence(rng) if own else str(rng.choice(FAN_PHRASES))
            sheet.post(fan, at, f"@{TARGET} {text}", "fan")
    readers = [sheet.account(born(rng), handle(rng)) for _ in range(max(8, count // 60))]
    for number in range(max(12, count // 100)):
        at = START + rng.uniform(0, DAYS - 1) * DAY
        for reader in rng.choice(readers, min(len(readers), 12), replace=False).tolist():
            link = f"https://morningpaper.example/story/{number}-{int(at) % 9973}"
            sheet.post(
                reader, at + rng.gamma(1.5, 7 * 3600), f"@{TARGET} {sentence(rng)}", "reader", url=link
            )


def newcomers(sheet: Sheet, count: int) -> None:
    """Many people join on the same two days, keep their default handle, and say hello in their own words."""
    rng = sheet.rng
    day = START + rng.uniform(2, DAYS - 4) * DAY
    for _ in range(count):
        at = day + rng.uniform(0, 2) * DAY
        who = sheet.account(at - rng.uniform(0.1, 20) * 3600, f"user{rng.integers(10**7, 10**8)}")
        sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "newcomer")


def disguised(rng: np.random.Generator, text: str, how: str) -> str:
    """The same text made to look different."""
    if how == "edit":
        words = [SWAPS.get(word, word) if rng.random() < 0.6 else word for word in text.split(" ")]
        if len(words) > 8 and rng.random() < 0.5:
            del words[int(rng.integers(1, len(words) - 1))]
        text = " ".join(words) + str(rng.choice(["", "!", " really", " just saying", " 🔥"]))
    elif how == "code":
        text += " " + "".join(rng.choice(list("bcdfghjkmnpqrtvwxz"), 4))
    elif how == "homoglyph":
        text = "".join(c.translate(LOOK_ALIKE) if rng.random() < 0.3 else c for c in text)
    return text


def campaign_times(rng: np.random.Generator, count: int, how: str) -> np.ndarray:
    """When a campaign posts: in waves, in shifts, or in drips over everybody's day."""
    if how == "wave":
        waves = START + rng.integers(0, DAYS, 9) * DAY + rng.integers(0, 24, 9) * 3600
        return rng.choice(waves, count) + rng.exponential(240, count)
    if how == "shift":
        hours = rng.choice([1, 2, 3, 5, 6, 7, 8, 9], count)
        return START + rng.integers(0, DAYS, count) * DAY + hours * 3600 + rng.uniform(0, 3600, count)
    return daytime(rng, count)


def campaign(sheet: Sheet, size: int, number: int) -> None:
    """One campaign of `size` accounts."""
    rng = sheet.rng
    name = f"campaign-{number:02d}"
    share = ("text", "link", "tags", "text", "repost")[number % 5]
    timing = ("wave", "shift", "drip", "shift", "wave")[(number * 3 + number // 5) % 5]
    how = ("edit", "code", "plain", "homoglyph", "edit")[(number * 2 + 1) % 5]
    chinese = number % 3 == 2
    aged = timing != "drip" and number % 4 == 3  # bought accounts, made at any time
    pool = _pool(rng, chinese, 7)
    slugs = ["".join(rng.choice(list("mnopqrst"), 9)) for _ in pool]
    made = START - rng.uniform(30, 900, max(1, size // 25)) * DAY
    each = int(rng.integers(3, 8))
    times = campaign_times(rng, size * each, timing)
    for member in range(size):
        created = born(rng) if aged else made[member % len(made)] + rng.uniform(0, 5) * 3600
        who = sheet.account(created, handle(rng))
        for at in times[member * each : (member + 1) * each].tolist():
            pick = int(rng.integers(len(pool)))
            text, url, repost = sentence(rng), None, None
            if share == "text":
                text = disguised(rng, pool[pick], how)
            elif share == "link":
                url = f"https://truthfile{number}.example/{slugs[pick]}?ref={rng.integers(10**6)}"
            elif share == "tags":
                text += f" #{slugs[pick % 3]} #{slugs[3 + pick % 2]}"
            else:
                repost, text = f"post-{slugs[pick]}", f"RT {pool[pick]}"
            sheet.post(who, at, f"@{TARGET} {text}", share, name, url=url, repost=repost)
        if rng.random() < 0.2:
            at = float(daytime(rng, 1)[0])
            sheet.post(who, at, f"@{TARGET} {sentence(rng)}", "cover", name)


def _pool(rng: np.random.Generator, chinese: bool, count: int) -> list[str]:
    """The campaign's texts."""
    lines, places = (ZH_LINES, ZH_PLACES) if chinese else (LINES, PLACES)
    texts = []
    for i in range(count):
        a, b = rng.choice(places, 2, replace=False)
        texts.append(lines[i % len(lines)].format(t="她" if chinese else "ava", a=a, b=b))
    return texts


def generate(posts: int, seed: int = 7, coordinated: bool = True, hard: bool = True) -> pl.DataFrame:
    """About `posts` posts in the import columns, with `campaign` (null when ordinary) and `kind`.

    `hard` adds the crowds and campaigns of `generate_hard_cases`, about a twelfth more posts.
    """
    sheet = Sheet(np.random.default_rng(seed))
    weight = people(sheet, int(posts * 0.28))
    background(sheet, int(posts * 0.5), weight)
    number = 0
    for kind, share in CROWDS.items():
        total = int(posts * share)
        times = max(1, round((posts / 10_000) ** 0.6))
        for _ in range(times):
            number += 1
            crowd(sheet, total // times, weight, kind, number)
    regulars(sheet, int(posts * 0.04 / 2))
    newcomers(sheet, int(posts * 0.02))
    if coordinated:
        count = max(5, round(8 * (posts / 100_000) ** 0.5))
        for index in range(count):
            campaign(sheet, max(12, int(posts * 0.16 / 5.2 / count * sheet.rng.uniform(0.4, 1.6))), index)
    if hard:
        from generate_hard_cases import hard_cases

        hard_cases(sheet, posts, coordinated)
    return _frame(sheet)


def _frame(sheet: Sheet) -> pl.DataFrame:
    who, when, text, url, repost, label, kind, reply, picture = zip(*sheet.rows, strict=True)
    created, names = zip(*sheet.accounts, strict=True)
    frame = pl.DataFrame(
        {
            "who": who,
            "when": when,
            "text": text,
            "url": url,
            "repost_of": repost,
            "campaign": label,
            "kind": kind,
            "reply_to": reply,
            "picture": picture,
        },
        schema_overrides=dict.fromkeys(("url", "repost_of", "campaign", "reply_to", "picture"), pl.String),
    )
    accounts = pl.DataFrame({"created": created, "author_handle": names}).with_row_index("who")
    frame = frame.sort("when", "who").with_row_index("n")
    frame = frame.join(
        accounts.with_columns(pl.col("who").cast(pl.Int64)), on="who", how="left", maintain_order="left"
    )
    tags = pl.col("text").str.extract_all(r"#\w+").list.eval(pl.element().str.strip_prefix("#"))
    return frame.select(
        pl.format("p{}", "n").alias("post_id"),
        pl.format("a{}", "who").alias("author_id"),
        "author_handle",
        _time("created").alias("author_created_at"),
        _time("when").alias("created_at"),
        "text",
        pl.when(pl.col("url").is_null())
        .then(pl.lit([], dtype=pl.List(pl.String)))
        .otherwise(pl.concat_list(pl.col("url").fill_null("")))
        .alias("urls"),
        tags.alias("hashtags"),
        pl.lit([TARGET], dtype=pl.List(pl.String)).alias("mentions"),
        "reply_to",
        "repost_of",
        pl.when(pl.col("picture").is_not_null()).then(pl.concat_list("picture")).alias("media"),
        "campaign",
        "kind",
    )


def _time(column: str) -> pl.Expr:
    return (pl.col(column) * 1e6).cast(pl.Int64).cast(pl.Datetime("us", "UTC"))


def main() -> None:
    """Write one file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("posts", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clean", action="store_true", help="no campaigns")
    options = parser.parse_args()
    frame = generate(options.posts, options.seed, coordinated=not options.clean)
    frame.write_parquet(options.file, compression="zstd")
    print(f"{frame.height} posts, {frame['author_id'].n_unique()} authors")


if __name__ == "__main__":
    main()
