"""What two posts must share to count as the same text or link, as native column expressions.

A folded text has no case, spacing, punctuation, emoji, mentions, links, tags, look-alike letters or
invisible characters, and traditional characters are simplified. The marks of evasion that folding
removes are reported beside it: they are evidence.
"""

from typing import Final

import polars as pl

from core.coordination.han import SIMPLIFIED, TRADITIONAL

# Look-alikes of Latin letters in Cyrillic, Greek and others (a choice from Unicode's confusables).
_LOOK_ALIKES: Final = dict(
    zip(
        "аеорсухікмнтвѕјԛԝһԁαορνικτυχєᴀᴇɪᴏᴜɑɡ",
        "aeopcyxikmhtbsjqwhdaopviktuxeaeiouag",
        strict=True,
    )
)
# ASCII only: in Chinese the text often follows the name with no space between.
MENTION: Final = r"@[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?"
URL: Final = r"(?i)(?:https?://|www\.)[!-;=?-~]+"
HASHTAG: Final = r"[#＃]([\p{L}\p{M}\p{N}_]{1,40})[#＃]?"
INVISIBLE: Final = r"[\p{Cf}\p{M}\x{115F}\x{1160}\x{3164}\x{FFA0}]+"
# A short code appended to defeat exact matching: letters and digits mixed, or digits alone.
_CODE: Final = r"(?:\s+[\[(#]?(?:[a-z]+[0-9]+[a-z0-9]*|[0-9]+[a-z]+[a-z0-9]*|[0-9]{1,8})[\])]?)+\s*$"
_WIDE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"

# Marks of evasion, looked for in the text as received.
_HIDDEN_MARK: Final = (
    r"[\p{Latin}\p{Han}\p{Cyrillic}][\x{AD}\x{200B}-\x{200D}\x{2060}\x{FEFF}]+[\p{Latin}\p{Han}\p{Cyrillic}]"
)
_MIXED_MARK: Final = r"[A-Za-z][\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}][A-Za-z]"
_STYLED_MARK: Final = r"[\x{1D400}-\x{1D7FF}]{2}"
_SPACED_MARK: Final = r"(?:^|\s)(?:\p{Latin}[ .*_-]){4,}\p{Latin}(?:\s|$)"

# Wishes that many people write independently on the same day; a post that is little more is no evidence.
_RITUAL: Final = (
    r"happy(?:birthday|bday|newyear|holidays|anniversary|easter|diwali|eid|mothersday|fathersday)|merrychristmas|"
    r"hbd|birthday|manyhappyreturns|congratulations|congrats|goodmorning|goodnight|goodluck|getwellsoon|"
    r"restinpeace|thankyousomuch|eidmubarak|felizcumpleanos|felizcumpleaños|cumpleaños|feliznavidad|felicidades|"
    r"feliz|buenosdias|buenosdías|joyeuxanniversaire|bonanniversaire|allesgutezumgeburtstag|buoncompleanno|"
    r"felizaniversário|parabéns|сднемрождения|عيدميلادسعيد|كلعاموانت[مي]?بخير|生日快乐|新年快乐|节日快乐|圣诞快乐|"
    r"春节快乐|中秋快乐|恭喜|早上好|早安|晚安|お誕生日おめでとう(?:ございます)?|おめでとう(?:ございます)?|생일축하(?:해요|합니다)?"
)

# A path that shows nothing without its query.
_NAMELESS: Final = (
    r"^[^/]+(?:/(?:watch|index|view|article|story|permalink|item|node|page|post|news|show|read)?"
    r"(?:\.\w{2,5})?)?$"
)


def folded(text: pl.Expr) -> pl.Expr:
    """The folded text: letters and digits only. Empty when the post has no words of its own."""
    plain = text.str.normalize("NFKC").str.replace_all(INVISIBLE, "").str.to_lowercase()
    plain = plain.str.replace_all(URL, " ").str.replace_all(MENTION, " ").str.replace_all(HASHTAG, " ")
    plain = plain.str.replace(r"^\s*rt\b[\s:]*", "").str.replace(_CODE, "")
    plain = plain.str.replace_all(r"[^\p{L}\p{N}]+", "")
    plain = latinised(plain)
    return plain.str.replace_many(list(TRADITIONAL), list(SIMPLIFIED))


def latinised(text: pl.Expr) -> pl.Expr:
    """The text with look-alikes of Latin letters replaced by them."""
    return text.str.replace_many(list(_LOOK_ALIKES), list(_LOOK_ALIKES.values()))


def says_repost(text: pl.Expr) -> pl.Expr:
    """Whether the text itself is marked as a repost of another's words ("RT @name: ...")."""
    return text.str.contains(r"^\s*(?i:rt)\s+@")


def evasive(text: pl.Expr) -> pl.Expr:
    """Whether the text carries marks that serve to escape filters."""
    return text.str.contains(f"{_HIDDEN_MARK}|{_MIXED_MARK}|{_STYLED_MARK}|{_SPACED_MARK}")


def weight(fold: pl.Expr) -> pl.Expr:
    """How much a folded text says, in Latin letters; a Chinese character says as much as three.

    Ritual wishes weigh less than nothing: many people write them independently, and what follows them
    is seldom original either.
    """
    rest = fold.str.replace_all(_RITUAL, "")
    plain = rest.str.len_chars().cast(pl.Int64) + 2 * rest.str.count_matches(_WIDE).cast(pl.Int64)
    return plain - pl.when(fold.str.contains(_RITUAL)).then(40).otherwise(0)


def is_wide(fold: pl.Expr) -> pl.Expr:
    """Whether a folded text is mostly written in a script without spaces between words."""
    return fold.str.count_matches(_WIDE) * 3 > fold.str.len_chars()


def canonical_url(url: pl.Expr) -> pl.Expr:
    """Host and path, lower case.

    The query is dropped, for a random parameter is a cheap disguise, unless the path names no page of
    its own (`/watch?v=...`, `/index.php?id=...`); then its identifying parameter stays.
    """
    identity = url.str.extract(r"(?i)[?&]((?:v|id|p|article|story_fbid|fbid|aid)=[A-Za-z0-9_-]+)").fill_null(
        ""
    )
    bare = url.str.replace(r"^\s*(?:[A-Za-z]+:)?(?://)?", "").str.replace(r"^(?i:www|m|mobile|amp)\.", "")
    bare = bare.str.replace(r"[?#].*$", "").str.to_lowercase().str.strip_chars("/ .,;:!)")
    nameless = bare.str.contains(_NAMELESS) & (identity != "")
    return pl.when(nameless).then(bare + "?" + identity).otherwise(bare)


def tag_set(tags: pl.Expr) -> pl.Expr:
    """The hashtags of a post as one sorted text; null when there are none."""
    clean = tags.list.eval(pl.element().str.to_lowercase().str.strip_chars("#＃ ")).list.unique().list.sort()
    joined = clean.list.join(" ")
    return pl.when(joined.str.len_chars() > 0).then(joined)
