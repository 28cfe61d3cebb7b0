"""What is said so plainly about a plan, or about one kind of message, that nothing has to be guessed: 把团聚那个删掉.

Only whole messages are read, word for word: a word that is not known here leaves the message to the model.
"""

from __future__ import annotations

import re

from bot.text.dates import NUMBER
from bot.text.plain import squash

CANCEL, CHANGE, RESTORE, STOP, START = "cancel_plan", "change_plan", "restore_plan", "stop_kind", "start_reunion"
# Who says it plainly says it in a few words.
_LONGEST = 30


def words_of(*lines: str) -> frozenset[str]:
    """The words of these lines."""
    return frozenset(word for line in lines for word in line.split())


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_SMALL = words_of(
    "麻烦 请 帮我 帮忙 给我 替我 跟我 你 您 我 咱 我们 咱们 我的 先 就 那 还是 都 全 也 又 可 唉 哎 算了 好 好的 嗯 哦 吧 了 啊 呀 嘛 呗 啦 咯 喽 哈 呢 一下 把 将 的",
    "这个 那个 这 以后 往后 今后 再 说 讲 吗",
)
_WHEN = words_of("这次 这回 这趟 今年 明年 过年 春节 国庆 五一 中秋 端午 元旦 暑假 寒假 假期 放假 夏天 冬天 到时候 现在 临时 突然 年底 年前 年后 节前 最近")
CHILD = words_of("孩子 娃 娃儿 小孩 儿子 女儿 闺女 宝宝 崽 崽崽 仔 囡囡 老大 老二 大的 小的 姐姐 妹妹 哥哥 弟弟 姐弟 姐弟俩 俩娃 两个孩子 两个娃 他 她 他们 她们 孩子们 娃们")
_OLD = words_of("奶奶 爷爷 外婆 外公 姥姥 姥爷 家里 家里人 老家 老家那边 来电话 打电话 我妈 我爸 他爸 他妈 老公 老婆")

_MEETING = words_of("团聚 团圆 见面 碰面 回家 回老家 回去 探亲 接娃 接孩子 返乡 行程 计划")
_THING = words_of("计划 安排 日子 行程 打算 日程 事 事情 那个 那条 那份 那张 这份 这个")
_OURS = words_of("之前 先前 上次 原来 原先 刚才 刚刚 前几天 已经 定 定好 定下 排 排好 做 做好 说好 记 记着")
_OFF = words_of("删掉 删了 删除 删去 删 取消 撤销 撤掉 撤了 撤 作废 废掉 废了 划掉 去掉 抹掉 清掉 不作数 不算数")
# 回家不要了 says nothing; 回家那个不要了 does.
_OFF_OF_A_THING = words_of("不要 不算 不用 黄 泡汤 吹 拉倒")
# Who cannot go calls it off with these words, too.
_NOT_GOING = words_of("不走 不走了 不回 不回了 不去 不去了 走不成 走不了 回不去 回不成 回不了 去不成 去不了 不回家 不回去 不见 见不成")
_NO_COUNTDOWN = words_of("别数日子 不用数日子 别数 别倒数 别再数日子 日子别数")
_BY_MISTAKE = re.compile(
    r"(?:刚才|刚刚|我|不小心|哎呀?|是|手滑)*(?:点|按|取消|删|弄|搞|发)错了?(?:我|把)?(?:团聚|回家|那个|的)?(?:计划|团聚|日子)?(?:还|要|是|在|算|照旧|得|给我|我|想|帮)*(?:要|留着|恢复|在|算数|不取消|别取消|不删|照旧)(?:的|吧|了|啊|一下)*"
)
# 改主意了 还是回, after it was called off.
_AFTER_ALL = re.compile(r"(?:我|又|算了)*(?:改主意|改变主意|变了?主意|想了想|想来想去|思来想去)了?(?:还是|要|又|得|决定)+(?:能|要|得|可以|想)?回(?:去|家|老家|来)?(?:了|吧|的|啊)*")
_NOT_OFF = re.compile(rf"(?:不|别|没|莫|甭|先不|不要|不用|不想|不能|怎么|误)(?:再|把|给我)?(?:{_any(_OFF)})")
_COMES_NOT = words_of("不来 不过来 不上来 不下来 不出来 来不了 来不成 过不来 上不来 不想来 不能来 没法来 不肯来 不愿来 不愿意来 不打算来")
_WHERE = words_of("我这 我这儿 我这里 我这边 这边 这儿 这里 城里 厂里 过暑假 过年 玩 住")
# Only with 了 or the like: 孩子不想来 is a worry, 孩子不来了 is news.
_STAYS = re.compile(rf"(?:{_any(CHILD)}).*(?:{_any(_COMES_NOT)}).{{0,4}}[了啦咯喽嘞]")

