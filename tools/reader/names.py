"""Makes names as people of China bear them, to put into sentences.

Surnames and characters come from `bot/privacy/lexicon`, further given names from the dictionary of jieba (MIT). A part of them is
made of any characters and words at all: what is to be learned is where a name stands, not which.
"""

from __future__ import annotations

import random
import re
from functools import cached_property
from pathlib import Path

import jieba

from bot.privacy.lexicon import ethnic
from bot.privacy.lexicon.given import DOUBLED, DOUBLED_EITHER, DOUBLED_WORDS, GIVEN, NICKNAME_THINGS, NICKNAMES
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.lexicon.surnames import COMMON, COMPOUND, RARE

TITLES = (
    "老师 老师 老师 老师 校长 主任 医生 园长 师傅 老板 护士 大夫 书记 村长 同学 同学 教练 班主任 会计 队长 组长 经理 警官 社工"
).split()
FAMILIAR = "姐 哥 叔 姨 嫂 婶 阿姨 叔叔 奶奶 爷爷 大哥 大姐 伯伯 大爷 大妈 婆婆 妈妈".split()
# The most frequent first, from the name reports that `surnames.py` names.
FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
)
CURRENT = (
    "子梓宇浩欣怡雨涵轩萱佳俊思诗一诺博文睿泽嘉琪琳雅婷静丽娟敏艳芳秀英兰桂珍玉华建国军强伟勇磊涛斌超辉鹏飞明亮平东波峰健康林海阳晨曦梦瑶颖慧娜莉燕红霞梅菊春雪"
    "晓小志国家天语沐可若依彤馨悦乐安宁心宸辰皓铭逸奕昊煜航晴月紫芷妍媛玲云凤翠金银德正永世成立长福贵昌盛庆祥瑞新民胜利光荣根生水木旺财来有才大友义仁信忠孝良善先如意"
)
BRANDS = (
    "爱他美 君乐宝 贝因美 惠氏 雅培 美赞臣 金领冠 美素佳儿 合生元 飞鹤 伊利 蒙牛 光明 三元 完达山 圣元 雅士利 多美滋 旺仔 娃哈哈 爽歪歪 营养快线 帮宝适 花王 妙而舒 大王 好孩子 贝亲 可优比 "
    "布洛芬 美林 泰诺林 泰诺 百服宁 头孢 头孢克肟 阿奇霉素 阿莫西林 氨溴索 易坦静 蒙脱石散 思密达 妈咪爱 益生菌 合生元益生菌 葡萄糖酸钙 葡萄糖酸锌 伊可新 星鲨 迪巧 健胃消食片 四磨汤 金银花露 双黄连 板蓝根 连花清瘟 蒲地蓝 清开灵 藿香正气水 "
    "炉甘石 开瑞坦 西替利嗪 丁桂儿脐贴 保和丸 肥儿丸 维生素 鱼肝油 钙片 干扰素 利巴韦林 奥司他韦 顺尔宁 枇杷膏 急支糖浆 云南白药 碘伏 莫匹罗星 百多邦 地奈德 郁美净 青蛙王子 启初 红色小象 强生 舒肤佳 "
    "原神 蛋仔派对 迷你世界 我的世界 光遇 吃鸡 和平精英 王者荣耀 金铲铲 火影忍者 植物大战僵尸 开心消消乐 穿越火线 英雄联盟 第五人格 三国杀 元梦之星 "
    "抖音 快手 淘宝 京东 拼多多 美团 饿了么 滴滴 高德 百度 知乎 微博 哔哩哔哩 腾讯 爱奇艺 优酷 芒果台 喜马拉雅 猿辅导 作业帮 学而思 新东方 有道 小猿口算 洪恩识字 叫叫 斑马 瓜瓜龙 宝宝巴士 钉钉 学习通 智慧树 掌通家园 "
    "安踏 特步 匹克 乔丹 李宁 回力 巴拉巴拉 安奈儿 小米 华为 荣耀 真我 小天才 天猫精灵 小度 雅迪 爱玛 台铃 绿源 五菱 蜜雪冰城 肯德基 麦当劳 汉堡王 华莱士 辣条 卫龙 奥利奥 旺旺 乐事 徐福记 白象 今麦郎 统一 "
    "喜羊羊 熊出没 汪汪队 超级飞侠 小猪佩奇 海底小纵队 猫和老鼠 巴啦啦小魔仙 斗罗大陆 西游记 水浒传 三国演义 红楼梦 哪吒 大圣归来 狐妖小红娘 萌鸡小队 宝宝巴士 名侦探柯南 "
    "昆山 太仓 义乌 慈溪 余姚 石狮 晋江 厚街 虎门 长安 大朗 寮步 常平 塘厦 观澜 龙华 坪山 光明 沙井 福永 盛泽 柯桥 路桥 永康 瑞安 乐清 温岭 诸暨 "
    "唐朝 宋朝 清朝 汉朝 三国 春秋 战国 盛夏 初夏 深秋 寒冬 寒露 正月 腊月 冬月 立冬 腋温 体温 额温 血糖 血压 黄体酮 白细胞 血红蛋白 羊水 胎心 唐筛 无创"
).split()
# What people are called and everybody says: after the times, the seasons and feasts of their birth, or what was wished for them.
CALLED = (
    "建设 解放 跃进 援朝 卫国 爱民 拥军 红旗 东风 前进 团结 友谊 光荣 幸福 美丽 欢喜 长征 青春 春天 夏天 秋天 冬天 清晨 黎明 天空 彩虹 月亮 白云 大海 森林 草原 春雨 "
    "夏荷 秋菊 冬梅 芙蓉 牡丹 茉莉 百合 玫瑰 杜鹃 玉兰 桂花 丁香 杨柳 松柏 珍珠 翡翠 玛瑙 琥珀 宝石 满仓 丰收 有余 有福 有财 来福 进宝 招财 发财 长寿 永远 永恒 诚实 善良 "
    "勇敢 勤劳 聪明 智慧 天真 可爱 活泼 健康 快乐 开心 欢乐 喜悦 欣喜 温柔 温暖 文静 文雅 文化 文艺 思想 思念 相思 想念 梦想 理想 志气 志愿 如愿 圆满 团圆 重阳 清明 端午 中秋 "
    "惊蛰 谷雨 小满 芒种 白露 霜降 立夏 立秋 五一 六一 七一 八一 元宵 新年 腊梅 双喜 双全 四海 中华 国防 爱国 爱党 卫东 卫星 火箭 银河 太阳 天使 星辰 星光 月光 晨光 曙光 流星 "
    "明天 明月 明亮 光明 光辉 辉煌 灿烂 安定 安康 安心 平静 宁静 太平 顺利 成功 成才 成长 成就 进步 上进 奋斗 坚强 坚持 坚定 刚强 忠诚 忠厚 守信 仁义 正义 公正 知足 常乐 乐观 乐意 "
    "可人 可心 称心 欢欣 甜蜜 蜜蜂 蝴蝶 海燕 百灵 喜鹊 凤凰 孔雀 白鸽 雪花 雪莲 云朵 云彩 朝阳 朝霞 晚霞 夕阳 小雪 立新 革命 红军 红星 红卫 东方 新民 新生 新春 初春 初夏 金秋 "
    "千里 万福 万年 长安 长江 黄河 泰山 昆仑 天山 江山 山水 流水 泉水 石头 大山 大江 磐石 钢铁 宝剑 将军 司令 元帅 博士 状元 学士 文豪 书香 诗意 诗歌 琴声 笑容 微笑 欢笑 遇见 相信 知道 自由"
).split()
# Daughters of families that waited for a son.
_WAITED, _FOR = "招来盼引带想念换领改根连迎望喜跟", "弟弟弟娣娣男儿"
_HAN = re.compile("[\u4e00-\u9fff]+")
_SOUNDS = (
    "阿艾买买提古丽努尔汗热依木江布都力卡德尔吾斯曼合孜赛迪亚森帕提米玛洛扎西次仁旦卓嘎多吉平措索朗央宗旺堆格桑曲珍仓决"
    "日呷伍各尔且木果沙马吉克曲比巴图其格娜仁乌云萨苏和斯琴阿拉坦宝音哈斯"
)


