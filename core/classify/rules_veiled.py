"""English threats without the word, stalking, dumps of private details, and smears in plain words.

Texts are folded: lower case, disguises undone, straight spaces. A detail alone (a street, a number,
a time) is ordinary; a rule asks for the person and several details, or for what is wanted with them.
"""

# ruff: noqa: E501 -- a table of patterns and sentences reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.domain.classification import Category

_FOE: Final = r"(?:liar|traitor|bitch|rat|snitch|scum|whore|pig|witch|puppet|parasite|clown|troll|fraud|coward|cow|hack)"
_WOMAN: Final = rf"(?:woman|man|girl|guy|person|journalist|reporter|writer|author|editor|{_FOE})"
_THEIR: Final = rf"(?:her|his|their|your|(?:this|that|the) {_WOMAN}'?s)"
_POSS: Final = rf"(?:your|ur|her|his|(?:this|that) {_WOMAN}'?s)"
_BODY: Final = r"(?:fingers?|hands?|arms?|legs?|knees?|kneecaps?|teeth|jaw|nose|necks?|skulls?|spine|bones?|ribs?|face|throat|eyes?|tongue|head|wrists?|knuckles|ankles?|feet|foot|ears?)"
_BREAK: Final = r"(?:break|smash|crush|cut off|cut|chop off|chop|snap|knock out|knock|kick in|kick|bash in|bash|slit|slash|rip out|rip|tear out|gouge out|shatter|cave in|saw off|bust)"
_HARM: Final = (
    rf"{_BREAK} (?:(?:every|all|both|one|each) (?:of )?)?{_POSS} (?:(?!\w+ly )\w+ ){{0,2}}?{_BODY}\b"
)
_SOMEBODY: Final = (
    r"(?:someone|somebody|one of us|one of you|i|we|they|he|(?:my|our) (?:boys|friends|lads|brothers))"
)
_WILL: Final = r"(?:'ll| will|'m| am|'re| are| is| should| ought to| needs? to| must| has to| have to|'d love to| would love to| want to| wants to|'m gonna| gonna|'re gonna)(?: going to| gonna)?"
_WARNING: Final = (
    r"(?:keep (?:on )?(?:writing|posting|talking|lying|publishing|digging|asking|typing|it up|going)|carry on (?:writing|posting|digging)|(?:one|a single) more (?:word|line|post|article|story|piece|lie|tweet)|another (?:word|line|post|article|story|piece|lie|tweet)"
    r"|if you (?:ever |dare (?:to )?|keep |so much as )*(?:publish|post|write|print|say|writing|posting|talking|publishing|come near|show your face)|(?:publish|print|write|post) (?:it|that|this|part \w+|again)|delete (?:it|this|that)|take (?:it|this|that) down|stop (?:writing|posting|digging))"
)
_DEEP: Final = (
    r"(?:harbou?r|river|sea|canal|lake|ocean|bay|docks?|well|quarry|ravine|reservoir|swamp|marsh|estuary)"
)
_GRAVE: Final = (
    r"(?:(?:shallow |unmarked |early |nice )?grave|ditch|morgue|coffin|body ?bag|bin bag|cemetery)"
)
_STORY: Final = r"\b(?:film|movie|novel|book club|series|season|episode|character|game|level|boss fight|chess|fifa|match|quiz|villain|lyrics|song|just kidding|lol|haha\w*)\b"
_CARE: Final = (
    r"\b(?:surgeons?|surgery|dentist|doctors?|physio\w*|therapist|nurse|operation|x-?ray|get well)\b"
)
_DENIED: Final = rf"\b(?:nobody|no one|never|not|won'?t|don'?t|wouldn'?t|didn'?t)\b[^.!?,]{{0,14}}{_BREAK}\b"
_WEATHER: Final = r"\b(?:rain\w*|snow\w*|ic[ey]|storms?|stormy|windy?|slippery|strike|delays?|delayed|cancel\w*|closed|repairs?|roadworks|flood\w*|heels|shoes|fog|foggy|crowded)\b"
_KINDLY: Final = r"\b(?:coffee|tea|lunch|dinner|cake|drinks?|beer|flowers|umbrella|gift|present|hug|taxi|lift|pick you up|drive you|tickets?|party|birthday|love|lovely|thank\w*|proud|congrat\w*|babysit\w*|plants|neighbou?r|holidays?|vacation|while you)\b"

