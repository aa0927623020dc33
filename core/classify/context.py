"""What stands around a found word: is it aimed at someone, quoted, reported, denied, or said of oneself?

All functions read folded text and folded offsets and look at a short window only, so that their
cost does not grow with the text.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

import re
from typing import Final

from core.classify import context_asia, context_europe

_WINDOW: Final = 60  # characters each side
_QUOTED_WINDOW: Final = 110  # to the right of words that may be in quotation marks
_CLAUSE_END: Final = re.compile(r"[.!?。;\n]")

_REPORTED_BEFORE: Final = re.compile(
    r"(?:\b(?:call(?:s|ed|ing)?|name[ds]?|label(?:l?ed|ling)?)\s+(?:me|us|him|her|them|someone|somebody|people|anyone|others?"
    r"|\w+ (?:people|women|men|kids|girls|boys|folks|users|person))\b(?! you)"
    r"|\b(?:the|this|that|a) (?:word|term|slur|insult|phrase|hashtag)s?\b|\bslurs? like\b|\bwords? like\b"
    r"|\b(?:he|she|they|someone|somebody|people|who|man|woman|guy|user|account|troll|trolls|stranger|boss|ex)\b[^.!?]{0,25}"
    r"\b(?:said|says|say|saying|wrote|writes|told|tells|tweeted|posted|messaged|texted|yelled|shouted|screamed|threatened|threatens|sent)\b"
    r"|\b(?:stop|don'?t|do not|never|nobody should|no one should|quit|shouldn'?t|should not|not ok to|not okay to|wrong to|can'?t)"
    r" (?:be )?(?:say|saying|call|calling|use|using|throw|throwing|joke|tell|telling)\b"
    r"|\b(?:was|were|been|being|be|got|get|gets|getting|am|is|are) (?:called|told)\b"
    r"|\b(?:nobody|no one|noone)\b[^.!?]{0,20}\b(?:read|hear|see|told) that\b"
    r"|\b(?:nobody|no one|noone)\b[^.!?]{0,20}\b(?:say|says|said|saying|think|thinks|call|calls|called|calling|tell|told)\b"
    r"|\b(?:received|receiving|got|getting|get) (?:\w+ ){0,3}(?:threats?|messages?|dms?|comments?|replies|emails?)\b"
    r"|(?:叫|骂|喊|称|说|辱骂)(?:我|我们|她|他|他们|她们|别人|人家|人|女生|女性)(?:是|为|做|作|成|一句)?[^。!?,]{0,4}"
    r"|(?:被|遭)(?:人|网友|他们|别人)?(?:骂|称|叫|说|喷|威胁|辱骂)[^。!?,]{0,6}|(?:别|不要|不许|禁止|停止|不应该|不该|不能|没有人|没人)(?:再|动不动就|总是|总)?(?:说|叫|骂|用|称|喊|发)[^。!?,]{0,8}"
    r"|(?:他|她|他们|她们|有人|网友|对方|那人|评论)(?:对我|跟我|给我|竟然|居然|还|就)?(?:说|骂|写|发|威胁|回复|留言)[^。!?]{0,12}|(?:收到|接到)[^。!?]{0,10}"
    r"|\b(?:me|nos|le|les) (?:llam[oó]|llamaron|llaman|dijo|dijeron|dicen|escribi[oó]|grit[oó])\b"
    r"|(?:قال لي|قالوا لي|وصفني|وصفوني|يسمونني|شتمني|هددني))[^.!?。]{0,45}\Z"
)
_REPORTED_AFTER: Final = re.compile(
    r"\A[\"'”’」』*]{0,2}[^.!?。]{0,24}?(?:\b(?:is|are|was|'s) (?:a |an |such a |not )?(?:\w+ )?(?:slur|offensive|hurtful|racist|sexist|"
    r"homophobic|transphobic|ableist|wrong|unacceptable|ok|okay|acceptable|hate speech|harassment|abuse|banned)\b"
    r"|[\"”’」』][^.!?。]{0,12}\b(?:is|are|was|counts as) (?:a |an )?(?:threat|crime|doxx?ing)\b|(?:这个词|这种词|这种话|这样的话|这类词|一词|这两个字|这三个字)|(?:是|属于)(?:一种)?(?:歧视|侮辱|辱骂|骂人|仇恨|脏话)|的(?:标签|帽子|称呼|评论))"
)
_QUOTE_OPEN: Final = "\"“「『‘«'"
_QUOTE_CLOSE: Final = "\"”」』’»'"
_REPORTING_VERB: Final = re.compile(
    r"\b(?:said|says|saying|wrote|writes|told|tells|tweet(?:ed|s)|post(?:ed|s)|message|messages|messaged|texted|yelled|shouted|screamed|"
    r"called|calling|commented|comment|comments|replied|sent|read|reads|reading|quote|received|got|found|sprayed|painted|scrawled|typed|kept|note|judge|headline|like|word|term|phrase|slur|dijo|escribio)\b"
    r"|[说写骂喊称回留收发]|私信|评论|短信|寄信|话 ?\Z|这样|那条|法官|每天看|قال|كتب|: ?\Z|why does\b"
)
# What follows a closed quotation and says that its words were received, shown or judged.
_TOLD_AFTER: Final = re.compile(
    r"\A[^\"“”「」『』«»]{0,40}[\"”」』»][^\"“「『«]{0,48}?(?:\b(?:said|wrote|typed|reads?|is what (?:i|we|she|he|they)|inbox|letters?|note|messages?|dms?|e-?mail|voicemail"
    r"|received|reported|police|court|judge|sentence|arrested|jailed|fined|convicted|menacing|museum|slogan|rules|from (?:some|a|my|the|an)\b|on (?:my|her|his|our) (?:door|car|wall|desk)|screenshots?|that'?s why)\b"
    r"|收到|私信|短信|留言|评论|消息|被告|判|报警|截图|当证据|审核)"
)
_NEGATED: Final = re.compile(
    r"(?:\b(?:not|never|no|isn'?t|aren'?t|wasn'?t|weren'?t|ain'?t|nor|without being|nobody is|no one is|hardly)"
    r"(?: (?:a|an|the|some|any|all|really|even|just|that|being|such|your|my))*\s"
    r"|(?:不是|并非|不算|没有|哪有|才不是|从来不是|绝不是)(?:什么|个|一个|所谓的?|真的)?|\bno (?:eres|es|son|somos|soy) (?:un |una )?|ليس |لست )\Z"
)
_ONESELF: Final = re.compile(
    r"(?:\b(?:i am|i'm|im|i was|i feel like|as|proud|we are|we're|being|call myself|makes me|made me|my own|myself)"
    r"(?: (?:a|an|the|such|so|just|proud|happy|out|openly|one|total|complete|fellow|little|big|bit|of|really|being|kind))*"
    r"\s|(?:我是|我就是|我真是|我们是|自己是|我这个|我太|我好|我真|我也是)(?:个|一个|真|太|好|大)?|\bsoy (?:un |una |tan )?|\bsomos )\Z"
)
_AIMED_BEFORE: Final = re.compile(
    r"(?:\b(?:you|your|u|ur|you're|youre|yall|y'all|ya|yourself|yourselves|this (?:woman|man|girl|guy|person|bitch|account|journalist|writer|author)|these people|those people|she|he|she's|he's|they|they're|"
    r"eres|tu|usted|ustedes|sois|vete|calla|pinche|puto|pinche)\b[^.!?]{0,28}|@[\w.:-]{2,}[ ,:]*(?:what a |such a |a )?"
    r"|\b(?:stupid|fucking|dirty|filthy|little|damn|ugly|fat|old|shut up|go away|fuck off|get out|die)\s(?:\w+ )?"
    r"|[你妳您][^。!?]{0,10}|你们[^。!?]{0,12}|(?:这|那)(?:个|种|些|帮|群|条|只|家伙)[^。!?]{0,6}|[死臭狗烂][\w]{0,2}|يا |أنت |انت |انتم )\Z"
)
_AIMED_AFTER: Final = re.compile(
    r"\A(?:s?[^.!?]{0,14}\b(?:like you|you are|you're|that you are|like her|like him|eres)\b|[^。!?]{0,4}(?:一样的你|的你|去死|滚))"
)
_SHORT_POST: Final = 24


def _left(text: str, start: int) -> str:
    return text[max(0, start - _WINDOW) : start]


def reported(text: str, start: int, end: int) -> bool:
    """The words are someone else's: reported, quoted after a verb of saying, or talked about."""
    left, right = _left(text, start), text[end : end + _WINDOW]
    if _REPORTED_AFTER.search(right) or _REPORTED_BEFORE.search(left):
        return True
    if context_asia.reported(left, right) or context_europe.reported(left, right):
        return True
    return _quoted(left, text[end : end + _QUOTED_WINDOW])


