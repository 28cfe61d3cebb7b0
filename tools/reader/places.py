"""Makes villages, estates and workplaces, to put into sentences."""

from __future__ import annotations

import random

from bot.privacy.lexicon.given import GIVEN
from bot.privacy.lexicon.places import CITIES, PROVINCES

_WORDS = (
    "石 杨 柳 桃 梨 李 王 张 陈 刘 罗 黄 高 大 小 上 下 新 老 青 龙 虎 马 牛 羊 鹿 凤 金 银 铜 白 红 黑 双 三 五 七 八 九 官 庙 桥 河 溪 水 泉 塘 井 沙 坪 岩 崖 竹 松 枫 茶 麻 花 果 平 安 和 长 永 太 东 西 南 北 前 后 中 观 寺 塔 店 铺 场 关 口 头 坡 山 岭 沟 湾 坝 洞 树"
).split()
_ENDS = "村 村 村 村 乡 镇 镇 寨 庄 屯 湾 坝 沟 坳 坪 塘 岭 冲 坡 垭 岗 堡 集 营 窝 洼 坎 塬 峪 店 铺 社区 院子 大队".split()
_ESTATES = "花园 小区 家园 新村 公寓 雅苑 名苑 华府 广场 国际 城 湾 府 里".split()
_BRANDS = (
    "富士康 比亚迪 立讯 歌尔 宁德时代 美的 格力 海尔 华为 顺丰 顺丰速运 京东 京东物流 中通快递 圆通 韵达 极兔速递 德邦物流 美团 饿了么 滴滴 蜜雪冰城 海底捞 沙县小吃 华莱士 沃尔玛 永辉超市 大润发 盒马 名创优品 伊利 蒙牛 双汇 三一重工 "
    "京东方 蓝思科技 欣旺达 裕元 申洲 安踏 特步 中建三局 中铁十二局 中交二航局 碧桂园物业 万科物业 保利 比音勒芬 老乡鸡 永和大王 正新鸡排 绝味鸭脖 周黑鸭 喜茶 瑞幸 肯德基 麦当劳"
).split()
_TRADES = "电子 五金 塑胶 玩具 服装 制衣 鞋 纺织 家具 食品 印刷 包装 模具 陶瓷 灯饰 光电 精密 科技 实业 服饰 机械 汽配".split()
_KINDS = "厂 厂 厂 有限公司 公司 集团 加工厂 制品厂".split()
_SITES = "厂区 工厂 园区 店 分公司 基地 仓库 网点 分拣中心 工地 项目部 门店".split()


class Places:
    """A maker of places; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._given = sorted(GIVEN)
        self._coarse = sorted(PROVINCES | CITIES)

    def _pick(self, choices: list[str]) -> str:
        return self._random.choice(choices)

    def _name(self, least: int = 1) -> str:
        length = self._random.choice([max(1, least), 2, 2, 2, 3])
        return "".join(self._pick(_WORDS) if self._random.random() < 0.7 else self._pick(self._given) for _ in range(length))

    def village(self) -> str:
        """杨家坳, 麻柳湾村七组."""
        name = self._name() + self._pick(["", "", "家"]) + self._pick(_ENDS)
        if self._random.random() < 0.3:
            name += self._pick(list("一二三四五六七八九十123456789")) + self._pick(["组", "社", "队"])
        return name

    def address(self) -> str:
        """A village, or one within its county; an estate with a door."""
        roll = self._random.random()
        if roll < 0.4:
            return self.village()
        if roll < 0.75:
            county = self._pick(["", self._pick(self._coarse)]) + self._name(2) + self._pick(["县", "县", "区", "市"])
            return county + self._name(2) + self._pick(["镇", "乡", "街道"]) + self._pick(["", self.village()])
        door = f"{self._random.randint(1, 40)}{self._pick(['栋', '号', '幢'])}"
        return self._name(2) + self._pick([*_ESTATES, "路", "街", "巷", "大道"]) + door + self._pick(["", "302", "三楼", "1单元502"])

    def workplace(self) -> str:
        """宏达五金厂, 顺丰石岩网点, 宁德时代."""
        roll = self._random.random()
        if roll < 0.35:
            return self._pick(_BRANDS)
        if roll < 0.55:
            return self._pick(_BRANDS) + self._pick(["", self._name(2)]) + self._pick(_SITES)
        name = self._pick(["", "", self._pick(self._coarse)]) + "".join(self._random.choices(self._given, k=2))
        return name + self._pick(_TRADES) + self._pick(_KINDS)
