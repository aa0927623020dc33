"""Places that profiles name: the usual languages there and the hours ahead of UTC in winter.

Only places of one time zone, under names that mean nothing else. Public facts (IANA time zone database).
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Claimed:
    """A place found in a profile, in the words of the profile."""

    words: str
    languages: frozenset[str]
    offset: float


# Names, languages, hours ahead of UTC.
_TABLE: Final = """
london|manchester|glasgow|edinburgh|england|scotland|united kingdom;en;0
dublin|ireland;en ga;0
lisbon|lisboa|porto;pt;0
paris|lyon|marseille|france;fr;1
berlin|munich|münchen|hamburg|germany|deutschland;de;1
vienna|wien|austria|österreich;de;1
zürich|zurich|geneva|genève|switzerland;de fr it;1
madrid|barcelona|valencia;es ca;1
rome|roma|milano|milan|napoli|italy|italia;it;1
amsterdam|rotterdam|netherlands|nederland;nl;1
brussels|bruxelles|belgium;nl fr;1
stockholm|göteborg|sweden|sverige;sv;1
oslo|bergen|norway|norge;no nb nn;1
copenhagen|københavn|denmark|danmark;da;1
warsaw|warszawa|kraków|krakow|poland|polska;pl;1
prague|praha;cs;1
budapest|hungary;hu;1
helsinki|finland|suomi;fi sv;2
athens|thessaloniki|greece;el;2
kyiv|kiev|kharkiv|lviv|odesa|ukraine|україна;uk ru;2
bucharest|bucurești|romania;ro;2
jerusalem|tel aviv|israel;he ar;2
cairo|egypt;ar;2
johannesburg|cape town|south africa;en af zu xh;2
istanbul|i̇stanbul|ankara|turkey|türkiye;tr;3
moscow|москва|saint petersburg|санкт-петербург;ru;3
riyadh|saudi arabia;ar;3
nairobi|kenya;en sw;3
dubai|abu dhabi;ar en;4
tehran|iran;fa;3.5
karachi|lahore|islamabad|pakistan;ur en pa;5
mumbai|new delhi|bengaluru|bangalore|india;hi en ta te bn mr gu ml kn pa ur;5.5
dhaka|bangladesh;bn;6
bangkok|thailand;th;7
hanoi|ho chi minh city|vietnam;vi;7
jakarta|surabaya;id;7
beijing|shanghai|shenzhen|guangzhou|北京|上海|深圳|广州;zh;8
hong kong|hongkong|香港;zh en;8
taipei|taiwan|台北|台湾|臺北|臺灣;zh;8
singapore;en zh ms ta;8
manila|philippines;en tl fil;8
kuala lumpur|malaysia;ms en zh ta;8
seoul|south korea|서울;ko;9
tokyo|osaka|japan|東京|大阪;ja;9
sydney|melbourne|brisbane;en;10
auckland|new zealand;en mi;12
new york|nyc|brooklyn|boston|philadelphia|miami|atlanta|washington dc|detroit;en es;-5
toronto|ottawa;en fr;-5
montreal|montréal|québec;fr en;-5
bogotá|bogota|lima|quito;es;-5
chicago|houston|dallas|austin tx|texas;en es;-6
mexico city|cdmx|guadalajara;es;-6
denver|colorado;en es;-7
los angeles|san francisco|seattle|california;en es;-8
vancouver;en zh;-8
buenos aires|argentina;es;-3
são paulo|sao paulo|rio de janeiro;pt;-3
santiago de chile;es;-4
caracas|venezuela;es;-4
"""


# In a sentence about oneself a place counts only as what one says of one's own whereabouts.
_WHERE: Final = re.compile(
    r"^(?:(?:i\s+)?(?:based|live|living|located)\s+in|from|in|住在|来自|來自|人在|坐标)\s*[:：]?\s*",
    re.I,
)
_PARTS: Final = re.compile(r"[|,;·•/\n，。；、()]|📍|\s-\s")


def _read() -> dict[str, tuple[frozenset[str], float]]:
    known: dict[str, tuple[frozenset[str], float]] = {}
    for line in _TABLE.strip().split("\n"):
        names, languages, offset = line.split(";")
        for name in names.split("|"):
            known[name] = (frozenset(languages.split()), float(offset))
    return known


_KNOWN: Final = _read()


def claimed_place(untrusted_words: str) -> Claimed | None:
    """The place that these words of a profile name as the account's own; None when they name none, or
    places of several time zones.

    A place within a sentence, or a flag, is a topic or a sympathy and does not count.
    """
    parts = [_WHERE.sub("", part.strip()).strip(" .!") for part in _PARTS.split(untrusted_words)]
    known = [(part, *_KNOWN[part.lower()]) for part in parts if part.lower() in _KNOWN]
    if not known or len({offset for _, _, offset in known}) > 1:
        return None
    languages: frozenset[str] = frozenset().union(*(languages for _, languages, _ in known))
    return Claimed(known[0][0], languages, known[0][2])
