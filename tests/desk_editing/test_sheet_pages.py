"""Forms of fields on the desk: lists, drafts, a second pair of eyes, two at once, and without a script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot import services
from bot.desk.editing import drafts, files
from bot.desk.editing.drafts import Draft
from bot.desk.editing.sheets.table import SHEETS, sheet_of
from tests.desk.support import CAST, Browser, Desk
from tests.desk_editing.conftest import git
from tests.desk_editing.filled import Fields, fields_of, send

CAMPAIGN = "campaigns/mid_autumn.yml"
VACATIONS = "calendar/vacations.yml"
SCRIPT = "safety/fell-into-water.yml"
INTENTS = "data/nlu/basics.yml"
REPLIES = "domain/basics.yml"
TABLES = ("gifts.yml", "activities.yml", "starters.yml", "photovoice.yml", "milestones.yml", "menu.yml", "hotlines.yml", "words.yml")
PLAYED = ("quizzes/crossing-the-road.yml", "comics/crossing-the-road.yml")
EVERY = (INTENTS, REPLIES, "dialect.yml", "terms/terms.txt", SCRIPT, CAMPAIGN, VACATIONS, *TABLES, *PLAYED)


def _address(path: str, kind: str = "edit") -> str:
    return f"/desk/lessons/{kind}/{path}"


def _opened(path: str) -> str:
    """The form; of a long list that of its first entry."""
    sheet = sheet_of(path)
    return _address(path) + ("?open=0" if sheet and sheet.one_by_one else "")


async def _form(browser: Browser, path: str) -> Fields:
    return fields_of(await browser.get(_opened(path)))


def _draft(path: str) -> Draft | None:
    with services.database().session() as session:
        return drafts.open_for(session, path)


async def _step(browser: Browser, draft: Draft, action: str, form: Fields | None = None) -> str:
    await browser.get(f"/desk/drafts/{draft.id}")
    now = _draft(draft.path)
    assert now is not None
    answer = await send(browser, f"/desk/drafts/{draft.id}/{action}", {"version": [str(now.version)], **(form or {})})
    return answer.location or answer.text


async def test_every_kind_has_a_list_and_every_line_opens(desk: Desk) -> None:
    wang = await desk.staff("editor")
    kinds = re.findall(r'href="(/desk/content/\w+)"', (await wang.get("/desk/content")).text)
    assert len(kinds) == len(SHEETS)
    for kind in kinds:
        listed = await wang.get(kind)
        if listed.status == 303:
            assert (await wang.get(listed.location)).status == 200
            continue
        links = re.findall(r'href="(/desk/lessons/edit/[^"]+)"', listed.text)
        assert links or "这里还没有" in listed.text, kind
        for link in {each.partition("?")[0]: each for each in links}.values():
            page = await wang.get(link.partition("#")[0])
            assert page.status == 200 and 'id="editor"' in page.text, link
    assert (await wang.get("/desk/content/nothing")).status == 404


async def test_what_is_looked_for_is_found(desk: Desk) -> None:
    wang = await desk.staff("editor")
    found = (await wang.get("/desk/content/intents?find=蟹蟹")).text
    links = re.findall(r'href="(/desk/lessons/edit/[^"]+)"', found)

    assert links and all("data/nlu/basics.yml?open=" in link for link in links)
    page = (await wang.get(links[0].partition("#")[0])).text
    assert 'open><summary>“谢谢”这一类话' in page
    assert "没有找到" in (await wang.get("/desk/content/intents?find=没有这样的话")).text


@pytest.mark.parametrize("path", EVERY)
async def test_a_form_comes_back_as_it_was(desk: Desk, path: str) -> None:
    wang = await desk.staff("editor")
    answer = await send(wang, _address(path), await _form(wang, path))

    assert answer.location.endswith("notice=nothing"), answer.text[-800:]
    assert _draft(path) is None
    assert (await wang.get(_address(path, "source"))).status == 200


@pytest.mark.parametrize("path", EVERY)
async def test_a_stray_form_empties_nothing(desk: Desk, path: str) -> None:
    wang = await desk.staff("editor")
    for kind in ("edit", "look", "tried"):
        assert (await send(wang, _address(path, kind), {"version": ["0"], "base": [""]})).status == 400
    assert _draft(path) is None


async def test_no_yaml_until_it_is_asked_for(desk: Desk) -> None:
    wang = await desk.staff("editor")
    for path in EVERY:
        page = (await wang.get(_opened(path))).text
        visible = re.sub(r"<[^>]*>", " ", page)
        assert not re.search(r"\b(?:stale_after|customer_service|near_misses|checked_on|nlu:|utter_\w+)", visible), path
        assert "看源文件" in page


async def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, CAMPAIGN)
    form |= {"title": ["月亮节"], "steps.1.at": ["晚上"], "steps.0.texts": [""]}
    answer = await send(wang, _address(CAMPAIGN), form)

    assert answer.status == 400 and _draft(CAMPAIGN) is None
    assert "有 2 处要改" in answer.text
    again = fields_of(answer)
    assert again["title"] == ["月亮节"] and again["steps.1.at"] == ["晚上"]
    at = dict(re.findall(r'data-at="([^"]+)" id="[^"]+"><span class="must">([^<]+)', answer.text))
    assert set(at) == {"steps.1.at", "steps.0.texts"} and "19:30" in at["steps.1.at"]
    looked = json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)
    assert {each["field"] for each in looked["remarks"]} == set(at)
    assert "第 2 条" in next(each["place"] for each in looked["remarks"] if each["field"] == "steps.1.at")


async def test_while_typing_rules_speak_and_the_example_parent_is_shown(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, CAMPAIGN)
    form |= {"steps.1.at": ["23:30"], "steps.1.audience.apart": ["false"], "example.age": ["3"], "example.province": ["湖南"], "example.apart": ["true"]}
    looked = json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)

    assert [each for each in looked["remarks"] if each["field"] == "steps.1.at" and each["error"]]
    assert "只发给住在一起的" in looked["seen"] and "月15日" in looked["seen"]
    form["example.apart"] = ["false"]
    assert "只发给分开住的" in json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)["seen"]
    form |= {"example.apart": ["true"], "example.grief": ["true"], "steps.0.cheerful": ["true"]}
    assert "家里有丧事" in json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)["seen"]
    form |= {"example.grief": [""], "example.shift": ["night"], "steps.0.at": ["10:00"]}
    assert "日 16:30" in json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)["seen"], "after a night shift"
    assert _draft(CAMPAIGN) is None, "looking keeps nothing"


async def test_without_a_script_it_can_be_looked_at_too(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, VACATIONS)
    form["years.1.year"] = ["2030"]
    page = await send(wang, _address(VACATIONS, "tried"), form)

    assert page.status == 200 and fields_of(page)["years.1.year"] == ["2030"]
    assert re.search(r'data-at="years\.1"[^>]*><span class="must">[^<]*2026', page.text)
    assert _draft(VACATIONS) is None
    form["years.1.year"] = ["2026"]
    assert "没有发现要改的地方" in (await send(wang, _address(VACATIONS, "tried"), form)).text


async def test_a_vacation_goes_from_the_form_to_the_file(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    before = (content / VACATIONS).read_text("utf-8")
    form = await _form(wang, VACATIONS)
    form |= {"years.2.province": ["湖北"], "years.2.vacation": ["winter"], "years.2.year": ["2028"], "years.2.start": ["2028-01-15"], "years.2.end": ["2028-02-13"], "years.2.source": ["省教育厅校历"], "years.2.estimated": ["false"]}
    answer = await send(wang, _address(VACATIONS), form | {"then": ["review"]})
    draft = _draft(VACATIONS)
    assert draft is not None and answer.location.startswith(f"/desk/drafts/{draft.id}")
    shown = (await wang.get(f"/desk/drafts/{draft.id}")).text
    assert "湖北" in shown and "照校历核对过" in shown and "province:" not in shown
    assert "notice=sent" in await _step(wang, draft, "send")
    assert "自己写的，要请别人来通过" in (await wang.get(f"/desk/drafts/{draft.id}")).text
    assert "notice=approved" in await _step(charlie, draft, "judge", {"what": ["good"]})
    assert "notice=finished" in await _step(charlie, draft, "finish")

    after = (content / VACATIONS).read_text("utf-8")
    assert after.startswith(before.rstrip("\n")) and "湖北" in after[len(before) :]
    assert git(content, "log", "-1", "--format=%an").strip() == CAST["editor"]
    past = (await wang.get(_address(VACATIONS, "past"))).text
    newest = re.findall(r"\?of=([0-9a-f]{40})", past)[0]
    changed = (await wang.get(f"{_address(VACATIONS, 'past')}?of={newest}")).text
    assert "省教育厅校历" in changed and "source:" not in changed


async def test_sentences_and_replies_go_into_their_own_files(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    for path, field, words in ((INTENTS, "intents.1.examples", "您这话说到我心坎上啦"), (REPLIES, "replies.1.texts", "不客气，您慢慢来。")):
        before = (files.PROJECT / path).read_text("utf-8")
        form = await _form(wang, path)
        if path == INTENTS:
            form[field] = [f"{form[field][0]}\r\n{words}"]
        else:
            form[field] = [*form[field], words]
        await send(wang, _address(path), form)
        draft = _draft(path)
        assert draft is not None
        shown = (await wang.get(f"/desk/drafts/{draft.id}")).text
        assert f"/desk/try?draft={draft.id}" in shown
        for who, action, more in ((wang, "send", {}), (charlie, "judge", {"what": ["good"]}), (charlie, "finish", {})):
            said = await _step(who, draft, action, more)
            assert said.startswith("/desk/"), said
        after = (files.PROJECT / path).read_text("utf-8")
        added = [line for line in after.splitlines() if line not in before.splitlines()]
        assert len(added) == 1 and added[0].strip().endswith(words)
        assert after.replace(f"{added[0]}\n", "", 1) == before
        assert git(content, "log", "-1", "--format=%s").startswith(path)
    assert git(content, "status", "--porcelain") == ""


async def test_a_danger_is_approved_only_by_who_did_what_it_takes(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    form = await _form(wang, SCRIPT)
    page = (await wang.get(_address(SCRIPT))).text
    assert "“危险”在这里是什么意思" in page and "认漏了" in page
    form["examples"] = [f"{form['examples'][0]}\r\n娃在水塘里扑腾快沉下去了"]
    await send(wang, _address(SCRIPT), form)
    draft = _draft(SCRIPT)
    assert draft is not None and "updated: " in draft.text
    await _step(wang, draft, "send")
    shown = (await charlie.get(f"/desk/drafts/{draft.id}")).text
    assert "“危险”在这里是什么意思" in shown and shown.count('name="promise"') == 3
    for promised in ([], ["0", "1"], ["0", "1", "1"]):
        assert "要求最严" in await _step(charlie, draft, "judge", {"what": ["good"], "promise": promised})
    assert "notice=returned" in await _step(charlie, draft, "judge", {"what": ["back"], "note": ["号码再对一遍"]})
    await _step(wang, draft, "send")
    assert "notice=approved" in await _step(charlie, draft, "judge", {"what": ["good"], "promise": ["0", "1", "2"]})
    assert "notice=finished" in await _step(charlie, draft, "finish")
    assert "娃在水塘里扑腾快沉下去了" in (content / SCRIPT).read_text("utf-8")


async def test_what_breaks_a_rule_is_not_sent(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, REPLIES)
    form["replies.0.texts"] = ["拨打 400-000-1234 找我们。"]
    await send(wang, _address(REPLIES), form)
    draft = _draft(REPLIES)
    assert draft is not None
    said = await _step(wang, draft, "send")

    assert "还有要改的地方" in said and "怎么说" in said and "第 0 行" not in said
    same = _draft(REPLIES)
    assert same is not None and same.state == "draft"


async def test_the_source_of_replies_changes_words_only(desk: Desk) -> None:
    wang = await desk.staff("editor")
    page = await wang.get(_address(REPLIES, "source"))
    form = fields_of(page)
    form["source"] = [form["source"][0].replace("session_expiration_time: 120", "session_expiration_time: 1")]
    await send(wang, _address(REPLIES), form)
    draft = _draft(REPLIES)
    assert draft is not None
    assert "工程师" in await _step(wang, draft, "send")


async def test_two_at_once_neither_is_lost(desk: Desk) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    first, second = await _form(wang, CAMPAIGN), await _form(charlie, CAMPAIGN)
    await send(wang, _address(CAMPAIGN), first | {"title": ["月圆"]})
    answer = await send(charlie, _address(CAMPAIGN), second | {"title": ["月饼"]})

    assert answer.status == 409 and "wang 刚刚也改了这一份" in answer.text
    assert "月圆" in answer.text and fields_of(answer)["title"] == ["月饼"]
    draft = _draft(CAMPAIGN)
    assert draft is not None and "title: 月圆\n" in draft.text
    # The page carries the version of what stands there now: whoever has seen it may save over it.
    merged = fields_of(answer) | {"title": ["月圆月饼"]}
    assert (await send(charlie, _address(CAMPAIGN), merged)).location.endswith("notice=saved")
    assert "wang" in (await wang.get(_address(CAMPAIGN))).text or "charlie" in (await wang.get(_address(CAMPAIGN))).text


async def test_a_script_in_the_words_is_only_words(desk: Desk) -> None:
    wang = await desk.staff("editor")
    attack = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    form = await _form(wang, CAMPAIGN)
    form |= {"title": ["<b>x"], "steps.0.texts": [attack, "另一种"], "example.age": ["<"], "example.province": ["<i>"]}
    looked = json.loads((await send(wang, _address(CAMPAIGN, "look"), form)).text)
    page = (await send(wang, _address(CAMPAIGN, "tried"), form)).text

    for text in (looked["seen"], page):
        assert "<script>alert" not in text and "<img" not in text and "<i>" not in text
    form = await _form(wang, REPLIES)
    form["replies.0.texts"] = [attack]
    assert "&lt;script&gt;" in json.loads((await send(wang, _address(REPLIES, "look"), form)).text)["seen"]


async def test_a_file_that_cannot_be_read_is_mended_as_it_stands(desk: Desk, content: Path) -> None:
    (content / CAMPAIGN).write_text("campaign: [\n", "utf-8")
    wang = await desk.staff("editor")

    assert "读不出来" in (await wang.get("/desk/content/campaigns")).text
    page = await wang.get(_address(CAMPAIGN))
    assert page.status == 200 and 'name="source"' in page.text and "读不懂" in page.text
    assert (await send(wang, _address(CAMPAIGN), {"sheet": ["campaigns"], "version": ["0"], "base": [""]})).status == 400


@pytest.mark.parametrize("path", ["data/rules/basics.yml", "data/nlu/../../config.yml", "data/nlu/x.txt", "domain/../endpoints.yml", "terms/other.txt", "config.yml", "domain/none.yml"])
async def test_nothing_else_of_the_project_opens(desk: Desk, path: str) -> None:
    wang = await desk.staff("editor")
    for kind in ("edit", "source", "past"):
        assert (await wang.get(_address(path.replace("..", "%2e%2e"), kind))).status == 404


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("quizzes/crossing-the-road.yml", "lesson: crossing-the-road\nquestions:\n  - ask: 半句\n  - options: 不是清单\n"),
        ("comics/crossing-the-road.yml", "title: 半篇\npanels:\n  - note: 只有一句\n  - {}\n"),
        ("menu.yml", "- name: 半个\n  sub:\n    - say: 没有字\n"),
        ("gifts.yml", "- why: 没有名字\n- name: 只有名字\n"),
        ("milestones.yml", "- month: 1\n  sources: [一句话]\n"),
        ("hotlines.yml", "hotlines:\n  - name: 没有号码\n"),
        ("words.yml", "blame: 一句话\n"),
    ],
)
async def test_what_is_half_written_in_the_source_still_opens_as_a_form(desk: Desk, path: str, source: str) -> None:
    wang = await desk.staff("editor")
    await wang.get(_address(path, "source"))
    page = await wang.get(_opened(path))
    kept = await send(wang, _address(path), {"source": [source], "version": ["0"], "base": fields_of(page)["base"]})
    assert kept.status == 303, kept.text[-600:]
    draft = _draft(path)
    assert draft is not None

    assert (await wang.get(_opened(path))).status == 200
    shown = await wang.get(f"/desk/drafts/{draft.id}")
    assert shown.status == 200 and "要改" in shown.text, "and says what is missing"
