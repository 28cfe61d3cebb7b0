"""Where something is to happen, in the words of parents: 宿舍, 村里, 城里, 公园, 家里, 电话里; and whether it rains."""

from __future__ import annotations

import re

# In this order: 宿舍里打电话 is about the telephone, 老家院子 about the village.
_PLACES = (
    ("phone", re.compile(r"电话|视频|隔着|手机里|手机上|远程|屏幕")),
    ("dormitory", re.compile(r"宿舍|工棚|厂里|厂区|员工房|出租屋|出租房|租的房|上下铺|工地")),
    ("park", re.compile(r"公园|广场|小区里")),
    ("city", re.compile(r"城里|城市|市里|县城|镇上|商场|超市|街上|图书馆|动物园|不要门票|不要钱的地方")),
    ("village", re.compile(r"村里|村子|乡下|农村|山里|院子|院坝|田里|地里|晒谷|屋前|屋后|户外|室外|(?:外面|外头)(?!打工|上班|干活|做工|挣钱|务工)")),
    ("home", re.compile(r"家里|在家|屋里|屋头|屋内|室内|房间|屋企|床上|炕上")),
)
_INDOORS = re.compile(r"下雨|落雨|雨天|下雪|刮风|台风|太冷|天冷|太热|天热|出不了门|出不去|不出门|雾霾|停电")


def read_place(text: str) -> str | None:
    """phone, dormitory, park, city, village or home; None when no place is named."""
    return next((place for place, pattern in _PLACES if pattern.search(text)), None)


def stays_indoors(text: str) -> bool:
    """Whether the weather (or the like) keeps them inside."""
    return bool(_INDOORS.search(text))
