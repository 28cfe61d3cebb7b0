"""New from the pages: a campaign, empty or like another, and a question with its answer, a danger: from the first word to the file."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import services
from bot.content.library import load_library
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


async def _finished_danger(wang: Browser, charlie: Browser, path: str) -> None:
    assert "notice=sent" in await _step(wang, path, "send")
    assert "要求最严" in await _step(charlie, path, "judge", {"what": ["good"]}), "who approves promises what every script asks for"
    assert "notice=approved" in await _step(charlie, path, "judge", {"what": ["good"], "promise": ["0", "1", "2"]})
    assert "notice=finished" in await _step(charlie, path, "finish")


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
    stops = {each["field"]: [] for each in looked["remarks"]}
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


SAID = [f"{who}{how}{where}" for who in ("娃儿", "我孙子", "崽", "弟弟", "女儿") for how in ("掉到", "摔进", "滑下") for where in ("粪坑里了", "沼气池去了")]
HARMLESS = [f"{what}怎么{how}" for what in ("粪坑", "沼气池", "化粪池", "旱厕") for how in ("修", "盖板", "清", "围起来", "申请补贴")]
SAVES = "粪坑、沼气池里有毒气：谁都不下去，现在就打120。\r\n我在，您照着念：\r\n1. 站在上风，喊人。\r\n2. 用绳子、竹竿让他抓住。\r\n3. 拉上来先看有没有呼吸。\r\n这样喊：“别下去！拿绳子来！”"


async def test_a_new_danger_is_written_from_the_page_to_the_file(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    assert "机器从没见过" in (await wang.get("/desk/content/scripts/new")).text, "what it means is said first"
    path = await _begin(wang, "scripts", title="孩子掉进粪坑", slug="septic-tank")
    address = f"/desk/lessons/edit/{path}"
    assert path == "safety/septic-tank.yml" and "急救文案《孩子掉进粪坑》" in (await wang.get("/desk/content/scripts")).text
    said = await _step(wang, path, "send")
    assert "还没写打哪些电话" in said and "一共 5 处" in said, "and nothing in a word of the file's"
    # Half of it, and saved: a danger takes more than one sitting.
    form = fields_of(await wang.get(address)) | {"answer": [SAVES], "hotlines": ["120"]}
    assert (await send(wang, address, form)).location.endswith("notice=saved")
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", fields_of(await wang.get(address)))).text)
    assert [each["field"] for each in looked["remarks"]] == ["examples", "near_misses", "patterns"]
    form = fields_of(await wang.get(address)) | {"examples": ["\r\n".join(SAID)], "near_misses": ["\r\n".join(HARMLESS)]}
    form |= {"patterns": ["掉/摔/滑 粪坑/沼气池"], "sources.0.title": ["有限空间救援"], "sources.0.publisher": ["应急管理部"]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", form)).text)
    assert f"{len(SAID)} 句出事的话，字样认出 {len(SAID)} 句；{len(HARMLESS)} 句没出事的话，错认 0 句" in looked["seen"]
    await send(wang, address, form)
    assert fields_of(await wang.get(address))["patterns"] == ["掉/摔/滑 粪坑/沼气池"], "no sign of an expression"
    assert [(each["field"], each["message"]) for each in looked["remarks"] if each["error"]] == []

    await _finished_danger(wang, charlie, path)
    text = (content / path).read_text("utf-8")
    assert text.count("\n  - ") == len(SAID) + len(HARMLESS) + 2, "a sentence a line, as engineers write them"
    assert re.findall(r"^(\w+):", text, re.MULTILINE)[:5] == ["title", "order", "urgency", "patterns", "examples"], "in the order of the template"
    assert "septic-tank" not in load_library(content).safety, "not finished: nothing of it reaches a parent"
    assert "家长还用不上" in (await wang.get("/desk/content/scripts")).text
    await send(wang, address, fields_of(await wang.get(address)) | {"status": ["published"]})
    await _finished_danger(wang, charlie, path)
    script = load_library(content).safety["septic-tank"]
    assert script.matches("妹妹摔进屋后头粪坑") and not script.matches("粪坑边上摔了") and script.order > load_library(content).safety["fell-into-water"].order
    assert script.examples == tuple(SAID) and script.near_misses == tuple(HARMLESS)


@pytest.mark.parametrize(("slug", "wrong"), [("Septic_Tank", "横线"), ("fell-into-water", "fell-into-water-2"), ("1-x", "横线")])
async def test_a_danger_has_a_name_of_its_own(desk: Desk, slug: str, wrong: str) -> None:
    wang = await desk.staff("editor")
    await wang.get("/desk/content/scripts/new")
    answer = await wang.post("/desk/content/scripts/new", title="孩子掉进粪坑", slug=slug)

    assert answer.status == 400 and wrong in answer.text


async def test_two_dangers_without_a_name_get_one(desk: Desk) -> None:
    wang = await desk.staff("editor")

    assert [await _begin(wang, "scripts", title="掉坑") for _ in range(2)] == ["safety/danger-1.yml", "safety/danger-2.yml"]


async def test_a_half_written_answer_is_kept_and_goes_no_further(desk: Desk) -> None:
    wang = await desk.staff("editor")
    path = await _begin(wang, "answers", title="在哪儿", slug="where")
    form = fields_of(await wang.get(f"/desk/lessons/edit/{path}")) | {"questions": [ASKED[0]]}

    assert (await send(wang, f"/desk/lessons/edit/{path}", form)).location.endswith("notice=saved")
    assert "还没写怎么答" in await _step(wang, path, "send")


async def test_what_stands_in_a_file_is_not_emptied(desk: Desk) -> None:
    wang = await desk.staff("editor")
    address = "/desk/lessons/edit/safety/fell-into-water.yml"
    answer = await send(wang, address, fields_of(await wang.get(address)) | {"answer": [""]})

    assert answer.status == 400 and "还没写马上怎么回" in answer.text


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
