"""Terms of texts: words, pairs of words, tags, and runs of Chinese or Japanese characters.

Chinese is cut at punctuation and at the small words that hold sentences together; what lies between
is kept whole when short, and in stretches when long. `bounded` then tells which stretches begin and end
where words do. There is no dictionary to ship, and nothing is learned.
"""

from typing import Final

import polars as pl

from core.coordination import fold
from core.coordination.han import SIMPLIFIED, TRADITIONAL

_RUN: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々]+"
_HELD: Final = 0xF0000  # characters of a word that stays whole, moved to a private plane for a moment
_WORD: Final = r"[#＃]?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’-][\p{L}\p{M}\p{N}]+)*"
LONGEST: Final = (
    6  # characters of a Chinese term that fills its place; stretches out of longer runs are shorter
)
STRETCH: Final = 4
_DEEPEST: Final = 24  # characters of a run that are looked at
MIN_EDGE: Final = 0.5

# Words that say nothing by themselves. Other languages rely on the comparison with ordinary posts.
_STOP_WORDS: Final = """
a about above after again against all also am an and any are aren't as at be because been before being below
between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
even ever every few for from further get gets go goes going got had has hasn't have haven't having he he's
her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just
let let's like may me might more most much must my myself no nor not now of off on once one only or other
our ours ourselves out over own really same she she's should shouldn't since so some such than that that's
the their theirs them themselves then there there's these they they're this those though through to too
under until up us very was wasn't we we're well were weren't what what's when where which while who who's
whom why will with without won't would wouldn't yes yet you you'll you're you've your yours yourself amp rt
via
"""
_STOP: Final = frozenset(_STOP_WORDS.split())
# Chinese function words, longest first, and words that merely look as if they held one.
_JOINTS: Final = (
    "我们|你们|他们|她们|它们|咱们|大家|自己|这个|那个|这些|那些|这样|那样|这种|那种|这里|那里|什么|怎么|为什么|"
    "因为|所以|如果|虽然|但是|可是|不过|而且|或者|并且|以及|还是|就是|只是|不是|没有|已经|正在|可以|应该|必须|"
    "一个|一些|一样|一直|一定|一起|那么|这么|非常|真的|的话|的是|之后|之前|时候|从来|每一|"
    "[的了着过和与或是在就都也还又很太更最把被让给对向从到于以为而但却则若因将之其这那哪谁我你您他她它吗呢吧啊呀"
    "哦嘛啦得地所只才再先后]"
)
_WHOLE: Final = (
    "和平|和谐|和解|共和|目的|标的|的士|了解|了不起|存在|在线|现在|内在|在于|是非|是否|成就|就业|就职|都市|首都|成都|还款|归还|"
    "把握|把戏|被告|被捕|让步|转让|给予|供给|对手|对方|反对|对立|面对|方向|向导|从事|服从|到底|达到|得到|关于|属于|以色列|"
    "以前|以后|可以|为人|行为|作为|因素|原因|将军|将来|其实|其他|只要|人才|才能|再见|先生|先进|后果|后台|落后|背后|最后|地方|"
    "地区|土地|当地|基地|得罪|获得|所谓|场所|更新|过去|通过|过程|经过|着急|着火|沿着|太阳|给力|也许|与会|参与|很多|最近|您好|"
    "我国|他人|为了|成为|认为|以为|自由|自杀|自信"
)


def terms(texts: pl.Series) -> pl.DataFrame:
    """Terms of `texts` as rows (`text`: index, `term`), each pair once, in order.

    Runs of characters longer than a word count only where they begin and end as words do: at a joint,
    or beside ever other characters.
    """
    text = pl.col("plain").str.normalize("NFKC").str.replace_all(fold.INVISIBLE, "").str.to_lowercase()
    for gone in (fold.URL, fold.MENTION, r"^\s*rt\b"):
        text = text.str.replace_all(gone, " ")
    text = text.str.replace_many(list(TRADITIONAL), list(SIMPLIFIED)).str.replace_all("’", "'")
    plain = pl.DataFrame({"plain": texts}).with_row_index("text").with_columns(text)
    return pl.concat((_words(plain), _stretches(plain))).unique().sort("text", "term")


