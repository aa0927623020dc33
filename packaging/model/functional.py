"""Sentences written one by one for this project, to try a classifier on what it must tell apart.

None is made from the frames in `written` or taken from a published suite; nobody trains on them.
Each line of a group is one sentence; groups marked abusive must be flagged, the others must not.
"""

ABUSIVE: dict[tuple[str, str], str] = {
    ("en", "identity hate"): """I really can't bear being around Muslims, they poison everything
Honestly immigrants are nothing but leeches on our society
Lesbians like her belong in a mental ward
Disabled people are just a burden and should stop breeding
Chinese people spread disease wherever they go, keep them out
Women are too stupid to drive, let alone vote
Black people have no place in a civilised country
The Jews are behind every war, time they paid for it
Trans people are freaks of nature
You can always tell a Mexican by the smell""",
    ("en", "insult"): """Honestly you might be the dumbest person on this site
What an absolute waste of oxygen you turned out to be
Nobody will ever love a hideous troll like you
Your face makes me want to throw up
You're a lying snake and everyone knows it
Imagine being as useless as you
Just shut your ugly mouth already
go choke on your own lies you miserable hag""",
    ("en", "threat"): """You won't be smiling when I smash your teeth in
I've got a knife and I know what time you leave work
Keep writing and you'll end up in a ditch
Somebody ought to put a bullet in your head
I can't wait to see you hang
Tell your daughter goodbye before we visit""",
    ("en", "traitor talk"): """You sold your motherland for a visa, you filthy traitor
Lapdog of the foreigners, how many dollars per article?
Race traitors like you get what they deserve
Your grandparents would spit on you for betraying our people""",
    ("en", "disguised"): """y0u are such an id1ot
y o u  a r e  t r a s h
go k\u200bill your\u200bself
уоu dіsgustіng ріg
F*ck off and die you b*tch""",
    ("zh", "identity hate"): """非洲人又懒又脏,千万别让他们进来
河南人没有一个好东西,全是骗子
同性恋就是变态,应该抓起来治病
女人读再多书也没用,就该回家生孩子
穆斯林滚回你们的沙漠去
外地人素质就是低,把我们城市搞得乌烟瘴气
残疾人活着就是浪费粮食""",
    ("zh", "insult"): """你怎么这么不要脸,脑子被门夹了吧
长成这样还敢出来见人,真想吐
满嘴喷粪的东西,给我闭嘴
你就是个跳梁小丑,谁把你当回事
脑残玩意儿,看你一眼都嫌脏
你爹妈怎么教出你这种垃圾""",
    ("zh", "traitor talk"): """吃着中国饭砸中国锅,典型的汉奸嘴脸
给洋人当狗很爽吧,卖国贼
拿了多少美元写这种东西,走狗
恨国党又开始表演了,滚去你的美国
你們這些漢奸遲早被清算""",
    ("zh", "threat"): """你最好晚上别一个人出门,有人会找你算账
再乱说就割了你的舌头
信不信我找人打断你的腿
你家地址我们都有了,等着收快递吧,小心炸弹
这种人就该拉出去枪毙""",
    ("zh", "disguised"): """你这个汉/奸走*狗
傻 逼 东 西
去🔥死🔥吧
妳這個賣 國 賊""",
}

