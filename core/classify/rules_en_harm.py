"""English threats in everyday words: what will be done to you, unless you obey, and what is wished on you.

Texts are folded. `rules_en` holds the plain verbs, `rules_veiled` what is said without the word; here
are spoken and shortened forms ("gonna run you over"), conditions, wishes and calls to hurt oneself.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.domain.classification import Category

_U: Final = r"(?:you|u|ya|ye)\b"
_UR: Final = r"(?:your|ur|yr|yer)\b"
TRADE: Final = r"(?:journalists?|journos?|reporters?|writers?|authors?|editors?|bloggers?|vloggers?|streamers?|presenters?|anchors?|columnists?|podcasters?|cartoonists?|politicians?|councill?ors?|mayors?|ministers?|senators?|judges?|prosecutors?|lawyers?|lawmakers?|activists?|professors?|teachers?|bankers?|candidates?|fact checkers?|correspondents?)"
LOW: Final = r"(?:bitch(?:es)?|bastards?|cunts?|whores?|sluts?|witch|liars?|traitors?|scum|rats?|snitch|pigs?|clowns?|frauds?|cowards?|hack|losers?|turncoats?|defectors?)"
_ONE: Final = rf"(?:woman|man|girl|guy|bloke|person|{TRADE}|{LOW})"
THIRD: Final = rf"(?:her|him|@[\w.:-]+|(?:this|that|the) (?:\w+ )?{_ONE})(?!\w)"
_BODY: Final = r"(?:fingers?|hands?|arms?|legs?|knees?|kneecaps?|teeth|tooth|jaw|nose|neck|skull|spine|bones?|ribs?|face|throat|eyes?|tongue|head|wrists?|ankles?|ears?|balls|heart)\b"
_WILL: Final = r"(?:(?:i|we)(?:'ll| will| shall)|i'?mma|imma|ima|(?:(?:i'?m|i am|we'?re|we are|we r|they'?re|he'?s) )?(?:gonna|gona|going to|gon'|about to|fixing to|coming to|coming over there to))"
# Said not to be intended; a "don't" elsewhere in the sentence speaks for nothing.
_DENIED: Final = r"\b(?:(?:not|n't|never) (?:\w+ )?(?:gonna|going|about|coming|run|beat|kick|break|cut|put|make|leave|shoot|burn|throw)|(?:i'?ll|will|we'?ll) (?:never|not)|won'?t (?:ever )?(?:break|beat|kill|cut|put|run|make|burn)|(?:nobody|no one)(?:'s| is| will)? )\b"
_STORY: Final = r"\b(?:films?|movie|novel|series|season|episode|characters?|games?|level|boss fight|chess|fifa|match|quiz|villain|lyrics|song|haha\w*|chapter|minecraft|scrabble)\b"
_NEVER: Final = (
    r"\b(?:never|not|n't|won'?t|don'?t|wouldn'?t|didn'?t|nobody|no one|can'?t|cannot|shouldn'?t)\b"
)
_KIND: Final = r"\b(?:cake|party|dinner|present|gift|love you|hugs?|pizza|station|coffee|tea|lunch|drinks|flowers|lift|taxi|surgeon|surgery|doctors?|dentist|nurse|therapist)\b"
_WEAPON: Final = r"(?:hammer|hamer|knife|cleaver|gun|pistol|rifle|shotgun|baseball bat|machete|axe|crowbars?|crossbow|sledgehammer|petrol|gasoline|molotovs?|acid|noose)"
_BROKEN: Final = r"(?:broken|broke|smashed|crushed|snapped|cut(?: off| out)?|chopped(?: off)?|slit|ripped out|torn out|knocked out|kicked in|caved in|bashed in|blown off|shot off|sewn shut)"
_BREAK: Final = r"(?:break|brake|smash|crush|cut off|cut out|cut|chop off|chop|snap|knock out|knock|kick in|kick|bash in|bash|slit|slash|rip out|rip|tear out|gouge out|shatter|cave in|saw off|bust|wreck|mess up|punch|stomp)"
_HARM: Final = (
    rf"(?:(?:run|mow) (?:{_U}|{THIRD}) (?:over|down)\b|(?:slice|cut|carve|chop|beat|mess|smash|fuck|bash|string) (?:{_U}|{THIRD}) up\b"
    rf"|(?:beat|kick|punch|stomp|knock|choke) (?:the|seven|every) (?:\w+ ){{0,2}}?(?:shit|shite|crap|hell|life|bells|teeth|breath) out of (?:{_U}|{THIRD})|(?:beat|thrash|batter|kick|choke|bash) (?:{_U}|{THIRD}) (?:to death|to a pulp|senseless|bloody|unconscious|half to death|within an inch|(?:until|till) (?:{_U}|{_UR}|your|he|she))"
    rf"|{_BREAK} (?:(?:all|every|each|both) (?:of )?)?(?:{_UR} (?:\w+ )?{_BODY}|(?:every|each|both|all) (?:of )?(?:the )?(?:tooth|teeth|bones?|fingers?|legs|kneecaps|arms) (?:in|of|on|out of) (?:{_UR}|{_U}|it))"
    rf"|(?:put|fire|send|empty|stick|drive) (?:a|an|two|three|\d|this|my|the|some)(?: \w+)? (?:bullets?|knife|blade|brick|axe|rounds?|magazine|fist|spike|crowbar) (?:in|into|through|between|up) (?:{_U}|{_UR}|{THIRD})"
    rf"|(?:burn|torch|firebomb|bomb|bom|blow up|shoot up|set fire to) (?:down )?{_UR} (?:\w+ ){{0,2}}?(?:house|home|car|office|ofis|flat|shop|newsroom|studio|school|church|mosque|synagogue|temple|place|family|kids)\b|(?:burn|torch) (?:down )?{_UR} (?:\w+ )?(?:house|home|office|flat|shop) down\b"
    rf"|(?:poison|drown|kill|shoot|gut|skin) (?:that|{_UR}) (?:\w+ )?(?:dogs?|cats?|mutt|pets?|horse|puppy|kitten)\b|(?:throw|pour|splash|chuck) (?:some )?acid (?:on|in|over|at) "
    rf"|(?:lynch|behead|rape|gang ?rape|stab|blind|butcher|strangle|un-?alive|murder|slit|maim|cripple|curb ?stomp|skull ?fuck) (?:{_U}|{_UR}|{THIRD})"
    rf"|(?:make|watch|see) {_U} (?:bleed|beg|scream|choke|crawl)\b(?! to differ)|(?:kick|throw|push|shove) {_U} (?:down|off|through) (?:those|these|the|a|that|your) (?:\w+ )?(?:stairs|steps|window|roof|balcony|bridge|cliff)|(?:burn|torch) (?:down )?(?:the |your )?(?:\w+ ){{1,3}}?with (?:you|u|all of you) in(?:side)?\b|make sure (?:that )?(?:{_U}|she|he) never (?:walks?|talks?|types?|sees?|breathes?)(?: \w+)? again|leave (?:{_U}|{THIRD}) (?:bleeding|for dead|in a ditch|in the woods|in pieces|crippled|paralysed|paralyzed)\b"
    rf"|put {_UR} (?:\w+ )?(?:nan|mum|mom|dad|wife|husband|kids?|mother|family|son|daughter) in (?:the ground|a (?:box|grave|hole|coffin))|put {_U} (?:in (?:the ground|a (?:box|grave|hole|coffin|wheelchair|coma|body ?bag))|six feet under|down like a dog))"
)

_DIRECT: Final = (
    rule(
        "threat.will-harm",
        Category.THREAT,
        rf"\b{_WILL} (?:\w+ ){{0,2}}?{_HARM}",
        unless=rf"{_DENIED}|{_STORY}|{_KIND}|\b(?:hair|grades?|debate|record|high score|ears? pierced|verse)\b",
    ),
    rule(
        "threat.you-get",
        Category.THREAT,
        rf"\b(?:(?:{_U})(?:'re| are|'ll| will| r)?|ur|u r|your?) (?:about to |gonna |going to |will )?(?:get|be|getting|end up)(?: \w+)? (?:jumped|shot|stabbed|raped|gang ?raped|beaten|swatted|lynched|hanged|hung|killed|murdered|beheaded|stoned|necklaced)(?=[.!, ]*(?:\Z|tonight|tomorrow|soon|next|and|by|for|when|in|on|for real|\w+day\b))"
        rf"|\b(?:{_U})(?:'ll| will|'re gonna|'re going to)? (?:get|have) (?:{_UR} )(?:\w+ )?{_BODY} {_BROKEN}"
        r"|\b(?:you|u)(?:'ll| will| shall)? (?:hang|bleed|burn|swing|die) (?:next|tonight|tomorrow|soon|for (?:this|that|it|what)|from (?:a|the|that) (?:lamp|tree|bridge|street|balcony))\b"
        r"|\b(?:you will|you'll|u will) hang(?=[.!]+ |[.!]*\Z)"
        r"|\b(?:your|ur) (?:\w+ )?(?:kids?|children|daughter|son|wife|husband|mum|mom|mother|family|sister|brother)(?:'s| will| is| are|'ll)? (?:all )?(?:going to |gonna )?(?:pay (?:for (?:this|that|it|what)|with)|get it too|(?:dies?|bleeds?|burns?) (?:first|next|too|for))\b"
        r"|\b(?:your|ur) funeral is (?:soon|tomorrow|next|on me)\b"
        r"|\b(?:you|u)(?:'re| are)? (?:on|first on|next on|at the top of) (?:our|my|the) (?:kill|death|hit) ?list\b",
        unless=rf"{_NEVER}|{_STORY}|{_KIND}|\b(?:you can|could|eyebrows|hair|sunscreen|vaccin\w*|wedding|photo\w*)\b",
    ),
    rule(
        "threat.leave-in-a-box",
        Category.THREAT,
        r"\b(?:you|u|and you)(?:'ll| will|'re going to| gonna)? (?:be )?(?:leave|leaving|go|going|come|coming|return|walk|walking) ?(?:home|out|here|back|away|there)? ?(?:from \w+ )?in (?:a (?:box|coffin|casket|body ?bag|hearse|wheelchair)|pieces|(?:black|bin) bags)(?! of)"
        r"|\b(?:you|u)(?: won'?t| wont| will not|'ll never| will never|'re not going to| are not going to| ain'?t gonna|'re not gonna) (?:\w+ )?(?:walk|get|make it|be walking|leave|be leaving|come|go|walking)\b[^.!?]{0,24}? (?:alive|on your feet|on two legs|in one piece|with (?:all )?your (?:teeth|legs|head|fingers))\b"
        r"|\b(?:you|they|she|he|police|your \w+)(?:'ll| will) be (?:picking|scraping|collecting|scooping|fishing) (?:your|ur|you|bits of you|pieces of you|what'?s left of you|yours|her|him|bits of (?:her|him))(?: \w+)? (?:off|out of|up|from|in pieces)\b"
        r"|\b(?:one|a|two|my|the) bullets?(?: is|'s)?[,.! ]+(?:your|ur) name'?s? (?:is )?on it\b"
        r"|\b(?:bullet|rope|noose|grave|coffin|lamp ?post|brick|tree)s? (?:\w+ ){0,3}?(?:with your name on|is waiting for you|are waiting for you|for your neck)\b"
        r"|\b(?:two|three|a|my|one) bullets? (?:in|into|through|for) (?:you|ur|your (?:head|face|skull|chest|back|brain|mouth))\b",
        unless=rf"{_STORY}|{_KIND}|\b(?:museum|puzzle|seat ?belt|helmet|(?:take|took|taken|taking) a bullet)\b",
    ),
    rule(
        "threat.armed-visit",
        Category.THREAT,
        rf"\b(?:i'?m|im|we'?re|i am|we are|i'?ll be|we'?ll be|i'?ll|we'?ll)(?: \w+)? (?:comin|coming|come|round|outside|waiting)\b[^.!?]{{0,40}}? (?:with|wi|bringing)(?: (?:a|an|the|my|his|our|me))?(?: (?!card|kit|tyre)\w+)? {_WEAPON}\b"
        rf"|\b(?:acid (?:in|to|on|over) (?:your|ur) (?:\w+ )?face\b|(?:a |my )(?:brick|bullet|axe|knife|petrol bomb|molotov|hammer|fist) (?:through|in|into|to) (?:your|ur) (?:\w+ )?(?:window|windscreen|windshield|head|face|skull|back|chest|throat|neck|jaw|teeth|mouth)\b|(?:my|our) (?:fist|knife|boot|bullet|blade)s?,? (?:and )?(?:your|ur) {_BODY}|(?:your|ur) {_BODY},? (?:and )?(?:my|our) (?:fist|knife|boots?|hands|bullet|blade)\b)",
        unless=rf"{_DENIED}|{_STORY}|{_KIND}|\b(?:serum|skin ?care|i sent|attack\w*|survivor|insurance|police|threw|sorry|help you|fix|fence|hair)\b",
    ),
)

_COND: Final = (
    rf"(?:(?:one|a single|another)(?: more)? (?:word|line|post|article|story|piece|lie|tweet|video|step|report)|(?:keep|carry on|go on) (?:on )?\w+ing|(?:publish|print|write|post|say|mention|speak|talk|testify|vote|come|show up|step|set foot|set one foot|smile|piss|mess|fuck|cross|try)\b[^.!?,]{{0,40}}"
    rf"|(?:if|next time|when) (?:{_U}|i|we|she|he) [^.!?,]{{2,40}}|(?:delete|withdraw|apologi[sz]e|take (?:it|this|that) down|resign|retract|stop|shut up|back off|drop)\b[^.!?]{{0,30}}|(?:{_U} )?(?:come|show up|step)\b[^.!?,]{{0,24}})"
)
_CONDITIONS: Final = (
    rule(
        "threat.or-else",
        Category.THREAT,
        rf"\b{_COND}(?:,? and|,? or(?: else)?|,|,? then) (?:{_U}|i|we|my \w+|somebody|someone)(?:'ll| will| just)? (?:{_BREAK} (?:{_UR}|the|his|her)(?: (?!\w+ly )\w+)? {_BODY}|(?:cut|burn|shoot|stab|kill|bury|drown|gut|end|beat|jump|rape|delete) {_U}|(?:go home|come home|leave|go|end up|wake up)(?: \w+)? in (?:a (?:box|coffin|body ?bag|wheelchair|hospital|ditch|grave)|pieces|intensive care)|(?:won'?t|will not|will never|never|'ll never)(?: ever)? (?:walk|talk|write|speak|type|see|breathe|eat solid)(?: \w+){{0,3}}? (?:again|food|edition|sunrise|morning|daylight)|(?:lose|be missing|be spitting|swallow) (?:{_UR}|the|some|those|a few|your front) ?(?:\w+ )?(?:teeth|fingers?|eye|hand|kneecaps?|tongue)|bleed\b)"
        rf"|\b{_COND}(?:,? and|,? or(?: else)?|,) (?:{_UR} (?:\w+ )?(?:house|home|windows|teeth|kids?|children|family|car|office|shop|daughter|son|wife|husband|legs|kneecaps|throat|face|head) (?:will |gets? |goes? |is |are )?(?:be |get |go )?(?:burns?|next|first|pays?|paying|broken|smashed|cut|slit|bleeds?|dies?|die|in flames|up in flames)\b|lose (?:the|{_UR}) teeth)"
        r"|\b(?:apologi[sz]e|resign|confess|retract|delete)\b[^.!?]{0,14} or (?:bleed|burn|die|hang)\b",
        unless=rf"{_STORY}|{_KIND}|\b(?:hair|onions?|seat ?belt|helmet|ski|pan|bike|ladder|floss|braces)\b",
    ),
)

_WISHES: Final = (
    rule(
        "threat.death-wish",
        Category.THREAT,
        rf"\b(?:hope|hoping|hop|wish|pray|praying) (?:that )?(?:{_UR}|her|his|that) (?:\w+ ){{0,2}}?(?:plane|car|brakes?|heart|tumou?r|cancer|house|lungs|liver|kids?|family|baby|train|boat|bus)\b[^.!?]{{0,14}}? (?:crash(?:es)?|fails?|wins?|gives? out|kills (?:you|her|him|u)|stops?|burns? down|dies?|goes down|explodes?|spreads|sinks?)\b"
        rf"|\b(?:hope|hoping|hop|wish|pray|praying) (?:that )?(?:the|that|some\w*|a) (?:\w+ )?(?:tumou?r|cancer|bullet|truck|bus|train|car|bomb|virus) (?:\w+ )?(?:wins|kills|hits|runs|shoots|stabs|rapes|murders|gets|finishes) (?:{_U}|her|him)\b"
        rf"|\b(?:hope|hoping|wish|pray) (?:that )?(?:somebody|someone|they|one day someone) (?:\w+ )?(?:kills?|shoots?|stabs?|rapes?|murders?|beats?|runs?|hangs?|drowns?|strangles?|slits?) (?:{_U}|{_UR}|her|him)\b"
        rf"|\bmay (?:{_U}|{_UR} (?:\w+ )?(?:plane|car|house|children|family|heart)) (?:all )?(?:die|rot|burn|crash|choke|suffer|go down|go up in flames|stop|perish|drown|never wake)\b"
        r"|(?:^|[.!?,;:] |@[\w.]+ )(?:just |please |oh |now |go )?(?:get (?:hit|run over|flattened|crushed) by a (?:\w+ )?(?:bus|train|truck|lorry|car|tram)|die (?:slowly|screaming|in agony|already|alone|painfully)|choke and die|die,? (?:you )?(?:\w+ )?(?:bitch|scum|traitor|pig|slut|whore|cunt|rat|liar)\b|hurry up and die|(?:go )?burn (?:in hell|alive))\b"
        rf"|\b(?:can'?t wait (?:to|for)|look(?:ing)? forward to|hoping for|waiting for|looking forward to reading|love to read) (?:\w+ )?(?:{_UR}|her|his) (?:\w+ )?(?:obituary|funeral|death|closed casket|autopsy|suicide|execution)\b"
        rf"|\b(?:dance|piss|spit|shit|dancing|pissing|spitting) on (?:{_UR}|her|his) grave\b"
        rf"|\b(?:should'?ve|should have|ought to have) (?:finished the job on|aborted|killed|drowned|strangled|shot|hanged|finished) (?:{_U}|her|him)\b"
        r"|\bhop(?:e|ing) (?:the|that|that|her|his|your|ur) (?:\w+ )?(?:tumou?r|cancer) (?:wins|spreads|comes back|gets worse)\b"
        rf"|\bhope (?:{_U}|she|he)(?:'s| is| are| all)? (?:\w+ )?(?:choke|chokes|bleed|bleeds|drown|drowns|crash|crashes|overdose|get hit|gets hit|slip and|fall (?:down|off|under)|falls|never wake|don'?t wake up|doesn'?t wake up|do not survive|don'?t survive|die)\b",
        unless=rf"{_STORY}|\b(?:of laughter|old age|safe|rest in peace|condolences|not (?:going to )?die|survivor|peacefully|batter(?:y|ies)|phone|laptop|plants?|wasps?)\b",
    ),
    rule(
        "threat.self-harm-call",
        Category.THREAT,
        r"\b(?:do|did) (?:\w+ ){1,3}?(?:a |one |all a )?favou?r and (?:just |please )?(?:jump|swallow|end it|hang|hng|kill|die|slit|cut|drown|shoot|off)\b"
        r"|\b(?:end|ended) (?:your|ur) (?:\w+ )?(?:life|existence)(?= (?:already|now|today|please|you|bitch|loser|and)|[.!]*\Z)"
        r"|\b(?:cut|slit) (?:your|ur) wrists\b"
        r"|\b(?:set|light) (?:yourself|urself) (?:on fire|alight)\b"
        r"|\b(?:nobody|no one|no-one) (?:would|will|'d) (?:\w+ )?(?:miss|cry for|mourn) (?:you|u)(?= (?:if|when|after)|[.!]* (?:just|so|do it|go|end|jump|get)\b)"
        r"|\b(?:the )?(?:world|planet|earth|everyone|country|family)\b[^.!?]{0,14} (?:would|will|'d|'ll) be (?:\w+ )?(?:better|happier|nicer)(?: \w+)? (?:without (?:you|u) (?:in it|alive|breathing)|(?:after|once|when|if) (?:you|u) (?:were dead|died|die|are dead|'re dead|killed yourself))\b"
        r"|\b(?:hng|h4ng|k1ll|kil|unalive|un-alive|neck|off|hurt|stab|drown|burn) (?:yrslf|yrself|ur ?self|yourself|urself)(?=[.!]* ?(?:\Z|(?:you|u|bitch|loser|now|already|please|and|it'?s what)\b|n d))"
        r"|\bdo a (?:sewer ?slide|suicide)\b"
        r"|\b(?:jump|leap|throw yourself) (?:off|from|under|in front of) (?:a|the|that|your) (?:\w+ )?(?:bridge|cliff|roof|building|balcony|train|tram|bus|window)(?=[.!, ]*(?:\Z|you|u\b|bitch|loser|already|please|and die|nobody|i'?ll|we'?ll|do it))",
        unless=rf"{_STORY}|\b(?:(?:don'?t|do not|never|didn'?t|please don'?t) (?:\w+ )?(?:kill|jump|do|hurt|end|cut|harm|swallow|take|let|stick|put|set|try|leap|throw|walk|starve)|please stay|hotline|helpline|samaritans|if you feel|thinking (?:of|about)|thought (?:of|about)|i (?:tried|wanted|almost|nearly)|nobody should|how to|careful|before you|so you don'?t)\b",
    ),
)

HARM: Final[tuple[Rule, ...]] = (*_DIRECT, *_CONDITIONS, *_WISHES)
