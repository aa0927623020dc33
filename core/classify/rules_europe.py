"""Rules for German, Polish and Portuguese, joined, and basic ones for French.

Texts are folded: accents on Latin letters are gone and œ is oe; apostrophes stay as they were typed.
"""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.meant import meant
from core.classify.rule import Rule, rule
from core.classify.rules_de import GERMAN
from core.classify.rules_pl import POLISH
from core.classify.rules_pt import PORTUGUESE
from core.domain.classification import Category

_FR_NO: Final = r"\b(?:pas|jamais|personne|aucun\w*|rien)\b"
_FR_TOLD: Final = r"\b(?:a dit|ont dit|disait|disent|dit que|a ecrit|ecrit|ecrivent|crie|cria|criait|crient|a crie|menac\w+|recu|recois|recevoir|message|messages|mail|mails|lettre|commentaires?|citation|police|gendarm\w*|plainte|tribunal|proces|juge|condamn\w+|suspect|film|serie|episode|saison|roman|livre|chanson|dans le jeu|personnage|entendu|traite de)\b"
_FR_KIND: Final = r"\b(?:apporte|gateau|colis|livrais\w+|livrer|passe te (?:prendre|chercher)|chercher|anniversaire|cadeau|fleurs|cles)\b"
_FR_MEANT: Final = meant(_FR_NO, _FR_TOLD)
_FR_HARM: Final = r"(?:tuer|buter|crever|egorger|planter|descendre|flinguer|fumer|violer|defoncer|demolir|saigner|pendre|etrangler|bruler|lyncher|abattre|zigouiller|tabasser|faire la peau|trouer la peau|regler ton compte|mettre une balle|coller une balle|foutre une balle)"
_FR_BODY: Final = r"(?:dents|jambes?|genoux|gueule|doigts|tete|bras|os|nez|machoire|crane|cou|gorge|mains?|face|visage|cotes|rotules)"

