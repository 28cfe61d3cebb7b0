"""What is none of our business, but where somebody else can help at once: owed wages, the law, a swindle, one's own illness.

Never a lesson: a few lines with the number to call (each stands in content/hotlines.yml), said honestly by one who does not know the matter.
"""

from __future__ import annotations

import re

# The first that fits is taken. A swindle first: every minute counts before the money is gone.
_REFERRALS = (
    (
        re.compile(r"诈骗|骗子|被骗|骗了.{0,4}(?:钱|万|千|百|块)|骗走|(?:转|打|汇)(?:了)?(?:钱|款).{0,6}(?:拉黑|联系不上|不回)|杀猪盘|刷单"),
        "utter_off_topic_swindle",
    ),
    (
        re.compile(
            r"欠薪|讨薪|(?:工资|工钱|薪水|血汗钱|加班费|押金|运费).{0,8}(?:不|没|欠|扣|拖|压|少|晚|怎么|咋|算)|(?:不发|没发|拖欠?|欠|扣|压|讨|要|结)(?:了)?.{0,4}(?:工资|工钱|薪|加班费)"
            r"|劳动(?:合同|监察|仲裁|局|法)|仲裁|工伤|社保|五险|公积金|养老保险|失业金|(?:老板|包工头|工头).{0,4}跑|辞退|开除|裁员|不批.{0,3}离职|12333"
        ),
        "utter_off_topic_work",
    ),
    (
        re.compile(r"打官司|起诉|法院|律师|借条|欠条|借钱不还|宅基地|房产|拆迁|遗产|遗嘱|赔偿|(?:离婚|分手).{0,6}(?:财产|房子|存款|彩礼)|彩礼|确权|合同纠纷"),
        "utter_off_topic_law",
    ),
    (
        re.compile(
            r"(?:我|自己|俺|老公|老婆|媳妇|我爸|我妈|公公|婆婆).{0,12}(?:疼|痛|痒|肿|麻|发炎|出血|头晕|失眠|胃|腰|颈椎|膝盖|血压|血糖|尿酸|痔|牙龈|牙|月经|大姨妈|鼻炎|咽炎|咳|感冒|发烧|过敏|皮肤|湿疹|口腔溃疡|掉头发|药)"
            r"|痔疮|大姨妈|痛经|血压|血糖|尿酸|痛风|颈椎|腰椎|腰间盘|脂肪肝|牙龈"
        ),
        "utter_off_topic_own_health",
    ),
)


# 我在网上刷单被骗了三千块, with a sum and no child: the money may still be stopped, and no lesson helps there.
_LOST_MONEY = re.compile(r"(?:被|让人|遭|给人)骗(?:了|走|去)?.{0,4}(?:\d|[一二两三四五六七八九十几好]).{0,3}(?:千|万|百|块|元|k|w)")
_CHILD = re.compile("孩|娃|崽|仔|儿|女|他|她|老人|奶奶|爷爷|我妈|我爸")


def tells_lost_money(said: str) -> bool:
    """Whether the parent has just lost money to a swindler."""
    return bool(_LOST_MONEY.search(said)) and not _CHILD.search(said)


def referral(said: str) -> str | None:
    """The response for words off topic that somebody else can answer, or None."""
    return next((response for pattern, response in _REFERRALS if pattern.search(said)), None)