_ROUTE: Final = r"(?:which|what) (?:tram|bus|train|metro|ferry|line|route|road|street|path|door|entrance|exit|gym|cafe|platform|stop|station|school|window) (?:you|your (?:kids?|daughter|son|mother|wife|husband)) (?:\w+ )?(?:takes?|rides?|catch|catches|uses?|drives?|walks?|goes|go|get off|leaves?|sleeps?|waits?)"
_HOURS: Final = r"(?:what time|when|exactly when) (?:you|your (?:kids?|daughter|son)) (?:\w+ )?(?:leaves?|gets? home|comes? home|goes? to (?:bed|school)|walks?|finish(?:es)?|(?:are|is) (?:home )?alone)(?: \w+){0,3}"
_MENACE: Final = r"(?:be (?:very )?careful|watch (?:out|yourself|your (?:back|step))|look (?:both ways|behind)|(?:we|i)(?:'ll| will) (?:be (?:there|waiting)|wait|meet you|find you)|accidents|(?:would be )?(?:a )?(?:shame|pity) if|stop (?:writing|posting|digging)|tick tock|sleep (?:well|tight)|think about (?:it|that)|don'?t (?:write|publish|post))"

_THREATS: Final = (
    rule(
        "threat.body-harm",
        Category.THREAT,
        rf"\b{_SOMEBODY}{_WILL} (?:(?:just|really|please|gladly|come|and|over|to|see \w+) ){{0,3}}{_HARM}|\b(?:love|like|pay|nice|great|wait) (?:to see|for) (?:somebody|someone|one of us) (?:to )?(?:finally )?{_HARM}"
        rf"|\b{_WARNING}\b[^.!?]{{0,40}}?(?:and|or|,) (?:(?:we|i|they|somebody|someone)(?: just)? {_HARM}|you(?:'ll| will)? (?:lose|be missing|be losing|say goodbye to) (?:your|a|some|those|all your) (?:\w+ )?{_BODY}\b)"
        rf"|\byour (?:\w+ )?{_BODY} (?:should|must|will|deserves? to|needs? to|ought to|(?:is|are) going to) (?:all |both )?(?:be|get) (?:cut off|chopped off|cut out|ripped out|torn out|broken|smashed|crushed|slit|shattered)\b",
        unless=rf"{_DENIED}|{_STORY}|{_CARE}|\bback (?:in|into)\b|\bface ?book\b|heads? (?:start|count|line)",
    ),
    rule(
        "threat.push",
        Category.THREAT,
        rf"\b{_SOMEBODY}{_WILL} (?:just |really |please )*(?:push|throw|shove|kick|toss|drag) (?:you|her|him|this {_WOMAN}) (?:under|off|in front of|down|into|in|out of|behind) (?:a|the|that|some|our) (?:\w+ )?(?:train|tram|bus|lorry|truck|bridge|pier|quay|roof|cliff|stairs|{_DEEP}|window|building|balcony)\b"
        r"|\b(?:we|i)(?:'ll| will| am going to| are going to|'m gonna|'re gonna|'re going to|'m going to) (?:\w+ )?(?:burn|torch|blow up|firebomb|smash up|set fire to) (?:down )?(?:your|her|his) (?:\w+ )?(?:house|home|car|office|flat|shop|newsroom)\b",
        unless=rf"\b(?:never|not|won'?t|nobody|no one)\b|{_STORY}|\b(?:launch\w*|ship|boat|hull|tugs?|swim\w*)\b|under the bus|calories|candles?",
    ),
    rule(
        "threat.end-up-dead",
        Category.THREAT,
        rf"\byou(?:'ll| will|'re going to| are going to|'re gonna|'d| could| might| may)? (?:\w+ )?(?:end up|wind up|finish|land|be found|be lying|be sleeping|sleep|wake up|be floating|float)(?: \w+){{0,2}}? (?:(?:at|on) the bottom of (?:the |a |our |that )?(?:\w+ )?{_DEEP}|(?:face ?down|dead) in (?:the |a |our )?{_DEEP}|in (?:a|the|an) {_GRAVE})\b"
        rf"|\b(?:they|someone|somebody|police|divers|the tide)(?:'ll| will|'re going to| are going to) (?:\w+ )?(?:find|fish|pull|drag|dredge|bring) (?:you|your (?:body|corpse)|what(?:'s| is) left of you) (?:out of|at|in|from|up|on)[^.!?]{{1,24}}?(?:{_DEEP}|{_GRAVE}|woods|boot of a car|alley|skip)\b"
        rf"|\b(?:journalists|reporters|writers|people|women|girls|liars|rats|snitches|traitors) like (?:you|her|him|that) (?:always |usually |often |tend to |just )?(?:(?:end up|wind up) (?:in|at|under|on) (?:a|the|an) (?:(?:bottom of (?:the |a )?)?{_DEEP}|{_GRAVE})|disappear|vanish|go missing|have accidents|get found in)\b"
        r"|\byou (?:won'?t|will not|will never|aren'?t going to|are not going to) (?:live (?:to see|until|till|past)|be alive (?:by|next|for|at|until|to)|see) (?:tomorrow(?: morning)?(?=[.!,]*(?:\Z| \w+\Z))|another (?:sunrise|birthday|morning|summer|winter)|the sun ?rise|christmas(?= alive)|(?<=see )christmas(?! (?:lights?|markets?|trees?|dinner|sale|cards?|special|decor\w*))|(?<=past )\w+day|(?<=by )\w+day|your next birthday|next (?:week|month|year|summer|spring)(?= alive))",
        unless=rf"{_STORY}|\b(?:div(?:e|ing|ers' club)|snorkel\w*|tours?|wreck|swimming|submarine|anchor|without (?:a |your )?(?:life jacket|vest|belt|helmet)|if you (?:park|walk|drive|slip|lean|turn|smoke|drink)|see (?:you|me|us|her|him)|museum|at the party|in the office|open|seat ?belt|life jacket)\b",
    ),
    rule(
        "threat.last-days",
        Category.THREAT,
        r"\b(?:enjoy|savou?r|make the most of) your (?:last|final) (?:(?:few )?(?:days?|weeks?|months?|hours?|night) (?:on (?:this |god's )?earth|alive|of life|among the living|before (?:we|i) (?:come|find|get))|breath|breaths|sunrise)"
        r"|\b(?:you(?:'ll| will)(?: soon)? be|you belong|you should be|put you|want you|see you|bury you) (?:\w+ )?(?:six feet (?:under|deep)|in the ground|under the ground)\b|\b(?:one day|some day|one night|one of these days|soon|some night|tick tock)[, ]+your (?:\w+ ){0,2}?(?:car|brakes?|bike|bicycle|scooter) (?:will not|won'?t|will|is going to|(?:is|are) not going to|might not) (?:\w+ )?(?:stop|brake|work|blow up|explode|burn|be on fire|go over)\b"
        r"|\b(?:know|seen|saw|like|nice|found)(?: your| the| that)? (?:\w+ )?car\b[^!?]{0,14}[.,!] ?check (?:your|the|those) brakes\b|\bhope you (?:like|enjoy) hospital food\b"
        r"|\bshame if (?:it|that|they|she|he|you|your \w+|someone|something) (?:got|caught|had|was|were|ended up)[^.!?]{0,20}(?:\bblood\b|\bon fire\b|\bhurt\b|\ban accident\b|\bburn(?:ed|t)\b|\bbroken\b|\brun over\b|\bhit by\b)"
        rf"|\b{_WARNING}\b[^.!?]{{0,40}}?(?:and|or|,|then) ?you(?: will never|'ll never| won'?t| will not)(?: be able to| ever)? (?:walk|type|breathe|hold a pen)(?: \w+){{0,2}}? again|\b{_WARNING}\b[^.!?]{{0,30}}?(?:and|or|,) you(?:'ll| will)(?: \w+)? (?:end up|wind up|be|wake up) in (?:a |an )?(?:wheelchair|hospital(?: bed)?|intensive care|icu)\b"
        rf"|\b(?:you|she|he|this {_WOMAN}) (?:\w+ )?(?:deserves?|needs?|(?:is|are) asking for) (?:a|to get a) (?:(?:good|proper|real) )?(?:beating|bullet|noose|brick (?:to|in)|knife in)\b",
        unless=rf"{_STORY}|{_CARE}|\b(?:hbo|show|mechanic|garage|pads|tyres?|tires?|recall|warranty|service|points?|list|journal|train(?:ing)?|nobody|no one|curry|keeping you in|get well|visit(?:ing)?|never deserved|didn'?t|doesn'?t|don'?t (?:deserve|need)|not (?:deserve|need))\b",
    ),
    rule(
        "threat.watching-you",
        Category.THREAT,
        r"\b(?:i'?m|i am|we'?re|we are|i'?ve been|we'?ve been|i was|we were) (?:\w+ )?(?:outside|in front of|near|around|behind|close to|closer to|across from|by) (?:you|your (?:\w+ )?(?:house|home|place|flat|office|work|door|window|school|street|newsroom|building))(?: \w+){0,3}?(?: (?:more often|more|closer))? than you (?:think|know|realise|realize)\b"
        r"|\b(?:i|we)(?:'ve| have)?(?: been)? (?:follow(?:ed|ing)?|watch(?:ed|ing)?|track(?:ed|ing)?) (?:you|your (?:kids?|daughter|son|mother|car|wife|husband)) (?:\w+ )?(?:home\b|to (?:work|school|your (?:car|door|house))\b|walk(?:ing)? (?:home|to your)|sleep\b|through your window|from the (?:station|office|bus|tram|stop|bar|shop)\b)"
        r"|\b(?:i am|i'm|we are|we're|someone is|somebody is) (?:\w+ )?watching (?:your (?:house|home|flat|front door|kids|daughter|son|children|windows?)|you sleep|every step you)(?= (?:right )?now|[.!]*\Z|[.!,] )"
        rf"|\bknow (?:exactly )?(?:{_ROUTE}|{_HOURS})[^!?]{{0,20}}?[.,;!]* ?(?:and |so )?{_MENACE}|\b(?:i|we) know (?:exactly )?{_HOURS}(?=[.!]*\Z)"
        r"|\byou(?: will not|'ll not| won'?t| are not going to|'ll never) (?:enjoy|like) (?:walking home|(?:the|your) (?:walk|way|trip|ride|journey) home|going home|leaving (?:work|the (?:office|house))|going out(?:side)?|what (?:happens to you|we(?:'ll| will| are going to|'ve got planned| have planned)))"
        rf"|\b(?:we|i)(?:'ll| will|'re| are|'m| am) (?:all )?(?:be )?wait(?:ing)? (?:for (?:you|her|him)|outside|at your)[^.!?]{{0,40}}?[ ,.!]+(?:you )?{_FOE}\b|\b{_WARNING}\b[^!?]{{0,30}}?(?:and |, |\. )(?:we|i)(?:'ll| will) (?:be )?(?:wait(?:ing)?|visit|come|stand)(?: for you)? (?:outside|at|by|to|in front of) (?:your|the) (?:house|home|office|door|newsroom|flat|school|work)\b"
        r"|\byour (?:kids?|daughter|son|children|little (?:girl|boy)) (?:walks?|goes|go|plays?|rides?) (?:\w+ ){0,2}?(?:home|to school|outside|in the (?:park|yard|street)) alone\b[^.!?]{0,6}?(?:, ?(?:doesn'?t|don'?t) (?:she|he|they)\?? ?|[.!,?] ?)(?=(?:stop|be careful|careful|shame|pity|think|delete|would be|it would)\b)",
        unless=rf"{_STORY}|{_KINDLY}|{_WEATHER}|\b(?:show|documentary|channel|stream|video|netflix|tutorial|away|parade|marathon|on tv)\b",
    ),
)