_FRENCH: Final = (
    rule(
        "threat.fr",
        Category.THREAT,
        rf"\b(?:je vais|on va|nous allons|j['’]?vais|vais|ils vont|on viendra|je viendrai|faudrait|faut|il faut|quelqu['’]un (?:devrait|va|doit)) (?:te|vous|t['’]|la|le|l['’]|les) ?{_FR_HARM}\b|\bje te (?:tuerai|buterai|creverai|egorgerai|planterai|violerai|tue|bute|creve|plante|egorge)\b(?! (?:de rire|les yeux))|\b(?:je vais|on va|je viens|vais) (?:te|vous|lui) (?:casser|briser|peter|exploser|fracasser|arracher|couper|trancher|broyer|refaire) (?:les|la|le|ta|tes|ton|toutes les) (?:deux )?{_FR_BODY}\b"
        rf"|\bte (?:casserai|briserai|couperai|arracherai|trancherai) (?:les|la|le) {_FR_BODY}\b|\b(?:t['’]es|tu es|vous etes) (?:un homme |une femme |deja )?morte?s?\b(?=[.!, ]*\Z|[.!,] )|\b(?:tes|vos) jours sont comptes\b|\btu (?:vas|dois) (?:crever|mourir|saigner|bruler|payer de ta vie|finir (?:dans un (?:fosse|coffre|cercueil)|pendue?|au fond))\b(?! de (?:rire|honte|chaud|froid))|\b(?:tu merites?|il merite|elle merite) (?:de (?:crever|mourir|te faire (?:violer|tuer|buter))|la mort|une balle|la corde)\b|\bune balle (?:dans (?:la|ta) (?:tete|nuque)|a ton nom)\b"
        r"|\bj['’]espere que (?:tu|vous|elle|il) (?:\w+ )?(?:vas? |te feras?|se fera|auras?|vont )?(?:crever\w*|creveras?|mourir|mourras?|violer|un cancer|te faire (?:violer|tuer|ecraser))|\b(?:au poteau|a la potence|au bout d['’]une corde|a fusiller)\b(?=[.!, ]*\Z)|\bsi je te (?:croise|trouve|chope)\b[^.!?]{0,25}\b(?:te (?:tue|bute|creve|defonce|demolis)|t['’]es morte?)\b",
        unless=r"\b(?:de rire|au jeu|aux echecs|a fifa|bisous?|calins?|mort de|un jour|moustiques?|du regard|manquer)\b",
        check=_FR_MEANT,
    ),
    rule(
        "threat.fr.self-harm-urge",
        Category.THREAT,
        r"\b(?:va (?:donc |vite )?(?:te (?:pendre|suicider|tuer|foutre en l['’]air|jeter (?:sous|du|d['’]un|par)|noyer)|crever|mourir)|suicide-toi|pends-toi|tue-toi|jette-toi (?:sous|du|d['’]un|par)|saute (?:du (?:pont|toit)|par la fenetre)|ouvre-toi les veines|tire-toi une balle)\b(?! de rire)|\b(?:creve|crevez)(?=,? (?:salope|ordure|charogne|connard|connasse|pute|sale|en enfer|la bouche)|[.! ]*\Z)",
        unless=r"\b(?:3114|aide|parachute|elastique|pneu|roue|ballon|il va|elle va|on va|ca va|qui va)\b",
        check=_FR_MEANT,
    ),
    rule(
        "doxxing.fr",
        Category.DOXXING,
        r"\b(?:je sais|on sait|nous savons|j['’]ai trouve|on a trouve|je connais) (?:tres bien |bien |exactement |maintenant )?(?:ou (?:tu|ta \w+|ton \w+|tes \w+) (?:habites?|habitent|vis|vit|vivent|bosses?|travailles?|travaille|dors|te gares|vont? a l['’]ecole)|dans quelle (?:ecole|rue) (?:vont|tu|est|sont)|ton adresse)\b|\b(?:elle|il|cette \w+|ce \w+) (?:habite|vit|creche)(?: au| a)? ?(?:\d{1,4},? ?(?:bis )?)(?:rue|avenue|boulevard|impasse|allee|place|chemin)\b|\b(?:son|leur) (?:adresse|numero|telephone|portable)(?: est|:| c['’]est)[^.!?]{0,30}\d"
        r"|\b(?:quelqu['’]un|qui|qqn) (?:\w+ )?(?:a|connait|sait|trouve|peut trouver) (?:ou (?:elle|il|cette \w+|ce \w+) (?:habite|travaille|bosse|vit)|(?:son|leur) (?:adresse|numero|tel|telephone))\b|\b(?:balancez|partagez|postez|diffusez|leakez) (?:son|leur|tous son) (?:adresse|numero|tel|telephone)\b|\b(?:appelez|contactez|ecrivez a|prevenez) (?:tous )?son (?:patron|employeur|boulot|universite|ecole)\b",
        unless=r"\b(?:ne sais pas|restaurant|boutique|cabinet|magasin|disparue?|perdue?|mon|ma|notre|nos)\b",
        check=meant(_FR_NO, _FR_TOLD, _FR_KIND),
    ),
    rule(
        "pile-on.fr",
        Category.PILE_ON,
        r"\b(?:signalez|signalons|spammez|spammons|harcelez|attaquez|inondez|raidez|insultez)(?:-la|-le| tous| massivement| en masse)* ?(?:son (?:compte|profil|mur|telephone)|sa (?:page|chaine)|ses (?:dms?|commentaires|mentions)|ce compte|cette (?:meuf|salope|conne|traitresse|femme)|en masse)\b|\b(?:signalez|harcelez|spammez|attaquez|inondez)-(?:la|le)\b|\b(?:tous|allez|les gars|tout le monde)\b[ ,:!]+(?:\w+ ){0,2}?(?:signaler|spammer|harceler|attaquer) (?:son|ce|sa|cette)\b|\b(?:pourrissez|pourrissons|pourrir)[ -](?:lui )?(?:la vie|sa vie)\b|\bfaites[ -](?:la|le) virer\b",
        unless=r"\b(?:arnaque\w*|escroc\w*|faux compte|usurp\w*|spam|haine|police)\b",
        check=_FR_MEANT,
    ),
    rule(
        "sexual.fr",
        Category.SEXUAL,
        r"\b(?:couche|couches|couche[sr]?|couchait|coucher|a couche|as couche|est couchee) (?:\w+ )?(?:avec (?:le|la|son|ton|tout|tous|toute|les|des) [^.!?]{2,30}(?:pour (?:le|la|avoir|obtenir|arriver|ce|son)|poste)|pour (?:reussir|arriver|avoir (?:ce|le) poste))|\bpromotion canape\b|\b(?:tu prends combien|c['’]est combien)(?: (?:la nuit|la passe|pour une (?:pipe|nuit)|l['’]heure,? (?:salope|pute|ma belle)))|\b(?:envoie|montre|balance) (?:moi |-moi |nous )?(?:des |tes |une photo de (?:ta|tes) )?(?:nudes?|seins|nichons|chatte|cul|fesses)\b"
        r"|\bsuce[ -](?:moi|ma|mon)\b|\bmal[ -]baisee?s?\b|\b(?:je vais|je veux|on va|faudrait|je te|j['’]te) ?(?:te |la )?(?:baiserais|baiser|sodomiser|demonter|prendre par derriere)\b(?=[^.!?]{0,15}(?:salope|chienne|bien|fort|toute la|pute)|[.!, ]*\Z)|\b(?:t['’]es|tu es|c['’]est|elle est|espece de|n['’]es) (?:qu['’])?(?:une |qu['’]une )?(?:vraie |sale |grosse |petite )?(?:pute|putain|salope|trainee|prostituee|chienne|garage a bites|videcouilles)(?=[.,!?]|\Z| (?:de|a|qui|et))",
        unless=r"\b(?:droits|ma chienne|la chienne de|vie|faux|deepfakes?|depistage)\b",
        check=_FR_MEANT,
    ),
)

EUROPE: Final[tuple[Rule, ...]] = (*GERMAN, *POLISH, *PORTUGUESE, *_FRENCH)