class Names:
    """A maker of names; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._given = sorted(GIVEN)
        self._doubled = sorted(DOUBLED)
        self._either = sorted(DOUBLED_EITHER)
        self._nicknames = sorted(NICKNAMES - NICKNAME_THINGS)
        self._things = sorted(NICKNAME_THINGS)
        self._turkic = ethnic._TURKIC.split()
        self._tibetan = ethnic._TIBETAN.split()
        self._mongol = ethnic._MONGOL.split()
        self._clans, self._yi = ethnic._YI_CLAN.split(), ethnic._YI_GIVEN.split()

    @cached_property
    def _dictionary(self) -> list[tuple[str, int, str]]:
        lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
        return [(word, int(count), tag) for word, count, tag in (line.split() for line in lines)]

    @cached_property
    def _borne(self) -> list[str]:
        """Given names of people whom the dictionary knows."""
        people = (word for word, _, tag in self._dictionary if tag == "nr" and len(word) == 3 and word[0] in COMMON)
        return sorted({word[1:] for word in people if word not in FAMOUS and all(each in GIVEN for each in word[1:])})

    @cached_property
    def _words(self) -> list[str]:
        """Words that could be given to a child: 和平, 星辰, 温暖."""
        return [
            word
            for word, count, tag in self._dictionary
            if len(word) == 2 and 50 < count < 12_000 and tag in ("n", "a", "an", "vn", "t", "nz", "i", "v")
            if all(each in GIVEN for each in word) and word[0] != word[1]
        ]

    @cached_property
    def _likenesses(self) -> list[str]:
        return sorted(word for word in WORDS if len(word) in (2, 3) and word[0] in COMMON and word[1:] != "子")

    @cached_property
    def things(self) -> list[str]:
        """Words for things, for sentences that name nobody."""
        return [
            word
            for word, count, tag in self._dictionary
            if 2 <= len(word) <= 4 and count > 20 and tag in ("n", "ns", "nz", "vn", "t", "nt", "v", "a", "d") and _HAN.fullmatch(word)
        ]

    @cached_property
    def known(self) -> list[str]:
        """Words made like names, and people whom everyone knows."""
        return sorted(WORDS | FAMOUS)

    def words(self) -> tuple[list[str], list[str]]:
        """Words of two to four characters that name no person: the most frequent, then the others."""
        every = [
            (word, count)
            for word, count, tag in self._dictionary
            if 2 <= len(word) <= 4 and count >= 10 and not tag.startswith("nr") and _HAN.fullmatch(word)
            # 老张 is in every dictionary, and somebody all the same.
            and not (len(word) == 2 and word[0] in "老小阿" and word[1] in COMMON and word not in WORDS)
        ]
        return [word for word, count in every if count >= 500], [word for word, count in every if count < 500]

    def pick(self, choices: list[str]) -> str:
        """One of them."""
        return self._random.choice(choices)

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self._random.random() < share

    def surname(self) -> str:
        """王 often, 冼 seldom, 欧阳 at times."""
        roll = self._random.random()
        if roll < 0.6:
            return self.pick(list(FREQUENT))
        if roll < 0.86:
            return self.pick(sorted(COMMON))
        return self.pick(sorted(RARE)) if roll < 0.93 else self.pick(list(COMPOUND))

    def _character(self) -> str:
        roll = self._random.random()
        return self.pick(list(CURRENT)) if roll < 0.65 else self.pick(self._given)

    def given(self, alone: bool = False) -> str:
        """子涵, 建国, 和平; one character only with a surname in front."""
        roll = self._random.random()
        if not alone and roll < 0.15:
            return self._character()
        if 0.15 < roll < 0.165:
            return self.pick(list(_WAITED)) + self.pick(list(_FOR))
        if roll < 0.5:
            return self.pick(self._borne)
        if roll < 0.87:
            return self._character() + self._character()
        return self.pick(self._words)

    def full(self) -> str:
        """Surname and given name, or the name of another people."""
        if self.chance(0.1):
            return self.of_another_people()
        name = self.surname() + self.given()
        if len(name) == 2 and name in WORDS and self.chance(0.7):
            return self.full()
        return name

    def of_another_people(self) -> str:
        """阿依古丽·买买提, 扎西顿珠, 吉克阿牛, 娜仁."""
        roll = self._random.random()
        if roll < 0.3:
            name = self.pick(self._turkic) + (self.pick(["", "古丽", "江", "汗", "尔"]) if self.chance(0.3) else "")
            return name + ("·" + self.pick(self._turkic) if self.chance(0.4) else "")
        if roll < 0.55:
            return self.pick(self._tibetan) + self.pick(self._tibetan)
        if roll < 0.7:
            return self.pick(self._clans) + self.pick(self._yi)
        if roll < 0.8:
            return self.pick(self._mongol)
        return "".join(self._random.choices(_SOUNDS, k=self._random.choice([3, 3, 4, 4, 5])))

    def nickname(self) -> str:
        """毛毛, 小军, 阿强, 虎子, 铁蛋."""
        roll = self._random.random()
        if roll < 0.45:
            each = self.pick(self._doubled) if self.chance(0.6) else self._character()
            if self.chance(0.25):
                return self.pick(self._either)
            return each * 2 if each * 2 not in DOUBLED_WORDS else self.nickname()
        if roll < 0.75:
            name = self.pick(["小", "小", "阿", "阿", "小"]) + (self._character() if self.chance(0.6) else self.surname())
        elif roll < 0.85:
            name = self._character() + self.pick(["子", "娃", "妹", "仔", "儿", "妞", "宝", "哥"])
        else:
            name = self.pick(self._nicknames)
        return name if name not in WORDS else self.nickname()

    def thing(self) -> str:
        """A child that is called like something to eat."""
        return self.pick(self._things)

    def child(self) -> str:
        """What a child is called."""
        roll = self._random.random()
        return self.full() if roll < 0.35 else self.given(True) if roll < 0.7 else self.nickname()

    def adult(self) -> str:
        """What a grown-up is called."""
        roll = self._random.random()
        if roll < 0.5:
            return self.full()
        if roll < 0.65:
            return self.given(True)
        if roll < 0.8:
            return self.pick(["老", "小"]) + self.surname()[:1]
        return self.surname() + self.pick(FAMILIAR)

    def titled(self) -> str:
        """王老师."""
        return self.surname() + self.pick(TITLES)

    def word(self) -> str:
        """A child that is called as a word is: 和平, 夏天."""
        roll = self._random.random()
        if roll < 0.45:
            return self.pick(CALLED)
        return self.pick(self._words) if roll < 0.75 else self.pick(self._likenesses)

    def spoken_of(self) -> str:
        """A word that some are called, in a sentence that calls nobody so."""
        return self.pick(CALLED) if self.chance(0.6) else self.pick(self._words)

    def brand(self) -> str:
        """What is bought, swallowed, played or watched."""
        return self.pick(BRANDS)

    def doubled(self) -> str:
        """圆圆, 明明: a name or a word."""
        return self.pick(self._either)
