"""German rules. Texts are folded: no umlauts, and ß is ss."""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.meant import meant
from core.classify.rule import Rule, rule
from core.domain.classification import Category

_DE_NO: Final = r"\b(?:nicht|nie|niemals|niemand|keiner|kein|keine|keinen)\b"
_DE_TOLD: Final = (
    r"\b(?:sagte[nt]?|gesagt|schrieb(?:en)?|geschrieben hat|mir geschrieben|droht(?:e|en)?|gedroht|angedroht|androhte|bedroht\w*|\w*drohung\w*|drohbrief\w*|rief(?:en)?|gerufen|bruellt\w*|brullt\w*|gepostet|kommentierte"
    r"|zugeschickt|nachrichten?|zitat\w*|anzeige|angezeigt|polizei|gerichte?s?|gerichtssaal|prozess|urteil\w*|verurteilt|strafbefehl|ermittel\w*|ermittl\w*|tater\w*|festgenommen|hilfetelefon|film\w*|filmen|roman\w*|krimi\w*|serie|folge|staffel|kapitel|im (?:video)?spiel|level|endgegner|songtext|liedtext|satz|satze|zettel|briefkasten|anhoren|plakat\w*|demo|kundgebung|wikipedia)\b"
)
_DE_KIND: Final = (
    r"\b(?:geparkt|schlussel|bringe?n?|mitbringen|vorbeibringen|abholen|suppe|kuchen|paket|blumen)\b"
)
_DE_MEANT: Final = meant(_DE_NO, _DE_TOLD)
_DE_GROUP: Final = (
    r"(?:(?:alle[nrs]?|diese|die|solche|den|nachsten|ein paar) )*(?:\w*auslander\w*|musl?im\w*|moslems?|jud(?:en|innen)|turk(?:en|innen)|araber\w*|syrer\w*|afghan\w*|neger\w*|schwarzen?|zigeuner\w*|roma|sinti|kanaken?|polen|polacken|russ(?:en|innen)|ukrainer\w*|schwule\w*|schwuchteln?|lesben|transen|trans \w+|transfrauen|behinderte\w*|kruppeln?|spasten|mongos"
    r"|fluchtlinge\w*|gefluchtete\w*|migranten|asylanten|asylbewerber\w*|obdachlose\w*|penner\w*|feministinnen|weiber|ossis|ostdeutsche|christen|hindus|kurden|chinesen|journalisten|linken?)"
)
_DE_HARM: Final = (
    r"(?:umbringen|umlegen|toten|ermorden|erschiessen|abknallen|abstechen|erstechen|totschlagen|totprugeln|erschlagen|kaltmachen|kalt machen|platt ?machen|aufschlitzen|erwurgen|erdrosseln|ertranken|verprugeln|vermobeln|zusammenschlagen|vergewaltigen"
    r"|anzunden|abfackeln|verbrennen|aufhangen|aufknupfen|lynchen|kopfen|steinigen|teeren|auspeitschen|massakrieren|zerstuckeln|vierteilen|vergasen|krankenhausreif schlagen|an die wand stellen|uberfahren)"
)
_DE_BODY: Final = r"(?:finger|zahne?|knochen|beine?|arme?|fresse|gesicht|kopf|schadel|genick|hals|nase|kiefer|knie|kniescheiben?|hande?|zunge|rippen|eier|augen?|kehle|maul|visage|schnauze|birne|ohren|nieren|wirbelsaule)"
_DE_HURT_STEM: Final = r"(?:brech|brich|schlag|hau|schneid|schnitt|reiss|polier|tret|stech|hack|knall|schiess|zertrummer|zerschlag|zerquetsch|kratz|prugel)\w{0,2}"
_DE_HURT_INF: Final = r"(?:brechen|einschlagen|ausschlagen|rausschlagen|abschneiden|aufschneiden|durchschneiden|abreissen|rausreissen|polieren|eintreten|einhauen|abhacken|wegschiessen|zertrummern|herausschneiden|rausschneiden|auskratzen|auspusten|umdrehen|schlagen)"

