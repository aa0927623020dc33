"""English calls for others to hurt someone, blackmail with private details, and threats to denounce.

Texts are folded. Punishment by law and what is said of things or of food is ordinary: a rule asks for
a person and for violence that no court would order.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.classify.rules_en_harm import LOW, THIRD, TRADE
from core.domain.classification import Category

_KIND_OF: Final = rf"(?:people|persons?|men|women|girls|guys|scum|{TRADE}|{LOW})"
_WHO: Final = rf"(?:you|u|she|he|{THIRD}|{_KIND_OF} like (?:you|u|her|him|this|that|these|\w+)|any (?:\w+ )?{TRADE}|a (?:{TRADE}|{LOW}) who \w+(?: \w+)?|traitors|your kind|your lot)"
_SHOULD: Final = r"(?: all)?(?:'d| should(?:'ve| have)?| ought(?:a| to)(?: have)?| needs? to| need| deserves? to| must| has to| have to| wants)(?: really| just| all)?"
_DONE: Final = r"(?:dragged (?:out|behind|through|by)|drowned|strung up|stoned(?: to death| by)|poisoned|flogged|whipped|gassed|gutted|skinned|impaled|castrated|crucified|put (?:up )?against (?:a|the) wall|put down like|set on fire|set alight|burn(?:ed|t) (?:alive|at the stake|with)|thrown (?:off|under|from|in front of|into (?:the|a) (?:sea|river|harbou?r|canal|pit))|fed to (?:the )?(?:pigs|dogs|sharks)|hunted (?:down|with|like)|beaten (?:to|with|until|till|up|bloody|senseless)|run over|hanged|hung|lynched|beheaded|raped|gang ?raped|shot|stabbed|executed|murdered|killed|curb ?stomped|buried alive|kneecapped)"
_THING: Final = r"(?:bullet|noose|rope|beating|kicking|thrashing|hiding|firing squad|guillotine|baseball bat|stoning|acid bath)"
_FOUL: Final = r"\b(?:films?|movie|novel|season|series|episodes?|characters?|games?|level|zombies?|villain|photo\w*|portrait|video|camera|opposed?|oppose|against the death|death penalty|sentence|law|court|tried|convicted|nobody|no one|never|not|n't|wrong|shouldn'?t|don'?t|museum|century|in \d{4}|onions?|love|praise|medals?|contract|slogan)\b"
_HIT: Final = r"(?:kill|shoot|stab|rape|lynch|hang|behead|strangle|drown|push|shove|throw|kick|punch|headbutt|beat|batter|slap|whip|flog|gut|smash|knock|break|burn|poison|run|slit|execute|castrate|blind|maim|cripple|murder|knife)"
_PART: Final = r"(?:legs?|arms?|neck|jaw|nose|teeth|fingers|hands?|kneecaps?|knees|skull|face|head)"

_OUGHT: Final = (
    rule(
        "threat.ought-to-be",
        Category.THREAT,
        rf"\b{_WHO}{_SHOULD} (?:be |been |get |to be |to get )?(?:\w+ly )?{_DONE}\b"
        rf"|\b{_WHO} (?:\w+ )?(?:deserves?|needs?|has earned|wants|is asking for|could do with) (?:a |an |the |some |nothing but a )?(?:(?:good|proper|real|public|slow|quick|nice) )?{_THING}\b"
        rf"|\b(?:the )?only (?:cure|answer|language|remedy|medicine|treatment|thing) (?:for|that fixes|to fix) (?:\w+ ){{1,5}}?(?:is|are) (?:a |an |the )?(?:\w+ )?(?:{_THING}|bullets)\b"
        r"|\b(?:you|she|he)(?:'d| would) look (?:\w+ )?(?:good|better|great|nice) (?:swinging from|hanging from|under (?:a|the) (?:tram|bus|train|truck)|with (?:a )?(?:broken|bullet|bullets|black eye|noose)|dead|buried|in a (?:coffin|body ?bag|ditch|grave|wheelchair))"
        r"|\b(?:hang|string|swing) (?:her|him|them) (?:high|from)\b"
        r"|\b\w+ deserves? (?:a|the) (?:knife(?=[.!]*\Z|, nothing)|bullet|noose|rope|lynching|stoning)\b"
        r"|\b(?:must|should) be (?:silenced for good|(?:dogs?|pigs?|fish|worms?|vermin|insects?|locusts?|rats?|crow|vulture|monkeys?) food)\b"
        r"|\b(?:firing squad|rope|noose|bullet|guillotine) (?:is|would be|was) too (?:quick|good|kind|merciful) (?:for|a)\b"
        r"|\b(?:a )?bullet (?:is|would be|costs|costs?) (?:less|cheaper) than (?:a )?(?:trial|court)\b"
        r"|\bshut (?:\w+ ){1,3}?up for good\b",
        unless=_FOUL,
    ),
    rule(
        "threat.praise-of-attack",
        Category.THREAT,
        r"\b(?:why|how come) (?:has(?:n'?t)? (?:nobody|no one|anyone|anybody|someone)|nobody has|no one has) (?:\w+ )?(?:put|shot|stabbed|killed|hanged|run over|pushed|broken|beaten|burn(?:ed|t))\b[^.!?]{0,30}\b(?:bullet|wheelchair|her|him|them|you|this \w+|that \w+|legs|knife|house)\b"
        r"|\bwhoever (?:\w+ )?(?:stabs?|kills?|shoots?|lynch(?:es)?|beats?|murders?) (?:\w+ ){1,3}?(?:deserves?|gets|should get|is a) (?:a )?(?:medal|statue|hero|reward|beer|drink)\b",
        unless=r"\b(?:films?|movie|novel|characters?|games?|zombies?|ramp|spam|wasps?|time)\b",
    ),
    rule(
        "threat.someone-hurt-them",
        Category.THREAT,
        rf"\b(?:someone|somebody|some1|sum1|one of us|one of you|anyone|some hero|any patriot|some patriot|a real man|if (?:i|we) had)(?: \w+)?(?: should| shud| needs? to| please| pls| just| has to| must| ought to| oughta| gonna| gotta| will| with \w+ to \w+)+ (?:just |please |finally |really |go |come |and ){{0,3}}{_HIT}\b (?:the \w+ out of )?(?:{THIRD}|you|u)(?!\w)(?: (?:over|off|under|in front|down|into|up|out|with|in|to|until|till|for|now|already|tonight|tomorrow|today|please)\b|[.!,?]|\Z)"
        rf"|\b(?:somebody|someone) (?:please )?(?:shoot|kill|stab|lynch|strangle) (?:this|that) {_KIND_OF}\b"
        rf"|(?:^|[.!?:] |, )(?:just |go |please |go and |lads[, ]+|boys[, ]+)?(?:(?:lynch|behead|stab|execute|strangle|slit|kneecap|castrate|string up|rape) (?:{THIRD})|hang (?:her|him)(?=[.!]*\Z)|(?:hang|kill|shoot) the (?:{TRADE}|{LOW})(?=[.!]*\Z)|(?:break|smash|cut off|chop off|knock out) (?:her|his) (?:\w+ )?(?:{_PART}|teeth)(?=[.!]*\Z|[.!] )|cut (?:her|his) brakes)"
        r"|\bput (?:\w+ ){1,3}?(?:up )?against (?:a|the) wall(?=[.!, ]*(?:\Z|and shoot|and fire|where))"
        r"|\b(?:who wants|i want|we want|they want) (?:him|her|you) (?:dead|hanged|shot|crippled)\b(?! (?:wrong|right|serious|or))",
        unless=rf"{_FOUL}|\b(?:an? e-?mail|a text|a message|a hug|me|budget|cake|pool|jokes?|in (?:chess|fifa|goal|the cup|the league|the polls|tennis)|at (?:chess|fifa|tennis|the polls|the election|the ballot)|for (?:mayor|office|president)|vote|debate|polls|next round|referee|tackle)\b",
    ),
    rule(
        "threat.bounty",
        Category.THREAT,
        r"(?:[$€£]\s?\d[\d,.]*k?|\b\d[\d,.]* ?(?:quid|bucks|dollars|euros?|pounds|bitcoin|btc)|\breward|\bbounty)\b[^.!?]{0,16} (?:to|for) (?:whoever|anyone|the (?:man|guy|first|person)|who)\b[^.!?]{0,20}? (?:knocks?|breaks?|shoots?|kills?|stabs?|beats?|hurts?|burns?|slaps?|punch(?:es)?|throws?|runs?|brings? (?:me |us )?(?:her|his)|shuts?|silences?|takes? (?:her|him) out)"
        r"|\b(?:bring|grab|get|fetch|load) (?:the |your |a |ur )(?:rope|noose|pitchforks|petrol|gasoline|axe|shotguns?|rifles?|machetes?)\b(?= (?:and don'?t|lads|boys|for (?:her|him|this)|she|he)|[,.!]+ (?:she|he|lads|boys|we)|[.!]*\Z)",
        unless=rf"{_FOUL}|\b(?:balls|fireworks|candles?|cake|tree|lost|missing|camp\w*|barbecue|bbq)\b",
    ),
)

_PRIVATE: Final = r"(?:(?:home )?address|phone number|number plate|number|nudes?|naked (?:pics|photos|pictures)|dms?|private (?:messages|photos|pics)|real name|sex ?tape|medical (?:file|records)|diary|texts|photos|pictures|location|identity|kids?'? school|employer|workplace)"
_ABOUT_TO: Final = r"(?:i'?ll|we'?ll|i will|we will|i'?m|we'?re|i am|gonna|going to|about to|imma)"
_EXPOSED: Final = (
    rule(
        "doxxing.exposure-threat",
        Category.DOXXING,
        rf"\b(?:your|ur) (?:\w+ )?{_PRIVATE} (?:goes?|going|will go|will be|gets?|is going|are going|is getting)(?: up| out| online| public| live| posted| leaked| published| everywhere){{1,2}}(?= (?:tonight|tomorrow|soon|at|in|on|unless|if|when|by|for everyone)|[.!]+ |[.!,]*\Z)"
        rf"|\b{_ABOUT_TO} (?:leak(?:ing)?|post(?:ing)?|publish(?:ing)?|send(?:ing)?|share|sharing|dump(?:ing)?|sell(?:ing)?|upload(?:ing)?|print(?:ing)?|release|releasing) (?:all |every |each |some of )?(?:of )?(?:your|ur|the) (?:\w+ )?(?:nudes?|naked (?:pics|photos|pictures)|home address|(?:real )?name and address|sex ?tape|private (?:messages|photos|pics)|kids?'? school|medical (?:file|records)|address)\b"
        r"|\bsend(?:ing)? (?:your|ur|the|those) (?:nudes?|naked (?:pics|photos|pictures)|pics) to (?:your|ur) (?:boss|mum|mom|dad|husband|wife|work|family|parents|school|kids)\b"
        rf"|\b(?:resign|delete|pay|apologi[sz]e|stop)\b[^.!?]{{0,24}} or (?:the|your|ur|i|we) (?:\w+ )?(?:tape|nudes|photos|pics|{_PRIVATE}|post your|publish your|leak your)\b"
        r"|\b(?:get|getting|gonna be|going to be|about to (?:be|get)|gets?) (?:swatted|doxx?ed)(?= (?:tonight|tomorrow|soon|lol|bitch|next|now|again|by)|[.!]*\Z)(?<!i got swatted)"
        r"|\b(?:i|we)(?:'ve| have)? (?:told|given|gave|sold)(?: \w+){0,3} (?:where (?:you|u) live|your (?:home )?address)\b"
        r"|\b(?:i|we)(?: already| now| all)? (?:kno|know)(?: exactly)? (?:where|were|wher) (?:(?:all |both )?(?:\w+ of )?(?:you|u)|the fuck you|your \w+)(?: all| fucking)? (?:liv|live|lives|sleep|sleeps|drink|drinks|park|work|works|lay your head)\b"
        r"|\bknow (?:the|which|what) (?:school|nursery|kindergarten|street|house|flat|floor|building) (?:your|ur|you|u) (?:\w+ )?(?:go|goes|attend|attends|live|lives|sleep|sleeps)\b",
        unless=r"\b(?:don'?t know|didn'?t know|no idea|if i knew|album|film|movie|song|deliver\w*|order|package|parcel|invoice|refund|wish|neighbou?r|neighbou?rs|bring(?:ing)?|drop(?:ping)? (?:it|the|them)|never|consent|website|form|i was|got swatted|register|newsletter|calend[ae]r|birthday|wedding|pick you up|please confirm)\b",
    ),
    rule(
        "threat.denounce",
        Category.THREAT,
        r"\b(?:i'?m|we'?re|i am|we are|i'?ll|we'?ll|i will|gonna|going to|time to|someone should|somebody|already|just) (?:be )?(?:call(?:ing|ed)?|ring(?:ing)?|report(?:ing|ed)?|phon(?:e|ing)|tip(?:ping)?(?: off)?|tell(?:ing)?) (?:you (?:all )?to )?(?:ice|immigration|la migra|border force|the home office|border patrol|the embassy|the consulate)\b(?= (?:on|about|for|to come|and|tonight|tomorrow|you'?ve|that|with|if|unless)|[.!,]*\Z)"
        r"|\b(?:have|get|getting|see|having) (?:you|u|ur ass|your ass|her|him|your (?:whole |entire )?family) (?:all )?(?:deported|kicked out of (?:the|this) country|sent back|put on (?:a|the (?:next|first)) (?:plane|boat|flight))\b",
        unless=r"\b(?:lawyer|solicitor|help (?:you|her|him|them)|my|our (?:own|flight)|holiday|rumou?rs?|not|never|don'?t|won'?t|n't|nobody|should not|shouldn'?t|stop|petition|against|appeal|afraid|fear|scared|threaten\w*)\b",
    ),
)

_CROWD: Final = (
    rule(
        "pile-on.hunt",
        Category.PILE_ON,
        rf"\b(?:no rest|no peace|no mercy) for (?:her|him|{THIRD})\b"
        rf"|\b(?:everyone|everybody|all of you|guys|lads|boys|folks|fam|chat)[, :]+(?:go |please |all |now |and |let'?s )*(?:(?:review|report|mail|zoom)[- ]?bomb|prank[- ]?call|spit on) (?:{THIRD}|his)",
        unless=r"\b(?:don'?t|do not|never|stop|please report|birthday|happy|thank\w*|love|hug|proud|congrat\w*|flowers|support|donat\w+|scam\w*|police|lost|missing|vote|game|match|team)\b",
    ),
)

CALLS: Final[tuple[Rule, ...]] = (*_OUGHT, *_EXPOSED, *_CROWD)