def _quoted(left: str, right: str) -> bool:
    opening = max((left.rfind(mark) for mark in _QUOTE_OPEN), default=-1)
    if opening < 0 or not any(mark in right for mark in _QUOTE_CLOSE):
        return False
    if left[opening] == "'" and opening and left[opening - 1].isalpha():  # an apostrophe
        return False
    return bool(_REPORTING_VERB.search(left[:opening]) or _TOLD_AFTER.search(right))


def negated(text: str, start: int) -> bool:
    """Said not to be so: "you are not a ..."."""
    left = _left(text, start)
    return bool(_NEGATED.search(left)) or context_europe.negated(left)


def of_oneself(text: str, start: int) -> bool:
    """The writer speaks of themselves."""
    left = _left(text, start)
    if _ONESELF.search(left) or context_europe.of_oneself(left):
        return True
    return context_asia.spoken(text, start) and context_asia.of_oneself(left, text[start : start + _WINDOW])


def aimed(text: str, start: int, end: int) -> bool:
    """Thrown at someone: with a "you", at a handle, as a bare short post."""
    left, right = _left(text, start), text[end : end + _WINDOW]
    if _AIMED_BEFORE.search(left) or _AIMED_AFTER.search(right) or context_europe.aimed(left, right):
        return True
    if context_asia.spoken(text, start) and context_asia.aimed(left, right):
        return True
    return len(text) <= _SHORT_POST and end - start >= len(text.strip("!?. ")) * 0.6
