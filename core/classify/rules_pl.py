"""Polish rules. Texts are folded: no accents, and ł is l."""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.meant import meant
from core.classify.rule import Rule, rule
from core.domain.classification import Category

_PL_NO: Final = r"\b(?:nie|nigdy|nikt|nikogo|ani|bez)\b"
_PL_TOLD: Final = (
    r"\b(?:napisal\w*|pisal[aiy]?|pisza mi|powiedzial\w*|mowil[aiy]?|krzyczal\w*|krzycza|zawolal\w*|grozil\w*|grozi mi|grozono|grozb\w*|pogrozk\w*|zagrozil\w*|uslyszal\w*|dostalam|dostalem|dostaje (?:takie )?(?:wiadomosci|maile)|wiadomosci z|cytat\w*|cytuj\w*|policj\w*|prokurat\w*|sad(?:u|zie|em|owy)?|sad:|wyrok\w*"
    r"|skazan\w*|oskarzon\w*|sprawc\w*|zatrzyman\w*|zglosil\w*|list(?:u|em)? z|kartk\w*|plakat\w*|banerz?e?|transparen\w*|film(?:u|ie|em|y)?|serial\w*|odcin\w*|ksiazk\w*|powiesc\w*|kryminal\w*|w grze|mecz(?:u|em|e|ow)?|mur(?:ze|ach)|scian(?:ie|ach)|piosenk\w*|telefon zaufania|116 \d)\b"
)
_PL_KIND: Final = r"\b(?:podrzuc\w*|sloik\w*|ciast\w*|podwioz\w*|odwioz\w*|zawioz\w*|przywioz\w*|odbior\w*|odbier\w*|paczk\w*|kurier\w*|wpadn\w*|prezent\w*|zaprasza\w*|korepety\w*|dostaw\w*)\b"
_PL_MEANT: Final = meant(_PL_NO, _PL_TOLD)
_PL_HARM: Final = (
    r"(?:zabij(?:e|emy)|zajebi?e(?:my)?|zatluk(?:e|iemy)?|zatlucz(?:e|emy)|zarzn(?:e|iemy)|zastrzel(?:e|imy)|odstrzel(?:e|imy)|powiesze|powiesimy|zgwalc(?:e|imy)|spal(?:e|imy)|udusz(?:e)|udusimy|utopi(?:e|my)|potn(?:e|iemy)|pobij(?:e|emy)|rozjebi?e(?:my)?|rozpierdol(?:e|imy)|wykoncz(?:e|ymy)|dopadn(?:e|iemy)"
    r"|dorw(?:e|iemy)|skatuj(?:e|emy)|zadzgam(?:y)?|ukatrupi(?:e|my)|poderzn(?:e|iemy)|rozstrzelam(?:y)?|zakatuj(?:e|emy)|zakop(?:ie|iemy)|poszczuj(?:e|emy)|zatrzask)"
)
_PL_HARM_INF: Final = r"(?:zabic|zajebac|zatluc|zarznac|zastrzelic|odstrzelic|rozstrzelac|powystrzelac|wystrzelac|powiesic|zgwalcic|spalic|utopic|udusic|pobic|obic|skatowac|zadzgac|ubic|wieszac|rozjechac|zutylizowac|wykastrowac|sprac|dobic|wisiec|zginac|zdechnac|umrzec|polamac (?:mu|jej|im) (?:nogi|rece)|strzelic (?:mu|jej|im|ci|wam) w (?:leb|glowe))"
_PL_BODY: Final = r"(?:nogi|noge|rece|reke|raczki|palce|leb|lby|glowe|zeby|kark|kosci|morde|ryj|gebe|nos|szczeke|gardlo|kolana|oczy|jezyk|twarz|zebra|kregoslup)"
_PL_GROUP: Final = r"(?:(?:wszystkich|tych|te|ci|tym) )?(?:pedal(?:y|ow|om)|ciapat(?:ych|ego|ym|e)|zydow|zydzi|zydy|ukraincow|ukraincy|muzulmanow|muzulmanie|arabow|arabowie|cyganow|cyganie|czarnych|czarnuch\w*|imigrant\w*|uchodzc\w*|kobiet|baby|lesbijk\w*|lesby|gejow|geje|transow|trans\w*|lewak\w*|kalek\w*|niepelnosprawn\w*|bezdomnych|romow|romowie|murzyn\w*|banderowc\w*|zdrajc\w*|zdrajcow|dziennikarz\w*|feministki|azjaci|hindusi|czeczen\w*|parchy|brudas\w*|zydk\w*|glusi|glusych|bialorusin\w*|afganczyc\w*|imigranci|kobiety)"