_THEY = words_of("厂里 厂子 厂 车间 公司 单位 老板 老板娘 领导 主管 经理 组长 班长 工头 工地 店里 人事 上面 上头 那边 这边 人家 拉长 线长")
_REFUSE = words_of(
    "不放人 没放人 不让走 不给走 不让回 不放假 没放假 不批 没批 不批假 没批假 不准假 没准假 不给假 赶货 赶工 赶单 赶进度 赶一批货 赶这批货 要加班 加班 排了班 有急单",
    "来了急单 走不开 缺人 没人顶 没人替 晚放假 放假晚 请不到假 没请到假 假没请到 请假没批 请假条没批 假条没批 假没批 假没批下来 假还没批 假批晚了 没假 假没下来 还没放 没放",
)
_NO_TICKET = words_of(
    "没抢到票 没买到票 没订到票 抢不到票 买不到票 没票 票没抢到 票没买到 票没了 车票没了 没抢到车票 没买到车票 没买到火车票 车票没抢到 车票没买到 火车票没抢到 票改签 票改 那天走不了 那天走不开 那天走不成 那天有事 当天有事"
)
_HINDERS = _NO_TICKET | words_of(
    "松口 放人 准假 批假 批了假 准了假 假批 假批下来 活干完 货赶完 提前放假 同意 答应",
    "家里有事 家里有点事 临时有事 孩子要补课 孩子补课 孩子要考试 孩子考试",
)
_MAYBE = words_of("得 可能 恐怕 估计 怕 怕是 看来 看样子 大概 应该 没准 说不定 好像 行不行 行吗 可以吗 好不好 要不")
_LEADS = words_of("只能 只好 要 还得 还要 必须 想 整个 能 可以 算 时间 回 走 到家 动身 出发 来 去 才 才能 到 左右 的样子 见 那就 让 叫 给 准 肯 点 一点 点儿 些")
_MOVE = re.compile(
    r"(?:推迟|延迟|推后|延后|延期|顺延|后延|往后[推挪延拖放移]?|向后[推挪]?|后推|推|拖|缓|晚|迟|提前|提早|往前[提挪移]?|早)"
    rf"[了个上到回去走来]{{0,2}}(?:{NUMBER}|半|几)?个?把?(?:周|星期|礼拜|月|天|日)"
    # 可能要晚点才能回: by how much is asked.
    r"|(?:晚|迟|往后推|推迟|延后)一?(?:点|些)(?=.*[回到走去见来])"
)
_STAYS_OTHERWISE = re.compile(rf"(?:多|少)(?:请了?|待|呆|住|玩|陪|留)[了个上]{{0,2}}(?:{NUMBER}|半)个?(?:周|星期|礼拜|天|晚)")
_ONLY_TICKET = re.compile(
    rf"(?:火车|高铁|动车|车)?票?我?(?:(?:只|就|就只|才)(?:抢|买|订|剩|有)(?:到|下|得到)?|(?:抢|买|订)(?:到|得到))了?(?P<day>(?:腊月|正月|{NUMBER}月)?初?{NUMBER}(?:号|日)?)(?:那天)?的(?:票|车|座)?(?:了|啦)?"
)
_A_DAY = rf"(?:(?:腊月|正月|{NUMBER}月)初?{NUMBER}|初{NUMBER}|年?(?:廿|二十|三十){NUMBER}?|{NUMBER}[号日]|小年|除夕|初一)(?:[号日]|那天)?"
_NOT_THIS_BUT = re.compile(
    rf"(?:哎呀?|唉|不对|对不起|不好意思|我)*(?:(?:记|说|看|算|写|打|讲|弄|搞)错了?(?:日子|时间|天)?了?(?:是|应该是|改成|要)|不是{_A_DAY}(?:而?是|应该是)|(?:不是|应该)是?)(?P<day>{_A_DAY})(?:才对|才是|吧|了|啊|的)*"
)
# 刚从老家回来, 上次回家: over already.
NOT_NOW = re.compile(r"刚|上次|上回|去年|昨天|前天|已经|回来了|到家了|来了|回(?:去|老?家)了$|不|没|别")
_TRAVELS = re.compile(r"来|到|回|走|动身|出发|见|团聚|计划|日子|考试|补课")
_ORDERED = re.compile(r"推迟|改|延后|顺延|提前|往后|往前")
SAID_SO = _SMALL | _WHEN | CHILD | _OLD | _THEY | _REFUSE | _HINDERS | _MAYBE | _LEADS | _MEETING | words_of("日子")

