"""What a message without words says: 👍, 😭, [捂脸], ???. WeChat writes its own faces as [流泪] or, from older phones, as /::'(."""

from __future__ import annotations

import re

LIKE, LOVE, LAUGH, SAD, ANGRY, TIRED, AWKWARD, ALARMED, BYE, WONDER, NOTHING = (
    "like", "love", "laugh", "sad", "angry", "tired", "awkward", "alarmed", "bye", "wonder", "nothing",
)  # fmt: skip

# Named faces, and the older notation, which goes on until a character that none of its names holds.
CODE = re.compile(r"[\[［](?:[\u4e00-\u9fff]{1,4}|OK|ok|Ok|Emm|emm|666)[\]］]|[/／]:(?:[a-z]{1,8}|[^\s\w\u4e00-\u9fff]{1,4}[A-Za-z]?)")

# In this order: one tear among smiles is a tear.
_FACES = (
    (
        SAD,
        "😭😢😥😔😞💔🥺😿☹😣😩😫😖🥲😪",
        "流泪|大哭|快哭了|难过|委屈|心碎|可怜|苦涩|裂开|失望|凋谢|叹气|皱眉",
        r"::'\(|::<|::\(|:break|:fade",
    ),
    (ANGRY, "😡😠🤬👿💢👎", "发怒|咒骂|抓狂|鄙视|白眼|翻白眼|哼|右哼哼|左哼哼|弱|敲打|菜刀|炸弹|便便", r"::@|:weak|:bome|:shit|:kn"),
    (ALARMED, "😱😨😰😧😦😮🆘🚨", "惊恐|恐惧|天啊|惊讶|骷髅|发抖", r"::O|::!"),
    (AWKWARD, "🤦😅😓🙈😳🤷", "捂脸|尴尬|汗|擦汗|囧|脸红|害羞|打脸|无语|晕|嘘|闭嘴|Emm|emm", r"::\$|:wipe|::-\|"),
    (TIRED, "😴🥱💤🤒🤕", "困|睡|衰|生病|吐|折磨|月亮", r"::Z|:moon|:--b"),
    (LAUGH, "😂🤣😄😁😆😃😀😊🤭😹", "破涕为笑|呲牙|偷笑|憨笑|笑脸|嘿哈|坏笑|奸笑|愉快|得意|调皮|吃瓜|机智|旺柴", r"::D|::P|:,@P|::>"),
    (LOVE, "❤🧡💛💚💙💜💕💖💗💞😍😘🥰🌹💐🤗🫂", "爱心|亲亲|色|拥抱|玫瑰|嘴唇|爱你|飞吻|爱情|心", r":heart|:rose|:hug|:love|:showlove|:<L>"),
    (LIKE, "👍👌🙏💪👏🤝✌🆗✅🙆🎉", "强|赞|鼓掌|OK|Ok|ok|好的|合十|抱拳|握手|胜利|加油|耶|666|庆祝|勾引|拳头", r":strong|:ok|:share|:@\)|:handclap|:v|:jj"),
    (BYE, "👋", "再见", r":bye"),
    (WONDER, "❓❔🤔⁉", "疑问", r"::\?|:\?"),
)  # fmt: skip
_READ = tuple(
    (kind, re.compile(rf"[{signs}]|[\[［](?:{names})[\]］]|[/／](?:{older})")) for kind, signs, names, older in _FACES
)
# Drawn as one: an open mouth, the joiner that also stands between the people of a family (👨‍👩‍👧), and a puff.
_SIGH, _YAWN = "😮\u200d💨", "🥱"
_ASKS = re.compile(r"[?？]")


def without_faces(text: str) -> str:
    """`text` with a space for each code of WeChat's faces."""
    return CODE.sub(" ", text)


def read_face(text: str) -> str | None:
    """What faces and marks alone say, one of the kinds above; None where there is a word or a number."""
    if any(sign.isalnum() for sign in without_faces(text)):
        return None
    signs = text.replace(_SIGH, _YAWN)
    kind = next((kind for kind, pattern in _READ if pattern.search(signs)), None)
    return kind or (WONDER if _ASKS.search(without_faces(text)) else NOTHING)
