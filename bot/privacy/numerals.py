"""Digits as they are typed and as they are read out."""

from __future__ import annotations

# 幺 for 1, 两 for 2 and so on are said where numbers are read digit by digit; 洞, 拐 and 勾 come from the army. 腰 and 么 are what a
# telephone that writes down what it hears makes of 幺.
_DIGITS = {
    "0": "零〇○洞",
    "1": "一幺壹腰么",
    "2": "二两贰",
    "3": "三叁",
    "4": "四肆",
    "5": "五伍",
    "6": "六陆",
    "7": "七柒拐",
    "8": "八捌",
    "9": "九玖勾",
}
_TO_DIGIT = str.maketrans({spoken: digit for digit, many in _DIGITS.items() for spoken in many})
HAN_DIGIT = "".join(_DIGITS.values())
# For character classes of regular expressions: any digit, read or typed.
ANY_DIGIT = "0-9" + HAN_DIGIT


def typed(text: str) -> str:
    """The text with spoken digits typed: the same length."""
    return text.translate(_TO_DIGIT)


def digits_of(text: str) -> str:
    """The digits and Latin letters of `text` in order (X of an ID card), letters in upper case."""
    return "".join(each for each in typed(text) if each.isascii() and each.isalnum()).upper()
