"""English calls for others to hurt someone, blackmail with private details, and threats to denounce.

Texts are folded. Punishment by law and what is said of things or of food is ordinary: a rule asks for
a person and for violence that no court would order.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.classify.rules_en_harm import LOW, THIRD, TRADE
from core.domain.classification import Category

_UR: Final = r"(?:your|ur|her|his|their)"
_KIND_OF: Final = rf"(?:people|persons?|men|women|girls|guys|scum|{TRADE}|{LOW})"
_WHO: Final = rf"(?:you|u|she|he|{THIRD}|{_KIND_OF} like (?:you|u|her|him|this|that|these|\w+)|any (?:\w+ )?{TRADE}|a (?:{TRADE}|{LOW}) who \w+(?: \w+)?|traitors|your kind|your lot)"
_SHOULD: Final = r"(?: all)?(?:'d| should(?:'ve| have)?| ought(?:a| to)(?: have)?| needs? to| need| deserves? to| must| has to| have to| wants)(?: really| just| all)?"
_DONE: Final = r"(?:dragged (?:out|behind|through|by)|drowned|strung up|stoned(?: to death| by)|poisoned|flogged|whipped|gassed|gutted|skinned|necklaced|impaled|flayed|castrated|neutered|crucified|put (?:up )?against (?:a|the) wall|put down like|set on fire|set alight|burn(?:ed|t) (?:alive|at the stake|with)|thrown (?:off|under|from|in front of|into (?:the|a) (?:sea|river|harbou?r|canal|pit))|fed to (?:the )?(?:pigs|dogs|sharks)|hunted (?:down|with|like)|beaten (?:to|with|until|till|up|bloody|senseless)|tarred|silenced for good|horsewhipped|put in a wheelchair|tied to|run over|hanged|hung|lynched|beheaded|raped|gang ?raped|shot|stabbed|executed|murdered|killed|slapped until|kicked to|curb ?stomped|smashed in|buried alive|kneecapped)"
_THING: Final = r"(?:bullet|noose|rope|beating|kicking|thrashing|hiding|brick (?:to|in|through)|knife (?:in|to)|firing squad|guillotine|baseball bat|slit throat|public hanging|stoning|acid bath|broken (?:jaw|neck|nose|skull)|fist in|boot in)"
_FOUL: Final = r"\b(?:films?|movie|novel|season|series|episodes?|characters?|games?|level|boss fight|zombies?|villain|photo\w*|35 ?mm|portrait|video|camera|opposed?|oppose|against the death|death penalty|sentence|law|court|tried|convicted|nobody|no one|never|not|n't|wrong|shouldn'?t|don'?t|museum|court-?martial|century|in \d{4}|butter|sauce|dough|garlic|onions?|eggs|compliments?|love|praise|medals?|contract|ostrich|ramp|slogan|painting)\b"
_HIT: Final = r"(?:kill|shoot|stab|rape|lynch|hang|behead|strangle|drown|push|shove|throw|kick|punch|headbutt|beat|batter|slap|whip|flog|gut|smash|knock|break|burn|poison|run|slit|execute|castrate|blind|maim|cripple|murder|knife)"
_PART: Final = r"(?:legs?|arms?|neck|jaw|nose|teeth|fingers|hands?|kneecaps?|knees|skull|face|head)"

_OUGHT: Final = (
    rule(
        "threat.ought-to-be",
        Category.THREAT,
        rf"\b{_WHO}{_SHOULD} (?:be |been |get |to be |to get )?(?:\w+ly )?{_DONE}\b"
        rf"|\b{_WHO} (?:\w+ )?(?:deserves?|needs?|has earned|wants|is asking for|could do with) (?:a |an |the |some |nothing but a )?(?:(?:good|proper|real|public|slow|quick|nice) )?{_THING}\b"
        rf"|\b(?:the )?only (?:cure|answer|language|remedy|medicine|treatment|thing) (?:for|that fixes|to fix) (?:\w+ ){{1,5}}?(?:is|are) (?:a |an |the )?(?:\w+ )?(?:{_THING}|bullets)\b"
        rf"|\b{_WHO}{_SHOULD} (?:lose (?:a|both|their|her|his|your) (?:hands?|fingers|tongue|head|legs|eyes)|disappear the way|hang (?:for|from)|swing (?:for|from)|burn alive|bleed (?:for|out)|have (?:{_UR} )?(?:\w+ )?{_PART} (?:broken|cut off|smashed|chopped off|kicked in))\b|\b(?:you|she|he) (?:need|needs|deserves?|should have|ought to have) (?:your|her|his|ur) (?:\w+ )?{_PART} (?:broken|cut off|smashed|chopped off|kicked in|bashed in|knocked out)"
        rf"|\b(?:you|she|he)(?:'d| would) look (?:\w+ )?(?:good|better|great|nice) (?:swinging from|hanging from|under (?:a|the) (?:tram|bus|train|truck)|with (?:a )?(?:broken|bullet|bullets|black eye|noose)|dead|buried|in a (?:coffin|body ?bag|ditch|grave|wheelchair))|\b(?:hang|string|swing) (?:her|him|them) (?:high|from)\b"
        rf"|\b\w+ deserves? (?:a|the) (?:knife(?=[.!]*\Z|, nothing)|bullet|noose|rope|lynching|stoning)\b|\b(?:must|should) be (?:silenced for good|(?:dogs?|pigs?|fish|worms?|vermin|insects?|locusts?|rats?|crow|vulture|monkeys?) food)\b|\b(?:firing squad|rope|noose|bullet|guillotine) (?:is|would be|was) too (?:quick|good|kind|merciful) (?:for|a)\b|\b(?:a )?bullet (?:is|would be|costs|costs?) (?:less|cheaper) than (?:a )?(?:trial|court)\b"
        r"|\bwish (?:they|he|someone|somebody)(?:'d| had) (?:thrown|shot|killed|drowned|hanged|stabbed|strangled|buried|pushed) (?:you|her|him)\b"
        r"|\bdrag (?:\w+ ){1,5}?(?:out )?(?:\w+ ){0,3}?by (?:the|her|his|your) hair\b|\bthe (?:right|only) place for (?:\w+ |\w+-\w+ ){1,4}?is (?:six feet under|a (?:grave|coffin|ditch|gallows)|the (?:gallows|bottom of|cemetery|end of a rope))\b|\bshut (?:\w+ ){1,3}?up for good\b|\bmake an example of (?:\w+ ){1,4}?, (?:break|cut|hang|burn)|\bmake an example of (?:\w+ ?){1,4}, (?:break|cut|hang|burn)|\bneeds? (?:a )?visit from (?:some|a few|the) (?:boys|lads|men) with\b|\bcheer if (?:\w+ ){1,2}?(?:got|gets|was|were) (?:beaten|shot|stabbed|hanged|jumped|run over|lynched)\b|\brope for every (?:traitor|journalist|reporter|one of them)\b",
        unless=_FOUL,
    ),
    rule(
        "threat.praise-of-attack",
        Category.THREAT,
        r"\b(?:why|how come) (?:has(?:n'?t)? (?:nobody|no one|anyone|anybody|someone)|nobody has|no one has) (?:\w+ )?(?:put|shot|stabbed|killed|hanged|run over|pushed|broken|beaten|burn(?:ed|t))\b[^.!?]{0,30}\b(?:bullet|wheelchair|her|him|them|you|this \w+|that \w+|legs|knife|house)\b|\bwhoever (?:\w+ )?(?:stabs?|kills?|shoots?|lynch(?:es)?|beats?|murders?) (?:\w+ ){1,3}?(?:deserves?|gets|should get|is a) (?:a )?(?:medal|statue|hero|reward|beer|drink)\b",
        unless=r"\b(?:films?|movie|novel|characters?|games?|zombies?|ramp|lift|slogan|spam|mosquito\w*|wasps?|time|vibe)\b",
    ),
    rule(
        "threat.someone-hurt-them",
        Category.THREAT,
        rf"\b(?:someone|somebody|some1|sum1|one of us|one of you|anyone|some hero|any patriot|some patriot|a real man|if (?:i|we) had)(?: \w+)?(?: should| shud| needs? to| please| pls| just| has to| must| ought to| oughta| gonna| gotta| will| with \w+ to \w+)+ (?:just |please |finally |really |go |come |and ){{0,3}}{_HIT}\b (?:the \w+ out of )?(?:{THIRD}|you|u)(?!\w)(?: (?:over|off|under|in front|down|into|up|out|with|in|to|until|till|for|now|already|tonight|tomorrow|today|please)\b|[.!,?]|\Z)"
        rf"|\b(?:can|could|will|would|wish|hope) (?:someone|somebody|some hero|some patriot|one of you|anyone)(?: please| pls| just| finally| for once)* (?:kill|shoot|stab|lynch|hang|behead|strangle|push|shove|headbutt|run over|run|slit|execute|rape|beat|punch) (?:{THIRD}|you|u)\b(?: (?:over|off|under|in front|down|up|with|in the|to death)\b|[.!?]|\Z)"
        rf"|\b(?:someone|somebody|anyone)(?: please| pls| just| should| needs to)+ run \w+ over\b|\b(?:somebody|someone) (?:please )?(?:shoot|kill|stab|lynch|strangle) (?:this|that) {_KIND_OF}\b|\b(?:someone|somebody) (?:should|ought to|needs? to|has to|must) (?:\w+ )?(?:{_HIT}) (?:this|that|some sense into) "
        rf"|(?:^|[.!?:] |, )(?:just |go |please |go and |lads[, ]+|boys[, ]+)?(?:(?:lynch|behead|stab|execute|strangle|slit|kneecap|castrate|string up|rape) (?:{THIRD})|hang (?:her|him)(?=[.!]*\Z)|(?:hang|kill|shoot) the (?:{TRADE}|{LOW})(?=[.!]*\Z)|(?:break|smash|cut off|chop off|knock out) (?:her|his) (?:\w+ )?(?:{_PART}|teeth)(?=[.!]*\Z|[.!] )|cut (?:her|his) brakes)"
        rf"|\bput (?:\w+ ){{1,3}}?(?:up )?against (?:a|the) wall(?=[.!, ]*(?:\Z|and shoot|and fire|where))|\b(?:make an example of|let the mob have|give) (?:\w+ ){{1,3}}?(?:break both legs|and make it (?:slow|hurt)|,? (?:cut|break|burn|hang) )|\b(?:who wants|i want|we want|they want) (?:him|her|you) (?:dead|hanged|shot|crippled)\b(?! (?:wrong|right|serious|or))|\b(?:teach|show) (?:her|him|{THIRD}) (?:a |some )?(?:lesson|manners|respect) with (?:a|the|my|our) (?:\w+ )?(?:belt|bat|stick|fists?|hammer|whip|iron|knife|rod)",
        unless=rf"{_FOUL}|\b(?:an? e-?mail|a text|a message|a hug|me|off (?:the|this) (?:agenda|list)|high ?five|messenger|budget|into (?:the )?(?:top|next|final|spotlight)|up the|leg up|mic|volume|cake|bath|pond|water (?:balloon|fight|park)|pool|jokes?|verse|in (?:chess|fifa|goal|the cup|the league|the polls|tennis)|at (?:chess|fifa|tennis|the polls|the election|the ballot)|for (?:mayor|office|president)|vote|debate|polls|interval|finish line|next round|first|loot|pass|offside|referee|tackle|free kick|record|lap)\b",
    ),
    rule(
        "threat.bounty",
        Category.THREAT,
        rf"(?:[$€£]\s?\d[\d,.]*k?|\b\d[\d,.]* ?(?:quid|bucks|dollars|euros?|pounds|bitcoin|btc)|\breward|\bbounty)\b[^.!?]{{0,16}} (?:to|for) (?:whoever|anyone|the (?:man|guy|first|person)|who)\b[^.!?]{{0,20}}? (?:knocks?|breaks?|shoots?|kills?|stabs?|beats?|hurts?|burns?|slaps?|punch(?:es)?|throws?|runs?|brings? (?:me |us )?(?:her|his)|shuts?|silences?|takes? (?:her|him) out)"
        rf"|\b(?:pay|visit|paying) (?:{THIRD}|them) a visit\b[^.!?]{{0,20}}[.!,] [^.!?]{{0,14}}\b(?:bring (?:the |your |a )?(?:bats?|petrol|rope|hammers?|knives|guns?|chains?|boots)|all of us)\b|\b(?:bring|grab|get|fetch|load) (?:the |your |a |ur )(?:rope|noose|pitchforks|petrol|gasoline|axe|shotguns?|rifles?|machetes?)\b(?= (?:and don'?t|lads|boys|for (?:her|him|this)|she|he)|[,.!]+ (?:she|he|lads|boys|we)|[.!]*\Z)"
        rf"|\b(?:take|taking) (?:this|that) (?:man|woman|{LOW}|{TRADE}) out\b(?! (?:to|for|of))|\b(?:the )?(?:traitor|{TRADE}|blogger|lawmaker) must not (?:live|see|survive)\b|\b(?:no )?crime to kill (?:a|this|that|her|him) |\b(?:next time|this time)[, ]+(?:a )?bigger (?:brick|bomb|knife|hammer)\b|\bit'?s time (?:someone|somebody|we) (?:did|do) something permanent\b|\b(?:boys|lads|lets|let'?s)\b[, ]+[^.!?]{{0,24}}\b(?:light (?:him|her) up|(?:beat|kick|cut|stomp) (?:him|her)(?: up)?|hurt (?:him|her))\b|\bdon'?t argue with (?:her|him), (?:hurt|hit|kill|beat)",
        unless=rf"{_FOUL}|\b(?:balls|cricket|fireworks|candles?|cake|tree|swing|lost|missing|skipping|climbing|camp\w*|barbecue|bbq|lawn ?mower|generator|runs? (?:the|a) (?:race|marathon|stall))\b",
    ),
)

_PRIVATE: Final = r"(?:(?:home )?address|phone number|number plate|number|nudes?|naked (?:pics|photos|pictures)|dms?|private (?:messages|photos|pics)|real name|sex ?tape|medical (?:file|records)|diary|search history|bank details|passport|texts|therapist'?s notes|photos|pictures|location|identity|kids?'? school|employer|workplace)"
_ABOUT_TO: Final = r"(?:i'?ll|we'?ll|i will|we will|i'?m|we'?re|i am|gonna|going to|about to|imma)"
_EXPOSED: Final = (
    rule(
        "doxxing.exposure-threat",
        Category.DOXXING,
        rf"\b(?:your|ur) (?:\w+ )?{_PRIVATE} (?:goes?|going|will go|will be|gets?|is going|are going|is getting)(?: up| out| online| public| live| posted| leaked| published| everywhere){{1,2}}(?= (?:tonight|tomorrow|soon|at|in|on|unless|if|when|by|for everyone)|[.!]+ |[.!,]*\Z)"
        rf"|\b{_ABOUT_TO} (?:leak(?:ing)?|post(?:ing)?|publish(?:ing)?|send(?:ing)?|share|sharing|dump(?:ing)?|sell(?:ing)?|upload(?:ing)?|print(?:ing)?|release|releasing) (?:all |every |each |some of )?(?:of )?(?:your|ur|the) (?:\w+ )?(?:nudes?|naked (?:pics|photos|pictures)|home address|(?:real )?name and address|sex ?tape|dms? (?:u|you) ever|private (?:messages|photos|pics)|kids?'? school|medical (?:file|records)|address)\b"
        rf"|\bsend(?:ing)? (?:your|ur|the|those) (?:nudes?|naked (?:pics|photos|pictures)|pics) to (?:your|ur) (?:boss|mum|mom|dad|husband|wife|work|family|parents|school|kids)\b|\b(?:make|making) deepfakes? of (?:you|u|her|him)\b(?= (?:till|until|and|for|in|so)|[.!,]*\Z)|\b(?:resign|delete|pay|apologi[sz]e|stop)\b[^.!?]{{0,24}} or (?:the|your|ur|i|we) (?:\w+ )?(?:tape|nudes|photos|pics|{_PRIVATE}|post your|publish your|leak your)\b"
        rf"|\b(?:get|getting|gonna be|going to be|about to (?:be|get)|gets?) (?:swatted|doxx?ed)(?= (?:tonight|tomorrow|soon|lol|bitch|next|now|again|by)|[.!]*\Z)(?<!i got swatted)|\bswat team (?:kicks|will|at|comes)[^.!?]{{0,16}} (?:your|ur) door\b|\b(?:i|we)(?:'ve| have)? (?:told|given|gave|sold)(?: \w+){{0,3}} (?:where (?:you|u) live|your (?:home )?address)\b"
        rf"|\b(?:i|we)(?: already| now| all)? (?:kno|know)(?: exactly)? (?:where|were|wher) (?:(?:all |both )?(?:\w+ of )?(?:you|u)|the fuck you|your \w+)(?: all| fucking)? (?:liv|live|lives|sleep|sleeps|drink|drinks|park|work|works|lay your head)\b|\bknow (?:the|which|what) (?:school|nursery|kindergarten|street|house|flat|floor|building) (?:your|ur|you|u) (?:\w+ )?(?:go|goes|attend|attends|live|lives|sleep|sleeps)\b",
        unless=r"\b(?:don'?t know|do not know|didn'?t know|no idea|if i knew|album|film|movie|song|soup|casserole|deliver\w*|order|package|parcel|invoice|refund|wish|neighbou?r|neighbou?rs|bring(?:ing)?|drop(?:ping)? (?:it|the|them)|never|with your permission|consent|website|form|i was|got swatted|register|newsletter|bib|badge|label|envelope|calend[ae]r|birthday|wedding|holiday|graduation|pick you up|cake|pizza|flowers|please confirm)\b",
    ),
    rule(
        "threat.denounce",
        Category.THREAT,
        r"\b(?:i'?m|we'?re|i am|we are|i'?ll|we'?ll|i will|gonna|going to|time to|someone should|somebody|already|just) (?:be )?(?:call(?:ing|ed)?|ring(?:ing)?|report(?:ing|ed)?|phon(?:e|ing)|tip(?:ping)?(?: off)?|tell(?:ing)?) (?:you (?:all )?to )?(?:ice|immigration|la migra|border force|the home office|border patrol|the embassy|the consulate)\b(?= (?:on|about|for|to come|and|tonight|tomorrow|you'?ve|that|with|if|unless)|[.!,]*\Z)"
        r"|\b(?:ice|immigration|border force|the home office|border patrol) (?:is|are|will be|gets?|has) (?:getting|got|coming for|given|on (?:their|the) way)? ?(?:your|ur|you|u)\b|\b(?:have|get|getting|see|having) (?:you|u|ur ass|your ass|her|him|your (?:whole |entire )?family) (?:all )?(?:deported|kicked out of (?:the|this) country|sent back|put on (?:a|the (?:next|first)) (?:plane|boat|flight))\b"
        r"|\b(?:you|u|your family)(?:'re|'ll be| are| will be)? (?:\w+ )?on (?:the|a) (?:next|first) (?:plane|boat|flight) (?:back|home|out)?\b(?=[^?]{0,40}(?:keep talking|report|visa|illegal|where you came|bitch|trash|deport))|\b(?:have|get) (?:your|ur) (?:status|visa|papers|green card|residence permit) (?:checked|revoked|cancelled|canceled|taken|pulled)\b|\bone (?:phone ?)?call (?:to (?:ice|immigration)|and (?:you'?re|you are|u r|ur) (?:on (?:a|the)|deported|gone|back))|\b(?:one|a) (?:anonymous )?(?:call|letter|report|tip) (?:and|away from)[^.!?]{0,14} (?:deport|on the next plane|losing your kids)",
        unless=r"\b(?:lawyer|solicitor|help (?:you|her|him|them)|queue|my|our (?:own|flight)|holiday|upgrade|rumou?rs?|not|never|don'?t|won'?t|n't|nobody|should not|shouldn'?t|stop|petition|against|appeal|afraid|fear|scared|ice ?cream|ice ?hockey|skating|they want to|tried to|trying to|threaten\w*|tickets?)\b",
    ),
)

_CROWD: Final = (
    rule(
        "pile-on.hunt",
        Category.PILE_ON,
        rf"\b(?:make|let'?s make|making) (?:{THIRD}) (?:afraid|scared|too scared|terrified|regret|cry|quit|wish)\b(?= (?:to leave|to open|to post|every|ever|until|till|on live|she|he)|[.!,]*\Z)|\b(?:get|got) (?:her|him)[.!,] (?:get (?:her|his) family|no rest|don'?t let)\b|\b(?:no rest|no peace|no mercy) for (?:her|him|{THIRD})\b|\b(?:she|he)(?:'s| is| will be|'ll be)? (?:speaking|reading|signing|appearing|at|in|on stage)\b[^.!?]{{2,50}}[.!?] (?:you|lads|boys|patriots)(?: all)? know what to do\b"
        rf"|\b(?:if you see|whoever sees|when you see) (?:\w+ ){{1,3}}?(?:at|in|on|near) [^.!?,]{{2,30}}, (?:you )?(?:know what to do|spit|punch|make (?:her|him)|kick|egg|slap|beat|follow)\b|\b(?:who'?s|anyone|anybody|who is|someone) (?:near|close to|around|from|in) [^.!?]{{2,30}}[.!?] (?:she|he)(?:'s| is| will be|'ll be) [^.!?]{{2,40}}[.!?] (?:you know|go |let'?s|pay|give|say|make)"
        rf"|\b(?:everyone|everybody|all of you|guys|lads|boys|folks|fam|chat)[, :]+(?:go |please |all |now |and |let'?s )*(?:one[- ]star|1[- ]star|review[- ]?bomb|report[- ]?bomb|mail[- ]?bomb|zoom[- ]?bomb|prank[- ]?call|egg|boo and spit|spit on|ring|phone|e-?mail|call|dm|message|order pizzas? to|sign (?:her|him) up) (?:{THIRD}|her|him|his|the \w+'?s?)(?= (?:up for|until|till|all|every|non ?stop|at (?:home|night|work)|house|restaurant|caf[eé]|business|shop|boss|employer|school|and (?:tell|call|scream|insult|say))\b)|\b(?:review[- ]?bomb|mass[- ]?flag|mass[- ]?dm|mass[- ]?call) (?:{THIRD}|her|his|the)\b",
        unless=r"\b(?:don'?t|do not|never|stop|please report|birthday|happy|thank\w*|love|lovely|hug|proud|congrat\w*|flowers|support|donat\w+|scam\w*|police|lost|missing|dog|cat|laugh\w*|bread|vote|register|game|match|team|keeper)\b",
    ),
)

CALLS: Final[tuple[Rule, ...]] = (*_OUGHT, *_EXPOSED, *_CROWD)