def _words(plain: pl.DataFrame) -> pl.DataFrame:
    """Words of three letters and more, tags, and pairs of neighbouring words."""
    pieces = pl.col("plain").str.replace_all(_RUN, " ; ").str.extract_all(_WORD + "|[;.!?]")
    rows = plain.select("text", pieces).explode("plain").drop_nulls()
    word = pl.col("plain")
    mixed = word.str.contains("[a-z]") & word.str.contains(r"[\p{Cyrillic}\p{Greek}]")
    rows = rows.with_columns(pl.when(mixed).then(fold.latinised(word)).otherwise(word))
    telling = ~word.is_in(list(_STOP)) & word.str.contains(r"\p{L}{2}")
    rows = rows.with_columns(telling.alias("telling"))
    single = rows.filter(pl.col("telling") & (word.str.len_chars() >= 3)).select("text", term="plain")
    follows = (pl.col("text") == pl.col("text").shift(1)) & pl.col("telling") & pl.col("telling").shift(1)
    follows &= ~word.str.starts_with("#") & ~word.shift(1).str.starts_with("#")
    rows = rows.with_columns((word.shift(1) + " " + word).alias("term"), follows.alias("follows"))
    pairs = rows.filter("follows").select("text", "term")
    return pl.concat((single, pairs))


def _stretches(plain: pl.DataFrame) -> pl.DataFrame:
    """What stands between the joints of Chinese and Japanese: whole when short, and its bounded stretches."""
    letters = sorted({letter for letter in _WHOLE if letter != "|"})
    held = [chr(_HELD + ord(letter)) for letter in letters]
    whole = _WHOLE.split("|")
    apart = pl.col("plain").str.replace_many(
        whole, ["".join(chr(_HELD + ord(letter)) for letter in word) for word in whole], leftmost=True
    )
    apart = apart.str.replace_all(_JOINTS, "|").str.replace_many(held, letters)
    runs = plain.select("text", apart.str.extract_all(_RUN).alias("run")).explode("run").drop_nulls()
    runs = runs.with_columns(pl.col("run").str.slice(0, _DEEPEST), n=pl.col("run").str.len_chars())
    short = runs.filter(pl.col("n").is_between(2, LONGEST)).select(
        "text", term="run", left=pl.lit(""), right=pl.lit("")
    )
    parts = [short]
    for begin in range(_DEEPEST - 1):
        for length in range(2, STRETCH + 1):
            within = runs.filter((pl.col("n") >= begin + length) & (pl.col("n") > length))
            if within.height:
                parts.append(within.select("text", *_stretch(begin, length)))
    return _bounded(pl.concat(parts))


def _stretch(begin: int, length: int) -> list[pl.Expr]:
    """The stretch and its neighbours; no neighbour where the run begins or ends."""
    run = pl.col("run")
    left = run.str.slice(begin - 1, 1) if begin else pl.lit("")
    return [
        run.str.slice(begin, length).alias("term"),
        left.alias("left"),
        run.str.slice(begin + length, 1).alias("right"),
    ]


def _bounded(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep terms that are often at the edge of a run, or have no usual neighbour, on both sides."""
    seen = rows.group_by("term").agg(pl.len().alias("seen"))
    for side in ("left", "right"):
        beside = rows.filter(pl.col(side) != "").group_by("term", side).len()
        usual = beside.group_by("term").agg(pl.col("len").max().alias(side))
        seen = seen.join(usual, on="term", how="left").with_columns(pl.col(side).fill_null(0))
    usual_share = pl.max_horizontal("left", "right") / pl.col("seen")
    kept = seen.filter(usual_share <= 1 - MIN_EDGE).select("term")
    return rows.join(kept, on="term", how="semi").select("text", "term")
