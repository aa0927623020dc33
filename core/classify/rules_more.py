"""Basic rules for Spanish and Arabic, languages the first model does not score well or at all.

Texts are folded: accents on Latin letters and Arabic vowel marks are gone.
"""

# ruff: noqa: E501 -- a table of patterns and sentences reads better unwrapped

from typing import Final

from core.classify.rule import Rule, rule
from core.domain.classification import Category

_NO: Final = r"\b(?:no|nunca|jamas|nadie)\b"

_SPANISH: Final = (
    rule(
        "threat.es.hurt-you",
        Category.THREAT,
        r"\b(?:te|os|los|las) (?:voy|vamos|van) a (?:matar|rajar|violar|reventar|pegar un tiro|romper|encontrar|quemar|degollar|partir|hacer pedazos)\b"
        r"|\bte (?:matare|matamos|mataremos|encontrare|encontraremos|rajare|violare|rompere)\b|\b(?:estas|estais) muert[oa]s?\b(?! de)|\bvas a morir\b|\bcuidate las espaldas\b|\btienes los dias contados\b"
        r"|\b(?:ojala|espero que) (?:te|se|os) (?:mueras?|maten|violen|mueran|de un cancer|atropellen)\b|\bmereces? (?:morir|la muerte|que te (?:maten|violen))\b|\b(?:matate|suicidate|pegate un tiro|tirate de un puente)\b"
        r"|\bte (?:romperemos|cortare|cortaremos|partire|partiremos|quebrare|quebraremos|voy a cortar|vamos a cortar|voy a quebrar|vamos a quebrar) (?:el|la|los|las|esas?|esos) (?:manos?|dedos|piernas?|cara|dientes|cabeza|huesos|lengua|cuello|brazos?)\b"
        r"|\bte (?:voy a esperar|vamos a esperar|espero|esperamos|esperare|esperaremos|estare esperando|estaremos esperando) (?:a la salida|en la puerta|fuera|afuera|en la esquina|en tu (?:casa|portal|calle|trabajo))\b[^.!?]{0,20}\b(?:llorar|sangrar|suplicar|rezar|arrepentir\w*|pagar|enterar|callar|correr)"
        r"|\b(?:acabaras|terminaras|vas a (?:acabar|terminar)) (?:en el fondo del (?:mar|rio|puerto|lago)|en una (?:cuneta|zanja|tumba)|bajo tierra|flotando|en un ataud)\b",
        unless=rf"{_NO} te|{_NO} (?:vas|voy|vamos)|a besos|de risa|a abrazos|de amor|de sueno|de hambre|videojuego|partida",
    ),
    rule(
        "doxxing.es",
        Category.DOXXING,
        r"\b(?:se|sabemos|ya se|ya sabemos) (?:donde|en que calle) (?:vives|trabajas|viven tus|estudian tus|vive tu)\b|\b(?:vive|viven|su direccion es|su casa esta) (?:en )?(?:la )?(?:calle|avenida|avda|plaza|paseo|c/) [\w ]{2,30} (?:numero |n |num )?\d{1,4}\b"
        r"|\b(?:alguien|quien) (?:sabe|tiene) (?:donde vive|su direccion|su telefono|su numero|donde trabaja)\b|\bsu (?:telefono|numero|movil)(?: es|:)? ?\+?\d[\d -]{7,}",
        unless=r"\b(?:restaurante|tienda|oficina|empresa|mi|nuestra|nuestro|perdid[oa]|desaparecid[oa])\b",
    ),
    rule(
        "pile-on.es",
        Category.PILE_ON,
        r"\b(?:todos a |vamos a |hay que |a |vamos todos a )(?:reportar|denunciar en masa|denunciar su cuenta|funar|acosar|linchar|llenar(?:le)? de (?:insultos|odio))(?:l[aoe]s?)?\b|\b(?:reporten|reportad|denuncien|denunciad|funen) (?:tod[oa]s )?(?:a )?(?:su|esta|la) (?:cuenta|perfil|pagina)\b|\bque (?:la|lo) (?:echen|despidan) (?:todos|del trabajo)\b",
        unless=r"\b(?:estafa|estafador|spam|maltrato|suplanta)\w*",
    ),
    rule(
        "sexual.es",
        Category.SEXUAL,
        r"\b(?:eres|es) (?:una |la )?(?:\w+ )?(?:puta|zorra|ramera|guarra|prostituta)\b|\bcuant[oa] cobras\b(?: por (?:la )?(?:noche|hora))?(?=\W*\Z)|\b(?:chupame|chupala|comeme) (?:la|el)\b|\ba cuantos te (?:has )?(?:tirado|follado)\b|\b(?:conseguiste|consiguio|obtuviste|obtuvo|sacaste|lograste|ganaste) [^.!?]{2,30} en la cama\b|\bte (?:acostaste|has acostado) con [^.!?]{2,30} (?:para|por) (?:el|la|los|las|ese|esa|conseguir)\b",
        unless=r"\b(?:no eres|no es|derechos)\b",
    ),
)