_ST: Final = r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|terrace|close|square|sq|crescent|row|gardens|quay|wharf|alley|hill|mews)\b"
_ADDRESS: Final = rf"\d{{1,5}}[a-z]? (?:\w+\.? ){{1,3}}?{_ST}"
_NUMBER: Final = r"\+?\(?\d[\d ().-]{5,18}\d"
_KIN: Final = r"(?:mother|father|mum|mom|dad|husband|wife|boyfriend|girlfriend|sister|brother|son|daughter|kids?|children|parents|partner|fiancee?|gran\w*|aunt|uncle|cousin|ex)"
_CLOCK: Final = (
    r"(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)"
)
_TIME: Final = rf"(?:(?:finish(?:es)?|starts?|begins?|leaves?|gets? (?:out|off|home)|closes? up|clocks off|arrives?|comes out|until|till|from)(?: work)?(?: at| around| about)? {_CLOCK}\b|(?:at|around) {_CLOCK}(?: o'?clock| ?[ap]m)? every (?:day|morning|night|evening|week\w*|\w+day)|every (?:day|morning|night|evening|\w+day) (?:at|from|until|till|around) {_CLOCK}\b)"
_GOAD: Final = r"(?:in case (?:anyone|anybody|someone|somebody|you)|pay (?:her|him|them) a visit|say (?:hi|hello) (?:to|from)|knock|you know what to do|do your (?:thing|worst|duty)|anyone (?:wants|fancies|nearby|near|close)|ask for \w+|let (?:her|him|them) (?:know|hear)|make (?:her|him|them)|spread|share it|tell (?:her|him) what)"
_HONEST: Final = r"\b(?:my|our|hotline|helpline|tip ?line|customers?|appointments?|bookings?|book a|reservation\w*|opening hours|open (?:until|till|from|daily)|missing|lost (?:dog|cat|child|wallet|phone|bag)|stolen|witness\w*|hit and run|for sale|for rent|police (?:ask|are|appeal)|blocking|towed|lights on|owner of|whoever|lovely|delicious|best|proud|congrat\w*|funeral|condolences|museum|born|19\d\d|18\d\d|century)\b"

