"""What many people say at once without any plan: a birthday, a slogan, a link; and ordinary spam."""

STORY = "https://tidewaterledger.example/pier-nine"
STORIES = (
    STORY,
    "https://tidewaterledger.example/pier-nine/part-two",
    "https://tidewaterledger.example/pier-nine/part-three",
    "https://tidewaterledger.example/harbour/budget-explained",
)

HEADLINES = (
    ("en", "Saltmere port signed off crane checks that never happened", 0),
    ("en", "Eleven signatures, forty cranes: how Pier Nine was inspected on paper", 1),
    ("en", "The auditor nobody called: inside the Saltmere Port Authority", 2),
    ("zh", "盐湾港务局为从未进行的吊机检查签了字", 0),
    ("zh-Hant", "鹽灣港務局替從未進行的吊車檢查簽了名", 0),
    ("es", "El puerto de Saltmere firmó revisiones de grúas que nunca se hicieron", 0),
    ("ar", "ميناء سولتمير وقّع على فحوص رافعات لم تحدث", 0),
)
COMMENTS_ON_LINK = (
    ("en", "Worth ten minutes of your day"),
    ("en", "Reading this on the ferry, wow"),
    ("en", "If you work with machines, read it"),
    ("en", "Long but good"),
    ("en", "My union branch is discussing this tonight"),
    ("zh", "值得花十分钟看完"),
    ("zh", "转给做设备的朋友"),
    ("zh-Hant", "很長但很值得"),
    ("es", "Largo pero muy bueno"),
    ("ar", "يستحق القراءة"),
)

# One day, hundreds of people, nearly the same words: nothing is wrong with that.
BIRTHDAY = (
    ("en", "Happy birthday @meilin_okafor! 🎂"),
    ("en", "Happy birthday Mei Lin! #HappyBirthdayMeiLin"),
    ("en", "happy birthday mei lin 🎉🎉 #HappyBirthdayMeiLin"),
    ("en", "Happy birthday to the calmest reporter in Saltmere! #HappyBirthdayMeiLin"),
    ("zh", "生日快乐！🎂 #HappyBirthdayMeiLin"),
    ("zh", "美琳生日快乐，天天开心 🎂"),
    ("zh-Hant", "生日快樂！🎂 #HappyBirthdayMeiLin"),
    ("es", "¡Feliz cumpleaños, Mei Lin! 🎂 #HappyBirthdayMeiLin"),
    ("ar", "عيد ميلاد سعيد يا مي لين 🎂"),
)
BIRTHDAY_EXTRAS = (
    "",
    "",
    "",
    " have cake!",
    " from all of us at the allotments",
    " and many more",
    " ❤️",
    " 🥳",
)

# A slogan from the hearing that everybody repeated for three days.
SLOGAN = (
    ("en", "Open the books! #OpenTheBooks"),
    ("en", "Open the books. #OpenTheBooks #Saltmere"),
    ("en", "OPEN THE BOOKS #OpenTheBooks"),
    ("en", "We paid for the cranes, open the books! #OpenTheBooks"),
    ("zh", "公开账本！#OpenTheBooks"),
    ("zh-Hant", "公開帳本！#OpenTheBooks"),
    ("es", "¡Que abran los libros! #OpenTheBooks"),
    ("ar", "افتحوا الدفاتر! #OpenTheBooks"),
)

SPAM = (
    "Phone cases half price this week only https://case-corner.example/sale",
    "I follow back everyone, let's grow together 🚀",
    "Doubling your coins is easy, ask me how https://quick-coins.example/join",
    "Check my new mixtape, link in bio 🎧",
    "Win a weekend at the lagoon hotel! Tag three friends https://lagoon-prizes.example/win",
    "Cheap concert tickets, message me",
    "Learn guitar in 30 days, free first lesson https://sixstrings.example/free",
    "Best noodles in town, now delivering until 2 am 🍜",
    "Lost cat near Kelp Street, grey, answers to Pickle. Please share",
    "Selling two deck chairs, barely used",
    "加我好友，一起兼职赚零花钱 https://part-time.example/zh",
    "本周手机壳半价，欢迎选购 https://case-corner.example/zh",
    "代写作业，价格便宜，私信我",
    "Gana seguidores gratis hoy https://followers.example/es",
    "عروض الهواتف هذا الأسبوع فقط https://case-corner.example/ar",
)

# Mei Lin's own posts: what others reply to and repost. (day of the five weeks, hour UTC, text)
OWN_POSTS = (
    (
        2,
        8,
        "Part one is out: Saltmere port signed off crane checks that never happened. https://tidewaterledger.example/pier-nine",
    ),
    (3, 9, "Thank you for the messages. I read all of them, I cannot answer all of them."),
    (5, 15, "Correction: the 2021 budget was approved in June, not May. Fixed in the text."),
    (7, 8, "The inspection sheets, with names removed, can be read at the town library from today."),
    (9, 10, "Hearing tonight at six in the old customs house. I will take notes."),
    (10, 7, "My notes from the hearing. Four hours, two questions answered."),
    (13, 8, "Part two: eleven signatures, forty cranes. https://tidewaterledger.example/pier-nine/part-two"),
    (
        15,
        12,
        "To everyone asking what a slewing ring is: imagine a very large ball bearing that must never break.",
    ),
    (17, 16, "The Authority answered. Its letter is printed in full on page two."),
    (19, 9, "Cake at the desk. You are all too kind."),
    (21, 8, "A short explainer about port budgets, with one chart and no adjectives."),
    (22, 14, "Comments are closed for the night. Please be decent to each other."),
    (24, 8, "Part three: the auditor nobody called. https://tidewaterledger.example/pier-nine/part-three"),
    (27, 11, "The council has ordered an outside audit. It covers 2019 to 2025."),
    (30, 9, "I am taking two days off. The archive desk has the phone."),
    (33, 10, "Back. Reading your letters with tea."),
)
