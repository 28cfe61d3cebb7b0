"""The certificate: a picture and a link that nobody can make for themselves."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from bot.course.certificate import Certificate, fit_name, in_words, sealed, svg, unsealed

KEY = "k" * 32
LI = Certificate("李梅", date(2026, 11, 22))


def test_a_sealed_link_opens_again() -> None:
    link = sealed(LI, KEY)

    assert link.isascii() and "/" not in link
    assert unsealed(link, KEY) == LI
    assert unsealed(sealed(Certificate("", LI.on), KEY), KEY) == Certificate("", LI.on)


def test_a_changed_link_does_not_open() -> None:
    body, _, seal = sealed(LI, KEY).partition(".")
    other = sealed(Certificate("王强", LI.on), KEY).partition(".")[0]

    for text in (f"{other}.{seal}", body, f"{body}.", f".{seal}", f"{body}.{seal[::-1]}", "", "..", "%00.a", "汉.字", "x" * 5000):
        assert unsealed(text, KEY) is None, text
    assert unsealed(f"{body}.{seal}", "j" * 32) is None


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("李梅", "李梅"),
        ("  李　梅\n", "李 梅"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("<b>李</b>", "b李b"),
        ("Ａｎｎ O.", "Ann O."),
        ("很长很长很长很长很长很长很长", "很长很长很长很长很长很长"),
        ("🌸!!", ""),
    ],
)
def test_only_a_name_fits(typed: str, fit: str) -> None:
    assert fit_name(typed) == fit


@pytest.mark.parametrize("name", ["", "李梅", "a&<b>", "阿依古丽·买买提江"])
def test_the_picture_is_whole(name: str) -> None:
    picture = ElementTree.fromstring(svg(Certificate(name, LI.on)))

    words = "".join(picture.itertext())
    assert (name or "一位用心的爸妈") in words and "2026年11月22日" in words
    assert "http" not in svg(LI).replace("http://www.w3.org/2000/svg", "")


def test_it_can_be_read_without_a_picture() -> None:
    assert in_words(LI).startswith("【结业证书】\n李梅：\n您学完了")
    assert in_words(Certificate("", LI.on)).startswith("【结业证书】\n您学完了")
