"""Chinese words for what stands in the record: outcomes, kinds of message, lessons, scripts, topics."""

from __future__ import annotations

from bot import services
from bot.content.lessons import SERIES
from bot.desk import targets
from bot.desk.topics import TOPICS
from bot.logs import outcomes
from bot.logs.shapes import Turn

OUTCOMES = {
    outcomes.ANSWERED: "答了",
    outcomes.ALTERNATIVES: "答了，没把握",
    outcomes.FALLBACK: "没听懂",
    outcomes.REJECTED: "说“不是这个”",
    outcomes.OFF_TOPIC: "当成题外话",
    outcomes.DANGER: "安全信号",
    outcomes.SMALL_TALK: "闲聊",
    outcomes.FORM: "回答我们的问题",
    outcomes.TASK: "办事",
    outcomes.FEEDBACK: "评价",
    outcomes.MISSING: "说了缺什么",
    outcomes.SILENT: "有人接手，机器没说话",
    outcomes.EVENT: "没有文字",
}
# Red needs a look first, amber soon.
TONES = {
    outcomes.DANGER: "red",
    outcomes.FALLBACK: "amber",
    outcomes.REJECTED: "amber",
    outcomes.OFF_TOPIC: "amber",
    outcomes.MISSING: "amber",
    outcomes.ANSWERED: "green",
}
KINDS = {
    "voice": "〔语音〕",
    "image": "〔照片〕",
    "video": "〔视频〕",
    "location": "〔位置〕",
    "link": "〔链接〕",
    "click": "〔点了菜单〕",
    "subscribe": "〔关注〕",
    "unsubscribe": "〔取消关注〕",
    "view": "〔点开了网页〕",
    "scan": "〔扫码〕",
}
# Intents that no sentence of data/nlu teaches.
INTENTS = {"lesson": "问课文里的事", "danger": "出了危险", "nlu_fallback": "没听懂"}
SCORES = {100: "很有用", 50: "有一点", 0: "没帮上"}
STATES = {"none": "不用看", "open": "还没看", "taken": "正在看", "done": "看完了"}
SETTLED = {"example": "已做成例句", "request": "已请人写课", "dismissed": "不用管"}
SENT = {
    "queued": "马上发出",
    "sending": "正在发",
    "sent": "发出去了",
    "held": "存着，等家长下次来时给",
    "given": "家长回来时已给",
    "dropped": "家长已取消关注，没发出",
}
FOUND_BY = {"pattern": "关键词", "patterns": "关键词", "classifier": "分类器", "possible": "有点像，拿不准"}


def lesson(slug: str) -> str:
    """The title of a lesson or safety script; the slug itself when it is not there any more."""
    shelf = services.library()
    found = shelf.lessons.get(slug) or shelf.safety.get(slug)
    return found.title if found else slug


def script(slug: str) -> str:
    """The title of a safety script; a lesson may have the same slug."""
    found = services.library().safety.get(slug)
    return found.title if found else slug


def topic(name: str) -> str:
    """A topic as staff call it: a series of lessons, or what it is."""
    return SERIES.get(name) or OUTCOMES.get(name) or lesson(name)


def given(name: str) -> str:
    """What was answered with: a lesson or script by its title, a reply of the assistant's by what it is about."""
    shelf = services.library()
    found = shelf.lessons.get(name) or shelf.safety.get(name)
    if found:
        return f"《{found.title}》"
    about = next((said for topic, said in TOPICS.items() if name.partition("_")[2].startswith(topic)), "")
    usual = f"固定的回答：{about}" if about else "固定的回答"
    return {"action_offer_lessons": "列出最像的几课", "action_offer_others": "列出别的课"}.get(name, usual)


def target(name: str) -> str:
    """What an example is for: a lesson by its title, an intent by the sentence that it begins with."""
    kind, _, slug = name.partition("/")
    if slug and kind == "lesson":
        return f"《{lesson(slug)}》"
    found = targets.index().targets.get(name)
    return found.title if found else name


def intent(name: str) -> str:
    """What a message was taken for, as staff call it; an intent that is taught by the sentence that it begins with."""
    return INTENTS.get(name) or target(name)


def heard(turn: Turn) -> tuple[str, float | None]:
    """What a message was taken for, and how surely. The likeliest lesson is noted of every message; of a greeting it says nothing."""
    if turn.danger_script:
        return f"危险——{script(turn.danger_script)}", turn.confidence
    if turn.intent == "nlu_fallback" and turn.ranking:
        slug, sure = turn.ranking[0]
        return f"没听懂，最像《{lesson(slug)}》", sure
    if turn.intent == "lesson" and turn.lesson:
        return f"《{lesson(turn.lesson)}》", turn.confidence
    return intent(turn.intent) if turn.intent else "—", turn.confidence


def age(months: int) -> str:
    """A child's age: 7 个月, 2 岁 3 个月, 9 岁."""
    years, rest = divmod(months, 12)
    if years == 0:
        return f"{rest} 个月"
    return f"{years} 岁 {rest} 个月" if rest and years < 4 else f"{years} 岁"