_DOXXING: Final = (
    rule(
        "doxxing.private-number",
        Category.DOXXING,
        rf"(?:\b\w+'s|\b(?:her|his|their)) (?:private|personal|home) (?:phone |mobile |cell |telephone )?(?:number|phone|cell|mobile|line|landline)[^.!?\d]{{0,12}}{_NUMBER}|\b(?:this|that|the) {_FOE}'?s (?:\w+ )?(?:number|phone|cell|mobile|landline)[^.!?\d]{{0,12}}{_NUMBER}",
        unless=_HONEST,
    ),
    rule(
        "doxxing.found-address",
        Category.DOXXING,
        rf"\bhome address(?: (?:of|for|in case|if)\b[^:!?]{{0,40}})?(?: is|:|=|,)? ?{_ADDRESS}|\b(?:found|got|here(?:'s| is)|this is|posting) {_THEIR} (?:\w+ )?(?:flat|house|home|place|apartment|address|building|front door)[ :,-]{{1,3}}(?:it'?s |is )?(?:at |on )?{_ADDRESS}"
        rf"|\b\w+ lives (?:at|on|in) {_ADDRESS}[^!?]{{0,30}}?\b{_GOAD}",
        unless=_HONEST,
    ),
    rule(
        "doxxing.family-routine",
        Category.DOXXING,
        rf"\b{_THEIR} (?:old |little |own )?{_KIN}(?:'s (?:workplace|shop|office|job|school|work) is| (?:still )?(?:works?|is employed|teach(?:es)?|attends?|goes? to|studies|study|stays?|(?:is|are) at|sells))\b[^!?]{{2,50}}?(?:\b{_ST}|\bschool|\bprimary|\bnursery|\bbakery|\bmarket|\bgarage|\bhospital|\bclinic|\bshop)[^!?]{{0,40}}?\b(?:{_TIME}|{_GOAD})"
        rf"|\b(?:she|he) (?:takes|drops|drops off|picks up|collects|walks|brings) (?:her|his) (?:son|daughter|kids?|children|girl|boy)\b[^.!?]{{0,24}}(?:school|nursery|kindergarten|daycare|primary|academy)\b[^.!?]{{0,24}}?\b(?:{_TIME}|at {_CLOCK}\b)",
        unless=_HONEST,
    ),
    rule(
        "doxxing.car",
        Category.DOXXING,
        rf"\b(?:she|he|her|his|this {_WOMAN}|that {_WOMAN})\b[^.!?]{{0,40}}?\b(?:licen[cs]e )?plates?(?: number| no)?(?: is|:)? [a-z]{{0,4}}[ -]?\d{{2,4}}[ -]?[a-z]{{0,3}}\b"
        rf"|\b(?:licen[cs]e )?plates?(?: number| no)?(?: is|:)? [a-z]{{1,4}}[ -]?\d{{2,4}}(?:[ -]?[a-z]{{1,3}})?\b[^!?]{{0,6}}\b(?:parked|parks|always|leaves|stands)\b[^!?]{{0,40}}?(?:\bfrom {_CLOCK} to {_CLOCK}\b|\bevery (?:day|morning|night|evening)\b|\b{_TIME}|\b(?:her|his) (?:house|flat|office|home))",
        unless=rf"{_HONEST}|\b(?:dinner|food|license plate reader|ticket)\b",
    ),
)

