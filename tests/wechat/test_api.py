"""The API client, its token and the sender, against a WeChat API on loopback."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import ManualClock, SystemClock
from bot.db import Database
from bot.wechat import addresses, allowance, pauses, receipt
from bot.wechat.addresses import ParentKeys
from bot.wechat.client import JiashuWeChatClient
from bot.wechat.errors import ACTIONS, Action, SendError
from bot.wechat.incoming import parse
from bot.wechat.messages import NewsOut, Outgoing, TextOut
from bot.wechat.sender import Outcome, Sender
from bot.wechat.token_store import DatabaseTokens, Fetched, RedisTokens, TokenStore, get_token

from .fetching import fetch_once
from .support import ALICE, APP_ID, Platform, make_settings, platform

KEY = ParentKeys("k" * 32).parent_key_for(ALICE)
CARD = NewsOut("标题", "说明", "https://example.org", "")


def make_client(database: Database, clock: ManualClock, base: str, tmp_path: Path) -> JiashuWeChatClient:
    return JiashuWeChatClient(make_settings(tmp_path, WECHAT_API_BASE=base), DatabaseTokens(database, clock, APP_ID))


def says(database: Database, clock: ManualClock, words: str = "你好") -> None:
    message = parse({"FromUserName": ALICE, "MsgType": "text", "Content": words, "MsgId": str(time.monotonic_ns())})
    with database.session() as session:
        receipt.take_in(session, message, KEY, False, True, clock.now())


@pytest.fixture(params=["database", "redis"])
def store(request: pytest.FixtureRequest, database: Database) -> TokenStore:
    if request.param == "database":
        return DatabaseTokens(database, SystemClock(), APP_ID)
    return RedisTokens(request.getfixturevalue("redis_url"), APP_ID)


class Fetcher:
    """Stands for WeChat: counts fetches, and is slow enough for others to come meanwhile."""

    def __init__(self, *values: str) -> None:
        self.values = list(values)
        self.calls: list[bool] = []

    def __call__(self, force: bool) -> Fetched:
        self.calls.append(force)
        time.sleep(0.1)
        return Fetched(self.values.pop(0), 7200)


def test_eight_threads_fetch_one_token(store: TokenStore) -> None:
    fetch = Fetcher("one", "two")
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _number: get_token(store, fetch), range(8)))
    assert got == ["one"] * 8 and fetch.calls == [False]


def test_a_refused_token_is_fetched_anew_once(store: TokenStore) -> None:
    fetch = Fetcher("one", "two", "three")
    assert get_token(store, fetch) == "one"
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _number: get_token(store, fetch, refused="one"), range(8)))
    assert got == ["two"] * 8 and len(fetch.calls) == 2


def test_a_new_token_is_forced_when_the_refused_one_comes_again(store: TokenStore) -> None:
    fetch = Fetcher("one", "one", "two")
    get_token(store, fetch)
    assert get_token(store, fetch, refused="one") == "two"
    assert fetch.calls == [False, False, True]


def test_a_failed_fetch_does_not_block_the_next(store: TokenStore) -> None:
    def fail(_force: bool) -> Fetched:
        raise SendError(40013)

    with pytest.raises(SendError):
        get_token(store, fail)
    assert get_token(store, Fetcher("one")) == "one"


def test_two_processes_fetch_one_token(database: Database, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    args = (f"sqlite:///{tmp_path}/jiashu.db", APP_ID, str(tmp_path / "count"))
    processes = [spawn.Process(target=fetch_once, args=args) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert (tmp_path / "count").read_text() == "x"


def test_a_token_past_its_time_is_fetched_anew(database: Database, clock: ManualClock) -> None:
    store = DatabaseTokens(database, clock, APP_ID)
    fetch = Fetcher("one", "two")
    get_token(store, fetch)
    clock.turn(timedelta(seconds=7100))
    assert get_token(store, fetch) == "one"
    clock.turn(timedelta(seconds=60))
    assert get_token(store, fetch) == "two"


async def _with_client(database: Database, clock: ManualClock, tmp_path: Path, story: object) -> Platform:
    async with platform() as (wechat, base):
        client = make_client(database, clock, base, tmp_path)
        await asyncio.get_running_loop().run_in_executor(None, story, client, wechat)  # type: ignore[arg-type]
        return wechat


def test_the_client_renews_a_refused_token_once(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    def story(client: JiashuWeChatClient, wechat: Platform) -> None:
        client.send(ALICE, TextOut("一"))
        wechat.codes = [40001]
        client.send(ALICE, TextOut("二"))
        wechat.codes = [42001, 40014]
        with pytest.raises(SendError) as refused:
            client.send(ALICE, TextOut("三"))
        assert (refused.value.code, refused.value.action) == (40014, Action.REFRESH_TOKEN)

    wechat = asyncio.run(_with_client(database, clock, tmp_path, story))
    assert wechat.sent == ["一", "二"] and wechat.forced == 2 and wechat.fetches == 5


def test_an_answer_needs_no_place_to_keep_the_token(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    with database.session() as session:
        session.execute(text("DROP TABLE wechat_token"))

    wechat = asyncio.run(_with_client(database, clock, tmp_path, lambda client, _wechat: client.send(ALICE, TextOut("一"))))
    assert (wechat.sent, wechat.forced) == (["一"], 0)


def test_the_client_speaks_as_wechat_wants(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    def story(client: JiashuWeChatClient, wechat: Platform) -> None:
        client.send(ALICE, CARD)
        client.typing(ALICE)
        client.typing(ALICE, on=False)
        client.create_menu({"button": [{"name": "问"}]})

    wechat = asyncio.run(_with_client(database, clock, tmp_path, story))
    assert wechat.calls == [
        ("/cgi-bin/message/custom/send", {"touser": ALICE, "msgtype": "news", "news": {"articles": [vars(CARD)]}}),
        ("/cgi-bin/message/custom/typing", {"touser": ALICE, "command": "Typing"}),
        ("/cgi-bin/message/custom/typing", {"touser": ALICE, "command": "CancelTyping"}),
        ("/cgi-bin/menu/create", {"button": [{"name": "问"}]}),
    ]
    assert "标题" in wechat.raw[0].decode()


def test_the_client_says_when_wechat_is_away(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    client = make_client(database, clock, "http://127.0.0.1:9", tmp_path)
    with pytest.raises(SendError) as refused:
        client.send(ALICE, TextOut("一"))
    assert (refused.value.code, refused.value.action, refused.value.permanent) == (None, Action.RETRY, False)
    assert "a-secret" not in repr(refused.value) and refused.value.__cause__ is None


def send(
    database: Database, clock: ManualClock, tmp_path: Path, codes: list[int], *messages: Outgoing, urgent: bool = False
) -> tuple[Outcome, Platform]:
    async def story() -> tuple[Outcome, Platform]:
        async with platform() as (wechat, base):
            wechat.codes = list(codes)
            client = make_client(database, clock, base, tmp_path)
            sender = Sender(database, clock, client, retry_after=(0.01, 0.02, 0.04))
            outcome = await sender.send(KEY, messages or [TextOut("答")], urgent, question="问")
            sender.close()
            return outcome, wechat

    return asyncio.run(story())


def kept(database: Database, clock: ManualClock) -> list[Outgoing]:
    from bot.wechat import waiting

    with database.session() as session:
        return [message for item in waiting.hold(session, KEY, clock.now()) for message in item.messages]


# code → (answers before it works or not, outcome, sent, still waiting, allowance left of 5, paused)
CODES: list[tuple[list[int], Outcome, bool, int, bool]] = [
    ([], Outcome.SENT, False, 4, False),
    ([-1, -1, -1], Outcome.SENT, False, 4, False),
    ([-1] * 4, Outcome.KEPT, True, 5, False),
    ([40001], Outcome.SENT, False, 4, False),
    ([40001] * 2, Outcome.KEPT, True, 5, False),
    ([40014] * 2, Outcome.KEPT, True, 5, False),
    ([42001] * 2, Outcome.KEPT, True, 5, False),
    ([40003], Outcome.DROPPED, False, 5, False),
    ([43004], Outcome.DROPPED, False, 5, False),
    ([50005], Outcome.DROPPED, False, 5, False),
    ([43019], Outcome.DROPPED, False, 5, False),
    ([43101], Outcome.DROPPED, False, 5, False),
    ([47003], Outcome.DROPPED, False, 5, False),
    ([44004], Outcome.DROPPED, False, 5, False),
    ([45002], Outcome.DROPPED, False, 5, False),
    ([40013], Outcome.KEPT, True, 5, True),
    ([40125], Outcome.KEPT, True, 5, True),
    ([40164], Outcome.KEPT, True, 5, True),
    ([45009], Outcome.KEPT, True, 5, True),
    ([45028], Outcome.KEPT, True, 5, True),
    ([45011], Outcome.KEPT, True, 5, True),
    ([45015], Outcome.KEPT, True, 0, False),
    ([45047], Outcome.KEPT, True, 0, False),
    ([45065], Outcome.SENT, False, 4, False),
    ([48001], Outcome.KEPT, True, 5, True),
    ([48004], Outcome.KEPT, True, 5, True),
    ([50002], Outcome.KEPT, True, 5, True),
    ([40033], Outcome.KEPT, True, 5, False),
    ([40200], Outcome.KEPT, True, 5, False),
    ([45008], Outcome.KEPT, True, 5, False),
    ([45098], Outcome.KEPT, True, 5, False),
    ([61450], Outcome.KEPT, True, 5, False),
]


@pytest.mark.parametrize(("codes", "outcome", "waits", "left", "paused"), CODES, ids=lambda item: str(item))
def test_it_does_what_each_code_asks_for(
    database: Database, clock: ManualClock, tmp_path: Path,
    codes: list[int], outcome: Outcome, waits: bool, left: int, paused: bool,
) -> None:  # fmt: skip
    says(database, clock)
    assert send(database, clock, tmp_path, codes)[0] is outcome
    assert kept(database, clock) == ([TextOut("答")] if waits else [])
    with database.session() as session:
        assert allowance.left(session, KEY, clock.now()) == left
        assert bool(pauses.paused_until(session, clock.now())) is paused
        dead = codes and ACTIONS.get(codes[0]) is Action.MARK_DEAD
        assert addresses.is_following(session, KEY) is not bool(dead)


def test_every_code_of_the_table_is_tried() -> None:
    assert set(ACTIONS) <= {code for codes, *_rest in CODES for code in codes}


def test_it_sends_a_refused_card_as_text(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    says(database, clock)
    outcome, wechat = send(database, clock, tmp_path, [45008], CARD)
    assert outcome is Outcome.SENT and wechat.sent == ['<a href="https://example.org">标题</a>']


def test_it_splits_what_wechat_finds_too_long(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    says(database, clock)
    text = "一句话。" * 100
    outcome, wechat = send(database, clock, tmp_path, [45002], TextOut(text))
    assert outcome is Outcome.SENT and len(wechat.sent) == 2 and "".join(wechat.sent) == text


def test_it_does_not_ask_wechat_without_an_allowance(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    says(database, clock)
    messages = [TextOut(str(number)) for number in range(6)]
    outcome, wechat = send(database, clock, tmp_path, [], *messages)
    assert outcome is Outcome.KEPT and wechat.sent == ["0", "1", "2", "3"]
    assert kept(database, clock) == messages[4:]
    assert send(database, clock, tmp_path, [], TextOut("急"), urgent=True)[1].sent == ["急"]
    clock.turn(timedelta(hours=48))
    assert send(database, clock, tmp_path, [], TextOut("晚"), urgent=True)[1].raw == []


def test_it_does_not_ask_wechat_in_a_pause(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    says(database, clock)
    send(database, clock, tmp_path, [45011])
    outcome, wechat = send(database, clock, tmp_path, [])
    assert outcome is Outcome.KEPT and wechat.raw == []
    clock.turn(timedelta(seconds=60))
    assert send(database, clock, tmp_path, [])[0] is Outcome.SENT


def test_it_sends_nothing_to_strangers(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    outcome, wechat = send(database, clock, tmp_path, [])
    assert outcome is Outcome.DROPPED and wechat.raw == []
