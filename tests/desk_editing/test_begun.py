"""New from the pages: a campaign, empty or like another, and a question with its answer taught from the first word to the file."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import services
from bot.content.nested import values_of
from bot.desk.editing import becoming, drafts, files, taught
from bot.desk.editing.drafts import Draft
from bot.reminders.tables import outbox
from tests.desk.support import CAST, Browser, Desk
from tests.desk_editing.conftest import git
from tests.desk_editing.filled import Fields, fields_of, send

NEW = "/desk/content/campaigns/new"
ASKED = [f"你们{place}{how}" for place in ("店", "地址", "屋头", "门面") for how in ("在哪点儿嘛", "往哪头走", "咋个去")]


def _draft(path: str) -> Draft | None:
    with services.database().session() as session:
        return drafts.open_for(session, path)


async def _step(browser: Browser, path: str, action: str, form: Fields | None = None) -> str:
    draft = _draft(path)
    assert draft is not None
    await browser.get(f"/desk/drafts/{draft.id}")
    answer = await send(browser, f"/desk/drafts/{draft.id}/{action}", {"version": [str(draft.version)], **(form or {})})
    return answer.location or answer.text


async def _finished(wang: Browser, charlie: Browser, path: str) -> None:
    for who, action, form in ((wang, "send", {}), (charlie, "judge", {"what": ["good"]}), (charlie, "finish", {})):
        said = await _step(who, path, action, form)
        assert said.startswith("/desk/"), re.sub(r"\s*<[^>]*>\s*", " ", said)


async def _begin(browser: Browser, what: str, **typed: str) -> str:
    await browser.get(f"/desk/content/{what}/new")
    answer = await browser.post(f"/desk/content/{what}/new", **typed)
    assert answer.status == 303, re.findall(r'class="must">([^<]+)', answer.text)
    return answer.location.partition("?")[0].removeprefix("/desk/lessons/edit/")


async def test_an_empty_campaign_is_written_and_finished(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    path = await _begin(wang, "campaigns", title="腊八", kind="holiday", anchor="new_year")
    assert path == "campaigns/new_year.yml"
    assert ">提醒《腊八》</a>" in (await wang.get("/desk/content/campaigns")).text
    assert "至少要有一步" in await _step(wang, path, "send")
    form = fields_of(await wang.get(f"/desk/lessons/edit/{path}"))
    assert form["steps.0.was"] == ["new"], "a first message to fill in"
    form |= {"steps.0.step": ["day_0"], "steps.0.at": ["18:00"], "steps.0.stale_after.n": ["5"], "steps.0.texts": ["腊八了，喝碗热粥。", "今天腊八，问问孩子喝粥没有。"]}
    await send(wang, f"/desk/lessons/edit/{path}", form)
    await _finished(wang, charlie, path)

    written = (content / path).read_text("utf-8")
    assert written.startswith("campaign: new_year\ntitle: 腊八\nkind: holiday\nanchor: new_year\nsteps:\n  - step: day_0\n")
    assert git(content, "log", "-1", "--format=%an").strip() == CAST["editor"]
    assert ">腊八</a>" in (await wang.get("/desk/content/campaigns")).text


async def test_one_like_another_has_its_messages(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    source = content / "campaigns/mid_autumn.yml"
    source.write_text(f"# 只说中秋的。\n\n{source.read_text('utf-8')}", "utf-8")
    path = await _begin(wang, "campaigns", title="团圆", like="mid_autumn", slug="tuanyuan")
    draft = _draft(path)

    assert path == "campaigns/tuanyuan.yml" and draft is not None and draft.base == ""
    assert values_of(draft.text) == values_of(source.read_text("utf-8")) | {"campaign": "tuanyuan", "title": "团圆"}
    assert "只说中秋的" not in draft.text
    other = _draft(await _begin(wang, "campaigns", title="端午", like="mid_autumn", anchor="dragon_boat"))
    assert other is not None and other.path == "campaigns/dragon_boat.yml" and values_of(other.text)["anchor"] == "dragon_boat"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": ""}, {"title"}),
        ({"title": "一" * 21}, {"title"}),
        ({"kind": ""}, {"kind"}),
        ({"anchor": "someday"}, {"anchor"}),
        ({"like": "../domain/basics"}, {"like"}),
        ({"slug": "La Ba"}, {"slug"}),
        ({"slug": "mid_autumn"}, {"slug"}),
        ({"slug": "used_before"}, {"slug"}),
        ({"slug": "x" * 41, "kind": "no"}, {"slug", "kind"}),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(desk: Desk, typed: dict[str, str], wrong: set[str]) -> None:
    wang = await desk.staff("editor")
    now = services.clock().now()
    row = {"parent_key": "p", "campaign": "used_before", "occurrence": "1", "step": "a", "state": "sent", "due_at": now, "not_before": now, "stale_at": now}
    with services.database().session() as session:
        session.execute(outbox.insert().values(**row))
    await wang.get(NEW)
    answer = await wang.post(NEW, **({"title": "腊八", "kind": "holiday", "anchor": "new_year"} | typed))

    assert answer.status == 400
    assert set(re.findall(r'id="at-(\w+)"><span class="must">', answer.text)) == wrong
    assert f'value="{typed.get("title", "腊八")}"' in answer.text, "what was typed stays"
    with services.database().session() as session:
        assert drafts.all_open(session) == []


async def test_a_taken_name_gets_a_number(desk: Desk) -> None:
    wang = await desk.staff("editor")
    paths = [await _begin(wang, "campaigns", title="中秋", kind="holiday", anchor="mid_autumn") for _ in range(2)]
    paths += [await _begin(wang, "answers", title="在哪儿") for _ in range(2)]

    assert paths == ["campaigns/mid_autumn_2.yml", "campaigns/mid_autumn_3.yml", "answers/q_1.yml", "answers/q_2.yml"]


async def test_a_question_is_taught_from_the_page(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    assert "点“教一句新的”" in (await wang.get("/desk/content/answers")).text
    path = await _begin(wang, "answers", title="办公室在哪儿", slug="where")
    address = f"/desk/lessons/edit/{path}"
    form = fields_of(await wang.get(address)) | {"questions": ["\r\n".join(ASKED[:3])], "answer": ["没有门店，就在这个号里。", ""]}
    await send(wang, address, form)
    assert "写到 10 句" in await _step(wang, path, "send"), "too few to learn from"
    form = fields_of(await wang.get(address)) | {"questions": ["\r\n".join(ASKED)]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", form)).text)
    assert "没有门店，就在这个号里。" in looked["seen"] and ASKED[0] in looked["seen"]
    await send(wang, address, form)
    assert "notice=sent" in await _step(wang, path, "send")
    shown = (await charlie.get("/desk/drafts")).text
    assert ">一问一答《办公室在哪儿》</a>" in shown
    assert "<code>data/nlu/taught.yml</code>" in shown and f"<code>{path}" not in shown, "the files that there really are"
    assert "notice=approved" in await _step(charlie, path, "judge", {"what": ["good"]})
    assert "notice=finished" in await _step(charlie, path, "finish")

    texts = {name: (files.PROJECT / name).read_text("utf-8") for name in taught.FILES}
    assert all("taught_where" in text for text in texts.values())
    assert sorted(git(files.PROJECT, "show", "--name-only", "--format=", "HEAD").split()) == sorted(taught.FILES)
    assert git(files.PROJECT, "status", "--porcelain") == ""
    listed = (await wang.get("/desk/content/answers")).text
    assert f'href="{address}">办公室在哪儿</a>' in listed and "12 句" in listed
    page = await wang.get(address)
    assert fields_of(page)["questions"][0].splitlines() == ASKED
    assert not re.search(r"taught_|utter_|questions:", re.sub(r"<[^>]*>", " ", page.text)), "no sign of how it is kept"


async def test_a_taught_question_is_changed_found_again_and_taken_out(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    path = await _begin(wang, "answers", title="在哪儿", slug="where")
    address, past = f"/desk/lessons/edit/{path}", f"/desk/lessons/past/{path}"
    await send(wang, address, fields_of(await wang.get(address)) | {"questions": ["\r\n".join(ASKED)], "answer": ["没有门店。"]})
    await _finished(wang, charlie, path)
    form = fields_of(await wang.get(address))
    assert (await send(wang, address, form)).location.endswith("notice=nothing")
    desk.clock.turn(timedelta(hours=1))
    await send(wang, address, form | {"answer": ["没有门店，就在手机里。"]})
    await _finished(wang, charlie, path)
    versions = re.findall(r"\?of=([0-9a-f]{40})", (await wang.get(past)).text)
    assert len(versions) == 2
    changed = (await wang.get(f"{past}?of={versions[0]}")).text
    assert "<del>　没有门店。</del>" in changed and "<ins>　没有门店，就在手机里。</ins>" in changed
    assert (await send(wang, past, {"of": [versions[1]]})).location.endswith("notice=restored")
    assert "没有门店。" in fields_of(await wang.get(address))["answer"]
    await _step(wang, path, "drop")

    await send(wang, address, fields_of(await wang.get(address)) | {"gone": ["true"]})
    await _finished(wang, charlie, path)
    assert not any((files.PROJECT / name).exists() for name in taught.FILES)
    assert (await wang.get(address)).status == 404
    assert git(files.PROJECT, "status", "--porcelain") == ""


async def test_what_the_machine_could_not_tell_apart_is_kept_back(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    path = await _begin(wang, "answers", title="greet")
    lesson = (content / "lessons/remote_communication/asking-about-school.md").read_text("utf-8")
    (taken, *_) = re.findall(r"^  - (.+)$", lesson, re.MULTILINE)
    form = fields_of(await wang.get(f"/desk/lessons/edit/{path}"))
    form |= {"questions": ["\r\n".join([*ASKED, taken, "[在哪](place)"])], "answer": ["{name}，拨打 400-000-1234。"], "title": ["greet"]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", form)).text)
    stops: dict[str, list[str]] = {each["field"]: [] for each in looked["remarks"]}
    for each in looked["remarks"]:
        if each["error"]:
            stops[each["field"]].append(each["message"])

    assert any("问问学校里的事" in each for each in stops["questions"]) and any("括号" in each for each in stops["questions"])
    assert any("大括号" in each for each in stops["answer"]) and any("400" in each for each in stops["answer"])
    assert stops["title"] == ["已经有一条叫这个名字，换一个说法"]


async def test_two_are_taught_at_once_and_both_stay(desk: Desk) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    paths = [await _begin(wang, "answers", title=title, slug=slug) for title, slug in (("在哪儿", "where"), ("谁办的", "who"))]
    for path, questions in zip(paths, (ASKED, [f"{who}{how}" for who in ("这号谁", "你们是啥子单位", "哪个公司", "背后是谁") for how in ("搞的", "开的哦", "在管")]), strict=True):
        form = fields_of(await wang.get(f"/desk/lessons/edit/{path}"))
        await send(wang, f"/desk/lessons/edit/{path}", form | {"questions": ["\r\n".join(questions)], "answer": ["就在这个号里。"]})
    for path in paths:
        await _finished(wang, charlie, path)

    assert taught.names(files.project_text) == ["where", "who"]


async def test_drafts_that_are_tried_together_stand_in_the_same_files(desk: Desk) -> None:
    wang = await desk.staff("editor")
    paths = [await _begin(wang, "answers", title=title, slug=slug) for title, slug in (("在哪儿", "where"), ("谁办的", "who"), ("没写完", "later"))]
    for path in paths[:2]:
        form = fields_of(await wang.get(f"/desk/lessons/edit/{path}"))
        await send(wang, f"/desk/lessons/edit/{path}", form | {"questions": ["\r\n".join(ASKED)], "answer": ["就在这个号里。"]})
    found = [draft for path in paths if (draft := _draft(path))]

    assert [becoming.is_whole(draft) for draft in found] == [True, True, False]
    texts = becoming.texts(found[:2])
    assert set(texts) == set(taught.FILES) and all("taught_where" in str(text) and "taught_who" in str(text) for text in texts.values())
    assert not (files.PROJECT / taught.NLU).exists(), "nothing is written"
    asked = (await wang.get(f"/desk/try?draft={found[2].id}")).text
    assert "还没写完" in asked


async def test_a_half_written_answer_is_kept_and_goes_no_further(desk: Desk) -> None:
    wang = await desk.staff("editor")
    path = await _begin(wang, "answers", title="在哪儿", slug="where")
    form = fields_of(await wang.get(f"/desk/lessons/edit/{path}")) | {"questions": [ASKED[0]]}

    assert (await send(wang, f"/desk/lessons/edit/{path}", form)).location.endswith("notice=saved")
    assert "还没写怎么答" in await _step(wang, path, "send")


@pytest.mark.parametrize("kind", ["intents", "vacations", "nothing"])
async def test_not_everything_is_begun_here(desk: Desk, kind: str) -> None:
    wang = await desk.staff("editor")
    assert (await wang.get(f"/desk/content/{kind}/new")).status == 404
    assert (await wang.post(f"/desk/content/{kind}/new", title="x")).status == 404


async def test_where_a_question_is_taught_stands_beside_intents_and_replies(desk: Desk) -> None:
    wang = await desk.staff("editor")
    for kind in ("intents", "replies"):
        assert 'href="/desk/content/answers">一问一答</a>' in (await wang.get(f"/desk/content/{kind}")).text


@pytest.mark.parametrize("path", [*taught.FILES, "answers/where.yml"])
async def test_what_is_taught_opens_only_as_what_it_is(desk: Desk, path: str) -> None:
    (files.PROJECT / taught.DOMAIN).write_text('version: "3.1"\n', "utf-8")
    wang = await desk.staff("editor")
    for kind in ("edit", "source", "past"):
        assert (await wang.get(f"/desk/lessons/{kind}/{path}")).status == 404, kind
