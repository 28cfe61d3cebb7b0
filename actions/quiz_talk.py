"""Where a quiz stands, what a message means to it, and the words around its questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from rasa_sdk import Tracker

from actions.understood import entity, intent, words
from bot.content.quizzes import Quiz, QuizQuestion
from bot.course.choosing import read_option
from bot.text.plain import plain, squash

# These are never answers, whatever words they hold.
INTERRUPTIONS = {"danger", "erase_my_data", "confirm_erase", "show_my_data", "privacy_notice", "stop_reminders", "start_quiz"}
_WHY = r"(?:太难|太累|累|困|要?睡|上班|没空|不会|下次|下回|回头|改天|以后|明天|等会|先这样|再见).{0,6}"
_STOP = re.compile(rf"(?:先|我|那|还是)*(?:不想?(?:做|考|答|玩|测|弄)|停|退出|算)(?:下来?|一下)?(?:了|吧|啦|咯|题|算|停)*(?:{_WHY})?")
_UNKNOWN = re.compile(r"(?:我|这个|这题|真|也|就)*(?:不知道|不会|不懂|不晓得|不清楚|猜不[到出]|没学过|想不出来?|不会做|答不[上出]来?)(?:了|啊|呢|诶|哦)?")
_AGAIN = re.compile(r"(?:那|嗯|好|行)*(?:接着|继续|再)(?:做|来|答|考|测)?(?:题|吧|啊|呀|嘛)*|重(?:新)?(?:发|说|来)(?:一)?(?:遍|次)?|没看(?:清|见|到)")


class Said(Enum):
    """What is no option but concerns the quiz: not known; stop; ask again; a tap on a question that was answered before."""

    UNKNOWN = "unknown"
    STOP = "stop"
    AGAIN = "again"
    BEFORE = "before"


@dataclass(frozen=True)
class Place:
    """A quiz under way: the question it is at (`position`, from 0) and how many answers were right so far."""

    quiz: Quiz
    position: int
    right: int

    @property
    def question(self) -> QuizQuestion:
        return self.quiz.questions[self.position]

    def feedback(self, chosen: int) -> str:
        """A kind word first, then why; after a wrong choice, or none (0), also which one it is."""
        if chosen == self.question.right:
            return f"对，就是这样。\n{self.question.when_right}"
        right = self.question.options[self.question.right - 1]
        return f"更稳妥的是第 {self.question.right} 个：{right}\n{self.question.when_wrong}"


def place(tracker: Tracker, quizzes: Mapping[str, Quiz]) -> Place | None:
    """Where the parent is; None without a quiz, at its end, or when an editor has shortened it meanwhile."""
    quiz = quizzes.get(tracker.get_slot("quiz_slug") or "")
    position = tracker.get_slot("quiz_position")
    if quiz is None or position is None or not 0 <= int(position) < len(quiz.questions):
        return None
    return Place(quiz, int(position), int(tracker.get_slot("quiz_right") or 0))


def meant(tracker: Tracker, at: Place) -> int | Said | None:
    """The option that was chosen (from 1), or what else the message says to the quiz; None when it is about something else."""
    said = intent(tracker)
    if said in INTERRUPTIONS:
        return None
    if said == "answer_quiz":
        return _tapped(entity(tracker, "quiz_option") or "", at)
    if said == "resume_quiz":
        return Said.AGAIN
    chosen = None if words(tracker).startswith("/") else read_option(words(tracker), at.question.options)
    if chosen is not None:
        return chosen
    squashed = squash(plain(words(tracker)))
    if _UNKNOWN.fullmatch(squashed):
        return Said.UNKNOWN
    if said in ("stop_form", "deny") or _STOP.fullmatch(squashed):
        return Said.STOP
    return Said.AGAIN if said == "affirm" or _AGAIN.fullmatch(squashed) else None


def question_text(at: Place) -> str:
    """The question; its options follow as lines to tap."""
    total = len(at.quiz.questions)
    opening = f"【小测验：{at.quiz.title}】" if at.position == 0 else ""
    number = f"{at.position + 1}/{total}　" if total > 1 else ""
    return f"{opening}\n{number}{at.question.ask}".strip()


def result_text(quiz: Quiz, right: int) -> str:
    """How many, and a word that fits: nobody is graded here."""
    total = len(quiz.questions)
    if right >= total:
        return f"做完了，{total} 题都对，您心里有数。" if total > 1 else "做完了，您心里有数。"
    if right * 2 >= total:
        return f"做完了，{total} 题对了 {right} 题。另外的刚才也看过了，用得上就好。"
    return "做完了。这几样本来就容易弄混，今天看过一遍，到时候就想得起来。"


def _tapped(option: str, at: Place) -> int | Said | None:
    slug, _, rest = option.partition(".")
    position, _, number = rest.partition(".")
    if not (position.isdigit() and number.isdigit()):
        return None
    if (slug, int(position)) != (at.quiz.slug, at.position):
        return Said.BEFORE
    return int(number) if 1 <= int(number) <= len(at.question.options) else None
