"""Chinese surnames.

Source: the 400 most frequent surnames (National Identity Information Centre, name reports of the Ministry of Public Security
2019 to 2021) and the compound surnames of the 百家姓 that are still borne.
"""

from __future__ import annotations

# Borne by most people; enough by themselves beside a title (王老师) or after 老 and 小.
COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
    "邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐伍庞颜倪聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包"
    "宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游靳管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆司古吉缪车连项褚娄窦戚景党宫费卜冷晏席卫米柏宗瞿桂全"
    "骆代匡卓麦谌桑阎闻苑冼仇邝晏车敖植阳滕冉仝佟应闵苟邬边卞姬荣栾丛岑占商佘隋巫"
)
# Rarer ones, many of them everyday characters: they need more around them.
RARE = frozenset(
    "封籍衡禄沃隆勾甄贲嵇芮羿汲邴糜隗宓蓬栾钭戎韶蓟薄郦郤璩扈郏庾暨蔚夔厍晁訾阚毋乜巢蒯荆竺逯桓仉笪雒郇邬卞佘匡冼盘肃国年巩仲戈敖鞠幸明水皮楚满沙麻阎闻代栗简蔺狄娄郎桑卓臧苑宣贝锁鄢宿柏苍冀粟郁寇仇漆逄楼乐原宦雍濮练虞祖付仝相寿邸郜邝湛车巨钮尧池昝"
    "谌麦危储衣闭农韶晋茅屠奚浦桓支卿迟揭撒厉那郗斯肇经凤利禹海布帅丘计强裘胥贡诸邰豆税揣谯依慕生占火元战修亓"
    "傅谈刁杭廉查伊乌巴惠索燕习芦官鄂酆滑荀莘劳堵宰殳缑亢况佴禚仵庹区"
)
COMPOUND = (
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 南宫 东方 西门 独孤 端木 轩辕 宇文 长孙 司空 鲜于 闾丘 太史 申屠 公冶 澹台 濮阳 淳于 单于 赫连 呼延 "
    "完颜 纳兰 东郭 百里 拓跋 左丘 钟离 第五"
).split()
SINGLE = COMMON | RARE


def surname_of(name: str) -> str:
    """The surname that `name` begins with, or ""."""
    if name[:2] in COMPOUND:
        return name[:2]
    return name[:1] if name[:1] in SINGLE else ""