_ARABIC: Final = (
    rule(
        "threat.ar.hurt-you",
        Category.THREAT,
        r"(?:سوف |راح |رح |والله |هـ?)?(?:سأقتلك|ساقتلك|سنقتلك|هقتلك|بقتلك|اقتلك|أقتلك|نقتلك|سأذبحك|ساذبحك|سنذبحك|هذبحك|بذبحك|أذبحك|سأغتصبك|ساغتصبك|نغتصبك|سنجدك|سأجدك ونهايتك|سنصل إليك|سنصل اليك|هنجيبك|نهايتك قريبة|نهايتك اقتربت|دمك مهدور|دمك حلال|ستموت قريبا|ستموتين قريبا|ستدفع حياتك)"
        r"|(?<!\w)(?:سأ|سا|سن|سوف أ|سوف ا|سوف ن|رح ا|رح ن|راح ا|راح ن|هن|حن|ه|ح)(?:كسر|قطع|حطم|حرق|قلع|قص) (?:لك )?(?:يدك|ايدك|إيدك|يديك|ايديك|أصابعك|اصابعك|رجلك|رجليك|ساقك|ساقيك|رأسك|راسك|لسانك|وجهك|أسنانك|اسنانك|عظامك|رقبتك)(?!\w)"
        r"|(?:الله ياخذك وتموت|أتمنى أن تموت|اتمنى ان تموت|اتمنى تموت|انتحر|انتحري|روح موت|روحي موتي|تستحق الموت|تستحقين الموت|يجب قتلك|لازم تموت)",
        unless=r"لن |لا أريد|ما راح|ضحك|حب",
    ),
    rule(
        "doxxing.ar",
        Category.DOXXING,
        r"(?:أعرف|اعرف|نعرف|عرفنا|عرفت|بعرف)(?: تماما)? (?:أين تسكن|اين تسكن|أين تسكنين|اين تسكنين|وين ساكن|وين ساكنة|وين بيتك|بيتك|عنوانك|مدرسة اولادك|مدرسة أولادك|مكان عملك|أين تعمل|اين تعمل)|(?:مين|من|حد|أحد|احد) (?:يعرف|عنده|معاه|عندو) (?:عنوانها|عنوانه|رقمها|رقمه|بيتها|بيته|مكان عملها|مكان عمله)|(?:عنوانها|عنوانه|رقمها|رقمه) (?:هو|هي|:) ?[^.!؟]{0,20}\d{2,}",
        unless=r"لا أعرف|لا اعرف|توصيل|طلبك|محل|مطعم",
    ),
    rule(
        "pile-on.ar",
        Category.PILE_ON,
        r"(?:الكل|كلكم|يا شباب|يلا|هيا|جميعا|لازم)[^.!؟]{0,15}(?:بلغوا|نبلغ|يبلغ|اهجموا|نهجم|اشتموا|افضحوا|نفضح)(?: عن| على| عليها| عليه| عنها| عنه|ها|وها|وه)|(?:بلغوا عن|سبام على|بلاغات على) (?:حسابها|حسابه|هذا الحساب|هالحساب)",
        unless=r"نصاب|احتيال|مزور|منتحل",
    ),
    rule(
        "sexual.ar",
        Category.SEXUAL,
        r"(?:أنت|انت|انتي|أنتي|يا|هي|هاي) (?:\S+ )?(?:عاهرة|عاهره|شرموطة|شرموطه|قحبة|قحبه|مومس|ساقطة|زانية)|(?:كم سعرك|بكم الليلة|كم تاخذين|صورها العارية|صورك العارية|نودزك)",
        unless=r"لست|ليست|مش ",
    ),
)

MORE: Final[tuple[Rule, ...]] = (*_SPANISH, *_ARABIC)
