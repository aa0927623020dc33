"""Abuse by single people, written with restraint: the worst words are masked, all details invented.

Addresses lie in the invented town of Saltmere; phone numbers are from the 555-0100 to 555-0199 range
that is reserved for fiction.
"""

# Contempt for what somebody is. Masked.
SLUR = (
    ("en", "go back where you came from you f***ing foreigner"),
    ("en", "We do not need your kind reporting on our harbour."),
    ("en", "typical ch*** journalist, cannot trust any of them"),
    ("en", "Stupid b*tch, women should not write about engineering."),
    ("en", "another half-breed telling us how to run our town"),
    ("en", "you people are all the same, dirty and dishonest"),
    ("en", "shut your mouth you ugly c*w"),
    ("en", "Immigrants like you ruin every port they touch."),
    ("en", "Learn proper English first, ch***y."),
    ("en", "Only a r*tard would believe this woman."),
    ("en", "Your whole race lies, it is in the blood."),
    ("en", "stupid wh*re of the Ledger"),
    ("zh", "你这种杂*也配谈我们的港口"),
    ("zh", "女人懂什么机械，回厨房去吧臭婊*"),
    ("zh", "黄皮白心的香蕉人"),
    ("zh", "死肥*，长得丑还出来丢人"),
    ("zh-Hant", "臭三*，女人不要出來亂寫"),
    ("zh-Hant", "雜*滾出我們的港口"),
    ("es", "Vuelve a tu país, p*ta extranjera."),
    ("es", "Las de tu raza solo saben mentir."),
    ("ar", "ارجعي إلى بلدك يا ح**رة"),
)

SEXUAL = (
    ("en", "Bet you slept with the harbour master to get those papers."),
    ("en", "Nobody would publish you if you kept your blouse closed."),
    ("en", "send nudes and maybe I will read part three"),
    ("en", "I know what a girl like you needs and it is not a pen."),
    ("zh", "是靠陪睡拿到的材料吧"),
    ("zh", "穿少一点我就看你的报道"),
    ("es", "Seguro que conseguiste los papeles en la cama."),
)

THREAT = (
    ("en", "I know which tram you take. Be careful on Thursday."),
    ("en", "Somebody should break your fingers so you cannot type."),
    ("en", "You will not enjoy walking home after part three. We will be waiting."),
    ("en", "Keep writing and you will end up at the bottom of the harbour."),
    ("en", "I will find you and I will make you sorry, that is a promise."),
    ("en", "Tick tock Mei Lin. I am outside your office more often than you think."),
    ("en", "One day your little car will not stop at the bridge."),
    ("zh", "下次出门小心点，我们知道你坐哪路电车"),
    ("zh", "再写就打断你的手"),
    ("zh", "见你一次打你一次"),
    ("zh-Hant", "妳再寫一篇試試看，我會去報社門口等妳"),
    ("es", "Te voy a esperar a la salida y vas a llorar."),
    ("ar", "سنكسر يدك إذا كتبت مرة أخرى"),
)

DOXXING = (
    ("en", "She lives at 14 Lantern Row, flat 3, Saltmere. Top bell. Do with that what you want."),
    ("en", "Mei Lin Okafor's private number is 555-0142, call her and tell her what you think."),
    ("en", "Her mother works at the bakery on 9 Kelp Street and finishes at five every day."),
    ("en", "Green hatchback, plate SLT 0147, parked behind the Ledger from nine to six. Just saying."),
    ("en", "home address in case anyone lost it: 14 Lantern Row, Saltmere, second floor, phone 555-0142"),
    ("zh", "她家住盐湾灯笼街14号3室，电话555-0142，大家可以去问候一下"),
    ("zh", "扒到了，她妈妈在海带街9号的面包店上班，每天五点下班"),
    ("zh-Hant", "她住燈籠街14號3室，門鈴在最上面，電話555-0142"),
)
