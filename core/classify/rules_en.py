"""English rules. Texts are folded: lower case, disguises undone, straight spaces."""

# ruff: noqa: E501 -- a table of patterns and sentences reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.domain.classification import Category

_YOU: Final = r"(?:you|u|ya|yourself|your (?:whole |entire |little )?(?:family|kids?|children|wife|husband|mother|mum|mom|father|dad|daughter|son|sister|brother|parents|dog|cat|ass|face|head|throat|neck|skull|house|home))"
_HURT: Final = (
    r"(?:kill|murder|shoot|stab|rape|strangle|choke|behead|burn|hang|lynch|gut|slaughter|butcher|execute|hurt|cripple|"
    r"beat (?:the (?:shit|crap|hell) out of )?|slit|cut|break|smash|bash|end|drown|poison|torture|skin|bury|acid)"
)
_WILL: Final = r"(?:(?:i|we)(?:'ll|'m| will| am| are|'re|ma| shall|'d| would| want| wanna| need| swear| promise)?|imma|im|ill|we'll|gonna|i'm)"
_NEVER: Final = (
    r"\b(?:not|never|won'?t|don'?t|wouldn'?t|didn'?t|can'?t|couldn'?t|nobody|no one|nothing|n't)\b"
)
_PLAY: Final = (
    r"\b(?:with kindness|(?:at|in) (?:chess|ping pong|table tennis|table football|foosball|scrabble|padel|squash|pool|snooker|five-a-side|mario|fifa|scrabble|tennis|golf|poker|the game|this game|cards|darts|bowling|trivia)|in (?:the )?"
    r"(?:game|match|derby|quiz|finals?|round|league|tournament|chess|fifa|mario kart|fortnite|minecraft|league|valorant|debate)|high score|"
    r"shoot you (?:a|an|some) |cut you (?:a|some|in|off|out)|beat you to|beat your (?:record|score|time|high)|break your (?:record|streak|fast)|"
    r"burn you a|hang with|hang out|end your (?:day|suffering|turn|subscription|membership)|cut your (?:hair|losses|bangs|grass|lawn)|hit you up|"
    r"bury you in (?:cake|love|hugs)|choke(?:d)? up|kill for|hurt your (?:chances|wallet|eyes|brain)|hate to (?:hurt|break)|broke|semi-?final|badminton|volleyball|mario kart|lol jk|just kidding|spoil|spoilers?|the ending|episode|gorgeous|scarf|bury you \(|ping pong|five-a-side|novel|character|villain|season)\b"
)
_THIRD: Final = (
    r"(?:her|him|them|this (?:person|woman|man|girl|guy|bitch|liar|account|user|traitor|clown)|@[\w.:-]+)"
)
_THEIR: Final = r"(?:her|his|their|your|this (?:woman|man|girl|guy|person|bitch|traitor|liar)'?s)"
_MINE: Final = r"\b(?:my (?:own )?(?:address|number|phone|house|home)|our (?:address|number|office|phone|house|shop|store|team)|business|hotline|helpline|customer|support line|office hours|company|restaurant|store|shop)\b"
_SELF_REPORT: Final = (
    r"\b(?:if you see|scam|phishing|impersonat|threatening|harassing|harassment|abuser|abusive)\b"
)

