from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import services
from bot.clock import ManualClock
from bot.pages import links
from bot.pages.seals import COURSE, LIFETIMES, READER, Seals

ALICE = "p" + "a" * 26
NOW = ManualClock().now()
SEALS = Seals("k" * 32)


def test_it_opens_what_it_sealed() -> None:
    assert SEALS.opened(READER, SEALS.seal(READER, ALICE, NOW), NOW) == ALICE


@pytest.mark.parametrize("purpose", [READER, COURSE])
def test_it_opens_nothing_past_its_time(purpose: str) -> None:
    token = SEALS.seal(purpose, ALICE, NOW)

    assert SEALS.opened(purpose, token, NOW + LIFETIMES[purpose] - timedelta(seconds=2)) == ALICE
    assert SEALS.opened(purpose, token, NOW + LIFETIMES[purpose]) is None


def test_a_token_for_one_purpose_is_none_for_another() -> None:
    assert SEALS.opened(COURSE, SEALS.seal(READER, ALICE, NOW), NOW) is None


def test_a_token_of_another_key_is_none() -> None:
    assert SEALS.opened(READER, Seals("z" * 32).seal(READER, ALICE, NOW), NOW) is None


def test_every_bit_is_guarded() -> None:
    raw = base64.urlsafe_b64decode(SEALS.seal(READER, ALICE, NOW) + "==")
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert SEALS.opened(READER, base64.urlsafe_b64encode(changed).decode().rstrip("="), NOW) is None


@given(st.text(max_size=80))
def test_nonsense_is_none(token: str) -> None:
    assert SEALS.opened(READER, token, NOW) is None


def test_it_shows_nothing_of_the_parent_and_never_the_same_twice() -> None:
    one, two = SEALS.seal(READER, ALICE, NOW), SEALS.seal(READER, ALICE, NOW)

    assert one != two
    assert ALICE.encode() not in base64.urlsafe_b64decode(one + "==")
    assert len(one) <= 80


def test_there_are_no_links_without_an_address(environment: pytest.MonkeyPatch) -> None:
    assert links.lesson("drowning", ALICE) == links.relay("drowning") == links.course(ALICE) == ""


def test_links_name_no_parent(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("JIASHU_PUBLIC_URL", "https://example.org/")
    services.settings.cache_clear()

    assert links.lesson("drowning") == "https://example.org/lessons/drowning"
    address, token = links.course(ALICE).split("?t=")
    assert address == "https://example.org/course"
    assert ALICE not in token and SEALS.opened(COURSE, token, services.clock().now()) == ALICE
