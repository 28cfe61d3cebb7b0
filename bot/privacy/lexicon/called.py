"""Everyday words that people are called by: what was wished for a child, and the day or season of the birth.

Sources: the given names of the name reports that `given.py` goes by, as far as they are words of every day.
"""

from __future__ import annotations

# Wishes, virtues, things of beauty.
WISHED = frozenset(
    "和平 平安 安宁 安康 安全 安静 幸福 富贵 吉祥 如意 吉利 顺利 胜利 成功 自强 自立 自力 坚强 刚强 勇敢 英勇 英雄 文明 文静 文雅 文化 文艺 温柔 温馨 温暖 善良 诚实 忠诚 正直 正义 仁义 智慧 聪明 勤劳 "
    "美丽 秀丽 可爱 甜蜜 快乐 欢乐 开心 高兴 喜悦 欢喜 健康 康乐 长寿 永远 永恒 理想 志气 志远 进步 上进 前进 跃进 向前 向上 建设 建国 建军 建华 爱国 爱军 爱华 爱民 拥军 卫国 卫东 保国 保卫 解放 援朝 国防 国强 "
    "国富 中华 人民 革命 红旗 红星 东方 东风 光荣 光明 光辉 辉煌 灿烂 团结 友谊 团圆 圆满 满意 满足 知足 满仓 丰收 有余 有福 有财 发财 进宝 招财 双喜 双全 多福 来福 得福 "
    "阳光 星光 月光 曙光 黎明 朝阳 向阳 朝霞 彩霞 彩云 彩虹 白云 云彩 星星 星辰 银河 月亮 明月 太阳 海洋 大海 海燕 长江 黄河 泰山 江山 山水 清泉 森林 草原 青松 松柏 雪莲 雪花 雪梅 红梅 腊梅 "
    "梅花 桂花 兰花 荷花 菊花 桃花 杏花 春花 秋香 秋菊 冬梅 玫瑰 牡丹 茉莉 百合 芙蓉 杜鹃 丁香 海棠 珍珠 翡翠 宝玉 如玉 金玉 金花 银花 凤凰 喜鹊 飞燕 小燕 天使 公主 天真 自由 梦想 思念 相思".split()
)
# Feasts, seasons, days: with these somebody may be left out of the sentence (国庆不想回去), so more is needed.
BORN = frozenset(
    "国庆 元旦 元宵 新年 新春 春节 清明 端午 中秋 重阳 冬至 夏至 立春 立夏 立秋 立冬 谷雨 小满 芒种 白露 霜降 惊蛰 小雪 大雪 小寒 大寒 五一 六一 七一 八一 腊月 正月 春天 夏天 秋天 冬天 "
    "清晨 早晨 今天 明天 未来 春雨 夏雨".split()
)
# Names of every generation that stand in the dictionary too.
BORNE_WORDS = frozenset(
    "浩然 得胜 有才 建业 晨曦 振华 兴旺 富强 立业 成才 成材 学文 天佑 思源 致远 悠然 欣然 可心 一心 依依 长安 长生 永生 永福 承恩 宇航 志远 永强 自如 明朗 晴朗 明媚 明亮 晶晶 清扬 飞扬 飞翔 翱翔 鹏程 万里 腾飞 "
    "凯旋 凯歌 得意 得志 有志 有成 有为 有义 有德 有望 进财 进喜 进士 状元 秀才 举人 将军 元帅 司令 长征 延安 井冈 遵义 沪生 京生 渝生 港生 路生 船生 冬生 春生 夏生 秋生 水生 火生 木生 土生 金生 "
    "添丁 添福 添喜 传宗 继宗 耀祖 光宗 光耀 继业 守业 创业 立新 创新 更新 日新 维新 新民 为民 利民 惠民 亲民 安民 子民 建设 建树 建功 立功 立志 立德 立言 立人 树人 树立 大志 大力 大勇 大成 大器 "
    "如花 如云 如风 如歌 如梦 如画 如诗 如兰 如月 若水 若愚 初心 初见 初晴 初夏 初一 知行 知秋 知夏 知音 知心 知己 清风 明珠 夜莺 百灵 杜鹃 海鸥 白鸽 天鹅 孔雀 云雀 云飞 云霞 霞光 晨光 春光 时光 "
    "谦虚 谦和 诚信 诚恳 守信 守诚 温和 和善 和美 和顺 和气 祥和 安详 安然 安逸 悠悠 逍遥 自在 自信 自尊 自爱 自然 天然 天意 天成 天赐 天明 天亮 天晴 天恩 希望 盼望 渴望 期望 期盼 盼盼 期待 从容 从心 向荣 欣荣 繁荣 荣光 荣幸 荣耀".split()
)
# What one feels or hopes: 高兴他爸回来了, 想念他妈.
FELT = frozenset(
    "高兴 开心 快乐 欢喜 喜悦 思念 相思 梦想 满意 满足 知足 保卫 安静 顺利 向前 今天 明天 温暖 幸福 可爱 永远".split()
)
# Daughters of families that waited for a son.
WAITED = "[招来盼引换领迎][弟娣]"