_THREATS: Final = (
    rule(
        "threat.i-will-hurt-you",
        Category.THREAT,
        rf"\b{_WILL}\b(?: \w+){{0,4}}? (?:gonna |going to |to |will )?(?:\w+ )?{_HURT} (?:the \w+ out of )?{_YOU}\b",
        unless=rf"{_NEVER}|{_PLAY}",
    ),
    rule(
        "threat.coming-for-you",
        Category.THREAT,
        r"\b(?:i'?m|im|we'?re|i am|we are) (?:coming|on (?:my|our) way) (?:for|after|to get|to find|to kill) (?:you|u|your)\b(?! (?:at|on|in) )"
        r"|\b(?:i|we)(?:'ll| will|'m gonna| are going to| am going to|'re gonna|'re going to|'m going to) (?:find|hunt|track|come for|get) (?:you|u)\b(?: down)?(?= (?:and|down|one|soon|bitch|when)|[.!]*\Z|[.!]+ )"
        r"|\b(?:coming|come|show(?:ing)? up|be|waiting) (?:to|at|outside|by|in front of) your (?:house|home|place|door|work|office|school|flat|apartment)\b(?= (?:and|with|tonight|soon|tomorrow|bitch|to \w+ you)|[.!]*\Z)",
        unless=rf"{_NEVER}|minecraft|compliment|\b(?:cake|party|dinner|present|gift|pick you up|deliver|delivery|love you|hug|visit|package|parcel|courier|birthday|congrat\w*|pizza|train|flight|airport|station|coffee|tea|lunch|drinks|flowers|taxi|lift)\b",
    ),
    rule(
        "threat.you-will-die",
        Category.THREAT,
        r"\b(?:you(?:'re| are| will be|'ll be)|ur|u r|youre) (?:so |gonna be |going to be |all |as good as )?(?:dead|a dead (?:man|woman|bitch|girl|boy)|next to die|going to die|gonna die|gonna bleed)\b"
        r"|\byou(?:'ll| will| are going to|'re going to|'re gonna) (?:all )?(?:die|bleed|pay for this with|be found dead|end up (?:dead|in a (?:ditch|body bag|coffin|grave|bin bag))|get (?:shot|stabbed|raped|hanged|lynched|killed|jumped))\b"
        r"|\byour (?:days are numbered|time is (?:up|coming|running out))\b|\b(?:watch|guard|cover) your back\b(?=[.!, ]*(?:\Z|(?:race |running |foreign )?(?:traitor|liar|turncoat|rat|snitch|hanjian|puppet|dog|scum|coward|journalist|reporter)\b|[a-z]+\Z|we|i|you|bitch|traitor|when))"
        r"|\bsleep with one eye open\b|\bdead (?:man|woman|girl|bitch) walking\b|\b(?:bullet|knife|noose|rope|grave|body bag|coffin) (?:with your name|waiting for you|in your (?:head|back|skull|throat))\b"
        r"|\b(?:accidents happen to (?:\w+ )?like you|accidents happen[.!,]* (?:be careful|stop|think about|your (?:kids|family|house|car|daughter|son))|would be a shame if (?:something|anything) happened to (?:you|your))\b",
        unless=rf"{_NEVER}|\b(?:of (?:laughter|laughing|embarrassment|cuteness)|laughing|dead (?:wrong|right|serious|on|last|tired|inside|gorgeous|to me)|someday|one day we all|we all|when you see|of old age|joking|library|parking|session|save your|derby|ping pong|table football|scrabble|mario kart|rematch|revenge match|five-a-side)\b",
    ),
    rule(
        "threat.should-be-killed",
        Category.THREAT,
        rf"\b(?:(?:you|u|she|he|they|{_THIRD}|people like (?:you|her|him)) (?:all )?(?:deserves?|needs?|should|ought) (?:to )?(?:be |get )?(?:die|killed|shot|stabbed|raped|gang ?raped|hanged|hung|lynched|executed|murdered|beheaded|burned|burnt|gassed|put down|slaughtered|curb stomped)"
        rf"|(?:someone|somebody|one of us|i hope someone|can someone|will someone|anyone) (?:should |needs to |please |just |has to |must |ought to |gonna |will )*{_HURT} (?:{_YOU}|{_THIRD}))\b",
        unless=rf"{_NEVER}|\b(?:film|movie|book|character|episode|season|in the game|photo|video|camera|cut her some|hurt feelings|hair)\b",
    ),
    rule(
        "threat.harm-wish",
        Category.THREAT,
        rf"\b(?:i |we |really |all )*(?:hope|wish|pray|praying|hoping|can'?t wait (?:for|until|till|to see)) (?:that )?(?:{_YOU}|she|he|they) (?:all |both |just |fucking |to |will |would |slowly |finally |gets? |dies?)*"
        r"(?:die|dies|died|dead|drop dead|rot|burn|suffer|hang|get (?:cancer|raped|shot|stabbed|hit by|killed|murdered|run over)|gets (?:cancer|raped|shot|stabbed|hit by|killed)|choke|bleed out|lose (?:your|her|his) (?:baby|child|kids)|cancer|raped|crash)\b",
        unless=r"\b(?:of laughter|suffer no|never suffer|don'?t suffer|doesn'?t suffer|not suffer|old age|won'?t)\b",
    ),
    rule(
        "threat.self-harm-urge",
        Category.THREAT,
        r"\bkys\b|\bkeep yourself safe\b(?= (?:lol|bitch|loser|you))|\b(?:go |just |please |you should |why don'?t you |do us a favou?r and )*(?:kill|hang|unalive|neck|off|shoot|drown|end) (?:yourself|urself|yo ?self|your ?self)\b"
        r"|\b(?:go|just|please|should|now)(?: and)? (?:jump off a (?:bridge|cliff|building|roof)|drink bleach|slit your wrists|play in traffic|die in a (?:fire|hole|ditch))\b|\b(?:drink bleach|slit your wrists)\b"
        r"|\b(?:the world|everyone|we|they|your family)(?:'d| would|'ll| will)? be (?:so much )?better(?: off)? (?:without you|if you (?:were dead|died|killed))\b|\bgo die\b|\bdrop dead\b(?!,? gorgeous)|\bjust die\b(?! \w+ (?:of|from))",
        unless=r"\b(?:don'?t|do not|never|please stay|not|thinking about|thought about|thoughts of|want to|wanted to|going to|tried to|trying to|hotline|helpline|shoot yourself in the foot|in the foot|hero|i'd|i might|if you (?:feel|want|think)|before you|do or|hard)\b[^.!?]{0,30}\Z|\b(?:don'?t|do not|never|please don'?t) (?:\w+ )?(?:kill|hang|end|off|drink) |in the foot|hang yourself (?:up|out)|hotline|helpline|die hard|die laughing|battery",
    ),
)