GERMAN: Final[tuple[Rule, ...]] = (
    rule(
        "threat.de.hurt-you",
        Category.THREAT,
        rf"\b(?:ich|wir|jemand|einer|irgendwer|man|meine jungs)\b[^.!?:]{{0,14}}?\b(?:werden?|wird|will|wollen|sollte|muss|musste)\b[^.!?:]{{0,14}}?\b(?:dich|euch)\b[^.!?:]{{0,24}}?\b{_DE_HARM}\b"
        r"|\b(?:ich|wir)\b (?:(?:bringe?n?) (?:dich|euch)\b[^.!?:]{0,12}? um|(?:steche?n?|knalle?n?|fackle?n?) (?:dich|euch)\b[^.!?:]{0,12}? ab|(?:mache?n?) (?:dich|euch)\b[^.!?:]{0,12}? (?:kalt|platt)|(?:schlage?n?) (?:dich|euch)\b[^.!?:]{0,12}? (?:tot|zusammen|krankenhausreif|windelweich)"
        r"|(?:schlitze?n?|hange?n?|knupfe?n?) (?:dich|euch)\b[^.!?:]{0,12}? auf|(?:zunde?n?) (?:dich|euch)\b[^.!?:]{0,12}? an|(?:tote?n?|ermorde?n?|erschiesse?n?|erwurge?n?|ersteche?n?|vergewaltige?n?|erschlage?n?|verprugel\w?|verprugeln|vermobeln?|kopfe?n?) (?:dich|euch))\b"
        r"|\b(?:bringe?|steche?|knalle?) (?:ich|wir) (?:dich|euch) (?:um|ab)\b|\b(?:dich|euch) (?:bringe?n?|steche?n?|knalle?n?) (?:ich|wir) (?:noch |alle )?(?:um|ab)\b|\b(?:dich|euch) (?:kriegen|erwischen|holen) wir (?:noch|schon|alle)\b(?! (?:hin|rum|gesund|fit|satt))"
        r"|\bdu (?:bist|warst) (?:so gut wie |bald |schon )?(?:tot|fallig|ein toter mann|eine tote frau)\b(?! (?:mude|traurig|im))|\bbist du (?:tot|fallig)(?=[.!, ]*\Z|[.!,])|\b(?:deine|eure|ihre) tage sind gezahlt\b|\bdu (?:wirst|sollst) (?:elendig |bald |langsam |qualvoll |dafur |noch )*(?:sterben|verrecken|krepieren|bluten|brennen|hangen)\b"
        r"|\bdu (?:kriegst|bekommst)\b[^.!?:]{0,14}\b(?:auf die (?:fresse|schnauze|nuss|glocke)|aufs maul|prugel|eine kugel|ein messer)\b|\b(?:kugel|patrone|messer|strick|grab|sarg)\b[^.!?:]{0,10} (?:mit|tragt|hat) (?:schon )?(?:deine[mn]?|euren?m?) namen\b|\bdeine?n? (?:haus|auto|wohnung|laden|bude) (?:brennt|fliegt in die luft|wird brennen|geht in flammen)\b",
        unless=r"\bvor (?:lachen|langeweile|neid|gluck)\b|\b(?:schach|fifa|mario kart|tischtennis|skat|umarm\w*|kuss\w*|kitzel\w*|im training|kuchen|fotos?|lieb)\b|irgendwann sterben wir|\b(?:mucke|wespe|spinne|zecke|unkraut)n?\b|keine angst",
        check=_DE_MEANT,
    ),
    rule(
        "threat.de.body",
        Category.THREAT,
        rf"\b{_DE_HURT_STEM} (?:ich |wir |dem |man |einer )?(?:dir|euch|ihm|ihr|ihnen|dich|deine[nr]?)\b[^.!?:]{{0,22}}?\b{_DE_BODY}\b|\b(?:dir|euch|ihm|ihr|ihnen)\b (?:\w+ ){{0,4}}?{_DE_BODY} (?:\w+ ){{0,2}}?{_DE_HURT_INF}\b"
        r"|\b(?:dir|euch|ihm|ihr|ihnen|dem|der)\b[^.!?:]{0,30}\b(?:messer|klinge) (?:zwischen die rippen|in den (?:bauch|hals|rucken)|rein)|\b(?:dir|euch|ihm|ihr|dem|der|dieser|diesem)\b[^.!?:]{0,25}\bkugel (?:verpassen|verpasst|in den (?:kopf|schadel))|\bkugel in (?:deinen|den|ihren|seinen) (?:kopf|schadel)\b"
        r"|\b(?:kriegst|bekommst|kriegt|bekommt) [^.!?:]{0,20}\b(?:fresse|visage) (?:poliert|eingeschlagen)\b|\bsaure\b[^.!?]{0,24}\b(?:dein|ihr|deins|seins?) ?gesicht\b",
        unless=r"\baus dem kopf\b|\bdir vor\b|\bauf den kopf\b|\bins auge\b|\bzahnarzt\w*|\bmir\b|\bbein(?:e)? aus\b|die haare|um die ohren|\b(?:lachelt?|kuss\w*|creme|massage|kuchen|konzert|schach)\b|ubers ohr",
        check=_DE_MEANT,
    ),
    rule(
        "threat.de.should-be-killed",
        Category.THREAT,
        rf"\bgehor(?:st|t|en)\b (?:\w+ ){{0,4}}?(?:erschossen|erhangt|aufgehangt|aufgeknupft|totgeschlagen|totgeprugelt|verprugelt|vergast|ins gas|gelyncht|hingerichtet|vergewaltigt|gekopft|gesteinigt|angezundet|abgeknallt|abgestochen|ertrankt|kastriert|an die wand gestellt|an (?:den|die) (?:nachsten? )?(?:baum|galgen|strick|laterne|laternenpfahl)|in die kiste|unter die erde|unter die guillotine)\b"
        rf"|\b(?:man|jemand|einer|irgendwer|irgendjemand) (?:sollte|musste|muss|soll|konnte)\b[^.!?:]{{0,10}}?\b(?:die|den|dem|der|dich|sie|ihn|ihr|ihm|so jemanden?|so eine[nr]?|solche leute|leute wie|die(?:se[nrm]?|s) \w+)\b[^.!?:]{{0,30}}?\b(?:{_DE_HARM}|eine kugel|ein messer|die fresse polieren)\b"
        rf"|\b{_DE_HARM} (?:sollte|musste) man (?:sie|ihn|den|die|dich|euch|so jemanden?|so eine[nr]?|solche)\b|\b(?:laternen?|strick|stricke|galgen|kopf ab) (?:und|fur|mit)\b[^.!?:]{{0,20}}\b(?:solche|leute wie|verrater\w*|dich|sie)\b|\b(?:solche|verrater\w*|leute) [^.!?:]{{0,20}}\b(?:laternen und stricke|wartet der strick|gibt es (?:den strick|stricke|laternen))"
        rf"|\b(?:man|jemand|einer|ich|wir|heute nacht)\b[^.!?:]{{0,24}}?\b{_DE_GROUP} (?:\w+ ){{0,3}}?(?:zu )?(?:{_DE_HARM}|kastrieren|jagen|ersaufen lassen)\b|\b{_DE_GROUP} (?:muss|sollte|musste) man (?:alle )?(?:{_DE_HARM}|jagen)\b|\b{_DE_GROUP} (?:ins gas|an die wand|in den ofen|mussen (?:alle )?sterben)\b"
        rf"|\bersaufen lassen,? {_DE_GROUP}|\bfur {_DE_GROUP}[^.!?]{{0,12}} (?:hatte|habe|hab) ich noch eine kugel|\bhitler hatte [^.!?]{{0,40}}(?:weitermachen|aufraumen) sollen|\bwir kommen euch holen\b|\bwir kriegen (?:euch|dich)\b(?=,| alle|[.!])|\bihr seid die nachsten\b(?=[.!, ]*\Z)"
        r"|\b(?:an die wand mit|hangt (?:sie|ihn) (?:endlich )?auf|schlagt (?:sie|ihn) tot|knallt (?:sie|ihn) (?:endlich )?ab|jagt (?:sie|ihn) durch)\b",
        unless=r"\b(?:mucken?|wespen?|zecken?|schnecken?|unkraut|rosen|tomaten|bluten|idee|gesetz|regel|steuer|fotos?|kamera|ei|eier|bild|plakat|theorie|projekt|wortern)\b|\b(?:baum|laterne) ge(?:pflanzt|schmuckt)",
        check=_DE_MEANT,
    ),
    rule(
        "threat.de.death-wish",
        Category.THREAT,
        r"\b(?:hoffentlich|ich hoffe|hoffe|ich bete|bete|ich wunschte?|warte nur|freue mich)\b[^.!?:]{0,30}?\b(?:verreck\w*|krepier\w*|stirbst|sterbt|(?:du|er|sie|die|der) (?:stirbt|stirbst|krebs)|vergewaltigt|umgebracht|erschossen|erstochen|tot ?gefahren|(?:dich|ihn|die|den) \w+(?: \w+)? (?:tot|um|ab)|(?:erwischt|uberfahrt|uberrollt) (?:dich|ihn|die|den)\b|dich (?:ein|der|mal ein) (?:lkw|bus|zug|auto|laster) \w+|flieger absturzt|flugzeug absturzt)"
        r"|\b(?:verreck|verrecke|krepier|krepiere)\b(?= (?:endlich|doch|elend\w*|du|an|langsam|einfach)|[.!, ]*\Z|!)|\bgeh (?:doch |endlich |einfach )?sterben\b|\bstirb (?:endlich|doch|einfach|langsam|du)\b(?! nicht)|\bkrebs (?:soll|sollst) (?:du|der|die|er|sie) (?:kriegen|bekommen)\b|\b(?:wunsche|wunsch|gonne) (?:dir|ihr|ihm|euch|der|dem)\b[^.!?:]{0,14}\b(?:den tod|krebs|einen (?:qualvollen|langsamen) tod)\b"
        r"|\b(?:tanze|pisse|spucke) (?:ich )?(?:noch )?auf (?:dein|deinem|ihrem|seinem) grab\b|\bdas beste an dir wird deine beerdigung\b|\b(?:verbrennen|verrecken|krepieren|sterben|ersaufen) (?:soll|sollst|sollte|sollen) (?:du|er|sie|der|die|ihr)\b|\b(?:soll|sollst|sollen) (?:er|sie|du|der|die|ihr) (?:doch |endlich |einfach |elendig )*(?:verrecken|krepieren|ersaufen)\b",
        unless=r"\b(?:bald wieder|gesund|erhol\w*|vor lachen|mucken?|wespen?|zecken?|akku|pflanzen?|blumen?|mit dir)\b",
        check=_DE_MEANT,
    ),
    rule(
        "threat.de.self-harm-urge",
        Category.THREAT,
        r"(?<!\bich )(?<!\bwir )\b(?:bringe? (?:dich|euch) (?:doch |endlich |einfach |bitte |selbst |selber |mal )*um|(?:hange?|knupfe?) dich (?:doch |endlich |einfach |bitte )*auf|erschiesse? dich(?: doch| endlich| selbst| einfach)?|tote dich (?:doch |endlich )*selb|schneide? dir (?:doch |endlich )*die pulsadern|schlitz dir (?:doch |endlich )*die (?:pulsadern|arme|kehle)"
        r"|(?:spring|sturz dich) (?:doch |endlich |einfach |mal |bitte )*(?:von (?:der|einer|ner) (?:\w+)?brucke|vom (?:dach|balkon|hochhaus)|aus dem fenster|vor (?:den|einen|nen) (?:zug|bus|lkw|ice)|in den rhein|in den tod)|(?:wirf|werf|schmeiss|leg) dich (?:doch |endlich |einfach )*(?:vor|auf|unter) (?:den|die|einen) (?:zug|bahn|gleise|ice|s-bahn|u-bahn)|begeh (?:doch |endlich )*(?:selbstmord|suizid)|geh dich (?:aufhangen|erschiessen|umbringen))\b"
        r"|\A(?:na |los |dann |@\w+ )*spring (?:doch|endlich|einfach)(?: (?:doch|endlich|einfach))?[.! ]*\Z|\bwenn du dich (?:vor den zug wirfst|umbringst|aufhangst|umbrachtest|erschiesst)\b[^.!?]{0,10}\b(?:zahl|feier|klatsch|spendier|tanz)",
        unless=r"\b(?:seelsorge|hilfe|bitte nicht|fur diese[nmrs]?|bungee|wasser|trampolin|parkour|ich dich)\b",
        check=_DE_MEANT,
    ),
    rule(
        "threat.de.conditional",
        Category.THREAT,
        r"\b(?:losch das|losch es|noch (?:ein wort|eine zeile|so ein (?:artikel|text|wort))|ein wort noch|letzte warnung|halt(?:e)? die fresse|zieh das zuruck)\b[^.!?:]{0,30}?\b(?:sonst|oder|und)\b[^.!?:]{0,10}\b(?:kommen wir|komm(?:e)? ich|stehe? ich vor deiner tur|stehen wir vor deiner|bist du|knallt es|passiert (?:dir )?was|brennt|holen wir|finden wir dich|kriegst du|gibt es tote)\b|\bdanach gibt es (?:einen )?hausbesuch\b"
        r"|\bsonst (?:knallt'?s|brennt'?s|fliesst blut|gibt es tote)|\bkommt (?:sie|er|der|die) (?:hier )?nicht (?:mehr )?(?:lebend )?(?:raus|davon)\b|\bwir (?:raumen|brennen) [^.!?]{0,12}\.? mit benzin\b|\bvergessen nicht,? (?:und )?wir vergeben nicht\b",
        unless=r"\b(?:anmelde\w*|kuchen|lotto|spiel|sieger|regen|eis)\b",
    ),
    rule(
        "threat.de.veiled",
        Category.THREAT,
        r"\bes konnte (?:das|dein) letzte[sr]? (?:mal )?sein\b|\bkonnte (?:das|dein) letztes? mal sein\b|\bwenn du (?:blutest|im krankenhaus liegst|am boden liegst)\b|\bbring (?:\w+ )?(?:einen|deinen) sarg mit\b|\b(?:schone[sr]?|nette[sr]?|hubsche[sr]?) (?:haus|fenster|auto|tochter|familie|kinder|laden|wohnung)\b[^!?]{0,45}\b(?:ware|wer)\b[^!?]{0,8} schade\b[^!?]{0,12} wenn\b[^!?]{0,12}(?:brennt|passiert|durchfliegt|zustosst|abfackelt)"
        r"|\bwarte ab,? bis (?:die jungs|wir) (?:da sind|kommen|vor deiner)|\bleute wie du verschwinden\b|\bdreh dich (?:lieber |besser )?(?:ofter )(?:mal )?um\b|\bnacht der langen messer\b[^.!?]{0,10} (?:kommt|wartet)|\bdann redet der (?:hammer|knuppel|baseballschlager)\b",
        unless=r"\b(?:urlaub|vor dem urlaub|zwillinge|geschichte|1934|rohm\w*)\b",
        check=_DE_MEANT,
    ),
    rule(
        "doxxing.de",
        Category.DOXXING,
        r"\b(?:ich|wir|jeder|man|jetzt)\b (?:weiss|wissen)(?: doch| ja| genau| jetzt| inzwischen| auch| langst| alle)*,? (?:wo (?:du|ihr|dein\w*(?: \w+){0,2}|eure \w+) (?:wohnst|wohnt|arbeitest|arbeitet|schlafst|lebst|parkst|steht|zur schule geht|zur schule gehen|in den kindergarten geht)|in welche[rn]? (?:schule|strasse|kita|hause?) (?:du|dein\w*))"
        r"|\b(?:sie|er|die|der|frau \w+|herr \w+|diese \w+|dieser \w+) wohnt (?:in der |am |im |auf dem )?[a-z-]{3,25} ?(?:strasse|str\.?|weg|platz|gasse|allee|ring|damm|ufer) ?\d{1,3}\b|\b(?:ihre|seine|deren|dessen) (?:privat|wohn|heim)?(?:adresse|anschrift)(?: ist| lautet|:)[^.!?]{0,35}\d|\b(?:ihre|seine) (?:private )?(?:handy|telefon|privat|mobil)?nummer(?: ist| lautet|:)? ?\+?\d[\d /-]{6,}"
        r"|\bwer (?:weiss|kennt|hat|findet)\b[^.!?]{0,18}\b(?:wo (?:sie|er|die|der|diese \w+|dieser \w+|die \w+|der \w+) (?:wohnt|arbeitet|lebt)|(?:ihre|seine|deren) (?:\w+ )?(?:privatadresse|adresse|anschrift|handynummer|nummer))\b|\b(?:postet|teilt|verbreitet|leakt|veroffentlicht|schickt) (?:mal |alle |bitte )?(?:ihre|seine|deren) (?:\w+ )?(?:privatadresse|adresse|anschrift|handynummer|telefonnummer)\b"
        r"|\b(?:deine|ihre|seine) (?:privat)?adresse (?:hat (?:jetzt|inzwischen) jeder|haben (?:jetzt|wir jetzt) (?:alle|jeder)|geht gerade rum|ist (?:jetzt )?(?:im umlauf|offentlich|bekannt))\b|\b(?:nach deiner|deine|um deine) adresse gefragt\b[^?]{0,6}\. ich habe geantwortet|\bruft (?:alle |mal )?(?:bei )?(?:ihrem|seinem|ihren|seinen) (?:chef|arbeitgeber) an\b|\bschreibt (?:alle |mal )?(?:an )?(?:ihrem|seinem|ihren|seinen) (?:chef|arbeitgeber)\b",
        unless=r"\b(?:bringe?n?|hole?n?|schlussel|suppe|kuchen|paket|post|blumen|abholen|geparkt|liefer\w*|rechnung|kunden\w*|bestell\w*|praxis|laden|buro|verein|vermisst|film|lied|song|lichter an)\b|\b(?:neue|eure) adresse\b|viel gluck in der",
        check=meant(_DE_NO, _DE_TOLD, _DE_KIND),
    ),
    rule(
        "pile-on.de",
        Category.PILE_ON,
        r"\b(?:alle|leute|los|kommt|jungs|freunde|bitte|jetzt|massenhaft)[ ,:!]+(?:mal |alle |bitte |jetzt |den |die )*(?:meldet|melden|spammt|zuspammen|flutet|fluten|sturmt|beschimpft|attackiert|disliked?t?|uberflutet|blamiert)\b[^.!?]{0,4} (?:alle |mal |bitte |jetzt |massenhaft |sofort )*(?:sie|ihn|ihr(?:en?)? (?:account|profil|kanal|seite|konto|postfach|kommentare)|sein(?:en?)? (?:account|profil|kanal|seite|konto|postfach|kommentare)|die(?:sen|ses|se)? (?:account|profil|kanal|seite|konto|frau|typen|tussi|schlampe)|den (?:account|kanal|typen)|@\w+)"
        r"|\b(?:meldet|spammt|flutet|sturmt) (?:alle|massenhaft|gemeinsam|zusammen) (?:sie|ihn|ihr\w* \w+|sein\w* \w+|die(?:sen|ses|se)? (?:account|profil|kanal|seite|konto))|\bmacht (?:sie|ihn|die alte|den typen) (?:fertig|mundtot)\b|\bmach(?:t|en wir) (?:ihr|ihm) das leben zur holle\b|\b(?:sorgt|sorgen wir) dafur,? dass (?:sie|er) (?:gefeuert wird|gekundigt wird|(?:ihren|seinen) job verliert|rausfliegt|nie wieder)|\b(?:ihr|ihm|ihr postfach|sein postfach|ihre kommentare) (?:alle )?(?:mit hass|mit nachrichten|mit beleidigungen) (?:fluten|uberschutten|zumullen)|\bshitstorm (?:auf|gegen|fur) (?:sie|ihn|diese\w*)\b[^.!?]{0,10}\b(?:los|starten|jetzt)\b",
        unless=r"\b(?:betrug\w*|betruger\w*|fake\w*|phishing|scam\w*|hetze|hasskommentar\w*|gefalscht\w*|kinderporno\w*|spam-?account|verliert sonst|tatort)\b",
        check=_DE_MEANT,
    ),
    rule(
        "sexual.de",
        Category.SEXUAL,
        r"\b(?:hoch|rauf|nach oben) ?geschlafen\b|\bschlaft sich (?:hoch|nach oben|durch)\b|\b(?:macht|machst|gemacht) (?:\w+ ){0,4}die beine breit\b|\bbeine breit (?:gemacht|machst|macht)\b|\b(?:schwanz|schwanze|pimmel|eier) (?:\w+ ){0,5}(?:gelutscht|geblasen|lutschst|lutschen)\b|\b(?:lutsch|blas|leck) (?:mir |mal |doch )*(?:meinen|meine|den|einen|die)? ?(?:schwanz|pimmel|eier)\b"
        r"|\b(?:du|dich|sie|die|der|ihr|dir) [^.!?]{0,24}\b(?:durchgefickt|durchgenommen|durchgevogelt|durchnehmen|durchficken|durchvogeln|flachlegen|drubergerutscht|druberrutschen)\b|\b(?:unter(?:vogelt|fickt)|ungefickt|unbefickt)\w*\b|\b(?:schick|zeig|poste?)(?: mir| uns| mal| doch| deine?| ein paar)* (?:nacktbild\w*|nacktfoto\w*|nudes?|titten|moese|mose|fotze|arsch)\b|\bwas kostet (?:die stunde|die nacht|eine nacht|einmal ficken),? (?:du |mit |bei )?(?:\w+ )?(?:hure|nutte|schlampe|susse|dir|fotze)"
        r"|\b(?:ich|wir|man|einer|wer) (?:wurde?|will|werde|mochte|fickt?|hatte|konnte)\b[^.!?]{0,30}\b(?:dich|die|sie|sowas|so was)\b[^.!?]{0,30}\b(?:ficken|vogeln|bumsen|durchficken)\b|\bwer fickt (?:sowas|so was|so eine|die)\b|\blasst sich (?:von|vom) [^.!?]{2,20} (?:ficken|vogeln|bumsen|knallen)\b|\bdu brauchst (?:nur |mal |einfach |dringend )*einen schwanz\b|\bwichst du (?:dir|auf)\b|\b(?:an|in) deine (?:mose|fotze|titten|muschi)\b"
        r"|\b(?:geile|schone|fette|dicke|hange)[ -]?(?:titten|euter)\b|\bdie titten sind\b|\bunter dem (?:schreib)?tisch gekniet\b|\bauf (?:den|deinen|ihren) knien (?:warst|ware|bist|kannst) (?:du|sie)\b|\bvor mir kniest\b|\bzieh dich aus,? (?:dann|oder|sonst|fur|du|susse|schlampe)\b|\bins bett gestiegen\b[^.!?]{0,8} (?:ist,? )?(?:um|fur|damit)\b|\b(?:war|ist) schon (?:auf|uber|in|druber) [^.!?]{0,12}(?:drauf|druber|drin)\b(?<=drauf)|\bhier (?:die|sind|gibt es) (?:\w+ )?(?:nacktfotos|nacktbilder|nudes|pornos?) (?:von|der)\b"
        r"|\b(?:du|sie ist (?:eine|ne)|die ist (?:eine|ne)|diese) (?:\w+ )?(?:hure|nutte|prostituierte|dorfmatratze|matratze|flittchen|bumsschlampe|spermaschluckerin)\b(?! (?:hat|haben|arbeitet|im roman))",
        unless=r"\b(?:gefalscht\w*|deepfakes?|bitte melden|nicht (?:teilen|weiter\w*)|lowenzahn|hund|katze|yoga\w*|matratze (?:kaufen|gekauft)|rechte von|beratung\w*|ausstieg)\b",
        check=_DE_MEANT,
    ),
)
