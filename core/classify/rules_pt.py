"""Portuguese rules, of Brazil and of Portugal. Texts are folded: no accents."""

# ruff: noqa: E501 -- a table of patterns reads better unwrapped

from typing import Final

from core.classify.meant import meant
from core.classify.rule import Rule, rule
from core.domain.classification import Category

_PT_NO: Final = r"\b(?:nao|nunca|jamais|ninguem|nem)\b"
_PT_TOLD: Final = (
    r"\b(?:disse(?:ram|)|diz(?:em|iam|endo)?|dizia|escrev(?:eu|eram|ia)|gritou|gritaram|gritava\w*|grita(?:ndo)?|ameac\w+|chamou|chamaram|mandaram|mandou (?:mensagem|dizer)|mensagem|mensagens|bilhete|recebi|recebeu|recebe|recebemos|receber|ouvi|ouviu|ouvir|frase|comentario\w*|citac\w+|policia|delegacia|boletim|tribunal|juri|julgamento|sentenca"
    r"|condenad\w+|denunci(?:a|ou|ei|ei-o)|investig\w+|suspeito|acusad\w+|preso|presa|pres[oa]s|filme|serie|episodio|novela|capitulo|livro|romance|no jogo|personagem|letra d|musica|ligue 1|ligue|disque|cvv|parede|muro|picha\w+|grafite|cartaz\w*|faixa|k{3,}|haha\w*|rsrs\w*)\b"
)
_PT_KIND: Final = r"\b(?:levo|leva|bolo|passo ai|passo la|busco|te busco|carona|uber|divid\w+|sofa|entreg\w+|encomenda\w*|chega|buscar|emprestaste|deixei|visita|sobrou|presente|almoco|cafezinho)\b"
_PT_MEANT: Final = meant(_PT_NO, _PT_TOLD)
_PT_HARM: Final = r"(?:matar|quebrar (?:no meio|tod[oa]|na porrada|de porrada)|arrebentar|rebentar|espancar|esfaquear|furar|degolar|estuprar|violar|enforcar|estrangular|queimar viv[oa]|tocar fogo|fuzilar|metralhar|apagar|esquartejar|linchar|encher de (?:bala|porrada|tiro|chumbo|pancada)|meter bala|meter uma bala|dar um tiro|dar um tiro em|dar uma surra|dar porrada em|passar fogo|acabar com a (?:tua|sua) (?:vida|raca)|acabar com (?:voce|vc|ti) e (?:com )?a (?:sua|tua)|cobrir de porrada|partir ao meio|partir tod[oa]|moer de pancada|atropelar|afogar|castrar|executar|eliminar)"
_PT_BODY: Final = r"(?:dentes?|cara|fuca|fucas|focinho|pernas?|bracos?|dedos?|ossos|cabeca|lingua|maos?|pescoco|boca|cornos?|olhos?|queixo|costelas|joelhos?|tripas?|garganta|espinha|miolos|nariz|rotulas?)"
_PT_CUT: Final = r"(?:quebr|arranc|part|rebent|arrebent|cort|fur|estour|esmag|decep|rach|esmurr|esfol|mo)"
_PT_WILL: Final = r"(?:vou|vamos|vao|irei|queria|quero|tem que|ainda|alguem (?:tinha|devia|podia)(?: que| de)?)(?: la| ai| eu)?"
_PT_THE: Final = (
    r"(?:a |as |o |os |essa |esse |esses |essas )?(?:sua |tua |suas |tuas |seu |teu |seus |teus )?"
)
_PT_PERSON: Final = r"(?:n?(?:ess[ea]|est[ea]|aquel[ea]) (?:\w+ )?(?:mulher(?:zinha)?|cara|homem|tipo|tipa|sujeit[oa]|vagabund[oa]|juiza?|jornalista|jornaleir[oa]|reporter|deputad[oa]|vereador[a]?|promotora?|ministr[oa]|senadora?|velh[oa]|vaca|lixo|traidora?|verme|politic[oa]|prefeit[oa]|bandid[oa]|ladrao|ladra|safad[oa]|puta|piranha|vadia|cadela|cachorr[oa]|jument[oa]|idiota|imbecil|otari[oa]|canalha|desgracad[oa]|arrombad[oa]|gente|nojent[oa]|burr[oa]|inutil|mentiros[oa]))"
_PT_GROUP: Final = r"(?:(?:todos |todas )?(?:os |as |esses |essas |o primeiro |a primeira )?(?:viados?|bichas?|gays?|lesbicas?|sapatao|sapatoes|travestis?|travecos?|trans|pret[oa]s?|negr[oa]s?|macacos?|crioulos?|judeus?|muculman[oa]s?|arabes?|cigan[oa]s?|imigrantes?|haitian[oa]s?|venezuelan[oa]s?|bolivian[oa]s?|refugiad[oa]s?|nordestin[oa]s?|baian[oa]s?|indi[oa]s?|indigenas?|favelad[oa]s?|macumbeir[oa]s?|umbandistas?|evangelic[oa]s?|feministas?|mulheres|mendigos?|moradores de rua|comunistas?|esquerdistas?|petistas?|petralhas?|bolsonaristas?|brasileir[oa]s|zucas?|monhes?|chines\w*|jornalistas?|traidores?|african[oa]s?|homossexuais|bissexua(?:l|is)|estrangeir[oa]s?|pobres|autistas|retardad[oa]s?|paraibas?))"