_DOXXING: Final = (
    rule(
        "doxxing.know-where-you-live",
        Category.DOXXING,
        r"\b(?:i|we|people|everyone|now i|now we|i'?ve|we'?ve)(?: already| now| all| finally)? (?:know|found|find out|found out|got|have|figured out|looked up) (?:exactly )?(?:where (?:you|your (?:kids?|family|mother|mom|mum|parents|daughter|son|wife|husband|children)) (?:live|lives|work|works|sleep|sleeps|park|go|goes|study)\b|what (?:school|street|building) (?:you|your)|your (?:home )?(?:address|house)\b|which (?:school|street|building) (?:you|your))",
        unless=r"\b(?:don'?t know|do not know|didn'?t know|if (?:i|we)|no idea|film|movie|song|novel|album|deliver\w*|order|package|parcel|shipping|ship|invoice|refund|wish|neighbou?r|coming from|bring(?:ing)? (?:you )?(?:some )?\w+\Z|soup|casserole|pizza|cake|come (?:over|round))\b",
    ),
    rule(
        "doxxing.home-address",
        Category.DOXXING,
        rf"\b(?:(?:she|he|they|this (?:woman|man|girl|guy|bitch|person|traitor|liar)|{_THEIR} (?:family|kids|parents|mother|father|husband|wife)|you) (?:lives?|stays?|resides?|is staying|are staying) (?:at|on|in)|{_THEIR} (?:home |house |real |full |current )?(?:address|addy) (?:is|:|=)|{_THEIR} (?:address|addy):?|(?:home )?address:)[^!?]{{0,30}}?"
        r"\d{1,5}[a-z]? (?:\w+\.? ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|terrace|close|square|sq|crescent|row|gardens|apartments?|apt|flat|unit)\b",
        unless=_MINE,
    ),
    rule(
        "doxxing.seek-details",
        Category.DOXXING,
        rf"\b(?:(?:anyone|anybody|someone|somebody|who|does anyone|can anyone|can someone|let'?s|we should|time to|please|pls|help me) (?:here )?(?:know|knows|got|have|has|find|finds|found|get|leak|leaks|drop|drops|post|posts|share|shares|dig up|look up)(?: out)? (?:me |us )?(?:where (?:she|he|they|this (?:woman|man|girl|guy|bitch|person|traitor)) (?:lives?|works?|stays?)|{_THEIR} (?:home |real |full |private |house |work |cell |phone )*(?:address|addy|number|phone|workplace|employer|dox|identity)))"
        rf"|\b(?:drop|leak|post|share|publish|spread|release|dump)(?:ping|ing)? {_THEIR} (?:home |real |full |private |house |work |cell |phone )*(?:address|addy|number|dox|info|details|workplace)\b"
        rf"|\b(?:dox+|doxx|doxing|doxxing|swat) (?:{_THIRD}|the (?:bitch|traitor|liar))(?=\W|\Z)",
        unless=r"\b(?:don'?t|do not|never|stop|wrong to|illegal|please report|lost|missing|customer|contact us|my|flowers|thank|donat\w+|send (?:her|him|them) (?:a |some )?(?:card|gift|present|flowers))\b",
    ),
    rule(
        "doxxing.phone",
        Category.DOXXING,
        rf"\b(?:{_THEIR} (?:\w+ )?(?:number|phone|cell|mobile|whatsapp|landline)(?: number)?(?: is| :|:| =)?|(?:call|text|ring|phone|dm|message|whatsapp|prank call|spam) {_THIRD}(?: up)?(?: on| at|:)?|here(?:'s| is) {_THEIR} (?:\w+ )?(?:number|phone|cell)[ :]*)[^\d!?]{{0,12}}\+?\(?\d[\d ().-]{{6,18}}\d",
        unless=_MINE,
    ),
    rule(
        "doxxing.national-id",
        Category.DOXXING,
        rf"\b(?:{_THEIR} )(?:ssn|social(?: security)?(?: number)?|passport(?: number)?|id number|national id|licen[cs]e plate|plate number|bank account|credit card)(?: number)?(?: is|:| =)[ #]*[a-z]{{0,3}}[\d][\d a-z-]{{4,20}}",
        unless=_MINE,
    ),
    rule(
        "doxxing.workplace",
        Category.DOXXING,
        rf"\b(?:call|contact|e-?mail|phone|tell|tag|write to|message|ring|notify|inform|let) {_THEIR} (?:boss|employer|work|workplace|university|college|school|company|landlord|job|hr)\b"
        rf"|\b(?:here(?:'s| is)|this is) where (?:she|he|they|this (?:woman|man|bitch|traitor|liar|guy|girl)) (?:works?|lives?|studies|goes to school)\b|\bshow up at {_THEIR} (?:work|workplace|job|office|school|house|home|place|door)\b",
        unless=r"\b(?:doctor|advice|you should tell your|union|sick|raise|proud|sorry|how (?:to|do i)|afraid to|talk to your|harassed you|bullied|report it)\b|\btell your (?:boss|work|school|company|job)\b",
    ),
    rule(
        "doxxing.family",
        Category.DOXXING,
        rf"\b{_THEIR} (?:kids?|children|daughter|son|little girl|little boy) (?:goes?|go|attends?|is at|are at|studies|study|gets? picked up)(?: to| at| from)? (?:school|class|kindergarten|daycare|nursery|the \w+ school|\w+ (?:elementary|primary|high|middle|school|academy))\b"
        r"|\b(?:nice|cute|pretty|lovely|beautiful) (?:kids?|daughter|family|house|wife|mother) you have\b[^.!?]{0,10}[.!]* (?:would be a shame|shame if|be careful|hope nothing|be a pity)",
        unless=r"\b(?:my|with my|same|congrat\w*|proud|love)\b",
    ),
)

