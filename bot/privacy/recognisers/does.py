"""Names by what only somebody does: 七七长牙了, 春雨来月经了, 有才打了同学.

A long list of what is said of people, most of it of children; who stands in front of it is one, though his name be a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.called import BORN, BORNE_WORDS, FELT, WISHED
from bot.privacy.lexicon.given import DOUBLED_WORDS, GIVEN, NICKNAME_THINGS
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.surnames import COMMON
from bot.privacy.names import is_given, is_known
from bot.privacy.reading.reader import reader

_N = "(?:\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_WHEN = "(?:他|她)?(?:今年|今天|昨天|昨晚|昨夜|前天|早上|晚上|这次|这两天|这几天|最近|刚才|刚刚|半夜|又|老是?|总是?|天天|从小|一直|在学校|在家|在幼儿园|放学|也|都|还|就|才|刚|已经|突然){0,3}"
# Nothing but a human being, and hardly a kind of them, does so.
_SURELY = (
    "不理(?:我|人|他|她)|不肯|不想(?:上学|读|去学校|写|跟|和|要)|不敢(?:说|跟|去|一个人)|不吃(?:饭|奶|菜|肉|药|早饭|晚饭|蔬菜)|不喝(?:水|奶)|不写(?:作业|字)|不睡觉?|不听话|不接(?:我|电话)|不爱(?:吃|说话|学习|写|笑|读书)|不认(?:我|字|人)|不管(?:孩子|娃|家)|不会(?:走|说话|爬|翻身|写|算)"
    "|来(?:了)?(?:月经|例假|大姨妈)|打了?(?:同学|人|弟弟|妹妹|哥哥|姐姐|架|疫苗|[一二两三]针|呼噜|碎)|偷(?:钱|拿|东西|了|偷)|上树|爬(?:树|墙|窗)|下河|逃(?:学|课)|旷课|早恋|谈(?:恋爱|朋友)|撒谎|说谎|顶嘴|离家出走|走丢|跟(?:人|同学|同桌|弟弟|妹妹|哥哥|姐姐|奶奶|爷爷|他[爸妈奶爷]|她[爸妈奶爷]|我(?:说|讲|吵|赌|顶|视频|一点|不亲|发))"
    "|长(?:牙|湿疹|水痘|痱子|疹)|出(?:牙|水痘|疹)|换牙|掉了?[一二两]?颗牙|过敏|发烧|发高烧|咳嗽|咳得|吐奶|吐了|拉肚子|拉稀|感冒|便秘|尿[床裤]|流鼻[血涕]|被(?:人|老师|同学|狗|猫|蜂|蛇|开水|车|他[爸妈]|她[爸妈]|打|骂|欺负|罚|烫|推|撞|踢)|哭(?:着|了|得|闹|喊|醒)|闹(?:着|到|脾气|了)|考(?:了|得|上|砸|前|第|不)|期[中末](?:考|退|进|才|数|语|成|全|又)"
    "|(?:数学|语文|英语|成绩)(?:不|又|退|才|考|差|一塌|还|好|下)|退步|成绩|作业(?:没|写|不)|写(?:作业|字|日记)|背(?:书|课文|不)|读(?:初|高|[一二三四五六]年级|书|职|幼|小学)|上(?:初|高[一二三中]|[一二三四五六]年级|[小中大]班|幼儿园|课)|住校|沉迷|玩(?:手机|游戏)|打游戏|充(?:了|游戏|钱)|(?:又|天天|老|爱|只会)?(?:喝酒|赌钱|赌博|打牌)|打(?:老婆|我妈)|外面有人|坐牢|不洗(?:澡|头|脸|脚)|不刷牙|不换衣|吃得(?:太|又)?(?:胖|多|少)|学会(?:走|说|爬|叫|写)|上[\u4e00-\u9fff]{1,2}课|断奶|满(?:月|周岁)|认生|挑食|厌学"
    f"|(?:才|快|刚|都|已经|今年)?{_N}(?:岁|周岁|个多?月(?!的)|斤多?重)|会(?:走路?|叫|说话|爬|翻身|坐|背)|[手脚腿胳][膊指臂]?(?:烫|受|划|破|断|崴|摔|被|骨折|扭)|头(?:磕|破|疼|痛|发烧|上磕|上摔)|肚子?(?:疼|痛|胀)|从(?:树|床|楼|凳|滑梯|沙发|车)上|摔(?:了|断|破|下|倒|着|伤)|磕(?:了|破|着|掉)|烫(?:伤|着)|(?:初[一二三]|高[一二三])(?:了|$|[，,。])|长高|瘦了|胖了|睡(?:着了|觉)|醒了|吃手|咬(?:人|指甲)"
)
# 七七他妈, 有才的作业, 梓晨爸爸您好.
_WHOSE = (
    "[他她](?:爸|妈|爷|奶|外婆|外公|舅|姑|姥|爹|娘|姐|哥|叔|姨)|的(?:作业|书包|同桌|班主任|成绩|户口|学籍|压岁钱|牙|手表|试卷|家长|妈妈|爸爸|爷爷|奶奶|外婆)"
    "|(?:爸爸|妈妈|爷爷|奶奶|外婆|外公|家长|姥姥)(?:您好|你好|好|在吗|请|$|[，,：: ])|(?:同学|小朋友)(?:表现|今|本|上课|没|的|已|您|家长|家)"
)
_DOES = re.compile(f"{_WHEN}(?:{_SURELY})|{_WHOSE}")
# In front of a name: a clause begins, or a child was just spoken of.
_FRONT = re.compile("(?:^|[，,。！!？? ；;：:、]|我们?家|俺家|咱家|屋头|屋里|屋企|家里|儿子|女儿|闺女|老大|老二|老三|听说|视频|昨天|今天|昨晚|[说让叫被])(?=[\u4e00-\u9fff]{3})")
_JOINED = re.compile(r"([\u4e00-\u9fff])\1[和跟、与]([\u4e00-\u9fff])\2")
# 嘻嘻和哈哈，我家双胞胎.
_BOTH = re.compile("都|两|[，, ]?(?:是)?(?:我家|我们家)?(?:的)?(?:双胞胎|龙凤胎|两姐妹|两兄弟|姐弟|兄妹)")
_KIN = frozenset("爸妈爷奶哥弟姐妹叔伯舅姑婶公婆姥嫂宝娃太姨")
# 跟我一起的老韦.
_COLLEAGUE = re.compile(f"(?:一起的|工友|同事|隔壁|车间的|厂里的|宿舍的|同村的)(?P<name>[老小大阿][{''.join(sorted(COMMON))}])(?![板师家乡人公婆太爷伙])")
_TAGS = {"TIME", "r", "d", "c", "p", "m", "u", "q", "f", "xc", "LOC", "ORG", "s"}
# 花生过敏: what one eats.
_EATEN = re.compile("过敏|[手脚腿头肚磕摔烫]|从|吐|拉肚|拉稀|咳|便秘|发烧|会|[一二两三四五六七八九十\\d]")
_OF_A_SEASON = re.compile("过敏|发烧|感冒|咳|流鼻|长|瘦|胖|拉|便秘|打疫苗|上|读|睡|会|[一二两三四五六七八九十\\d]")
_NO_DOUBLE = frozenset(
    "爸妈爷奶哥弟姐妹叔伯舅姑婶公婆姥嫂宝娃太爹娘崽仔囡伢姨孙乖人个常刚渐慢偷悄轻好少大小早明白看想说听走试问讲谈等抱亲摸拍吃喝睡坐躺动跑跳写读学教管劝哄查找用做洗擦揉按量尝瞧转逛歇统通仅稍略微默暗恰偏单独足整紧牢死活纷每样件条种次回顿句声层滴些块片张本频屡久哈嘻呵嘿呜嗯哦啊哎咳喂拜谢汪喵咩呱嗡轰吧巴哒啦哇家老天时处往夜日肉饭觉屁便尿臭鸡手脚脸头肚痘疹口尾前后里外上下几某伙够太最很还老真断频连缓渺徐久茫迟"
)
_DOUBLE = re.compile(r"(?P<one>[\u4e00-\u9fff])(?P=one)")
_PET = re.compile("(?P<name>大[军强明伟勇刚涛辉鹏亮毛林龙虎牛宝壮春华平兵海山东](?!子)|[\u4e00-\u9fff](?:婶|叔|姨|伯|爷|嫂)(?!子))")
_PET_DOES = re.compile("(?:两口子|他[爸妈娃儿]|她[爸妈娃儿女]|家的?(?:娃|孩|猪|狗|牛|小|儿|女|闺)|说(?![明法])|讲|问我|借|帮|心好|人好|打电话|带(?:着|我|娃)|是(?:村|我|他|她|隔壁|个)|喊|叫我|介绍|教我|给我)")
# 外号猴子, 绰号"大头".
_BY_NAME = re.compile("(?:外号|绰号|诨名|花名|诨号)(?:就?[叫是])?[:： “\"]*(?P<name>(?![叫是很不太真难好什])[\u4e00-\u9fff]{2,3})(?=$|[，,。；”\" ])")
_NO_PET = set("小大老二三四五六七八九十表堂姑舅亲干这那哪他她我你咱我们她们阿大的和跟被把婆公爷奶太师")


def does(heard: Heard) -> Iterator[tuple[int, int]]:
    """Everyone of whom such a thing is said."""
    for front in _FRONT.finditer(heard.text):
        start = front.end()
        done = _DOES.match(heard.text, start + 2)
        if done and _may_be_called(heard, start) and not _of_a_thing(heard.text[start : start + 2], done.group()):
            yield start, start + 2
    for match in _JOINED.finditer(heard.text):
        if _DOES.match(heard.text, match.end()) or _BOTH.match(heard.text, match.end()):
            for start in (match.start(), match.end() - 2):
                if heard.text[start] not in _KIN:
                    yield start, start + 2


def _of_a_thing(text: str, done: str) -> bool:
    """花生过敏, 春天发烧多."""
    return (text in NICKNAME_THINGS and _EATEN.match(done) is not None) or (text in BORN and _OF_A_SEASON.match(done) is not None)


def pets(heard: Heard) -> Iterator[tuple[int, int]]:
    """大军两口子, 春婶心好; 外号猴子."""
    for match in _PET.finditer(heard.text):
        name = match["name"]
        first = name[0] == "大" or (name[0] in GIVEN and name[0] not in _NO_PET and name not in WORDS)
        first = first and name not in ("大爷", "大伯", "大叔", "大婶", "大姨", "大嫂")
        front = heard.before(match.start(), 1)
        if first and (not front.isalnum() or (front in "他她我" and name[0] != "大")) and _PET_DOES.match(heard.text, match.end()):
            yield match.span("name")
    for match in _COLLEAGUE.finditer(heard.text):
        if match["name"] not in WORDS:
            yield match.span("name")
    for match in _BY_NAME.finditer(heard.text):
        yield match.span("name")


def _may_be_called(heard: Heard, start: int) -> bool:
    text = heard.text[start : start + 2]
    if text in FELT or text[0] in "娃崽儿孩想要会能好快刚":
        return False
    if text in BORN or text in WISHED or text in BORNE_WORDS or text in NICKNAME_THINGS:
        return text not in BORN or heard.text[start + 2 : start + 3] not in "都也还就又不"
    if _DOUBLE.fullmatch(text):
        return text[0] not in _NO_DOUBLE and (text not in DOUBLED_WORDS or text[0] in GIVEN)
    number = heard.word_at.get(start)
    if number is None or heard.words[number].tag in _TAGS:
        return False
    return is_given(text) and not is_known(text) and not reader().knows(text)
