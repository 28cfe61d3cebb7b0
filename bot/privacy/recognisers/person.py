"""Names of people: surname and given name, given name alone, surname and title, names of other peoples of China.

Rules for Han names: GB/T 28039-2011 (中国人名汉语拼音字母拼写规则), which describes their parts. LAC proposes; a proposal counts when
it is made like a name or when someone is just being named. What only looks like a name is in `bot/privacy/lexicon/lookalikes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.brands import is_brand
from bot.privacy.lexicon.ethnic import FOREIGN, PATTERN, POINTED, WEAK
from bot.privacy.lexicon.given import NICKNAMES
from bot.privacy.lexicon.lookalikes import AFTER_FAMOUS, FAMOUS
from bot.privacy.lexicon.places import COARSE
from bot.privacy.names import is_full
from bot.privacy.recognisers import cues, qq
from bot.privacy.recognisers.does import does
from bot.privacy.recognisers.evidence import LIKELY
from bot.privacy.recognisers.made import made_like_names
from bot.privacy.recognisers.mixed import mixed
from bot.privacy.recognisers.naming import named
from bot.privacy.recognisers.pointed import pointed_name
from bot.privacy.recognisers.proposed import proposed
from bot.privacy.recognisers.read import read_names
from bot.privacy.recognisers.roles import role_of
from bot.privacy.recognisers.rows import beside_number, in_rows
from bot.privacy.recognisers.said_of import said_of
from bot.privacy.recognisers.tales import in_a_tale
from bot.privacy.recognisers.titled import titled
from bot.privacy.recognisers.worded import worded
from bot.privacy.spans import Found, Kind

# The nicknames have a recogniser of their own.
_NICK = re.compile(r"[小阿老].{1,2}$|(.)\1$")
_LABELLED = re.compile("(?:姓名|户名|收款人|收件人|联系人|监护人)[:： ]*$")
_PET_NAME = re.compile("(?:小名儿?|乳名|昵称|外号|绰号)[叫是都就:： ]{0,3}$")
# 拉娃的车: what one does with a child.
_WITH_CHILD = re.compile("[拉接送带哄抱背喂打骂看管养拐偷卖坑丢][娃崽仔]|加[薇徽]")
# 贺芳收: behind an address.
_RECEIVES = re.compile("收(?![\u4e00-\u9fff])")
_FAMILIAR = re.compile(f"[\u4e00-\u9fff](?:{cues.FAMILIAR})")


def find(heard: Heard) -> Iterator[Found]:
    """Everyone who is named."""
    for start, until in _every(heard):
        end = _end(heard, start, until)
        if _WITH_CHILD.fullmatch(heard.text, start, end) or qq.SPELT.match(heard.text, start):
            continue
        # 蓝思|招小时工.
        if is_brand(heard.text[start:end]) or is_brand(heard.text[start : end - 1]) or cues.WORK_AFTER.match(heard.text, end):
            continue
        if not _famous(heard, start, end) and not in_a_tale(heard, start):
            yield Found(start, end, _kind(heard, start, end), role_of(heard, start, end))


def _end(heard: Heard, start: int, end: int) -> int:
    """Without the first character of what follows: 王芳|河南人, 贺芳|收."""
    last = end - 1
    if end - start < 3:
        return end
    runs_on = COARSE.match(heard.text, last) or _RECEIVES.match(heard.text, last)
    return last if runs_on and runs_on.end() >= end and is_full(heard.text[start:last]) else end


def _kind(heard: Heard, start: int, end: int) -> Kind:
    """李姐, 阿芳 and what follows 小名叫 are nicknames, whichever way they were found."""
    text = heard.text[start:end]
    nick = _NICK.match(text) or text in NICKNAMES or _FAMILIAR.fullmatch(text)
    return Kind.NICKNAME if nick or _PET_NAME.search(heard.before(start, 6)) else Kind.PERSON


def _every(heard: Heard) -> Iterator[tuple[int, int]]:
    yield from _of_other_peoples(heard)
    yield from named(heard)
    yield from titled(heard)
    for word in heard.words:
        if word.tag == "PER":
            yield from proposed(heard, word)
    yield from made_like_names(heard)
    yield from read_names(heard)
    yield from mixed(heard)
    yield from worded(heard)
    yield from said_of(heard)
    yield from does(heard)
    yield from in_rows(heard)
    yield from beside_number(heard)


def _famous(heard: Heard, start: int, end: int) -> bool:
    # 李清|照: LAC may have cut the name.
    known = any(heard.text[start:until] in FAMOUS for until in (end, end + 1))
    before = heard.before(start, 8)
    cue = cues.NAMING.search(before) or _LABELLED.search(before) or cues.CALLED.search(heard.before(start, 10))
    return known and (not cue or re.match(AFTER_FAMOUS, heard.after(end, 6)) is not None)


def _of_other_peoples(heard: Heard) -> Iterator[tuple[int, int]]:
    """阿依古丽·买买提, and names of other peoples without the point."""
    for match in POINTED.finditer(heard.text):
        start, end = pointed_name(heard, *match.span())
        if not FOREIGN.match(heard.text[start:end]) and heard.text[start:end] not in FAMOUS:
            yield start, end
    for match in PATTERN.finditer(heard.text):
        sure = match.group() not in WEAK and len(match.group()) > 2
        if sure or heard.belief(*match.span()) > LIKELY:
            yield match.span()