HARMLESS: dict[tuple[str, str], str] = {
    ("en", "ordinary"): """Just landed in Lisbon, the light here is unreal
Does the library open on Sundays?
My tomatoes finally turned red this week
Running late, start without me
That goal in the last minute, unbelievable
I voted this morning, took five minutes
Two hours of meetings and nothing decided
The kids baked a cake and it is only slightly burnt
Reading your newsletter with my coffee, as every Saturday
Police are asking drivers to avoid the bridge""",
    ("en", "criticism"): """I read your piece twice and still think the main claim is unsupported
You should have asked the people living there before publishing
This is the third correction this month, please be more careful
I don't agree with a single word, but thanks for replying
Cancelled my subscription over that headline
Your chart starts at 40 percent, which is misleading
The mayor has failed this city and must go""",
    ("en", "identity, neutral or kind"): """My husband is a Nigerian engineer and we moved here in May
The mosque next to our school is open to visitors today
She is the first blind judge in the country
We are two dads and our kids are doing great
Happy Lunar New Year to all my Chinese friends
Jewish bakeries make the best bread, fight me
Being a lesbian in a small town was lonely, it got better
The refugees in our street opened a bicycle shop
Black hair care tips, a thread""",
    ("en", "counter-speech and reports"): """Calling immigrants leeches is dehumanising, stop it
"Women are too stupid to vote" said a man in parliament, in this century
He wrote that he would smash my teeth in, I went to the police
They have called me a traitor every day since the article came out
If you tell people to kill themselves you need help
Nobody should be told that they are a freak of nature
The word retard hurts people, please don't use it""",
    ("en", "negation"): """I am not going to hurt anybody
You are not stupid, that exam was hard
Nobody is saying that you are a liar
She isn't a traitor, she did her job
I never said I hate them""",
    ("en", "swearing at nobody"): """Fucking hell, that concert was good
shit I left the oven on
I am so damn proud of you
Well fuck, the train is cancelled again
this pasta is insanely good holy crap""",
    ("en", "homonyms and things"): """You absolutely killed that solo tonight
My phone battery is dead again
The new season is trash, cancel it
I'd kill for a decent bagel right now
He shot the wedding with an old camera
This heat is murdering my plants
Bloody printer, I will throw it out of the window
Drop a bomb of flavour with this chilli oil
The hunters killed two boars""",
    ("en", "reclaimed and self"): """As a fat woman I want clothes that fit
I'm such a dork, I waved at a stranger
Us old dykes are still dancing
I felt so stupid when I locked myself out
Queer joy is everything""",
    ("zh", "ordinary"): """今晚的月亮特别圆
请问图书馆周日开门吗?
孩子们烤了个蛋糕,有点糊但是很香
地铁又晚点了,大家先吃不用等我
番茄终于红了,开心
刚看完比赛,最后一分钟进球太刺激
妈妈寄来的腊肉收到啦
排队两小时终于买到票了
下班路上看到彩虹""",
    ("zh", "criticism"): """看了两遍,还是觉得论据不够充分
发布之前应该先采访当地居民
图表的坐标轴有误导性,希望更正
完全不同意,但感谢你愿意回复
这个市长让人失望,应该下台
标题党,取消关注了""",
    ("zh", "identity, neutral or kind"): """我先生是尼日利亚人,我们五月搬来这里
楼下的清真餐厅牛肉面很好吃
她是全国第一位盲人法官
我和女朋友在一起五年了,家里人很支持
河南老乡们新年好
欢迎香港的朋友来玩
残疾人运动会今天开幕
台灣朋友推薦的書很好看""",
    ("zh", "counter-speech and reports"): """把外地人说成没素质是偏见
“女人就该回家生孩子”,这都什么年代了还有人这么说
他发私信说要打断我的腿,我已经报警了
文章发表以后天天有人骂我卖国贼
请停止对她的网络暴力
别动不动就说别人是汉奸""",
    ("zh", "negation"): """你一点都不笨,这题本来就难
没有人说你是骗子
她不是叛徒,她只是在做自己的工作
我不会伤害任何人""",
    ("zh", "swearing at nobody, homonyms, things"): """卧槽这风景也太美了吧
我靠,居然下雪了
这破手机又死机了
这部剧烂透了,弃了
今天杀价杀到五折
热死个人了
这个包袱抖得笑死我了
他把对手打得落花流水,冠军!
垃圾桶满了记得倒""",
}


def sentences() -> list[tuple[str, str, str, bool]]:
    """(language, group, sentence, abusive)."""
    return [
        (language, group, line, abusive)
        for table, abusive in ((ABUSIVE, True), (HARMLESS, False))
        for (language, group), lines in table.items()
        for line in lines.split("\n")
    ]
