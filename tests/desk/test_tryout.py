"""The phone of a try-out behind the desk: only its owner reaches it, only what a phone does goes through, and it ends with the session."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot import services
from bot.clock import ManualClock
from bot.content.library import load_library
from bot.desk import accounts
from bot.desk.editing import drafts
from bot.model.current import Current, choose
from bot.publish import runs
from bot.publish.tree import make_tree
from bot.settings import Settings
from bot.simulator.driver import SimulatedWeChat
from bot.tryout import place as places
from bot.tryout import running
from bot.tryout.place import Ports, State
from tests.desk.support import CAST, Browser, Desk

LESSON = "lessons/child_safety/crossing-the-road.md"
SENTENCES, REPLIES = "data/nlu/basics.yml", "domain/basics.yml"
PHONE = "/desk/try/phone/"
WITHIN = 120.0


@pytest.fixture
async def wechat() -> AsyncIterator[SimulatedWeChat]:
    async with SimulatedWeChat() as made:
        yield made


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    """Stands in for the process of a try-out."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True) as process:
        yield process
        process.kill()
    running._all.clear()


def _staff(role: str) -> int:
    with services.database().session(readonly=True) as session:
        return accounts.get(session, CAST[role]).id


@pytest.fixture
async def editor(desk: Desk, wechat: SimulatedWeChat, waiting: subprocess.Popen[bytes], tmp_path: Path) -> Browser:
    """An editor whose phone is ready."""
    browser = await desk.staff("editor")
    place = tmp_path / "place"
    place.mkdir()
    places.tell(place, State(places.READY))
    places.touch(place, acted=True)
    ports = Ports(urlsplit(wechat.url).port or 0, 1, 2)
    running._all[_staff("editor")] = running.Tryout(_staff("editor"), "过马路", ("多了 1 种问法。",), place, ports, waiting)
    return browser


async def test_the_phone_is_shown_with_what_it_has_not_learned(editor: Browser) -> None:
    page = (await editor.get("/desk/try")).text
    assert f'src="{PHONE}"' in page and "多了 1 种问法" in page

    phone = await editor.get(PHONE)
    assert phone.status == 200 and f'data-csrf="{editor.csrf}"' in phone.text
    assert "/sim/" not in phone.text, "all it asks for is below its own address"
    policy = phone.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe" not in policy and "http" not in policy
    assert phone.headers["X-Frame-Options"] == "SAMEORIGIN"
    for name in ("web/js/main.js", "web/css/base.css", "web/icon.svg", "state", "parents/", "deliveries", "calls"):
        assert (await editor.get(PHONE + name)).status == 200, name