_PILE_ON: Final = (
    rule(
        "pile-on.call-to-attack",
        Category.PILE_ON,
        rf"\b(?:everyone|everybody|every one|all of you|you all|y'?all|guys|boys|folks|people|patriots|brothers|army|fam|let'?s(?: all)?|lets(?: all)?|we (?:all )?(?:should|need to|must)|go(?: and)?|time to|please|pls)[ ,:!]+(?:go |please |all |now |to |just |and |together |help |keep |start |pls )*(?:mass[- ]?report|report|spam|flood|raid|ratio|brigade|attack|harass|bully|swarm|bombard|insult|humiliate|dogpile|hound|shame|troll|block and report|downvote|torment)(?:ing)? (?:the (?:shit|hell|crap) out of )?(?:{_THIRD}|{_THEIR} (?:\w+ )?(?:account|page|profile|mentions|replies|comments|inbox|dms|posts|videos|notifications|channel)|this (?:\w+ )?(?:account|page|profile))(?=\W|\Z)",
        unless=rf"{_SELF_REPORT}|\b(?:don'?t|do not|never|stop|police|not to|rules|fake account|bot account)\b",
    ),
    rule(
        "pile-on.mass-report",
        Category.PILE_ON,
        r"\b(?:mass[- ]?report(?:ing)?|ratio|dogpile|brigade|raid) (?:her|him|them|this|@[\w.:-]+)(?=\W|\Z)|\b(?:get|let'?s get|getting) (?:her|him|them|this (?:woman|man|bitch|girl|guy|traitor|liar|account)) (?:fired|banned|suspended|deplatformed|expelled|kicked out|deported|cancelled|canceled|sacked|evicted)\b"
        r"|\b(?:make|making) (?:her|his|their|your) life (?:a )?(?:living )?(?:hell|miserable|impossible)\b|\b(?:don'?t|do not|never) let (?:her|him|them) (?:sleep|rest|breathe|have a moment|forget)\b|\b(?:hound|drive|run|bully|harass|chase) (?:her|him|them) off (?:this|the|twitter|x|bluesky|mastodon|the internet|social media|here)\b"
        r"|\b(?:flood|spam|fill) (?:her|his|their) (?:mentions|replies|comments|inbox|dms|notifications|phone)\b",
        unless=r"\b(?:they|people|who|trolls|stop|please don'?t|why do|why are|tried to|trying to|i was|wrong)\b[^.!?]{0,30}\b(?:report|get|make|making|hound|drive|bully|flood|spam|getting|ratio|harass)|should not|shouldn'?t|\bmy life\b|\b(?:until (?:he|she|they) smiles?|goats|kittens|love|birthday|thank\w*|congrat\w*)\b",
    ),
)

