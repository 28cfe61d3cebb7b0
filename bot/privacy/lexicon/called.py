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
# What one feels or hopes: 高兴他爸回来了, 想念他妈.
FELT = frozenset(
    "高兴 开心 快乐 欢喜 喜悦 思念 相思 梦想 满意 满足 知足 保卫 安静 顺利 向前 今天 明天 温暖 幸福 可爱 永远".split()
)
# Daughters of families that waited for a son.
WAITED = "[招来盼引换领迎][弟娣]"
