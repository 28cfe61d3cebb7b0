"""The wire as the reminders see it: who can be reached how, and what each of WeChat's errors leads to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders.gateway import Fate, Message
from bot.wechat import addresses, allowance, consents, inbox, pauses
from bot.wechat.api import Fields
from bot.wechat.errors import SendError
from bot.wechat.gateway import CUSTOM, MASS, SUBSCRIPTION, TEMPLATE, WeChatGateway
from bot.wechat.incoming import TextMessage
from tests.wechat.support import ALICE, ALICE_KEY, BOB, BOB_KEY, make_settings

WORDS = Message("今晚打个电话。", "春节系列", "给您的话在聊天里")


class Api:
    """Answers with what it is told to; keeps what was taken."""

    def __init__(self, *answers: SendError | Fields) -> None:
        self.answers = list(answers)
        self.taken: list[tuple[str, Fields]] = []

    async def post(self, endpoint: str, token: str, data: Fields) -> dict[str, object]:
        if endpoint == "stable_token":
            return {"access_token": f"t{len(self.taken)}", "expires_in": 7200}
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, SendError):
            raise answer
        self.taken.append((endpoint, data))
        return dict(answer)

    async def close(self) -> None:
        pass


def gateway(folder: Path, database: Database, clock: ManualClock, api: Api, **settings: str) -> WeChatGateway:
    ours = {"WECHAT_SUBSCRIPTION_TEMPLATE": "sub", "WECHAT_NOTICE_TEMPLATE": "note", **settings}
    return WeChatGateway(make_settings(folder, **ours), database, clock, api, retry_after=(0, 0))


def follow(database: Database, clock: ManualClock, openid: str = ALICE, key: str = ALICE_KEY) -> None:
    message = TextMessage(openid, "gh", 0, f"m:{key}", "您好")
    with database.session() as session:
        addresses.note_contact(session, key, message, 5, clock.now() + timedelta(hours=48), clock.now())


async def sent(folder: Path, database: Database, clock: ManualClock, way: str, *answers: SendError | Fields) -> tuple[Fate, str]:
    made = gateway(folder, database, clock, Api(*answers))
    with database.session() as session:
        made.reach(session, [ALICE_KEY], clock.now())
    result = await made.send(ALICE_KEY, way, WORDS)
    with database.session() as session:
        made.note(session, way, ALICE_KEY, result, clock.now())
    return result.fate, result.code


@pytest.mark.parametrize(
    ("answers", "fate"),
    [
        (({},), Fate.SENT),
        ((SendError(-1), SendError(-1), {}), Fate.SENT),
        ((SendError(-1),) * 3, Fate.LATER),
        ((SendError(None, "refused"), {}), Fate.SENT),
        ((SendError(None, "read timed out", unclear=True), {}), Fate.UNSURE),
        ((SendError(42001), {}), Fate.SENT),
        ((SendError(40001), SendError(40001)), Fate.LATER),
        ((SendError(40003),), Fate.GONE),
        ((SendError(43004),), Fate.GONE),
        ((SendError(43019),), Fate.CLOSED),
        ((SendError(45015),), Fate.CLOSED),
        ((SendError(45047),), Fate.CLOSED),
        ((SendError(45009),), Fate.LATER),
        ((SendError(45011),), Fate.LATER),
        ((SendError(40164),), Fate.LATER),
        ((SendError(48001),), Fate.LATER),
        ((SendError(45002),), Fate.NEVER),
        ((SendError(99999),), Fate.CLOSED),
    ],
)
async def test_each_error_has_its_fate(
    tmp_path: Path, database: Database, clock: ManualClock, answers: tuple[SendError | Fields, ...], fate: Fate
) -> None:
    follow(database, clock)
    assert (await sent(tmp_path, database, clock, CUSTOM, *answers))[0] is fate


async def test_a_page_is_a_link_in_the_chat_and_an_address_in_a_mass_message(
    tmp_path: Path, database: Database, clock: ManualClock
) -> None:
    follow(database, clock)
    follow(database, clock, BOB, BOB_KEY)
    api = Api()
    made = gateway(tmp_path, database, clock, api)
    page = Message("点开看看《防溺水》：https://e.org/lessons/a", "夏天", "给您的话在聊天里")
    with database.session() as session:
        made.reach(session, [ALICE_KEY], clock.now())
    await made.send(ALICE_KEY, CUSTOM, page)
    await made.send_mass("once", [ALICE_KEY, BOB_KEY], page.text)
    (_, chat), (_, mass) = api.taken
    assert chat["text"] == {"content": '点开看看<a href="https://e.org/lessons/a">《防溺水》</a>'}
    assert mass["text"] == {"content": page.text}


async def test_who_left_unnoticed_is_not_reached_any_more(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    await sent(tmp_path, database, clock, CUSTOM, SendError(43004))
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        assert made.reach(session, [ALICE_KEY], clock.now()) == {}
        assert made.followers(session, "", 10) == []


async def test_a_closed_window_is_believed(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    await sent(tmp_path, database, clock, CUSTOM, SendError(45015))
    with database.session() as session:
        assert allowance.left(session, ALICE_KEY, clock.now()) == 0


async def test_a_quota_rests_its_way_until_midnight_and_no_other(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    await sent(tmp_path, database, clock, TEMPLATE, SendError(45009))
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        assert made.pauses(session, clock.now()) == {TEMPLATE: pauses.next_midnight(clock.now())}
        # Answers to parents go on.
        assert pauses.paused_until(session, clock.now()) is None


async def test_a_wrong_address_stops_everything(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    await sent(tmp_path, database, clock, TEMPLATE, SendError(40164))
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        assert set(made.pauses(session, clock.now())) == {CUSTOM, SUBSCRIPTION, TEMPLATE, MASS}


async def test_a_consent_is_used_up_and_given_back_when_it_was_not_taken(
    tmp_path: Path, database: Database, clock: ManualClock
) -> None:
    follow(database, clock)
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        consents.given(session, ALICE_KEY, "sub", clock.now())
        assert made.reach(session, [ALICE_KEY], clock.now())[ALICE_KEY].consents == 1
        assert made.take(session, [ALICE_KEY], SUBSCRIPTION, clock.now()) == {ALICE_KEY}
        assert made.take(session, [ALICE_KEY], SUBSCRIPTION, clock.now()) == set()
    await sent(tmp_path, database, clock, SUBSCRIPTION, *[SendError(-1)] * 3)
    with database.session() as session:
        assert made.take(session, [ALICE_KEY], SUBSCRIPTION, clock.now()) == {ALICE_KEY}
    await sent(tmp_path, database, clock, SUBSCRIPTION, SendError(43101))
    with database.session() as session:
        assert consents.left(session, [ALICE_KEY], "sub") == {}


async def test_one_message_is_kept_back_for_a_danger(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        assert made.reach(session, [ALICE_KEY], clock.now())[ALICE_KEY].custom_left == 4
        taken = [made.take(session, [ALICE_KEY], CUSTOM, clock.now()) for _ in range(5)]
    assert taken == [{ALICE_KEY}] * 4 + [set()]


async def test_who_wrote_a_moment_ago_is_busy(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    follow(database, clock, BOB, BOB_KEY)
    made = gateway(tmp_path, database, clock, Api())
    with database.session() as session:
        inbox.receive(session, TextMessage(BOB, "gh", 0, "m:9", "在吗"), BOB_KEY, inbox.ANSWERED, clock.now())
        reach = made.reach(session, [ALICE_KEY, BOB_KEY], clock.now() + timedelta(minutes=9))
        assert (reach[ALICE_KEY].busy, reach[BOB_KEY].busy) == (False, True)
        assert not made.reach(session, [BOB_KEY], clock.now() + timedelta(minutes=11))[BOB_KEY].busy


async def test_notifications_carry_short_fields(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    follow(database, clock)
    api = Api()
    made = gateway(tmp_path, database, clock, api, WECHAT_SUBSCRIPTION_FIELDS="thing3,thing8")
    with database.session() as session:
        made.reach(session, [ALICE_KEY], clock.now())
    await made.send(ALICE_KEY, SUBSCRIPTION, Message("长的话", "标题" * 20, "一行\n字"))
    ((endpoint, data),) = api.taken
    fields = data["data"]
    assert endpoint == "message/subscribe/bizsend" and isinstance(fields, dict)
    assert list(fields) == ["thing3", "thing8"]
    assert len(fields["thing3"]["value"]) == 20 and fields["thing8"]["value"] == "一行 字"


async def test_a_mass_message_taken_before_is_done(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    for openid, key in ((ALICE, ALICE_KEY), (BOB, BOB_KEY)):
        follow(database, clock, openid, key)
    lost, known = SendError(None, "timed out", unclear=True), SendError(45065, "exists", message_id="77")
    made = gateway(tmp_path, database, clock, Api(lost, known))
    result = await made.send_mass("jiashu-1", [ALICE_KEY, BOB_KEY], "大家好")
    assert (result.fate, result.message_id) == (Fate.SENT, "77")
    still = await gateway(tmp_path, database, clock, Api(*[lost] * 3)).send_mass("jiashu-1", [ALICE_KEY, BOB_KEY], "大家好")
    assert still.fate is Fate.UNSURE


async def test_a_tag_reaches_exactly_those_who_are_meant(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    for openid, key in ((ALICE, ALICE_KEY), (BOB, BOB_KEY)):
        follow(database, clock, openid, key)
    api = Api({"tags": []}, {"tag": {"id": 101}})
    made = gateway(tmp_path, database, clock, api, WECHAT_ACCOUNT="subscription")
    await made.send_mass("a", [ALICE_KEY, BOB_KEY], "大家好")
    api.answers = [{"tags": [{"id": 101, "name": "家书推送"}]}]
    await made.send_mass("b", [BOB_KEY], "只给一位")
    changes = [(path.rpartition("/")[2], data.get("openid_list")) for path, data in api.taken if "members" in path]
    assert changes == [("batchtagging", [ALICE, BOB]), ("batchuntagging", [ALICE])] or changes == [
        ("batchtagging", [BOB, ALICE]), ("batchuntagging", [ALICE]),
    ]  # fmt: skip
    assert [path for path, _ in api.taken if path.endswith("sendall")] == ["message/mass/sendall"] * 2