async def test_what_a_parent_does_goes_through_with_the_desks_word(
    editor: Browser, wechat: SimulatedWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await editor.get(PHONE)
    assert (await editor.post(f"{PHONE}parents/", csrf="wrong")).status == 403
    assert wechat.platform.followers.all() == []

    headers = {"X-CSRF-Token": editor.csrf}
    async with editor.http.post(f"{editor.base}{PHONE}parents/", json={"silent": True}, headers=headers) as answer:
        openid = (await answer.json())["openid"]
    (follower,) = wechat.platform.followers.all()
    assert follower.openid == openid
    async with editor.http.post(f"{editor.base}{PHONE}parents/{openid}/image", json={}, headers=headers) as answer:
        assert answer.status == 200
    chat = (await editor.get(f"{PHONE}parents/{openid}/chat")).text.replace("\\/", "/")
    assert wechat.url not in chat and f"{editor.base}{PHONE}web/drawing.svg" in chat, "pictures come through the desk too"
    with monkeypatch.context() as behind_nginx:
        behind_nginx.setattr("bot.desk.cookies.services.settings", lambda: Settings.from_environment({"JIASHU_PUBLIC_URL": "https://a.example"}))
        chat = (await editor.get(f"{PHONE}parents/{openid}/chat")).text.replace("\\/", "/")
    assert f"{editor.base.replace('http:', 'https:')}{PHONE}web/drawing.svg" in chat

    before = wechat.platform.now()
    async with editor.http.post(f"{editor.base}{PHONE}clock", json={"days": 1}, headers=headers) as answer:
        assert answer.status == 200
    assert (wechat.platform.now() - before).total_seconds() > 86000


@pytest.mark.parametrize("path", ["mode", "faults", "deliveries/1/forge", "../cgi-bin/token", "..%2Fcgi-bin%2Ftoken", "web/../../x", "parents/a/b/c"])
async def test_nothing_else_goes_through(editor: Browser, path: str) -> None:
    await editor.get(PHONE)
    assert (await editor.post(PHONE + path)).status in (400, 404)
    assert (await editor.get(PHONE + path)).status in (303, 400, 404)


async def test_a_colleague_does_not_reach_it(desk: Desk, editor: Browser) -> None:
    admin = await desk.staff("admin")
    assert (await admin.get(PHONE)).status == 404
    assert "现在没有在试的" in (await admin.get("/desk/try")).text
    assert (await (await desk.staff("reviewer")).get(PHONE)).status == 403
    assert (await desk.stranger().get(PHONE)).status == 401


async def test_the_stream_brings_what_happens_and_ends_with_the_session(editor: Browser, wechat: SimulatedWeChat) -> None:
    async with editor.http.get(f"{editor.base}{PHONE}stream") as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert await asyncio.wait_for(answer.content.readline(), WITHIN) == b": hello\n"
        wechat.turn_clock(minutes=1)
        await asyncio.wait_for(answer.content.readuntil(b'"kind": "state"'), WITHIN)
        await editor.post("/desk/logout")
        wechat.turn_clock(minutes=1)
        await asyncio.wait_for(answer.content.read(), WITHIN)


async def test_ended_it_is_gone(editor: Browser) -> None:
    await editor.get("/desk/try")
    assert (await editor.post("/desk/try/end")).status == 303
    assert (await editor.get(PHONE)).status == 404 and running.of(_staff("editor")) is None


async def test_while_it_begins_the_page_says_how_far_it_is(editor: Browser) -> None:
    (tried,) = running._all.values()
    for state, words in (
        (State(places.LEARNING, "TopicClassifier"), "正在学，要几分钟（正在做：TopicClassifier）"),
        (State(places.STARTING), "正在准备手机"),
        (State(places.FAILED, "没有学成：坏了"), "没有学成：坏了"),
        (State(places.READY), "打开手机"),
    ):
        places.tell(tried.place, state)
        assert words in (await editor.get(f"/desk/try/live/{tried.process.pid}")).text


# What is to be tried


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What would be started."""
    made: list[tuple[object, ...]] = []
    monkeypatch.setattr(running, "start", lambda *given: made.append(given))
    return made


@pytest.fixture
def trained(clock: ManualClock, tmp_path: Path) -> str:
    """A publishing of the small library answers."""
    with services.database().session() as session:
        run = runs.begin(session, "王老师", "", 0, clock.now())
        runs.trained(session, run.id, "now.tar.gz")
        runs.end(session, run.id, runs.READY, [], clock.now())
    make_tree(Path.cwd(), services.settings().content_path, tmp_path, run.id)
    (tmp_path / "models").mkdir()
    (tmp_path / "models/now.tar.gz").write_text("")
    choose(tmp_path, Current("now.tar.gz", run.id))
    return "now.tar.gz"


def _draft(old: str, new: str) -> int:
    content = services.settings().content_path
    text = (content / LESSON).read_text("utf-8")
    assert old in text
    with services.database().session() as session:
        return drafts.save(session, LESSON, text.replace(old, new), drafts.digest(text), 0, "王老师", services.clock().now()).id


async def test_other_words_are_tried_at_once(desk: Desk, clock: ManualClock, trained: str, begun: list[tuple[object, ...]]) -> None:
    editor, draft = await desk.staff("editor"), _draft("脚不踩路沿", "数三下")

    assert "不用学，马上就能试" in (await editor.get(f"/desk/try?draft={draft}")).text
    assert (await editor.post("/desk/try", kind="draft", number=str(draft), how="now")).status == 303

    ((_, title, unheard, root, _, changed, _, model),) = begun
    assert (title, unheard, root, model) == ("课《教孩子过马路》", (), Path.cwd(), trained)
    assert isinstance(changed, dict) and "数三下" in changed[LESSON]


async def test_new_questions_are_named_and_learned_if_wanted(desk: Desk, clock: ManualClock, trained: str, begun: list[tuple[object, ...]]) -> None:
    editor = await desk.staff("editor")
    draft = _draft("  - 怎么教娃过马路\n", "  - 怎么教娃过马路\n  - 红灯时奶奶拉着娃就走\n")

    page = (await editor.get(f"/desk/try?draft={draft}")).text
    assert "《教孩子过马路》多了 1 种问法" in page and "先学一遍再试" in page and "马上试，不学" in page
    await editor.post("/desk/try", kind="draft", number=str(draft), how="now")
    await editor.post("/desk/try", kind="draft", number=str(draft), how="learn")

    assert [(unheard, model) for *_, unheard, _, _, _, _, model in begun] == [(("《教孩子过马路》多了 1 种问法。",), trained), (("《教孩子过马路》多了 1 种问法。",), "")]


def _project_draft(path: str, old: str, new: str, author: str = "王老师") -> int:
    text = Path(path).read_text("utf-8")
    assert old in text
    with services.database().session() as session:
        made = drafts.save(session, path, text.replace(old, new, 1), drafts.digest(text), 0, author, services.clock().now())
    return made.id


async def test_another_reply_is_tried_at_once(desk: Desk, clock: ManualClock, trained: str, begun: list[tuple[object, ...]]) -> None:
    editor, draft = await desk.staff("editor"), _project_draft(REPLIES, "您好，我在。", "我在呢，您说。")

    assert f'href="/desk/try?draft={draft}"' in (await editor.get(f"/desk/drafts/{draft}")).text
    page = (await editor.get(f"/desk/try?draft={draft}")).text
    assert "回复：打招呼、问我是谁" in page and "不用学，马上就能试" in page
    await editor.post("/desk/try", kind="draft", number=str(draft), how="now")

    ((_, _, unheard, _, _, changed, _, model),) = begun
    assert (unheard, model) == ((), trained)
    assert isinstance(changed, dict) and "我在呢" in changed[REPLIES]


async def test_new_sentences_are_named_and_go_with_their_reply(
    desk: Desk, clock: ManualClock, trained: str, begun: list[tuple[object, ...]]
) -> None:
    editor, draft = await desk.staff("editor"), _project_draft(SENTENCES, "    - ", "    - 喂喂有人在家不\n    - ")
    _project_draft(REPLIES, "您好，我在。", "我在呢，您说。")
    _project_draft("domain/coach.yml", "responses:", "# 李老师\nresponses:", "李老师")

    page = (await editor.get(f"/desk/try?draft={draft}")).text
    assert "这一类话多了 1 句" in page and "先学一遍再试" in page
    assert "<li>回复：打招呼、问我是谁</li>" in page and "打电话的话头" not in page
    await editor.post("/desk/try", kind="draft", number=str(draft), how="learn")

    ((*_, changed, _, model),) = begun
    assert model == "" and isinstance(changed, dict) and set(changed) == {SENTENCES, REPLIES}


async def test_without_a_model_it_has_to_be_trained(desk: Desk, clock: ManualClock, begun: list[tuple[object, ...]]) -> None:
    editor, draft = await desk.staff("editor"), _draft("脚不踩路沿", "数三下")

    page = (await editor.get(f"/desk/try?draft={draft}")).text
    assert "还没有可以借来用的" in page and "开始试" not in page
    assert (await editor.post("/desk/try", kind="draft", number=str(draft), how="now")).status == 409 and not begun


async def test_a_publishing_is_tried_as_it_would_go_live(desk: Desk, clock: ManualClock, tmp_path: Path, trained: str, begun: list[tuple[object, ...]]) -> None:
    editor = await desk.staff("editor")

    assert "已经学好了" in (await editor.get("/desk/try?run=1")).text
    await editor.post("/desk/try", kind="run", number="1", how="now")

    ((_, title, _, root, content, changed, _, model),) = begun
    assert (title, root, changed, model) == ("第 1 次发布", tmp_path / "publish/1", {}, trained)
    assert isinstance(content, Path) and load_library(content).lessons


@pytest.mark.parametrize("asked", ["draft=99", "draft=x", "run=99", "run=-1", "draft=" + "9" * 40])
async def test_what_is_not_there_cannot_be_tried(desk: Desk, asked: str) -> None:
    assert (await (await desk.staff("editor")).get(f"/desk/try?{asked}")).status == 404


async def test_others_are_before(desk: Desk, clock: ManualClock, trained: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise running.TooMany("已经有同事在试了")

    monkeypatch.setattr(running, "start", full)
    editor, draft = await desk.staff("editor"), _draft("脚不踩路沿", "数三下")
    await editor.get(f"/desk/try?draft={draft}")
    answer = await editor.post("/desk/try", kind="draft", number=str(draft), how="now")
    assert answer.status == 409 and "已经有同事在试了" in answer.text