POLISH: Final[tuple[Rule, ...]] = (
    rule(
        "threat.pl.hurt-you",
        Category.THREAT,
        rf"(?<!to )\b(?:ja )?{_PL_HARM} (?:cie|ciebie|was|pana|pania)\b|\b(?:my|jeszcze|ja|to|kiedys|zaraz|i) (?:cie|was) {_PL_HARM}\b|\A(?:@\w+ )?(?:cie|was) {_PL_HARM}\b"
        r"|\bdostaniesz (?:\w+ )?(?:wpierdol|w (?:ryj|morde|leb|zeby|pysk)|kulke|kose|po (?:ryju|mordzie|lbie))|\bdostaniesz wpierdol\b|\bzawisniesz\b|\bbedziesz (?:ty )?(?:wisial\w*|zdychal\w*|krwawil\w*|plonal|plonela|pil\w* przez slomke|blagal\w*)|\b(?:twoje|wasze|jej|jego) dni sa policzone\b|\b(?:juz nie zyjesz|jestes (?:juz )?(?:trupem|martwy|martwa)(?! dla)|nie dozyjesz\b[^.!?]{0,20})"
        r"|\b(?:kulka|kulke|kula|kose|kosa) (?:w leb|w glowe|pod zebro|pod zebra|miedzy oczy)|\b(?:kula|kulka|noz|trumna|lopata) z twoim (?:nazwiskiem|imieniem)|\bwsadzi(?:c|l)? (?:mu |jej |ci )?kose\b|\b(?:mu|jej|ci) (?:ktos )?(?:wreszcie )?wsadzi kose\b|\bznajda (?:cie|ja|go) (?:w (?:bagazniku|rowie|lesie|rzece|wisle|odrze|worku)|martw\w+)|\bczeka (?:cie |na ciebie )?(?:stryczek|sznur|kulka)\b|\bna (?:zdrajcow|takich|ciebie) czeka (?:stryczek|sznur|kulka|galaz)"
        r"|\b(?:jak cie spotkam|jak cie zlapi\w+|jak cie dorw\w+|jak cie zobacz\w+)\b[^.!?]{0,25}\b(?:nie wstaniesz|nie zyjesz|zabije|zajebie|zatluk\w+|polami?e|pozalujesz|wpierdol)",
        unless=r"\b(?:ze smiechu|papieros\w*|upal|stres|smog|alkohol|cukier|nikotyna|z milosci|z nudow|zartuj\w*|wiatr|ceny|mama|szef|praca|w szachy|w fife|na boisku|buziak\w*|usciska\w*)\b|\b(?:stadion\w*|obraz)\b",
        check=meant(r"\b(?:nigdy|nikt) |\bnie (?!zyjesz|dozyjesz|wstaniesz)", _PL_TOLD),
    ),
    rule(
        "threat.pl.body",
        Category.THREAT,
        rf"\b(?:polami?e(?:my)?|zlami?e(?:my)?|wybij(?:e|emy)|urw(?:e|iemy)|obetn(?:e|iemy)|utn(?:e|iemy)|odrabi(?:e|emy)|odrab(?:albym|alabym|ie)|rozwal(?:e|imy)|rozbij(?:e|emy)|wyrw(?:e|iemy)|wydlubi(?:e|emy)|zmiazdz(?:e|ymy)|przestrzel(?:e|imy)|skrec(?:e|imy)|poderzn(?:e|iemy)|obij(?:e|emy)|przetrac(?:e|imy)|przemebluj(?:e|emy)|oblej(?:e|emy)|strzel(?:e|imy)|polamac|przejad(?:e|emy))\b"
        rf" (?:\w+ )?(?:ci|wam|tobie|mu|jej|im|pan(?:u|i)|twoj\w*|kwasem) (?:\w+ ){{0,3}}?{_PL_BODY}\b|\b{_PL_BODY} (?:ci|wam|mu|jej|im|pan(?:u|i)) (?:\w+ )?(?:polami?e(?:my)?|wybij(?:e|emy)|urw(?:e|iemy)|obetn(?:e|iemy)|rozwal(?:e|imy)|rozbij(?:e|emy)|skrec(?:e|imy)|obij(?:e|emy))\b|\b(?:ktos|trzeba|powinien|niech|nalezy|warto)\b[^.!?:]{{0,24}}\b(?:strzelic|dac|wpakowac|przylozyc) (?:ci|wam|mu|jej|im) (?:\w+ )?(?:w|kulke w|kula w) (?:leb|glowe|ryj|morde|pysk)"
        r"|\bzeby (?:sie )?(?:z podlogi )?(?:bedziesz )?zbiera(?:l|c|sz)? (?:z|sie z) (?:podlogi|chodnika|ziemi)|\bzeby zbiera z podlogi\b|\bkwas\b[^.!?]{0,40}\b(?:twoj\w+|ta|ladn\w+|jej|w) (?:twarz|buzi|twarzycz)",
        unless=r"\b(?:sobie|dentyst\w*|lekarz\w*|od tego wiatru|zartuj\w*|z glowy)\b",
        check=_PL_MEANT,
    ),
    rule(
        "threat.pl.should-be-killed",
        Category.THREAT,
        rf"\b(?:powinien|powinna|powinni|powinno sie|powinnas|powinienes|trzeba|nalezy|ktos powinien|niech ktos|ktos musi|takich? (?:sie )?|takiego|takiemu|takim|kazdego|chetnie|wreszcie|powinni)\b[^.!?:]{{0,22}}?\b(?:go|ja|jego|cie|ciebie|was|ich|takich?|takiego|{_PL_GROUP})\b[^.!?:]{{0,16}}?\b{_PL_HARM_INF}\b|\b(?:\w+a|\w+) (?:powinna|powinien|powinienes|powinnas) (?:juz |dawno |w koncu |wreszcie )*(?:wisiec|zdechnac|zginac pod|dostac kulke|stac pod sciana)\b"
        rf"|\b(?:takich|takiego|takie) (?:jak \w{{2,4}} )?(?:sie )?(?:powinno (?:sie )?|trzeba |nalezy )?(?:bic|wieszac|topi|wieszalo|do gazu|pod sciane|do pieca)\b|\b(?:takiemu|takiej|takim|murzynowi|pedalowi|pedalom) (?:to )?(?:kulka|kosa|kose|polamac|kule)\b|\b{_PL_GROUP} (?:do (?:gazu|pieca|piachu|dolu)|na (?:drzewa|latarnie|szubienice)|pod (?:sciane|mur))\b|\b{_PL_HARM_INF} {_PL_GROUP}\b|\b{_PL_GROUP} (?:trzeba|nalezy|powinno sie) (?:wszystkich )?{_PL_HARM_INF}\b"
        rf"|\bniech (?:wszyscy )?{_PL_GROUP} zdychaja\b|\b(?:polujemy|zapoluje|polowanie) na {_PL_GROUP}\b|\bkazdy \w+ dostanie (?:kulke|kose|w leb)\b|\bidziemy po was\b|\bsmierc (?:wrogom ojczyzny|pedalom|zydom|lewakom|zdrajcom|ukraincom|ciapatym|banderowcom|dziennikarzom|imigrantom|muzulmanom|cyganom)\b|\bodstrzelic jak (?:dzika|psa)\b|\bspalic (?:(?:jej|mu|im|ich|te|ta|to) )+(?:bude|dom|chate|auto|osrodek)\b|\bpod sciane i po klopocie\b|\bbic, az przestan|\bdo gazu z (?:nimi|wami|toba)\b|\bhitler (?:powinien|mial)\b[^.!?]{{0,20}} (?:dokonczyc|racje)",
        unless=r"\b(?:w salonie|obraz|tablic[ay]|flag[ai]|dzik(?:ow|i)|mecz|w grze|godzi\w*|bron|komar\w*|kleszcz\w*|papier|kalorie|pomysl)\b",
        check=_PL_MEANT,
    ),
    rule(
        "threat.pl.death-wish",
        Category.THREAT,
        r"\b(?:obys|obyscie|oby (?:ten |ta |twoje |twoja )?\w+) (?:\w+ )?(?:zdech(?:l|la|li|ly)|umarl\w*|umrzyj|zgina?l\w*|zgnil\w*|zdycha\w*|sie udusil\w*|spalil\w* sie|dostal\w* raka)\b|\bniech (?:cie|go|ja|was|ich) (?:\w+ )?(?:tramwaj|pociag|auto|samochod|tir|ciezarowka|rak|autobus|ktos) (?:\w+ )?(?:przejedzie|potraci|rozjedzie|zje|zezre|zabije|zastrzeli|rozjebie)|\bzycze (?:ci|wam|jej|mu|panu|pani) (?:\w+ )?(?:raka|smierci|zebys zdech\w*|bys zdech\w*|rychlej smierci|bolesnej smierci)"
        r"|\bmam nadzieje,? ze (?:\w+ ){0,3}?(?:zdechniesz|umrzesz|zginiesz|zdechnie|zginie|zgwalci|zgwalca|cie zabij\w*|dostaniesz raka|skrecisz kark|spadnie z (?:tego )?balkonu i|cie (?:rozjedzie|potraci|przejedzie))|\b(?:zdychaj|zdechnij|umieraj|umrzyj|gin(?= szmato| smieciu| suko| kurwo| psie| zdrajco))\b(?=[.,! ]*\Z| (?:szmato|smieciu|suko|kurwo|psie|\w+o\b|w meczarniach|powoli|pod plotem|sam\b|scierwo)|!)|\bna (?:twoj|twoim) (?:pogrzeb\w*|grobie) (?:przyjde|bede|zatancz\w*|nasikam|naszczam)|\b(?:bede |bedziemy )?tanczy\w* na (?:twoim|jej|jego) grobie\b"
        r"|\bszkoda,? ze (?:jeszcze oddychasz|cie (?:matka|mama) (?:nie )?(?:wyskrobala|w beczce)|zyjesz|nie zdech\w*)|\bkiedys znajda (?:ja|go|cie) martw|\b(?:powinna|powinien|powinnas|powinienes) (?:zginac|zdechnac|umrzec) (?:pod|w meczarniach|powoli)|\bczekam na (?:twoj )?nekrolog\b",
        unless=r"\b(?:wyzdrow\w*|smiechu|dziadk\w*|babci\w*|komar\w*|kleszcz\w*|covid\w*)\b",
        check=meant(r"\bnigdy\b", _PL_TOLD),
    ),
    rule(
        "threat.pl.self-harm-urge",
        Category.THREAT,
        r"(?<!\bnie )\b(?:(?:zabij|powies|zastrzel|utop|udus|zarznij|wyhustaj) sie\b|(?:skocz|skacz|rzuc sie|wyskocz) (?:wreszcie |juz |lepiej )?(?:z (?:mostu|okna|dachu|balkonu|wiezowca|dziesiatego pietra)|pod (?:pociag|tramwaj|metro|tira)|na tory)|podetnij (?:sobie )?zyly|idz (?:i )?sie (?:powies\w*|zabi\w*|utop\w*|zastrzel\w*)|polknij tabletki|strzel sobie w leb|popelnij samobojstwo|zrob (?:wszystkim |swiatu |rodzinie )?(?:przysluge|prezent) i (?:zniknij|sie zabij|zdechnij))\b",
        unless=r"\b(?:nie rob|prosze|116|bungee|pomoc\w*|do wody|na glowke)\b",
        check=_PL_MEANT,
    ),
    rule(
        "threat.pl.conditional",
        Category.THREAT,
        r"\b(?:skasuj|usun|jeszcze jeden (?:artykul|tekst|wpis|post)|jeszcze raz|jeszcze jedno slowo|ostatnie ostrzezenie|zamknij (?:ryj|morde))\b[^.!?]{0,45}?\b(?:bo|albo|to|i|a|potem)\b[^.!?]{0,14}?\b(?:przyjedziemy|przyjade|polami?e|zabij\w*|zajebi?e|pozalujesz|dostaniesz|kulka|spotkamy sie|nie zyjesz|spalimy|znajdziemy cie|wiemy,? gdzie)\b|\bnastepnym razem nie bedzie wiadomosci\b|\bnie znasz dnia ani godziny\b(?=,? (?:szmato|suko|kurwo|zdrajc\w+|smieciu|pani|panie)|[.!]*\Z)"
        r"|\bogladaj sie za siebie\b|\btacy jak ty\b[^.!?]{0,20}\bznikaja\b|\bmoze byc ostatni\b|\bzamow (?:sobie )?trumne\b|\b(?:ladn\w+|fajn\w+) (?:masz )?(?:dom|dziecko|dzieci|corke|rodzine|auto|mieszkanie)\b[^?]{0,16}\bszkoda\b[^.!?]{0,14}\b(?:jakby|gdyby|by bylo)\b|\bmasz (?:tydzien|dobe|24 godziny|dwa dni) (?:zeby|aby|na to,? zeby) (?:wyjechac|sie wyniesc|zniknac|wypierdalac)\b|\bsprawdza\w* hamulce,? dobrze radze",
        unless=r"\b(?:zapisy|imgw|inpost|urlop\w*|ogrod\w*|burz\w*|na drodze|swiatla)\b",
        check=meant(r"\bnigdy\b", _PL_TOLD, _PL_KIND),
    ),
    rule(
        "doxxing.pl",
        Category.DOXXING,
        r"\b(?:wiem|wiemy|juz wiem|juz wiemy|znam twoj adres)\b,? (?:dobrze |dokladnie )?,? ?(?:gdzie (?:mieszkasz|pracujesz|spisz|parkujesz|mieszkacie|mieszka(?:ja)? tw\w+|pracuje tw\w+|chodza tw\w+|sie uczy tw\w+)|(?:do|w) (?:ktorej|jakiej) (?:szkol\w+|przedszkol\w+) (?:chodz\w+|sa|jest|ucz\w+) tw\w+|na (?:ktorej|jakiej) ulicy mieszkasz)|\bmasz (?:corke|syna|dziecko) w \w+ [a-h],? prawda\b(?=\?*\Z)"
        r"|\b(?:mieszka|mieszkaja|mieszka ona|mieszka on) (?:przy|na) (?:ul\.? ?|ulicy |al\.? ?|alei |os\.? ?|osiedlu |placu |pl\.? ?)[a-z-]{3,25}(?: [a-z-]{3,20})? \d{1,3}|\b(?:jego|jej|ich) (?:prywatny |domowy )?(?:adres|numer|telefon|numer telefonu|komorka)(?: to| jest|:)[^.!?]{0,30}\d|\b(?:kto (?:ma|zna|wie|znajdzie)|zna ktos|ma ktos|ktos ma|ktos zna|ktos wie)\b[^.!?]{0,12}\b(?:(?:jej|jego) (?:prywatny |domowy )?(?:adres|numer|telefon)|gdzie (?:ona |on |ta \w+ |ten \w+ )?(?:mieszka|pracuje|mieszka ta \w+|mieszka ten \w+))\b"
        r"|\b(?:udostepniajcie|podajcie dalej|wrzuccie|wrzucajcie|publikujcie|rozsylajcie) (?:jej|jego) (?:\w+ )?(?:adres|numer|telefon|dane)\b|\b(?:dzwoncie|zadzwoncie|piszcie|napiszcie) (?:wszyscy )?do (?:jej|jego) (?:szefa|pracodawcy|pracy|szefowej|uczelni)\b|\bpytalo o twoj adres\b[^?]{0,4} odpowiedzialem",
        unless=r"\b(?:moj\w*|nasz\w*|restaurac\w*|sklep\w*|biur\w*|zagin\w*|kancelari\w*|gabinet\w*|przychodni\w*|pozdr\w*)\b",
        check=meant(r"\b(?:nie (?:wiem|wiemy|znam))\b", _PL_TOLD, _PL_KIND),
    ),
    rule(
        "pile-on.pl",
        Category.PILE_ON,
        r"\b(?:zglaszajcie|zglosmy|zgloscie|raportujcie|zaspamujcie|spamujcie|zasypcie|zalejcie|niszczcie|gnebcie|jedzcie po|zjedzcie|atakujcie|wyzywajcie) (?:wszyscy |masowo |razem |hejtem )*(?:ja|go|jej (?:konto|profil|kanal)|jego (?:konto|profil|kanal)|nia|nim|ta (?:babe|szmate|kobiete)|tego (?:typa|goscia|smiecia)|(?:to|te) konto|ten (?:profil|kanal))\b|\b(?:wszyscy|ludzie|chlopaki|ekipa|dawajcie|lecimy|razem)[ ,:!]+(?:\w+ ){0,2}?(?:zglaszamy|zglaszajcie|raportujemy|raportujcie|spamujemy|spamujcie|gnebimy|niszczymy) (?:masowo )?(?:ja|go|jej|jego|to konto|ten profil|te \w+|tego \w+)\b"
        r"|\bzrob(?:cie|my) (?:jej|mu|im) (?:pieklo|z zycia pieklo|jesien sredniowiecza)|\b(?:zniszczcie|zniszczmy) (?:jej|mu) (?:zycie|kariere)|\bniech (?:ja|go) (?:wywala|zwolnia|wyrzuca) z (?:pracy|roboty)\b|\bdoprowadz(?:cie|my) do (?:jej|jego) zwolnienia\b|\bzasypcie (?:jej|jego|ja|go) (?:\w+ )?(?:wiadomosciami|hejtem|komentarzami|mejlami|skrzynke)|\bnie dajcie (?:jej|mu) (?:zyc|spokoju|spac)\b",
        unless=r"\b(?:oszust\w*|oszukuj\w*|scam\w*|falszyw\w*|podszyw\w*|hejter\w*|nienawisc\w*|naciagacz\w*|spamer\w*)\b",
        check=meant(r"\bnigdy\b", _PL_TOLD),
    ),
    rule(
        "sexual.pl",
        Category.SEXUAL,
        r"\b(?:karier\w*|awans\w*|etat|stanowisk\w*|prace|role|posad\w*|wyroki?)\b[^.!?]{0,30}\bprzez (?:lozko|rozporek)\b|\bprzez (?:czyje|jego|ich|cudze) lozko\b|\b(?:loda|laske) (?:za|szefowi|prezesowi|redaktor\w+)\b|\b(?:zrobilas|zrobila|robilas|robila|robisz|zrob) (?:\w+ )?(?:loda|laske)\b|\bile bierzesz za (?:godzine|noc|numerek|raz),? (?:kurwo|dziwko|suko|szmato|zdziro|redaktoreczko|slonko|laleczko|mala|\w+eczko)\b|\bza numerek\b"
        r"|\b(?:wyruchac|wyrucham|wyruchal\w*|wyruchaj\w*|zerzn(?:e|ac|ela|al\w*)|przelec(?:e|ial\w*|iec)|wyjebac|ruchal\w*|przerucha\w*|wyobraca\w*) (?:cie|ja|ciebie)\b|\b(?:cie|ja|ci) (?:\w+ )?(?:wyrucha\w*|zerzn\w+|przelec\w+|przerucha\w*)\b|\b(?:nie(?:do|wy)(?:rucha|jeba|dopch)|niedopchni?)\w*\b|\b(?:ssij|obciagnij|obciagaj|possij) (?:mi|pale|kutasa|druta)\b|\bobciaga(?:las|la|sz) (?:\w+ )?(?:szefowi|prezesowi|komu|druta|wszystkim)"
        r"|\b(?:wyslij|pokaz|wrzuc|dawaj) (?:mi |swoje )?(?:cycki|nudesy|nudeski|nudes|dupe|cipke|cipe|nagie (?:fotki|zdjecia)|golizne)\b|\b(?:rozloz|rozkladaj|rozklada|rozkladasz|rozlozyla) (?:\w+ )?nogi\b(?! na)|\bna kolana,? (?:pani|suko|szmato|dziwko)\b[^.!?]{0,40} (?:nadaje|umiesz|potrafi)|\bklecz(?:ala|alas|ysz) przed (?:szefem|prezesem|naczelnym|mna)|\bkleczysz przede mna\b|\b(?:daje|dala|dajesz|dalas) (?:dupy (?:za|kazdemu|szefowi|prezesowi|dla|wszystkim|na lewo)|kazdemu,? kto zaplaci)\b|\bspi z (?:informator\w+|szefem|prezesem|naczelnym|redaktorem|ministrem)\b"
        r"|\b(?:nagie|gole|rozbierane) (?:zdjecia|fotki)\b[^.!?]{0,25}\b(?:podawajcie|podajcie|udostepniajcie|rozsylajcie|lapcie)\b|\b(?:porzadny|dobry|twardy|gruby) (?:chuj|kutas)\b|\bcycki (?:super|fajne|ekstra|tylko)\b|\bpo niej przejechal\w*|\bruszasz w lozku\b|\bty (?:\w+ )?(?:dziwko|kurwo|zdziro|suko)\b|\bjestes (?:zwykl\w+ |tani\w+ |glupi\w+ )?(?:dziwka|zdzira|prostytutka|ladacznica)\b|\b(?:zwykla|tania|pospolita) (?:dziwka|kurwa|zdzira|prostytutka)\b|\btymi ustami powinnas\b",
        unless=r"\b(?:falszyw\w*|zglaszajcie|zglaszaj|nie udostepniaj\w*|niewyspa\w*|korepety\w*|ruchanie glowa|karm\w*|molestow\w*)\b",
        check=_PL_MEANT,
    ),
)
