"""Reviewing: conversations, misses, examples, wishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import services
from bot.desk import audit, teach
from bot.logs import misses
from bot.logs.tables import parents
from tests.desk import odd
from tests.desk.seed import LESSON, Record, Said
from tests.desk.support import CAST, Browser, Desk, hire

ATTACK = '<script>window.hit=1</script><img src=x onerror="window.hit=1">'


@pytest.fixture
def record(desk: Desk) -> Iterator[Record]:
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        first = made.parent("家长 K7F3")
        made.refs["k7f3"] = made.talk(
            first,
            Said("〈孩子1〉打电话不说话咋办"),
            Said("他发烧了奶奶不让去医院", "fallback", "我没太听明白", confidence=0.2),
        )
        second = made.parent("家长 M2Q8")
        group = made.group("学校要交伙食费从哪交", 12)
        made.refs["m2q8"] = made.talk(
            second, Said("学校要交伙食费从哪交", "fallback", confidence=0.3, group=group), topic="child_safety"
        )
        made.refs["old"] = made.talk(
            second, Said("娃写作业磨蹭", score=0), at=desk.clock.now() - timedelta(days=20), state="done"
        )
        made.refs["attack"] = made.talk(made.parent("家长 X9X9"), Said(ATTACK, "answered", ATTACK), state="none")
    yield made


def _turn_of(text: str) -> str:
    return re.findall(r"/desk/turns/(\d+)/teach", text)[-1]


async def _open(desk: Desk, role: str = "reviewer") -> Browser:
    hire("editor")
    return await desk.staff(role)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"k7f3", "m2q8", "old", "attack"}),
        ("fallback=1", {"k7f3", "m2q8"}),
        ("fallback=1&topic=child_safety", {"m2q8"}),
        ("low_confidence=1", {"k7f3", "m2q8"}),
        ("not_useful=1", {"old"}),
        ("danger=1", set()),
        ("state=done", {"old"}),
        ("words=发烧", {"k7f3"}),
        ("words=奶奶+医院", {"k7f3"}),
        ("words=%25", set()),
        ("words=磨蹭&state=open", set()),
        ("week=2026-03-02", {"k7f3", "m2q8", "attack"}),
        ("week=2026-02-09", {"old"}),
        ("week=nonsense&topic=nonsense", set()),
    ],
)
async def test_the_list_shows_what_was_asked_for(desk: Desk, record: Record, query: str, shown: set[str]) -> None:
    page = (await (await _open(desk)).get(f"/desk/talks?{query}")).text

    assert {name for name, ref in record.refs.items() if f"/desk/talks/{ref}" in page} == shown


async def test_a_conversation_shows_what_was_understood(desk: Desk, record: Record) -> None:
    page = (await (await _open(desk)).get(f"/desk/talks/{record.refs['k7f3']}")).text

    for words in ("〈孩子1〉打电话不说话咋办", "先问一件他喜欢的小事", "91%", "6 岁", "没听懂", "意图"):
        assert words in page
    assert services.library().lessons[LESSON].title in page


async def test_who_opened_a_conversation_is_in_the_trail(desk: Desk, record: Record) -> None:
    await (await _open(desk)).get(f"/desk/talks/{record.refs['k7f3']}")
    with services.database().session() as session:
        newest = audit.entries(session)[0]

    assert (newest.who, newest.action, newest.subject) == ("alice", "看对话", f"家长 K7F3 {record.refs['k7f3']}")


async def test_markup_in_a_message_stays_text(desk: Desk, record: Record) -> None:
    browser = await _open(desk)
    for path in ("/desk/talks", f"/desk/talks/{record.refs['attack']}"):
        page = (await browser.get(path)).text
        assert "<script>window" not in page and "<img" not in page
        assert "&lt;script&gt;" in page


async def test_nothing_on_a_page_leads_back_to_a_person(desk: Desk, record: Record) -> None:
    with services.database().session() as session:
        keys = [row.parent_key for row in session.execute(parents.select())]
    browser = await desk.staff("admin")
    for path in (
        "/desk/talks",
        f"/desk/talks/{record.refs['k7f3']}",
        "/desk/misses",
        "/desk/trail",
        "/desk/numbers.csv",
        "/desk/",
    ):
        page = (await browser.get(path)).text
        assert not [key for key in keys if key in page], path


async def test_a_reviewer_takes_finishes_and_undoes(desk: Desk, record: Record) -> None:
    alice, bob, ref = await _open(desk), await desk.staff("counsellor"), record.refs["k7f3"]
    state = f"/desk/talks/{ref}/state"
    assert (await alice.post(state, what="take")).status == 303
    refused = await bob.post(state, what="take")
    assert refused.status == 409 and "alice 正在看" in refused.text
    assert (await alice.post(state, what="done")).status == 303
    own = await alice.post(state, what="second")
    assert own.status == 409 and "请另一位来复核" in own.text
    assert (await bob.post(state, what="second")).status == 303
    assert "bob 复核过" in (await alice.get(f"/desk/talks/{ref}")).text
    assert (await alice.post(state, what="undo")).status == 303
    assert "看完了</span>" not in (await alice.get(f"/desk/talks/{ref}")).text


async def test_done_goes_on_to_the_next_open_one(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    answer = await alice.post(f"/desk/talks/{record.refs['m2q8']}/state", what="done", onward="1", filter="fallback=1")
    assert answer.location == f"/desk/talks/{record.refs['k7f3']}?fallback=1&notice=done"
    answer = await alice.post(f"/desk/talks/{record.refs['k7f3']}/state", what="done", onward="1", filter="fallback=1")
    assert answer.location.startswith("/desk/talks?fallback=1")


@pytest.mark.parametrize("what", ["take", "release"])
async def test_only_done_goes_on(desk: Desk, record: Record, what: str) -> None:
    alice, talk = await _open(desk), f"/desk/talks/{record.refs['k7f3']}"
    # A browser sends the ticked box with whichever button of the form is pressed.
    assert (await alice.post(f"{talk}/state", what="take", onward="1", filter="")).status == 303
    answer = await alice.post(f"{talk}/state", what=what, onward="1", filter="fallback=1")
    assert answer.location == f"{talk}?fallback=1&notice=saved"


async def test_it_is_given_to_a_colleague_who_may_review(desk: Desk, record: Record) -> None:
    alice, ref = await _open(desk), record.refs["k7f3"]
    hire("counsellor")
    assert (await alice.post(f"/desk/talks/{ref}/assign", what="reviewer", who="bob")).status == 303
    assert "正在看</span> bob" in (await alice.get(f"/desk/talks/{ref}")).text
    assert (await alice.post(f"/desk/talks/{ref}/assign", what="reviewer", who=CAST["editor"])).status == 400
    assert (await alice.post(f"/desk/talks/{ref}/assign", what="second", who="bob")).status == 409
    assert (await alice.post(f"/desk/talks/{ref}/assign", what="reviewer", who="")).status == 303


async def test_a_note_is_kept_and_escaped(desk: Desk, record: Record) -> None:
    alice, ref = await _open(desk), record.refs["k7f3"]
    assert (await alice.post(f"/desk/talks/{ref}/note", text="")).status == 400
    assert (await alice.post(f"/desk/talks/{ref}/note", text="x" * 2000)).status == 400
    assert (await alice.post(f"/desk/talks/{ref}/note", text=ATTACK)).status == 303
    page = (await alice.get(f"/desk/talks/{ref}")).text
    assert "&lt;script&gt;" in page and "<script>window" not in page


async def test_a_miss_becomes_an_example_after_a_second_look(desk: Desk, record: Record) -> None:
    alice, here = await _open(desk), f"/desk/talks/{record.refs['k7f3']}"
    turn = _turn_of((await alice.get(here)).text)
    page = (await alice.get(f"/desk/turns/{turn}/teach?back={here}")).text
    assert f'value="lesson/{LESSON}"' in page
    assert "他发烧了奶奶不让去医院</textarea>" in page

    asked = await alice.post(
        f"/desk/turns/{turn}/teach", target=f"lesson/{LESSON}", text="奶奶不让带去医院怎么办", back=here
    )
    assert re.fullmatch(r"/desk/examples/\d+\?changed=&back=/desk/talks/\w+", asked.location)
    shown = (await alice.get(asked.location)).text
    assert "奶奶不让带去医院怎么办" in shown and services.library().lessons[LESSON].title in shown
    number = asked.location.split("/")[3].split("?")[0]
    assert (await alice.post(f"/desk/examples/{number}/confirm", back=here)).location.startswith(here)

    with services.database().session() as session:
        (example,) = misses.examples_in(session, "confirmed")
    assert (example.text, example.target, example.by) == ("奶奶不让带去医院怎么办", f"lesson/{LESSON}", "alice")
    assert "已做成例句" in (await alice.get(here)).text


async def test_an_example_is_anonymised_again(desk: Desk, record: Record) -> None:
    alice, here = await _open(desk), f"/desk/talks/{record.refs['k7f3']}"
    turn = _turn_of((await alice.get(here)).text)
    asked = await alice.post(
        f"/desk/turns/{turn}/teach", target=f"lesson/{LESSON}", text="打13800138000找我", back=here
    )
    shown = await alice.get(asked.location)

    assert "13800138000" not in shown.text
    assert "已经盖住了" in shown.text
    number = asked.location.split("/")[3].split("?")[0]
    assert (await alice.post(f"/desk/examples/{number}/confirm", back=here)).status == 409
    assert (await alice.post(f"/desk/examples/{number}/drop", back=here)).status == 303
    assert (await alice.get(f"/desk/examples/{number}")).status == 404


@pytest.mark.parametrize("target", ["", "lesson/none", "nonsense", "lesson/../x", "/danger"])
async def test_only_what_can_be_learned_is_a_target(desk: Desk, record: Record, target: str) -> None:
    alice = await _open(desk)
    turn = _turn_of((await alice.get(f"/desk/talks/{record.refs['k7f3']}")).text)

    assert (await alice.post(f"/desk/turns/{turn}/teach", target=target, text="怎么办")).status == 400


async def test_targets_are_found_by_words(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    turn = _turn_of((await alice.get(f"/desk/talks/{record.refs['k7f3']}")).text)
    assert "lesson/crossing-the-road" in (await alice.get(f"/desk/turns/{turn}/teach?find=马路")).text
    assert "没有找到" in (await alice.get(f"/desk/turns/{turn}/teach?find=量子力学")).text
    assert 'value="greet"' in (await alice.get(f"/desk/turns/{turn}/teach?find=有人吗")).text


def test_a_suggestion_names_nobody() -> None:
    assert teach.without_placeholders("〈孩子1〉在〈学校1〉被〈老师2〉骂 电话〈电话1〉") == "孩子在学校被老师骂 电话"


@pytest.mark.parametrize("back", ["https://example.com", "//example.com", "/desk/users", "/desk/talks/../users", ""])
def test_the_way_back_stays_with_the_reviewer(back: str) -> None:
    assert teach.safe_back(back) == "/desk/misses"


async def test_a_wish_has_an_owner(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    page = (await alice.get("/desk/misses")).text
    assert "学校要交伙食费从哪交" in page and "12 次" in page
    (group,) = re.findall(r"/desk/misses/(\d+)", page)
    assert (await alice.post(f"/desk/misses/{group}/wish", wish="交伙食费", owner="nobody")).status == 400
    assert (await alice.post(f"/desk/misses/{group}/wish", wish="交伙食费", owner=CAST["editor"])).status == 303

    editor = await desk.staff("editor")
    assert "交伙食费" in (await editor.get("/desk/requests?mine=1")).text


async def test_a_group_is_taken_closed_and_opened(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    (group,) = re.findall(r"/desk/misses/(\d+)", (await alice.get("/desk/misses")).text)
    for what, state in (("take", "taken"), ("release", "open"), ("close", "done"), ("reopen", "open")):
        assert (await alice.post(f"/desk/misses/{group}/state", what=what)).status == 303
        assert f"/desk/misses/{group}" in (await alice.get(f"/desk/misses?state={state}")).text, what


async def test_numbers_too_large_for_a_database_are_not_found(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    for path in ("/desk/turns/99999999999999999999/teach", "/desk/misses/99999999999999999999", "/desk/turns/-1/teach"):
        assert (await alice.get(path)).status == 404


async def test_odd_input_is_no_error_of_ours(desk: Desk, record: Record) -> None:
    admin = await desk.staff("admin")
    with services.database().session() as session:
        parent = session.execute(select(parents.c.ref).limit(1)).scalar_one()

    assert await odd.walk(admin, {"ref": record.refs["k7f3"], "parent_ref": parent}) == []


async def test_a_body_that_is_no_form_is_refused(desk: Desk, record: Record) -> None:
    alice = await _open(desk)
    for kind, body in (
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/json", b"{"),
        ("text/plain", b"csrf=1"),
        ("multipart/form-data", b""),
    ):
        async with alice.http.post(desk.base + "/desk/logout", data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status in (400, 403), kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("家长电话13800138000", "电话"),
        ("邮箱 lily.wang@example.com 问过", "邮箱"),
        ("身份证 11010519491231002X", "证件号"),
    ],
)
async def test_a_note_with_a_number_of_somebody_is_refused(desk: Desk, record: Record, text: str, found: str) -> None:
    alice, ref = await _open(desk), record.refs["k7f3"]
    answer = await alice.post(f"/desk/talks/{ref}/note", text=text)
    assert answer.status == 400 and found in answer.text

    assert (await alice.post(f"/desk/talks/{ref}/note", text="和王老师说过了，下周三再看一次")).status == 303
    (group,) = re.findall(r"/desk/misses/(\d+)", (await alice.get("/desk/misses")).text)
    assert (await alice.post(f"/desk/misses/{group}/wish", wish=text, owner=CAST["editor"])).status == 400
