"""Names that the model does not see, or half: made like one, and people are spoken of around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import DOUBLED, GIVEN, SLIPPERY
from bot.privacy.lexicon.surnames import COMMON, COMPOUND, SINGLE
from bot.privacy.names import is_full, is_given, is_known
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.evidence import LIKELY, measured, runs_on, word_in_front

_HANDING = re.compile("[找托问给跟让请叫喊把被见陪约帮替对和看]")
_MY_CHILD = re.compile("(?:我|俺|咱|我们|咱们)(?:家|儿子|女儿|闺女|孩子|娃|姑娘|外孙|孙子|孙女)(?:里)?")
_SURNAME_TWICE = re.compile(f"[{''.join(sorted(COMMON))}](?P<given>[\u4e00-\u9fff])(?P=given)")
_INTRODUCED = re.compile(r"(?:^|[，,。！!? ])我(?P<name>[\u4e00-\u9fff]{2,3})(?=[，,。 :：]|电话|手机|微信)")
_VIETNAMESE = re.compile(f"[{''.join(sorted(COMMON))}]氏[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])")
_HIS = re.compile("[他她](?:爸|妈|爹|娘|爷|奶|外婆|外公|舅|姑|姥)")
# 班主|任江光荣老师, as LAC cuts it.
_ENDS_A_TITLE = re.compile("班?主任$")
_HINT = 0.12


def made_like_names(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every one, in every way."""
    for word in heard.words:
        yield from _made_like_one(heard, word.start)
    for match in _HANDING.finditer(heard.text):
        if match.end() not in heard.word_at and match.end() < len(heard.text):
            yield from _made_like_one(heard, match.end())
    yield from _introduced(heard)
    yield from _at_home(heard)
    yield from _twice(heard)


def _made_like_one(heard: Heard, start: int) -> Iterator[tuple[int, int]]:
    """Surname and given name at a word's beginning that the model half believes in, or that stand beside 同学, 他爸, 老师."""
    text = heard.text
    if _ENDS_A_TITLE.search(text[: start + 1]):
        return
    if text[start] not in SINGLE and text[start : start + 2] not in COMPOUND:
        end = start + 2
        if start in heard.word_at and end in heard.word_at and is_given(text[start:end]) and _kin(heard, start, end):
            yield start, end
        return
    for length in (4, 3, 2):
        end = start + length
        whole = text[start:end]
        slips = whole[-1:] in SLIPPERY and heard.weakest(start, end) < 0.3
        if length > 2 and (slips or runs_on(heard, end - 1)):
            continue
        if len(whole) < length or not is_full(whole) or is_known(whole) or word_in_front(heard, start, end):
            continue
        if not _ends_a_word(heard, end) or measured(heard, start, whole):
            continue
        if _believed(heard, start, end, length):
            yield start, end
            return


def _believed(heard: Heard, start: int, end: int, length: int) -> bool:
    if length == 4 and heard.weakest(start, end) < LIKELY:
        return False
    belief = heard.belief(start, end)
    before, after = heard.before(start, 6), heard.after(end, 4)
    cued = bool(cues.KIN_BEFORE.search(before)) or bool(cues.TITLE_AFTER.match(after))
    if length >= 3:
        return belief > LIKELY or (
            cued and heard.text[start] in COMMON and (belief > _HINT or _whole(heard, start, end))
        )
    return belief > 0.6 or (cued and belief > LIKELY)


def _whole(heard: Heard, start: int, end: int) -> bool:
    """Whether the end of a sentence or one who acts follows: 堂哥马成功带他去."""
    return end == len(heard.text) or bool(cues.ACTS_AFTER.match(heard.after(end, 4))) or not heard.text[end].isalnum()


def _kin(heard: Heard, start: int, end: int) -> bool:
    """建国他爸, 子涵妈妈: behind a family word with 他 even 建国 is a name."""
    if re.search("[\u4e00-\u9fff]$", heard.before(start, 1)):
        return False
    if _HIS.match(heard.after(end, 3)):
        return not heard.words[heard.word_at[start]].tag.startswith(("r", "p", "c"))
    known = is_known(heard.text[start:end])
    return bool(cues.KIN_AFTER.match(heard.after(end, 4))) and not known and heard.belief(start, end) > 0.02


def _ends_a_word(heard: Heard, end: int) -> bool:
    return end == len(heard.text) or end in heard.word_at or heard.text[end] in "家他她"


def _twice(heard: Heard) -> Iterator[tuple[int, int]]:
    """汤圆圆, 许多多: a surname and a doubled character, where someone acts."""
    for match in _SURNAME_TWICE.finditer(heard.text):
        start, end = match.span()
        cut = start + 2 in heard.word_at or (end < len(heard.text) and end not in heard.word_at)
        person = heard.belief(start, end) > LIKELY or cues.ACTS_AFTER.match(heard.after(end, 4))
        if (
            start in heard.word_at
            and not cut
            and person
            and not is_known(match.group())
            and match["given"] in GIVEN | DOUBLED
        ):
            yield start, end


def _at_home(heard: Heard) -> Iterator[tuple[int, int]]:
    """我家子涵不肯吃饭: a given name behind my child or my home, though the model sees a verb."""
    for match in _MY_CHILD.finditer(heard.text):
        start, end = match.end(), match.end() + 2
        text = heard.text[start:end]
        given = is_given(text) and not is_known(text) and text[1] not in SLIPPERY and heard.belief(start, end) > 0.05
        if given and (end == len(heard.text) or cues.ACTS_AFTER.match(heard.after(end, 4))):
            yield start, end


def _introduced(heard: Heard) -> Iterator[tuple[int, int]]:
    """我向慧，手机…; 阮氏兰."""
    for match in _INTRODUCED.finditer(heard.text):
        if is_full(match["name"]) and not is_known(match["name"]):
            yield match.span("name")
    for match in _VIETNAMESE.finditer(heard.text):
        yield match.span()
