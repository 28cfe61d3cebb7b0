"""What breaks each lint rule and what just keeps it: one small change of the clean library in tests/content/library/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAFE = "lessons/child_safety/crossing-the-road.md"
TALK = "lessons/remote_communication/asking-about-school.md"
DANGER = "safety/fell-into-water.yml"

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
    Change("C021", DANGER, '  - "(东西|手机|鞋|帽子|球|钥匙)(掉|落)"\n', "", "手机掉河里了"),
    Change("C021", DANGER, "(掉|落|摔|滑)(进", "(坠)(进", "patterns:"),
    Change("C022", SAFE, QUESTION, "  - 孩子掉到沟里怎么办要怎么教\n", "掉到沟里"),
    Change("C022", SAFE, QUESTION, "  - 屋头水多，娃儿滑进井里咋教\n", "滑进井里"),
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
)

KEEPS = (
    Change("C001", TALK, "title: 问问学校里的事", 'title: "问问：学校: 里的事"'),
    Change("C002", TALK, "form: lesson\n", "form: lesson\norder: 3\n"),
    Change("C003", "lessons/remote_communication/playground.png", "", "a picture"),
    Change("C004", SAFE, QUESTION, ""),
    Change("C005", TALK, "  - 想问成绩又怕他烦\n", "  - 村里的塘要不要围起来\n"),
    Change("C006", TALK, "  - 想问成绩又怕他烦\n", "  - 孩子放学了只跟外婆讲吃了饭\n"),
    Change("C007", TALK, OLD_ANSWER, answer(filled(2048))),
    Change("C008", TALK, "  3. 他讲的时候先听完，不急着教。\n", ""),
    Change("C009", TALK, WORDS + "  3. 他", "  2. 问得小一点。\n  3. “今天谁坐你旁边吃饭？”他"),
    Change("C010", TALK, BODY_END, "别说“都怪你”，也别讲“哭有什么用”。"),
    Change("C010", TALK, "  - 想问成绩又怕他烦\n", "  - 都怪我没时间陪他怎么补\n"),
    Change("C011", TALK, BODY_END, "您跟他越来越亲。"),
    Change("C012", TALK, LAST, "  身高到了125厘米，就要买票，可以上12306看看，难受时打120。\n"),
    Change("C013", TALK, LAST, "  吃药按说明书和医生的话，一天喝水600毫升，加两片黄瓜。\n"),
    Change("C014", TALK, "## 三种好用的问法\n", "## 三种好用的问法\n\n## 再来一种\n"),
    Change("C015", TALK, TRY, "try: 听他讲。\n"),
    Change("C016", SAFE, "    url: https://www.who.int/zh/news-room/fact-sheets/detail/road-traffic-injuries\n", ""),
    Change("C017", TALK, LAST, f"  {'他今天说一点明天也说一点' * 5}。\n"),
    Change("C018", TALK, LAST, "  擤鼻涕、捂被子，慢慢来。\n"),
    Change("C019", TALK, SIGNED, "reviewed: true\nreviewed_by: 湖南省儿童医院 李某红\n"),
    Change("C020", TALK, BODY_END, "**您真的在听。**"),
    Change("C021", DANGER, NEAR_MISS, NEAR_MISS + "  - 帽子掉到河里捞不捞\n"),
    Change("C022", SAFE, QUESTION, "  - 怎么提醒孩子别掉到沟里\n"),
    Change("C023", SAFE, "  - ages: [84, 144]", "  - ages: [84, 120]"),
    Change("C024", "dialect.yml", "家里: [屋头]", "家里: [屋头, 屋里头]"),
    Change("C025", TALK, LAST, "  他叫著名的小胖，体重（公斤）您知道吗？\n"),
    Change("C026", TALK, "updated: 2026-11-01", "updated: 2026-11-21"),
)