_SEXUAL: Final = (
    rule(
        "sexual.slept-to-the-top",
        Category.SEXUAL,
        r"\b(?:sleep|slept|sleeping|fuck|fucked|fucking|suck|sucked|sucking|screw|screwed|blew|blowing|whored?|whoring) (?:your|her|his|their) way (?:to|into|up|through)\b"
        r"|\b(?:who|whose|how many (?:\w+ )?(?:men|guys|people|editors|bosses|dicks|cocks)) (?:\w+ ){0,2}(?:did |have |has )?(?:you|she|u)(?:'ve)? (?:have to )?(?:sleep with|slept with|fuck|fucked|suck|sucked|blow|blown)\b",
    ),
    rule(
        "sexual.demand",
        Category.SEXUAL,
        r"\b(?:send|show|post|drop)(?: (?:me|us))?(?: (?:your|some|ur))? (?:nudes?|tits|boobs|titties|pussy|feet pics|ass pics|naked pics?)\b|\bhow much (?:for|per|do you charge for|is) (?:a |one |the )?(?:night|hour|blowjob|bj|fuck|quickie)\b"
        r"|\b(?:i|we)(?:'d| would| wanna| want to|'m gonna|'ll| will| am going to) (?:love to |totally |so |like to )?(?:fuck|bang|rail|rape|gangbang|breed|cum (?:on|in)|destroy that|hate ?fuck) (?:you|u|her|your|that|this bitch)\b|\bsit on my (?:face|dick|cock)\b|\bsuck my (?:dick|cock|balls)\b|\b(?:you|u|she) (?:just |really |clearly |only )?needs? (?:a |some )?(?:good |hard |big )*(?:dick|fuck|fucking|raping|cock|dicking)\b",
        unless=r"\b(?:stop|don'?t|never|no one|nobody) (?:\w+ )?(?:send|show|post|asking)|\b(?:up|over|with)\b(?= (?:the|this|that|my) (?:game|code|economy|country))",
    ),
    rule(
        "sexual.smear",
        Category.SEXUAL,
        r"\b(?:you(?:'re| are)?|u r|ur|she(?:'s| is)|she|such)(?: \w+){0,2}? (?:a |an |just a |nothing but a |the )?(?:\w+ ){0,2}?(?:whore|slut|hooker|prostitute|cumdump|cum dump|cumrag|skank|escort|thot|pornstar|porn star)\b(?! (?:house|rights|walk))"
        r"|\b(?:here (?:are|is)|leaked?|leaking|look at|share|watch|found|selling|who has|anyone got) (?:her|his|your|the) (?:leaked )?(?:nudes?|sex ?tapes?|onlyfans|porn|naked (?:pics|photos|pictures)|deepfakes?)\b|\bgo back to (?:your )?(?:onlyfans|porn|pornhub|the brothel|the street corner)\b",
        unless=r"\b(?:not|never|isn'?t|aren'?t|wasn'?t|n't|interviewed|rights of|played|plays|playing|as a|character|novel|film|work with|works with|helps|supports)\b|\b(?:sex workers?|used to be|was once)\b",
    ),
)

ENGLISH: Final[tuple[Rule, ...]] = (*_THREATS, *_DOXXING, *_PILE_ON, *_SEXUAL)