_PILE_ON: Final = (
    rule(
        "pile-on.until-gone",
        Category.PILE_ON,
        r"\b(?:let'?s|we (?:should|must|need to|have to|will)|make sure|everywhere so)(?: \w+){0,3}? (?:she|he) (?:never|can never|can'?t|cannot|won'?t|will never)(?: ever)? (?:works?|writes?|publish(?:es)?|finds? work|gets? a job)\b[^.!?]{0,16}\b(?:again|anywhere)\b"
        rf"|\b(?:keep )?(?:call|calling|e-?mail|e-?mailing|phone|phoning|report|reporting|message|messaging|ring|ringing|write to|writing to)\b[^.!?]{{1,30}} (?:until|till) (?:they|the \w+|(?:her|his) \w+|it) (?:sacks?|fires?|drops?|dumps?|gets? rid of|suspends?|bans?|deletes?) (?:her|him|this {_WOMAN})\b"
        rf"|\b(?:let'?s|everyone|everybody)[, ]+(?:go |all |now |please |and )*(?:report|attack|harass|hound|troll|bully|shame) this (?:journalist|reporter|writer|author|editor)(?= (?:until|till|to (?:death|hell)|out of|off|now|into)|[.!]*\Z)"
        r"|\b(?:everyone|everybody|all of you|y'?all|guys|let'?s|go)[, ]+(?:go |please |and |all )*(?:tell|show|remind) (?:her|him|@\S+) (?:exactly )?(?:what|how|that)\b[^.!?]{0,24}\b(?:liar|traitor|trash|garbage|hated|fraud|scum|disgrace|worthless|pathetic|disgusting|puppet|ugly|stupid)\b"
        r"|(?:^|[.!?,] )(?:everyone |everybody |please |now |and )*(?:post|share|spread|put) (?:her|his) (?:face|photo|picture|name) (?:everywhere|all over|on every)\b",
        unless=r"\b(?:stop|don'?t|never (?:report|attack)|missing|lost|last seen|help find|hospital|winner|proud|scam\w*|fake|police|abuse[rd]?|rapist|why do)\b",
    ),
)