PORTUGUESE: Final[tuple[Rule, ...]] = (
    rule(
        "threat.pt.hurt-you",
        Category.THREAT,
        rf"\b(?:vou|vamos|vao|vo|irei|iremos|quero|queria|podia) (?:eu |ai |la |e )?te {_PT_HARM}\b|\b(?:vou|vamos|vao|irei|quero) {_PT_HARM} (?:voce|vc|vcs|voces|tu|tua familia|sua familia|-te)\b|\bvou-te {_PT_HARM}\b|\beu te mato\b|\bmato-te\b|\bdou-te (?:um tiro|uma facada|um enxerto|uma tareia)|\bte meto (?:a bala|bala|a faca|a porrada|um tiro)|\ba gente (?:vai te |te )(?:matar|apagar|mata|apaga|pega na rua)|\b(?:ou|senao) a gente apaga (?:voce|vc|tu)\b"
        r"|\bvou? te peg[ao]r? (?:na rua|na porrada|na saida)(?=,? (?:seu|sua|e n|e nao|vagabund\w+|desgrac\w+|otari\w+|arrombad\w+)|[.!]*\Z|,)|\bvo te pega na saida\b|\b(?:voce|vc|tu|ele|ela|vcs|voces) (?:vai|vais|vao) (?:morrer|sangrar|amanhecer (?:na vala|com a boca|mort[oa])|levar (?:bala|tiro|um tiro|uma bala|facada|chumbo|porrada|pau|uma surra)|aparecer (?:mort[oa]|boiando)|parar (?:na vala|no cemiterio|debaixo da terra)|virar presunto)\b(?! (?:de rir|de amor|de saudade|de tedio|de orgulho|de fofura|de inveja|um dia))"
        r"|\bvai amanhecer (?:na vala|com a boca cheia|mort[oa])|\bvai (?:levar|tomar) (?:bala|chumbo|tiro|facada|um tiro)\b|\b(?:ta|esta|tas|estas|voce ta) (?:mort[oa]|jurad[oa] de morte|marcad[oa] pra morrer|fodid[oa] na minha mao)\b(?=[.!, ]*\Z|[.!,] )|\bseus dias estao contados\b|\bteus dias estao contados\b|\bos (?:teus|seus) dias (?:estao|tao) contados\b|\bte espero na saida com\b|\blevas um enxerto de porrada\b|\bhas de morrer\b|\bsais de ca (?:dentro da mala|num caixao|morto)"
        r"|\b(?:bala|bala na agulha|caixao|corda|faca) com (?:o )?(?:seu|teu) nome\b|\btem vaga no cemiterio\b|\bboca cheia de formiga\b|\bdorme com um olho aberto\b|\bna proxima e bala\b|\ba gente conversa na bala\b|\b(?:bala|tiro|chumbo|facada) (?:na cabeca|na cara|na testa|na barriga)(?: d\w+)?\b|\btraidor\w* a gente resolve na (?:corda|bala)\b",
        unless=r"\b(?:de rir|de riso|de amor|de saudades?|de beijos?|de cocegas|de vergonha|de raiva|de orgulho|de tanto|de abracos?|truco|futebol|fifa|xadrez|videogame|na sinuca|no domino|filho(?! da puta)|filha(?! da puta)|meu bem|amor|brincadeira|ferias|fadinha|frango|bolo largado|mosquitos?|baratas?|a saudade|curiosidade|dieta)\b",
        check=_PT_MEANT,
    ),
    rule(
        "threat.pt.body",
        Category.THREAT,
        rf"\b{_PT_WILL} te {_PT_CUT}[aei]r {_PT_THE}{_PT_BODY}\b|\b{_PT_WILL} {_PT_CUT}[aei]r-(?:te|lhes?) {_PT_THE}{_PT_BODY}\b|\b{_PT_WILL} {_PT_CUT}[aei]r (?:a |as |o |os )?(?:sua|tua|suas|tuas|seu|teu|seus|teus|essa tua|essa sua) {_PT_BODY}\b|\b{_PT_WILL} {_PT_CUT}[aei]r {_PT_THE}{_PT_BODY} (?:dela|dele|deles|dess[ea] \w+|de voce|de vcs?)\b"
        rf"|\b{_PT_CUT}(?:o|amos|emos|imos)-(?:te|lhes?) {_PT_THE}{_PT_BODY}\b|\b(?:eu |a gente )?te {_PT_CUT}[oa] {_PT_THE}{_PT_BODY}\b|\beu {_PT_CUT}o {_PT_THE}{_PT_BODY} (?:dela|dele|deles)\b|\b(?:eu )?{_PT_CUT}o (?:a |as |o |os )?(?:tua|sua|tuas|suas|teu|seu|teus|seus) {_PT_BODY}\b"
        r"|\benfi(?:o|asse|ar|e) uma faca (?:n[eoa]sse|n[eoa]ssa|em voce|em ti|nele|nela|no \w+)|\b(?:rosto|rostinho|carinha|cara)\b[^.!?]{0,20} acido\b|\bacido n[ao] (?:tua|sua|teu|seu) (?:cara|rosto)\b",
        unless=r"\b(?:minha|meu|meus|minhas|gente|cabelo|unhas?|fotos?|abobora|dentista|cirurg\w+|sapato|de rir|de beijos?|de sono|carnaval|bolo|frango|peixe|camarao|no jogo|rima)\b",
        check=_PT_MEANT,
    ),
    rule(
        "threat.pt.should-be-killed",
        Category.THREAT,
        rf"\b(?:alguem|a gente|nos|o povo)\b (?:tem que|tinha que|precisa|devia|deveria|podia|vai|tem de|tinha de|ha de) (?:comecar a )?(?:{_PT_HARM}|queimar) (?:{_PT_PERSON}|voce|vc|nele|nela|ele|ela|em voce|{_PT_GROUP})\b|\b(?:tem que|tem de|ha que|bora|vamos|vou|e pra|sabado vamos|devia[- ]se) (?:{_PT_HARM}|queimar|cacar|passar fogo em|exterminar|limpar na bala|esterilizar) (?:em )?{_PT_GROUP}\b"
        rf"|\b(?:voce|vc|tu|ele|ela|{_PT_PERSON}|gente como \w+|quem \w+(?: \w+)?|{_PT_GROUP})\b (?:\w+ )?(?:merece|mereces|merecia|merecem|tem que|tem de|tinha que|devia|deveria|precisa|precisava|precisa de|so merece)(?: de)? (?:morrer|bala|um tiro|levar (?:um tiro|bala|tiro|uma surra|facada|porrada|na cara|chumbo)|tomar (?:um )?tiro|apanhar (?:muito|de pau|na cara|ate|pra|em praca)|ser (?:fuzilad|enforcad|estuprad|mort|violad|espancad|linchad|queimad|executad)[oa]s?|uma surra|sofrer um acident\w+|o paredao)\b"
        rf"|\bparedao (?:pra|para|neles|nela|nele)\b|\bpoe {_PT_GROUP} no paredao|\b{_PT_GROUP} (?:bom|bons|boa) (?:e|so|so no) (?:mort[oa]s?|no cemiterio|cemiterio|no porta-malas)|\b(?:um tiro|uma bala) so resolve\b|\bcorda no pescoco d[oa]\b|\bmorte a(?:os|s)? {_PT_GROUP}|\bpendura (?:no poste|ess\w+ no poste)|\b{_PT_GROUP} (?:leva|levam|merecem) (?:chumbo|bala)\b|\bqueimem o acampamento\b|\bhitler devia ter (?:terminado|acabado)\b|\bcada \w+(?: \w+){{0,2}} que eu pegar vai (?:sair de ambulancia|apanhar|levar|pr[oa] (?:hospital|vala|saco))|\buma bala perdida podia\b",
        unless=r"\b(?:meta|gol|bbb|votei|eliminad\w+|prova|saudade|mosquitos?|baratas?|fome|comboio|autocarro|onibus|metro|de rir|preconceito|filme|no jogo|a curiosidade)\b",
        check=_PT_MEANT,
    ),
    rule(
        "threat.pt.death-wish",
        Category.THREAT,
        r"\b(?:tomara|oxala|quem dera|espero|que deus queira) (?:que )?(?:\w+ ){0,3}?(?:morra[sm]?|matem|mate|estuprem?|violem|pegue[s]? cancer|tenha[s]? (?:um )?cancer|seja[sm]? (?:estuprad|mort|atropelad)[oa]s?|apodreca[s]? n\w+ (?:inferno|cova|vala)|se mate|se foda no caixao|queime[s]? no inferno|caia e (?:so )?(?:ela|ele|voce) nao volte|leve[s]? um tiro|sofra[s]? um acidente)\b|\bque (?:voce|vc|tu|um (?:caminhao|onibus|trem|carro)|o raio)\b (?:\w+ )?(?:morra[s]?|te (?:encontre|atropele|mate|parta ao meio|pegue))\b"
        r"|\bque (?:morra[s]?|apodreca[s]?|enterres?) (?:os teus filhos|de cancer|na cadeia com|no inferno|devagar|sozinh\w|longe)|\b(?:devias|devia|deveria|voce devia|era pra|era para|tinha que|tinhas) (?:ter )?(?:morrido|ficado debaixo|ter morrido|sido abortad[oa]|nascido mort[oa])|\b(?:churrasco|festa|dancar|dancar e beber) n?o? ?(?:no|na|do) ?(?:dia do )?(?:teu|seu) enterro\b|\bno dia do (?:teu|seu) enterro\b|\bdancar (?:no|em cima do) (?:teu|seu) (?:tumulo|caixao)\b|\b(?:mundo|todos|familia)\b[^.!?]{0,30}\bquando (?:voce|vc|tu) (?:parar de respirar|morrer\w*)\b"
        r"|\b(?:morre|morra|morram)(?: (?:logo|de uma vez|praga|desgraca|diabo|lixo|verme|seu \w+|sua \w+|vagabund[oa]|nojent[oa]|maldit[oa]))(?=[.!, ]|\Z)|\barde no inferno\b|\bvai pro inferno e nao volta\b",
        unless=r"\b(?:de rir|de amor|de saudades?|de tanto|minha sede|a saudade|o mosquito|a fome|esse virus|essa moda|essa lei|do vo|da vo|o que ele queria)\b",
        check=meant(r"\b(?:ninguem|jamais|nunca|eu)\b|\bnao (?:morra|mate|te)", _PT_TOLD),
    ),
    rule(
        "threat.pt.self-harm-urge",
        Category.THREAT,
        r"(?:\A|[.!?,;:] ?|\b(?:vai|e|logo|favor e|entao|por que voce nao|porque nao|pq nao) )(?:se (?:mata|mate|suicida|enforca)(?: logo| de uma vez| ja)?(?=[.,!?]|\Z| (?:seu|sua|lixo|logo|vadia|desgrac\w+))|mata-te(?! a)|enforca-te|suicida-te)|\b(?:se (?:joga|jogue)|atira-te|joga-te|se atira|pula) (?:logo )?(?:da ponte|da janela|do predio|do viaduto|da laje|na frente d\w+ (?:trem|metro|onibus|caminhao)|debaixo d\w+ (?:trem|comboio|metro)|para (?:a linha|debaixo))(?! (?:e nada|com paraquedas))"
        r"|\b(?:corta|corte) os (?:teus |seus )?pulsos\b|\b(?:toma|tome|bebe) (?:veneno|chumbinho|agua sanitaria|lixivia)(?= (?:e|logo|seu|sua)|[.!]*\Z)|\b(?:da|de) um tiro na (?:propria |tua |sua )?cabeca\b|\bte mata\b(?= (?:logo|seu|sua|de uma vez)|[.!]*\Z)|\bfaz(?:e|er)? um favor (?:a todos |ao mundo |pra todo mundo )?e (?:se mata|te mata|morre|desaparece da terra)\b",
        unless=r"\b(?:188|cvv|ajuda|de (?:tanto )?(?:trabalhar|estudar|rir)|paraquedas|bungee|bungue|agua|piscina|mar)\b",
        check=_PT_MEANT,
    ),
    rule(
        "threat.pt.veiled",
        Category.THREAT,
        r"\b(?:apaga|tira|retira|cala)\b[^.!?]{0,25}\b(?:ou|senao) (?:vai se arrepender|te arrependes|a gente (?:apaga|vai ai|passa ai|te acha)|eu (?:vou ai|te acho|te quebro)|e bala|vais ver)|\bpode ser o ultimo\b|\b(?:bonit[ao]|lind[ao]) (?:a |o )?(?:sua|tua|seu|teu)? ?(?:casa|carro|familia|filh[ao]|loja)\b[^.!?]{0,6} (?:pena|seria uma pena|imagina) (?:que|se) (?:pega|pegar|pegasse|acontec|queim)\w*|\bleva (?:um|o) caixao\b|\b(?:costuma|costumam) sumir\b(?=[.!, ]*\Z)|\btem gente te esperando\b|\bo freio falha\b|\bfreio falha,? ne\b|\bninguem (?:vai )?te (?:vai )?ouv(?:e|ir) gritar\b|\b(?:a senhora|o senhor|voce|vc) tem familia\.? pens[ea]\b|\bninguem acha (?:o )?corpo\b|\bquem mexe com a gente some\b(?! brinc)"
        r"|\b(?:perguntando|pedindo) o (?:seu|teu) endereco\b[^?]{0,4} (?:e )?eu respondi|\btemos (?:o )?teu endereco,? placa\b|\bultimo aviso\b[^.!?]{0,25} bala\b|\bnunca mais (?:anda|andas|escreve|enxerga)\b[^.!?]{0,10}\b(?:se|se voltas)\b",
        unless=r"\b(?:surpresa|aniversario|festa|bolo|prova|sofa|inscric\w+|aeroporto|chuva)\b",
        check=meant(r"\bjamais\b", _PT_TOLD, _PT_KIND),
    ),
    rule(
        "doxxing.pt",
        Category.DOXXING,
        r"\b(?:eu )?(?:sei|sabemos|ja sei|ja sabemos|descobri|descobrimos) (?:bem |muito bem |exatamente |direitinho )?(?:onde (?:voce|vc|tu|vcs|voces|a tua \w+|a sua \w+|teus \w+|seus \w+|os teus \w+|o teu \w+) (?:mora|moras|moram|trabalha|trabalhas|estuda|estudam|vive|vives|dorme|dormes)|onde (?:moras|vives|trabalhas|estacionas|dormes|tomas o cafe)|em que escola (?:\w+ )?(?:seus|teus|os|o|sua|a) \w+(?: \w+)? (?:estuda|estudam|anda|andam)|que horas (?:voce|vc|tu) (?:sai|sais|chega) d\w+|a que horas sais)"
        r"|\b(?:ela|ele|ess[ea] \w+|a \w+|o \w+) (?:mora|vive) (?:n[ao]|em) (?:rua|r\.|avenida|av\.?|travessa|alameda|praca|largo|estrada) [\w. ]{2,35}?,? ?(?:n[o.]* ?|numero )?\d{1,4}\b|\bo endereco (?:dela|dele)(?: e|:)[^.!?]{0,40}\d|\b(?:o )?(?:telefone|numero|zap|whatsapp|celular|telemovel|cpf) (?:dela|dele)(?: e|:|)? ?\+?\(?\d[\d ().-]{6,}|\b(?:alguem|quem|qm)\b[^.!?]{0,8}\b(?:sabe|tem|conhece|acha|descobre|consegue)\b[^.!?]{0,8}\b(?:onde (?:ela|ele|ess[ea] \w+) (?:mora|trabalha|vive|estuda)|(?:o )?(?:endereco|telefone|numero|zap|whatsapp) (?:dela|dele|dess[ea] \w+))"
        r"|\b(?:espalhem|postem|divulguem|compartilhem|vazem|joguem) (?:o |os )?(?:endereco|telefone|numero|dados|zap) (?:dela|dele|dess[ea])\b|\b(?:liguem|liga|escrevam|mandem email|mandem e-mail) (?:todos )?(?:pro|para o|pra|ao|para a|pr[oa]) (?:chefe|patrao|trabalho|emprego|empresa|escola|faculdade) (?:dela|dele)\b|\bja temos (?:o )?teu endereco\b",
        unless=r"\b(?:restaurante|loja|empresa de|minha|meu|nossa|clinica|consultorio|perdid[oa]|desaparecid[oa]|museu|doac\w+)\b",
        check=meant(r"\b(?:nao (?:sei|sabemos))\b", _PT_TOLD, _PT_KIND),
    ),
    rule(
        "pile-on.pt",
        Category.PILE_ON,
        r"\b(?:todo mundo|galera|pessoal|gente|bora|vamos|todos|malta|turma|rapaziada|meu povo)\b[ ,:!]*(?:\w+ ){0,2}?(?:denunciar|denunciem|denunciando|denuncia|reportar|reportem|derrubar|derrubem|atacar|ataquem|xingar|xinguem|flodar|spamar|lotar|encher|infernizar|linchar|cancelar|cair em cima d\w+) (?:em massa )?(?:ela|ele|a conta|o perfil|a pagina|o canal|as dms|os comentarios|ess[ea] (?:conta|perfil|pagina|vaca|vagabund\w+|traidor\w*|jornalista|mulher|cara)|nela|nele|d[eo]la|dele)\b"
        r"|\b(?:derrubem|denunciem em massa|reportem em massa|floodem|flodem|lotem) (?:o |a |os |as )?(?:perfil|conta|pagina|canal|dms?|comentarios|caixa|inbox|ela|ele)\b|\b(?:infernizar|infernizem|acabar com|acabem com|destruir|destruam) a vida (?:dela|dele|dess[ea] \w+)\b|\bfac(?:am|amos) (?:ela|ele|essa \w+|esse \w+) perder o emprego\b|\b(?:vamos fazer|facam) (?:ela|ele|essa \w+) ser demitid[oa]\b|\bnao deixem (?:ela|ele) em paz\b|\bmass report\b",
        unless=r"\b(?:golpe|golpista|scam|fake|falso|falsa|fraude|estelionat\w+|robo|maus tratos|racist\w+|pedofil\w+|odio|assinatura|plano)\b",
        check=_PT_MEANT,
    ),
    rule(
        "sexual.pt",
        Category.SEXUAL,
        r"\b(?:subiu|chegou|conseguiu|ganhou|cresceu|arrumou|arranjou|virou|conseguiste|ganhaste)\b[^.!?]{0,30}\b(?:(?<!subiu )na cama d\w+ (?:chefe|patrao|diretor\w*|editor|produtor|ministro)|de joelhos|deitando com|dormindo com o (?:chefe|patrao|diretor|editor)|abrindo as pernas|a dar o cu|dando pr[oa]|no sofa d\w)\b|\bdeu (?:pra|para) (?:quem (?:pra|para)|o chefe|o diretor|a redacao|o patrao|o editor|meia redacao)\b|\bdorme com os? (?:entrevistad\w+|fontes?|chefe|patrao|ministro)\b|\btodo mundo (?:ja )?comeu\b(?=[.!, ]*\Z)"
        r"|(?<!vou )\b(?:manda|mande|envia|mostra|posta)(?: (?:uma|mais|uns|logo|pra mim|ai))* (?:nudes?|foto pelada|fotos peladas|foto nua|foto da (?:\w*bucet\w*|bunda|xoxota|cona|xana|periquita)|as mamas|os peitos|essa bunda|a bunda|o cu)\b|\bquanto (?:cobra|cobras|e|custa) (?:a hora|a noite|por noite|por hora|o programa)[,?]? ?(?:vadia|puta|piranha|gostosa|cachorra|safada|reporter|vagabunda|deputada)|\bquanto e o programa\b|\bchup(?:a|e) (?:aqui|meu|o meu|a minha|minha|essa rola)\b|\bchup(?:ou|aste) quantos\b|\bdevia estar chupando\b"
        r"|\b(?:falta de|precisando de|precisa de|precisas de|quer|falta)(?: uma| um| umas)?(?: boa| bom| bela)? (?:pica|rola|piroca|foda|caralho|picas|pau na)\b(?! (?:nenhum))|\buma boa foda\b|\bmal (?:comida|fodida)\b|\bvou te comer\b|\bsonhei que te comia\b|\b(?:abrir|abre|abriu|abrir mais|abrindo) (?:mais )?as pernas\b(?! (?:no treino|e respira|devagar))|\bde pau duro\b|\bpunheteiro\b|\b(?:senta|sentar) (?:aqui )?no meu (?:colo|pau)\b|\bcal(?:o|ar|ava) (?:essa|a tua|a sua|tua|sua) boca com (?:outra coisa|o meu)"
        r"|\b(?:fotos?|videos?|video) (?:\w+ )?(?:pelad[oa]s?|intim[oa]s?|nu[as]+|porno)\b[^.!?]{0,40}\b(?:espalhem|vejam|compartilhem|repassem|passem|baixem)\b|\baqui vao as fotos\b|\bputa de luxo\b|\b(?:voce e|vc e|tu e|es|ela e|essa e|nao passa de) (?:so |so mais )?(?:uma |a maior )?(?:\w+ )?(?:puta|piranha|rameira|prostituta|vagaba|meretriz|galderia)(?=[.,!?]|\Z| (?:de luxo|do|da|que))|\bvira de costas\b[^.!?]{0,20} bunda\b|\bque (?:peito|peitao|rabo|bunda),? (?:vira|hein|mostra|gostosa)|\bpeitao,? hein\b|\bquantos homens ja passaram por (?:voce|ti|ela)\b",
        unless=r"\b(?:nao compartilh\w+|denunci\w+|fals[oa]s?|vazaram|puta merda|sem julgamento|direitos|educacao sexual|ioga|yoga|fisioterapi\w+|crianca|aulas?)\b",
        check=_PT_MEANT,
    ),
)
