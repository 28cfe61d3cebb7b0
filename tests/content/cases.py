"""What breaks each lint rule: one small change of the clean library in tests/content/library/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAFE = "lessons/child_safety/crossing-the-road.md"
TALK = "lessons/remote_communication/asking-about-school.md"
DANGER = "safety/fell-into-water.yml"
QUIZ = "quizzes/crossing-the-road.yml"
COMIC = "comics/crossing-the-road.yml"
STARTERS, GIFTS, ACTIVITIES, MONTHS = "starters.yml", "gifts.yml", "activities.yml", "milestones.yml"
CAMPAIGN = "campaigns/mid_autumn.yml"
VACATIONS = "calendar/vacations.yml"

QUESTION = "  - 怎么教娃过马路\n"
TWO_QUESTIONS = QUESTION + "  - 红绿灯怎么跟三岁的讲\n"
STEP = "  1. 先讲一件您今天的小事，再问他的。\n"
LAST = "  他连着两个星期不想上学，就请老师说说看到了什么。\n"
WORDS = "  2. 问得小一点：“今天谁坐你旁边吃饭？”\n"
SIGNED = 'reviewed: false\nreviewed_by: ""\n'
BODY_END = "您也真的想他。"
TRY = "try: 今晚只问一个问题：今天课间玩了什么。\n"
EXAMPLES = "  - 娃沉下去了没上来\n"
NEAR_MISS = "  - 小河边放牛可以带他去吗\n"
_ALARMING = (
    "孩子掉到沟里怎么办要怎么教",
    "屋头水多，娃儿滑进井里咋教",
    "掉进水缸怎么讲给他听",
    "落到河里的事怎么说",
    "摔进水库的新闻怎么讲",
    "滑到塘里以后再讲规矩",
)
# The library has the same with 她 for 他: 26 of 30 pairs of characters.
ALMOST_THE_SAME = "女儿七岁自己走路上学走到大路口站着不敢过马路怎么教他才好"


@dataclass(frozen=True)
class Change:
    """Put `new` in the place of `old` in `path`; with no `old` the whole file becomes `new`.

    `at` is a piece of the line on which the finding must stand; "" for line 1.
    """

    code: str
    path: str
    old: str
    new: str
    at: str = ""

    def apply(self, root: Path) -> None:
        path = root / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        assert self.old in before, f"{self.old!r} is no longer in {self.path}"
        path.write_text(before.replace(self.old, self.new, 1) if self.old else self.new, encoding="utf-8")

    def line(self, root: Path) -> int:
        if not self.at:
            return 1
        lines = (root / self.path).read_text(encoding="utf-8").splitlines()
        return next(number for number, text in enumerate(lines, 1) if self.at in text)


def filled(size: int) -> str:
    """An answer of exactly `size` bytes that keeps the other rules."""
    text = "好好说。\n\n1. 先听。\n2. 再问：“今天谁坐你旁边？”\n"
    room = size - len(text.encode())
    sentence = "慢慢来，不急，先听他把话讲完。\n"
    text += sentence * (room // len(sentence.encode()))
    return text + "。" * ((size - len(text.encode())) // 3) + "." * ((size - len(text.encode())) % 3)


def more_mass(count: int) -> str:
    """So many more steps of a campaign, each a mass message of its own."""
    step = '  - step: more_{0}\n    offset: {0}\n    at: "12:00"\n    stale_after: 1d\n    ways: [mass]  # {0}\n    texts: [一{0}, 二{0}]\n'
    return "".join(step.format(number) for number in range(1, count + 1))


def answer(text: str) -> str:
    """`text` as the value of `answer`."""
    return "answer: |\n" + "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))


OLD_ANSWER = (
    "answer: |\n  少问“好不好”，多问“什么”和“谁”，他就有话可说。\n\n"
    + STEP
    + WORDS
    + "  3. 他讲的时候先听完，不急着教。\n\n"
    + LAST
)

BREAKS = (
    Change("C001", TALK, "title: 问问学校里的事", "title: “问”: 学校: 里的事", "学校: 里的事"),
    Change("C001", TALK, "ages: [72, 144]", "ages: [144, 72]", "ages:"),
    Change("C001", TALK, "form: lesson", "form: lesson\nform: tip", "form: tip"),
    Change("C001", TALK, "updated: 2026-11-01", "updated: 2026-11-31", "updated:"),
    Change("C001", DANGER, '"(东西|手机', '"(东西|手机))', '"(东西'),
    Change("C002", TALK, "summary: 换个问法，孩子就愿意讲学校的事\n", ""),
    Change("C002", TALK, "form: lesson\n", "form: lesson\nauthor: 小王\n", "author:"),
    Change("C002", SAFE, "    year: 2023\n", "    year: 2023\n    page: 3\n", "page:"),
    Change("C002", TALK, "audience: [parents]", "audience: [parent]", "audience:"),
    Change("C002", DANGER, "order: 10\n", ""),
    Change("C003", TALK, "series: remote_communication", "series: reunion", "series:"),
    Change("C003", "lessons/remote_communication/Asking_2.txt", "", "草稿"),
    Change("C003", "safety/burn.yaml", "", "title: 烫伤"),
    Change("C004", SAFE, TWO_QUESTIONS, "", "questions:"),
    Change(
        "C005",
        TALK,
        "  - 一问三不知的儿子怎么聊\n",
        "  - 每天都是那几句，问完就没了！\n",
        "  - 每天都是那几句问完就没了",
    ),
    Change("C005", TALK, "  - 想问成绩又怕他烦\n", "  - 在家怎么练看左看右\n", "怎么练看左"),
    Change("C005", TALK, "  - 想问成绩又怕他烦\n", "  - 娃沉下去了，没上来\n", "娃沉下去了"),
    Change("C005", DANGER, NEAR_MISS, "  - 溺水了，没气了咋办\n", "溺水了，没气了"),
    Change("C006", TALK, "  - 想问成绩又怕他烦\n", f"  - {ALMOST_THE_SAME}\n", ALMOST_THE_SAME),
    Change("C007", TALK, OLD_ANSWER, answer(filled(2049)), "answer:"),
    Change("C008", TALK, STEP + WORDS, "  先讲一件您今天的小事，再问他的：“今天谁坐你旁边吃饭？”\n", "answer:"),
    Change("C008", TALK, WORDS + "  3. ", WORDS.replace("2. ", "（2）") + "  3、", "answer:"),
    Change("C009", TALK, WORDS, "  2. 问得小一点，比如问“同桌”是谁。\n", "answer:"),
    Change("C010", TALK, LAST, "  这事都怪大人问得太急。\n", "都怪"),
    Change("C010", TALK, BODY_END, "他连一句话都不说。", "连一句"),
    Change("C010", TALK, BODY_END, "“您看，都怪我问得太急。”", "都怪"),
    Change("C011", TALK, TRY, TRY.replace("今晚", "为了依恋，今晚"), "try:"),
    Change("C012", TALK, LAST, "  可以拨打12399问一问。\n", "12399"),
    Change("C012", TALK, LAST, "  写着 12399 的牌子上也有。\n", "12399"),
    Change("C012", TALK, LAST, "  学校的电话是 0731-5550123。\n", "0731"),
    Change("C012", DANGER, 'hotlines: ["120", "110"]', 'hotlines: ["120", "110", "12306"]', "hotlines:"),
    Change("C013", TALK, LAST, "  发烧时一次吃布洛芬5毫升。\n", "5毫升"),
    Change("C013", TALK, LAST, "  吃药每次半片，一天三次。\n", "半片"),
    Change("C014", TALK, BODY_END, "", "## 为什么问不出来"),
    Change("C014", TALK, "## 三种好用的问法\n", "## 三种好用的问法\n\n## 一\n\n## 二\n", "## 为什么问不出来"),
    Change("C015", TALK, TRY, ""),
    Change("C016", DANGER, "sources:\n  - title: 溺水\n    publisher: 世界卫生组织\n    year: 2023\n", ""),
    Change("C016", SAFE, "https://www.who.int", "www.who.int", "url:"),
    Change("C017", TALK, LAST, f"  {'他今天说一点明天也说一点' * 5}真好。\n", "他今天说一点"),
    Change("C018", TALK, LAST, "  饕餮、魑魅、貔貅、鹳雀、瑷珲、鼙鼓、黼黻、囹圄、耄耋、觊觎。\n", "answer:"),
    Change("C019", TALK, SIGNED, 'reviewed: true\nreviewed_by: ""\n', "reviewed:"),
    Change("C019", TALK, SIGNED, "reviewed: true\nreviewed_by: 专家\n", "reviewed:"),
    Change("C019", TALK, SIGNED, "reviewed: false\nreviewed_by: 湖南省儿童医院 李某红\n", "reviewed_by:"),
    Change("C020", TALK, LAST, "  **别急**，他会讲的。\n", "别急"),
    Change("C020", TALK, LAST, "  别急，他会讲的😊。\n", "别急"),
    Change("C020", TALK, "爸妈，谢谢你们", "爸妈[爱心]，谢谢你们", "爱心"),
    Change("C020", DANGER, "  3. 不倒着背，不压肚子。", "  - 不倒着背，不压肚子。", "不倒着背"),
    Change("C021", DANGER, EXAMPLES, "", "examples:"),
    Change("C021", DANGER, NEAR_MISS, "", "near_misses:"),
    Change("C021", DANGER, "，也可以打110", "", "hotlines:"),
    Change("C021", DANGER, "(溺水|呛水|淹).{0,6}(没气|不动|叫不醒|救|捞|捞上来)", "(河|塘|水|井)", "洗澡呛了一口水"),
    Change("C021", DANGER, "(掉|落|摔|滑)(进", "(坠)(进", "patterns:"),
    Change("C022", SAFE, QUESTION, "".join(f"  - {each}\n" for each in _ALARMING), "掉到沟里"),
    Change("C022", SAFE, QUESTION, "".join(f"  - {each}\n" for each in _ALARMING), "滑进井里"),
    Change("C023", SAFE, "  - ages: [84, 144]", "  - ages: [84, 156]", "[84, 156]"),
    Change("C023", SAFE, "  - ages: [84, 144]", "  - ages: [96, 144]", "[96, 144]"),
    Change("C024", "dialect.yml", "家里: [屋头]", "家里: 屋头", "家里"),
    Change("C024", "dialect.yml", "家里: [屋头]", "家里: [屋头, 娃儿]", "家里"),
    Change("C024", "dialect.yml", "家里: [屋头]", "110: [屋头]", "110"),
    Change("C024", "menu.yml", "      say: 今晚打电话聊什么\n", "", "今晚聊什么"),
    Change("C024", "menu.yml", "", "buttons: []\n"),
    Change("C024", "terms/terms.txt", "留守\n", "# 留守儿童\n", "# 留守"),
    Change("C024", "hotlines.yml", '"110"', "110", "110"),
    Change("C024", "words.yml", "{word: 都怪, instead: 不找是谁的错}", "{word: 都怪}", "都怪"),
    Change("C025", TALK, LAST, "  他會講的。\n", "會講"),
    Change("C025", TALK, LAST, "  他会讲的,不用急。\n", "会讲的,"),
    Change("C026", TALK, "updated: 2026-11-01", "updated: 2026-11-22", "updated:"),
    Change("C026", DANGER, "updated: 2026-11-01", "updated: 2027-01-01", "updated:"),
    Change("C030", CAMPAIGN, 'at: "18:00"', "at: 18:00", "at: 18:00"),
    Change("C030", CAMPAIGN, "anchor: mid_autumn", "anchor: moon_day", "moon_day"),
    Change("C030", CAMPAIGN, "    stale_after: 6h\n", "    stale_after: 6h\n    when: 晚上\n", "when:"),
    Change("C031", CAMPAIGN, "      - 中秋了，今晚和孩子一起抬头看一分钟，说说各自看到什么。\n", "", "texts:"),
    Change("C032", CAMPAIGN, "昨晚的月亮他还记得吗？", "今晚问问他。" * 40, "今晚问问他。今晚"),
    Change("C033", CAMPAIGN, "ways: [customer_service, mass,", "ways: [template, mass,", "template"),
    Change("C033", CAMPAIGN, "    texts:\n      - 今晚的月亮", "    table: gifts\n    texts:\n      - 今晚的月亮", "ways:"),
    Change("C034", CAMPAIGN, 'at: "18:00"', 'at: "22:00"', "22:00"),
    Change("C035", CAMPAIGN, "    stale_after: 2d\n", "    stale_after: 2d\n    lesson: no-such-lesson\n", "no-such"),
    Change("C036", CAMPAIGN, "  - step: talk_1\n", more_mass(4) + "  - step: talk_1\n", "mass]  # 4"),
    Change("C040", VACATIONS, "checked_on: 2026-11-01\n", ""),
    Change("C040", VACATIONS, "unknown: 各省\n", "unknown: 全国\n", "unknown:"),
    Change("C040", VACATIONS, "北京, 天津", "北京市, 天津", "北京市"),
    Change("C040", VACATIONS, "{start: 07-18, end: 08-24}", "{start: 02-29, end: 08-24}", "02-29"),
    Change("C040", VACATIONS, "{start: 07-18, end: 08-24}", "{start: 08-24, end: 07-18}", "08-24"),
    Change("C040", VACATIONS, "before: 16, ", "before: many, ", "before: many"),
    Change("C040", VACATIONS, "before: 16, ", "", "spring_festival"),
    Change("C040", VACATIONS, "vacation: winter", "vacation: spring", "vacation: spring"),
    Change("C040", VACATIONS, "start: 2026-01-31", "start: 2025-01-31", "start: 2025-01-31"),
    Change("C040", VACATIONS, "estimated: false, source: 一份校历", "estimated: no", "estimated: no"),
    Change("C040", VACATIONS, "year: 2026, start: 2026-07", "year: 2027, start: 2026-07", "year: 2027"),
    Change("C040", VACATIONS, "", "- 湖南\n"),
    Change("C041", VACATIONS, "[北京, 天津", "[天津", "rules:"),
    Change("C041", VACATIONS, "[吉林, ", "[吉林, 湖南, ", "[吉林"),
    Change(
        "C042",
        VACATIONS,
        "vacation: winter, year: 2026, start: 2026-01-31, end: 2026-03-01",
        "vacation: winter, year: 2026, start: 2026-03-01, end: 2026-03-28",
        "end: 2026-03-28",
    ),
    Change("C042", VACATIONS, "start: 2026-07-05, end: 2026-08-31", "start: 2026-07-05, end: 2026-10-01", "2026-10-01"),
    Change(
        "C042",
        VACATIONS,
        "vacation: summer, year: 2026, start: 2026-07-05",
        "vacation: winter, year: 2026, start: 2026-07-05",
        "vacation: winter, year: 2026, start: 2026-07-05",
    ),
    Change(
        "C042",
        VACATIONS,
        "estimated: false, source: 一份校历",
        "estimated: false, source: 一份校历（待核对）",
        "待核对",
    ),
    Change("C050", STARTERS, "  topic: food\n", "  topic: sport\n", "topic: sport"),
    Change("C050", GIFTS, "  cost: [8, 20]\n", "", "一盒粗蜡笔"),
    Change("C050", GIFTS, "cost: [20, 60]", "cost: [60, 20]", "cost: [60"),
    Change("C050", ACTIVITIES, "places: [home]", "places: [moon]", "places: [moon]"),
    Change("C050", ACTIVITIES, "  need: 面和馅\n", "  needs: 面和馅\n", "包饺子"),
    Change("C050", "photovoice.yml", "", "title: 今天吃的饭\n"),
    Change("C051", STARTERS, "要是你能变成一种动物，你变什么？", "今天食堂有鸡腿！你中午吃的什么", "今天食堂有鸡腿！"),
    Change("C051", MONTHS, "month: 12", "month:  6", "month:  6"),
    Change("C052", ACTIVITIES, "面和馅", "面和馅" * 60, "包饺子"),
    Change("C053", ACTIVITIES, "  safety: 开水和锅由大人看着。\n", "", "包饺子"),
    Change("C053", GIFTS, "  avoid: 钉子的一头包好。\n", "", "照片小本子"),
    Change("C054", MONTHS, "叫他很少有反应", "可能是自闭", "自闭"),
    Change("C055", STARTERS, "  ages: [36, 216]\n  moods: [any]", "  ages: [36, 96]\n  moods: [any]"),
    Change("C060", QUIZ, "    right: 2\n", "    right: 3\n", "right: 3"),
    Change("C060", QUIZ, "title: 过马路\n", "title: 过马路\nhint: 想一想\n", "hint:"),
    Change("C060", COMIC, "alt: 两个人走过斑马线", "drawn: 两个人走过斑马线", "drawn:"),
    Change("C060", "quizzes/safety/drowning.yml", "", "lesson: drowning"),
    Change("C060", QUIZ, "status: published", "status: done", "status:"),
    Change("C061", QUIZ, "lesson: crossing-the-road", "lesson: asking-about-school", "lesson:"),
    Change("C061", COMIC, "lesson: crossing-the-road", "lesson: crossing-the-rode", "lesson:"),
    Change("C062", QUIZ, "大人牵着，走在靠车的那一边。", "对，是大人。", "对，是大人。"),
    Change("C062", QUIZ, "一慌就想跑。站住看清，司机也好让您。", "错了，要站住看清，司机才好让您。", "错了"),
    Change("C062", QUIZ, "一慌就想跑。站住看清，司机也好让您。", "站住了，司机才看得清您往哪儿去", "when_wrong: 站住了"),
    Change("C063", QUIZ, "      - 马上跑过去\n", "      - 看看左右的车！\n", "看看左右的车！"),
    Change("C063", QUIZ, "      - 往回跑\n", f"      - {'往回跑' * 16}\n", "往回跑往回跑"),
    Change("C063", QUIZ, "    right: 2\n", "    right: 1\n", "questions:"),
    Change("C064", COMIC, "好，咱们走。", "好，咱们慢慢走。", "慢慢走"),
    Change("C064", COMIC, "status: published", "  - alt: 第四格还没画\nstatus: published", "第四格还没画"),
    Change("C065", TALK, "series: remote_communication", "series: course"),
)