_PRIZE: Final = r"(?:story|stories|scoops?|papers|job|promotion|documents?|sources?|files|interviews?|column|byline|contract|award|leak|position|career|articles?)"
_SEXUAL: Final = (
    rule(
        "sexual.traded",
        Category.SEXUAL,
        rf"\b(?:you|she)(?:'ve| has| have| must have| probably| clearly| obviously)? (?:slept|sleeps?|sleeping|fucked|blew|screwed|screws) (?:with )?[^.!?]{{2,40}}?(?:to get|for) (?:\w+ ){{0,2}}?{_PRIZE}\b|\bhow many \w+ (?:did|does|has|have) (?:you|she) (?:have to )?(?:sleep with|slept with|blow|blown|fuck|fucked)\b"
        rf"|\b(?:got|gets?|earned|won|landed|obtained) (?:\w+ ){{0,3}}?{_PRIZE} (?:\w+ )?on (?:her|your) (?:knees|back)\b|\b(?:spread|spreads|spreading|open|opens|opened) (?:your|her) legs for\b"
        r"|\b(?:nobody|no one|who) would (?:read|publish|hire|watch|listen to|believe|follow|print) (?:you|her)\b[^.!?]{0,15} if (?:you|she) (?:kept|wore|put|covered|buttoned|closed)[^.!?]{0,16}\b(?:blouse|shirt|clothes|legs|cleavage|skirt|tits|bra|dress)\b|\bknow (?:exactly )?what (?:a )?(?:girls?|woman|women) like (?:you|her) (?:really )?needs?\b",
        unless=r"\b(?:not true|never|didn'?t|false|rumou?rs?|character|novel|film|movie|gynaecologist|gynecologist|physio\w*|yoga|exercise|back pain|stylist|hairdresser)\b",
    ),
)

VEILED: Final[tuple[Rule, ...]] = (*_THREATS, *_DOXXING, *_PILE_ON, *_SEXUAL)