_NO_MORE = words_of(
    "停了 停掉 停 取消 关了 关掉 退了 退订 不要 不用 不看 不收 不想要 不想收 不想看 免了 免",
    "不用发 不要发 不必发 别发 莫发 甭发 不用再发 不要再发 别再发 莫再发 不用推 别推 别来 不用来 不用送 不用提醒 别提醒 不想学",
)
_EACH_WEEK = re.compile(r"(?:每个?(?:周|星期|礼拜)[一二三四五六日天]?[一两]?(?:课|条|次|个|回)?|(?:周|星期|礼拜)[一二三四五六日天末])")
_ASKED_TOO_OFTEN = re.compile(r"(?:每次)?(?:打完|打了)?(?:电话|视频)?(?:以后|之后|后|也|就|你|您)*(?:别|不用|不要|莫|甭|不必)(?:老|再|总|天天|每次|每回)*(?:来)?问我?(?:电话|视频)?(?:聊|打|说|讲)得?.{0,5}")
_OF_A_WEEK = words_of("晚 晚上 早上 中午 下午 那个 那条 那些 那种 这种 发 来 推 发的 来的 推的 学习 推送 消息 提醒 小课 小课堂 小事 课 那堂课 一课 一条 固定")
_A_MESSAGE = re.compile(r"课|那|条|推送|消息|提醒|小事|发|收|次|个|回")


def plain_intent(text: str) -> str | None:
    """`CANCEL`, `CHANGE` or `STOP`; None: not said that plainly."""
    said = squash(text)
    if not 3 <= len(said) <= _LONGEST:
        return None
    if _BY_MISTAKE.fullmatch(said) or _AFTER_ALL.fullmatch(said):
        return RESTORE
    if _calls_off(said) or is_child_staying(said):
        return CANCEL
    if _moves(said) or _stays_otherwise(said) or only_ticket(text) or corrected_day(text):
        return CHANGE
    return STOP if _stops_weekly(said) or _ASKED_TOO_OFTEN.fullmatch(said) else None


def only_ticket(text: str) -> str:
    """The day in 车票只抢到二十八的了, as it was said; "" where nothing of the kind was."""
    match = _ONLY_TICKET.fullmatch(squash(text))
    return match["day"] if match else ""


def corrected_day(text: str) -> str:
    """The right day in 我记错了，是腊月二十七 and 不是二十八，是二十九, as it was said; "" where nothing of the kind was."""
    match = _NOT_THIS_BUT.fullmatch(squash(text))
    return match["day"] if match else ""


def is_child_staying(text: str) -> bool:
    """Whether it is the child that does not come: 娃不来了."""
    said = squash(text)
    known = _SMALL | _WHEN | CHILD | _OLD | _COMES_NOT | _WHERE | _OFF | _MEETING | words_of("可能 应该 怕是 估计 不要 提醒 别")
    return len(said) <= _LONGEST and bool(_STAYS.search(said)) and is_made_of(said, known)


def is_unsure_move(text: str) -> bool:
    """Whether a move is told rather than ordered, and is to be asked about: 厂里不放人得晚一个礼拜."""
    said = squash(text)
    if only_ticket(text):
        return True
    told = any(word in said for word in _MAYBE | _REFUSE | _HINDERS | _THEY)
    return told and not _ORDERED.search(said) and _moves(said)


def _calls_off(said: str) -> bool:
    off = any(word in said for word in _OFF | _NO_COUNTDOWN)
    off_of_a_thing = any(word in said for word in _OFF_OF_A_THING) and any(word in said for word in _THING)
    about = _MEETING | _NOT_GOING | _REFUSE | _NO_TICKET
    if not (off or off_of_a_thing) or not any(word in said for word in about) or _NOT_OFF.search(said):
        return False
    return is_made_of(said, _SMALL | _WHEN | _THING | _OURS | _OFF | _OFF_OF_A_THING | _NO_COUNTDOWN | _THEY | about)


def _moves(said: str) -> bool:
    match = _MOVE.search(said)
    # 他晚一个月 may be said of the first word or the first tooth.
    if match is None or (any(word in said for word in CHILD) and not _TRAVELS.search(said)):
        return False
    return is_made_of(said[: match.start()], SAID_SO) and is_made_of(said[match.end() :], SAID_SO)


def _stays_otherwise(said: str) -> bool:
    match = _STAYS_OTHERWISE.search(said)
    return match is not None and is_made_of(said[: match.start()], SAID_SO) and (len(said) - match.end() <= 2 or bool(_TRAVELS.search(said[match.end() :])))


def _stops_weekly(said: str) -> bool:
    match = _EACH_WEEK.search(said)
    if match is None or not any(word in said[match.end() :] for word in _NO_MORE) or not _A_MESSAGE.search(said):
        return False
    return is_made_of(said[: match.start()], _SMALL) and is_made_of(said[match.end() :], _SMALL | _OF_A_WEEK | _NO_MORE)


def is_made_of(said: str, words: frozenset[str]) -> bool:
    """Whether the whole text can be cut into these words. By tables: alternatives under a star would try every way to cut it."""
    longest = max(map(len, words))
    reached = [True] + [False] * len(said)
    for end in range(1, len(said) + 1):
        reached[end] = any(reached[end - size] and said[end - size : end] in words for size in range(1, min(end, longest) + 1))
    return reached[-1]
