"""Spanish and Arabic sentences of ordinary people, written for the sample."""

SPANISH_KIND = (
    [
        "Gracias por no soltar esta historia.",
        "Mi padre trabajó en las grúas y leyó tu reportaje dos veces.",
        "Por fin alguien lo explica sin rodeos.",
        "Qué trabajo tan cuidado.",
        "Me hice suscriptora por ti.",
        "Lloré en el autobús leyéndote.",
        "No hagas caso al ruido.",
        "En el mercado de pescado todos hablan bien de ti.",
        "Te escuché en la biblioteca y saliste muy tranquila.",
        "El gráfico de las fechas es clarísimo.",
        "Un abrazo desde el turno de noche.",
    ],
    [
        "Sigue así.",
        "Descansa el fin de semana.",
        "Aquí tienes tu casa.",
        "Esperamos la tercera parte.",
        "Se lo he mandado a todo el coro.",
        "Hacía falta.",
        "Mucho ánimo.",
        "Mis alumnos lo leyeron en clase.",
        "La fotógrafa también merece un premio.",
        "No hace falta que contestes.",
    ],
)
SPANISH_CRITIC = (
    [
        "Creo que el titular promete demasiado.",
        "Con respeto, faltó la versión del sindicato.",
        "El eje del segundo gráfico engaña un poco.",
        "No me convence, una sola carta no prueba un patrón.",
        "Parece más una columna que una noticia.",
        "La foto es de la terminal vieja.",
        "El presupuesto de 2021 se aprobó en junio, no en mayo.",
        "Demasiadas fuentes anónimas para mi gusto.",
    ],
    [
        "Convendría una corrección.",
        "Lo digo como lector de años.",
        "Esperemos a la auditoría.",
        "El resto está bien.",
        "Bastaba una llamada.",
        "Publica la tabla completa, por favor.",
        "Sin mala intención.",
    ],
)
SPANISH_QUESTION = (
    [
        "¿La audiencia del jueves es pública?",
        "¿Dónde se pueden leer las hojas de inspección?",
        "¿Sigue cerrado el muelle nueve?",
        "¿Quién paga la auditoría?",
        "¿Cuándo sale la tercera parte?",
        "¿Contestó la autoridad portuaria a tu carta?",
        "¿Habrá versión en audio?",
    ],
    [
        "Pregunto por mi padre.",
        "No lo encuentro en la web.",
        "Gracias de antemano.",
        "Sin prisa.",
        "Soy nueva aquí.",
    ],
)
SPANISH_NEUTRAL = (
    [
        "Escuchando la audiencia del puerto.",
        "Niebla otra vez, ningún barco desde las siete.",
        "Ya salió el tercer artículo.",
        "Atasco en la carretera del puerto hasta el puente.",
        "El pleno empieza a las seis.",
        "Están pintando la grúa amarilla.",
        "La radio dice que mañana habla el presidente del puerto.",
        "Pusieron la mesa de firmas junto a la panadería.",
    ],
    [
        "Luego cuento más.",
        "Cada uno que opine.",
        "Casi no quedan sitios.",
        "Traed abrigo.",
        "Sin novedades.",
        "Fotos después.",
    ],
)
SPANISH_INSULT = (
    [
        "Qué payasa.",
        "Eres una inútil.",
        "Menuda mentirosa.",
        "Das pena.",
        "Cállate ya.",
        "Qué asco de periodista.",
    ],
    ["Nadie te lee.", "Búscate otro trabajo.", "Tu periódico es basura.", "Vete a molestar a otros."],
)

ARABIC_KIND = (
    [
        "شكرا لأنك لم تتركي هذه القصة",
        "والدي عمل على الرافعات وقرأ مقالك مرتين",
        "هذه هي الصحافة المحلية كما يجب أن تكون",
        "كلنا نقرأ لك في الحي",
        "لا تلتفتي إلى الضجيج",
        "شرح واضح وهادئ",
        "سمعتك في المكتبة وكنت رائعة",
        "أخيرا كتب أحدهم الحقيقة",
    ],
    [
        "استمري",
        "خذي قسطا من الراحة",
        "بانتظار الجزء الثالث",
        "تحياتنا من وردية الليل",
        "الله يحفظك",
        "أرسلته لكل أصدقائي",
        "لك مني كل الاحترام",
    ],
)
ARABIC_CRITIC = (
    [
        "العنوان أقوى من الأدلة في رأيي",
        "مع احترامي لم تذكري رأي النقابة",
        "الرسم الثاني قد يضلل القارئ",
        "كل المصادر مجهولة وهذا يقلقني",
        "الصورة من الرصيف القديم",
        "المقال أقرب إلى الرأي منه إلى الخبر",
    ],
    [
        "أرجو التصحيح",
        "لننتظر نتيجة التدقيق",
        "أقول هذا كمشترك قديم",
        "بقية المقال جيدة",
        "انشري الوثائق كاملة",
    ],
)
ARABIC_QUESTION = (
    [
        "هل جلسة الخميس مفتوحة للجميع؟",
        "أين يمكن قراءة أوراق الفحص؟",
        "هل ما زال الرصيف التاسع مغلقا؟",
        "متى ينشر الجزء الثالث؟",
        "من يدفع أجر المدقق؟",
    ],
    ["أسأل عن والدي", "لم أجدها في الموقع", "شكرا مقدما", "لست مستعجلا", "مجرد فضول"],
)
ARABIC_NEUTRAL = (
    [
        "أتابع جلسة الميناء الآن",
        "ضباب كثيف ولا سفن منذ السابعة",
        "صدر المقال الثالث",
        "ازدحام على طريق الميناء حتى الجسر",
        "المجلس يجتمع في السادسة",
        "يعيدون طلاء الرافعة الصفراء",
    ],
    ["المزيد مساء", "لا جديد حتى الآن", "المقاعد شبه ممتلئة", "أحضروا معاطفكم", "الصور لاحقا"],
)
ARABIC_INSULT = (
    ["يا فاشلة", "كاذبة", "اسكتي", "مقال تافه مثلك", "عار على الصحافة"],
    ["لا أحد يقرأ لك", "ابحثي عن عمل آخر", "جريدتك قمامة", "الجميع يضحك عليك"],
)
