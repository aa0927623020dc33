"""English sexual remarks thrown at a person: demands, degradation, and the smear of having slept for success.

Texts are folded. Medicine, education, reports of harassment and love between adults use the same
words; a rule asks for someone addressed or spoken of, and for scorn or a demand.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.classify.rules_en_harm import TRADE
from core.domain.classification import Category

_U: Final = r"(?:you|u|ya|ye)\b"
_UR: Final = r"(?:your|ur|yr|yer)\b"
_GAIN: Final = r"(?:job|scoop|story|column|interview|promotion|grant|seat|desk|award|contract|rank|role|part|position|exclusive|book deal|degree|phd|career|show|tenure|deal|post|slot)"
_ABOUT: Final = r"\b(?:harass\w*|assault\w*|abuse[dr]?|report(?:ed)? (?:him|it)|police|court|judge|defendant|arrested|clinic|doctor|midwife|nurse|gp|consent\w*|screening|cancer|novel|film|movie|character|scene|my (?:husband|wife|boyfriend|girlfriend|partner)|rumou?rs? (?:was|were|is|are) (?:false|lies)|false|not true|never|stereotype)\b"

_SMEARS: Final = (
    rule(
        "sexual.got-it-on-her-knees",
        Category.SEXUAL,
        rf"\b(?:got|gets|earned|won|landed|keeps?|kept) (?:\w+ ){{1,4}}?{_GAIN}s?(?:\w|[:,] |\s){{1,14}}?(?:on|from) (?:{_UR}|her|his|all) (?:knees|back|fours)\b"
        rf"|\bon (?:{_UR}|her|his) (?:knees|back)(?:[, ]+(?:is|that'?s)) (?:how|where|what) (?:{_U}|she|he|they)\b"
        r"|\b(?:got|gets|won|earned|keeps) (?:\w+ ){1,4}?by (?:sucking|blowing|fucking|screwing|shagging|sleeping with|bending over|spreading)\b(?! (?:up|the word|news))"
        rf"|\b(?:famous|hired|promoted|elected|published|ahead) (?:only )?(?:(?:on|by being on) (?:{_UR}|her|his) (?:knees|back)|because (?:{_U}|she) (?:\w+ )?(?:sleeps|slept|fucks|fucked|sucks|sucked|blows|blew))\b"
        rf"|\b(?:sleep|slept|sleeps|sleeping|fuck|fucked|shag|shagged|blow|blew) (?:{_UR}|her|his) way (?:from|in|round|around|across|on to|onto)\b"
        rf"|\b(?:how many|which) (?:\w+ ){{1,2}}?(?:did|have|has|does) (?:{_U}|she) (?:\w+ )?(?:blow|blown|suck|sucked|fuck|fucked|screw|shag|shagged|ride|ridden)\b"
        r"|\b(?:she|he|\w+) sleeps with (?:every|all (?:her|his)) (?:\w+ )?(?:sources?|editors?|bosses?|ministers?|producers?|guests?)\b"
        r"|\b(?:they'?ve all|everyone(?: \w+){0,3}? has|half (?:of )?(?:the|this) \w+ (?:has|have)|every man(?: \w+){0,4}? has) (?:had|fucked|shagged|banged|ridden|screwed|had a (?:ride|go|turn) (?:on|with)) (?:her|you|him)\b(?! (?:on|over|as|to|at|up|in|for|back))"
        r"|\b(?:used goods|damaged goods|town bike|village bike|cum ?dump(?:ster)?|cum ?rag|cock ?sucker|jizz ?rag|fuck ?toy|sex ?toy)\b(?= ?(?:like (?:you|her)|,|\Z|[.!]|of the))"
        r"|\b(?:whore|slut|harlot|hooker|slag|tart) of the (?:\w+ )?(?:ministry|channel|party|press|newsroom|regime|west|parliament|station|\w+ channel)\b"
        r"|\bgives (?:good )?head\b"
        r"|\b(?:nudes?|naked pics|naked photos|sex tape|leaked video) of (?:\w+ ){0,2}?(?:coming soon|dm (?:me|for)|link in|ten quid|for sale|in the folder|who wants)\b",
        unless=_ABOUT,
    ),
    rule(
        "sexual.open-legs",
        Category.SEXUAL,
        rf"\b(?:spread|open|opens?|opening|spreading) (?:{_UR}|your|them|those|'?em|her|his)(?: (?:legs|thighs|cheeks))?(?=[,.! ]*(?:\Z|sweetheart|darling|baby|hun|for (?:the|me|us|him|every|a|any)\b|not your|wide|bitch|whore|slut|and earn))(?<!open your)(?<!open them)"
        r"|\b(?:spread|open) (?:your|ur|her|those) legs\b"
        r"|\bbend(?:ing)? (?:you|u|her|him) over\b"
        rf"|\bbend over,? (?:for|sweetheart|bitch|baby|darling|{TRADE}|and take)"
        r"|\b(?:look|looks|looking) better on (?:your|her|his) knees\b"
        r"|\byour? (?:mouth|lips?|throat)(?: \w+)? (?:was|were|is|are) made for (?:something|other things|sucking|my|one thing|better)"
        r"|\b(?:those|her|your|ur) (?:\w+ )?lips (?:around|to better use|on) ?(?:mine|my)?(?=[,.! ]*(?:\Z|mmm|baby|,))"
        r"|\b(?:dick|cock)[- ]sucking lips\b",
        unless=rf"{_ABOUT}|\b(?:mail|doors?|arms|minds?|wings|books?|seeds|stretch\w*|squat\w*|exercise|dentist|singing)\b",
    ),
)

_DEMANDS: Final = (
    rule(
        "sexual.lewd-wish",
        Category.SEXUAL,
        rf"\b(?:id|i'?d|we'?d|i'?ll|i will|i would|wanna|gonna|i want to|i want|let me|lemme|i could)(?: \w+){{0,2}}? (?:(?:breed|rail|bang|fuck|shag|hate ?fuck|mount|cum (?:on|in|over)|wank (?:over|to)|jerk off to) (?:you|u|ye|her|him|this bitch|that (?:\w+ )?(?:arse|ass|{TRADE}|bitch))|bend (?:you|her) over|eat (?:you|u|her) (?:out|like)|ride (?:you|u|her|him) (?:raw|hard|all)|ruin (?:that|her|your) (?:arse|ass|pussy|hole)|lick (?:your|ur|her) (?:feet|breasts?|pussy|arse|ass|body|toes|tits)|suck (?:your|ur|her) (?:toes|tits))(?= (?:you|u|ye|her|him|that|this|if|till|until|all|so|on|over|like|raw|and|while|with|from)\b|[,.!]*\Z)"
        r"|\b(?:wank(?:ed|ing|s)?|jerk(?:ed|ing)? off|touch(?:ed|ing)? myself|pleasur(?:ed|ing) myself|masturbat(?:ed|ing|e)|jacking off|jack off|cumming) (?:\w+ )?(?:to|over|on|at) (?:your|ur|you|u|her|his|that) (?!house|office|defen|aid|flat|place|home|door|party|city|village|country|name|attention|conclusion)"
        r"|\b(?:imagin(?:e|ing)|pictur(?:e|ing)|think(?:ing)? (?:about|of)) (?:you|u|her) (?:\w+ )?(?:naked|undressed|tied up|bent over|without (?:your|her) (?:clothes|top|bra)|on all fours|in the shower|moaning|screaming)\b"
        r"|\b(?:i )?bet (?:you|u|she) (?:moans?|screams?|squirts?|tastes?|swallows?)\b"
        r"|\b(?:i'?m|i am|got me|still)(?: so)? (?:rock )?(?:hard|stiff)(?: as a board)? for (?:you|u|her)\b"
        r"|\b(?:you|u|she)(?:'d| would| just| really|'s| clearly| only)* (?:needs?|could do with|want|wants|haven'?t had) (?:a |an |some |my |mine|the )?(?:(?:good|hard|proper|decent|big|stiff|real|right) )*(?:dick|cock|shagging|fucking|fuck|shag|dicking|pounding|rogering|seeing[- ]to)\b"
        r"|\b(?:lesbian|dyke)s?\b[^.!]{0,6}\? (?:you|u|she)? ?(?:just |only )?(?:haven'?t|hasn'?t|needs?|never) (?:had|met|a (?:real|good))",
        unless=rf"{_ABOUT}|\b(?:fuck (?:you|u) (?:up|over|all|too|guys|and|for|back)|fuck all|bang on|tongue[- ]in|off (?:the|this)|economy|code|game|printer|train|traffic|fingers crossed|piano|tastes? (?:like|good|great|better)|screams? (?:at|with|like|when|loud)|ice cream|said no)\b",
    ),
    rule(
        "sexual.strip",
        Category.SEXUAL,
        rf"\b(?:take|get|rip|whip) (?:{_UR}|your|ur|her|those|that|them) (?:top|bra|clothes|shirt|knickers|kit|dress|panties|blouse|tits|boobs|rack)(?: right)? (?:off|out)\b(?=[,.! ]*(?:\Z|and|or|for|sweetheart|love|darling|on|bitch|if|baby|then))"
        r"|(?:^|[.!?,] |@\w+ )(?:strip or|get naked or|tits or|nudes or|undress or) (?:shut|log|get|go|stop|leave|gtfo|you)\b"
        r"|\b(?:send|show|post|give)(?: (?:me|us|daddy))?(?: (?:a|some|your|ur|one))?(?: (?:pic|pics|photo|photos|picture|pictures|video))?(?: (?:of|in))?(?: (?:your|ur|those|just))? (?:tits|titties|boobs|pussy|nudes?|knockers|cleavage|arse|bum|feet pics)\b"
        rf"|\b(?:nice|great|lovely|look at (?:those|that)|love (?:those|that)) (?:rack|tits|boobs|knockers|jugs)\b(?=[,.! ]*(?:\Z|{TRADE}|love|sweetheart|darling|lady|miss|ms|mrs|now|show|on|you|u|there|babe|hun|girl)\b|[,.!]*\Z)"
        r"|\bshow more (?:skin|leg|cleavage|tits?)\b"
        rf"|\bsuck (?:it|me off|this|my|for it|on (?:this|my))(?=[,.! ]*(?:\Z|bitch|{TRADE}|\w*girl|whore|slut|and i'?ll|dry|sweetheart|dick|cock|balls)\b|[.!]*\Z)"
        r"|\bwhat'?s your price\b[,]? (?:slut|whore|bitch|sweetheart|love|darling|honey)\b"
        r"|\bhow much for (?:an hour|a night|one night|the night|half an hour|a go|a quickie)\b"
        r"|\b(?:how wet are (?:you|u)|are you wet|(?:dripping|soaking) wet (?:every time|for|when))\b"
        r"|\b(?:sniff|smell|lick) (?:your|ur|her) (?:seat|panties|knickers|chair|feet|socks)\b"
        r"|\bhere'?s my (?:cock|dick)\b",
        unless=rf"{_ABOUT}|\b(?:how much for an hour (?:of|on|parking|in|with a)|parking|lesson|tutor\w*|room|boat|blue tits|great tits|feeder|grandad|vacuum|straw)\b",
    ),
)

ENGLISH_SEXUAL: Final[tuple[Rule, ...]] = (*_SMEARS, *_DEMANDS)
