"""The pages of the editor over HTTP: from a change to a commit, and what stands in between."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from bot import services
from bot.content.lessons import read_lesson
from bot.desk import audit
from bot.desk.editing import drafts
from bot.logs import misses
from tests.desk.support import Answer, Browser, Desk
from tests.desk_editing.conftest import LESSON, git

EDIT = f"/desk/lessons/edit/{LESSON}"
SOURCE = f"/desk/lessons/source/{LESSON}"


def _hidden(answer: Answer) -> dict[str, str]:
    form = answer.text.partition('id="editor"')[2]
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', form)[0] for name in ("version", "base")}


async def _save(browser: Browser, old: str, new: str, page: Answer | None = None, path: str = SOURCE) -> Answer:
    """Change some words of the source and save them."""
    page = page or await browser.get(path)
    written = re.search(r"<textarea name=\"source\"[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    assert written, page.text
    text = html.unescape(written[1]).replace(old, new)
    return await browser.post(path.replace("/source/", "/edit/"), source=text, **_hidden(page))


def _draft(path: str = LESSON) -> drafts.Draft:
    with services.database().session() as session:
        found = drafts.open_for(session, path)
    assert found
    return found


async def _step(browser: Browser, action: str, **form: str) -> Answer:
    draft = _draft()
    await browser.get(f"/desk/drafts/{draft.id}")
    return await browser.post(f"/desk/drafts/{draft.id}/{action}", version=str(draft.version), **form)


async def test_a_change_becomes_a_commit_after_a_second_look(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    before = (content / LESSON).read_text("utf-8")
    saved = await _save(wang, "status: published", "# 王老师的话\nstatus: published")
    assert saved.status == 303 and "notice=saved" in saved.location
    assert (content / LESSON).read_text("utf-8") == before, "a draft is not in the file"

    assert (await _step(wang, "send")).status == 303
    own = await _step(wang, "judge", what="good")
    assert own.status == 409 and "另一位同事" in own.text
    assert (await _step(wang, "finish")).status == 409, "nobody has looked at it"
    assert (await _step(charlie, "judge", what="back", note="再短一点")).status == 303
    assert "再短一点" in (await wang.get(SOURCE)).text
    assert (await _step(wang, "send")).status == 303
    assert (await _step(charlie, "judge", what="good")).status == 303
    done = await _step(wang, "finish")
    assert done.status == 303, done.text

    assert (content / LESSON).read_text("utf-8") == before.replace("status: published", "# 王老师的话\nstatus: published")
    assert git(content, "log", "-1", "--format=%an %s").startswith(f"wang {LESSON}：wang 写，charlie 看过")
    with services.database().session() as session:
        assert drafts.open_for(session, LESSON) is None
        assert {"保存草稿", "送去看", "看过草稿", "定稿"} <= {line.action for line in audit.entries(session)}


async def test_two_people_do_not_overwrite_each_other(desk: Desk) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    opened = await charlie.get(SOURCE)
    await _save(wang, "status:", "# 王\nstatus:")
    late = await _save(charlie, "status:", "# 查理\nstatus:", page=opened)

    assert late.status == 409 and "wang 刚刚也改了" in late.text
    assert "# 查理" in late.text and "# 王" in late.text, "both are shown"
    assert "# 王" in _draft().text and "# 查理" not in _draft().text
    again = await _save(charlie, "# 查理", "# 王\n# 查理", page=late)
    assert again.status == 303 and _draft().authors == ("wang", "charlie")
    assert "wang" not in (await charlie.get("/desk/drafts")).text or "charlie" in (await charlie.get("/desk/drafts")).text


async def test_a_file_that_moved_on_is_not_written_over(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    await _save(wang, "status:", "# 王\nstatus:")
    await _step(wang, "send")
    await _step(charlie, "judge", what="good")
    moved = (content / LESSON).read_text("utf-8").replace("status:", "# 别处\nstatus:")
    (content / LESSON).write_text(moved, "utf-8")

    assert (await _step(wang, "finish")).status == 409
    assert (content / LESSON).read_text("utf-8") == moved
    assert _draft().state == "approved", "nothing is lost"
    assert "又被别人改过" in (await wang.get(SOURCE)).text
    merged = await _save(wang, "# 王", "# 别处\n# 王")
    assert merged.status == 303 and _draft().state == "draft"


async def test_what_was_written_as_the_power_went_gets_into_the_history(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    await _save(wang, "status:", "# 王\nstatus:")
    await _step(wang, "send")
    await _step(charlie, "judge", what="good")
    # Killed behind the file and before git: the draft is as it was.
    (content / LESSON).write_text(_draft().text, "utf-8")

    assert (await _step(wang, "finish")).status == 303
    assert git(content, "status", "--porcelain", "--", LESSON) == ""
    assert git(content, "log", "-1", "--format=%an", "--", LESSON) == "wang\n"


async def test_without_git_a_draft_stays(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    await _save(wang, "status:", "# 王\nstatus:")
    await _step(wang, "send")
    await _step(charlie, "judge", what="good")
    (content.parent / ".git").rename(content.parent / "elsewhere")

    refused = await _step(wang, "finish")
    assert refused.status == 503 and "git init" in refused.text
    assert _draft().state == "approved"
    assert "# 王" not in (content / LESSON).read_text("utf-8")


async def test_what_would_hurt_is_not_sent(desk: Desk) -> None:
    wang = await desk.staff("editor")
    await _save(wang, "summary:", "resume:")
    refused = await _step(wang, "send")

    assert refused.status == 400 and "还有要改的地方" in refused.text
    assert _draft().state == "draft"
    assert "就能用表格了" not in (await wang.get(EDIT)).text


async def test_the_form_saves_what_changed_and_nothing_else(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    page = await wang.get(EDIT)
    form = _fields(page)
    assert (await _send(wang, EDIT, form)).location.endswith("notice=nothing")
    form["questions"][0] += "\r\n红灯时奶奶拉着娃就走，怎么跟她说"
    assert (await _send(wang, EDIT, form)).location.endswith("notice=saved")

    before, after = (content / LESSON).read_text("utf-8").splitlines(), _draft().text.splitlines()
    assert [line for line in after if line not in before and "updated" not in line] == ["  - 红灯时奶奶拉着娃就走，怎么跟她说"]
    assert [line for line in before if line not in after and "updated" not in line] == []


def _fields(page: Answer) -> dict[str, list[str]]:
    """What a browser would send of the form that it was shown."""
    form = page.text.partition('id="editor"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input (?![^>]*type="checkbox")[^>]*name="([^"]+)"(?:[^>]*value="([^"]*)")?', form):
        found.setdefault(name, []).append(html.unescape(value))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(text).replace("\n", "\r\n"))
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'value="(\w+)" selected', options)
    for name, value in re.findall(r'name="(\w+)" value="(\w+)" checked', form):
        found.setdefault(name, []).append(value)
    return found


async def _send(browser: Browser, path: str, form: dict[str, list[str]]) -> Answer:
    pairs = [("csrf", browser.csrf), *((name, value) for name, values in form.items() for value in values if name != "csrf")]
    async with browser.http.post(browser.base + path, data=pairs, allow_redirects=False) as response:
        return Answer(response.status, await response.text(), dict(response.headers))


async def test_while_typing_it_is_checked_and_shown(desk: Desk) -> None:
    wang = await desk.staff("editor")
    page = await wang.get(EDIT)
    form = _fields(page) | {"start": ["三岁"]}
    look = EDIT.replace("/edit/", "/look/")
    (wrong,) = json.loads((await _send(wang, look, form)).text)["remarks"]
    assert "三岁" in wrong["message"]

    form = _fields(page)
    found = json.loads((await _send(wang, look, form)).text)
    assert found["messages"][0]["text"].startswith("【") and found["messages"][0]["bytes"] < 2048
    shown = await _send(wang, EDIT.replace("/edit/", "/preview/"), form)
    assert shown.status == 200 and form["title"][0] in shown.text and "'self'" in shown.headers["Content-Security-Policy"]
    with services.database().session() as session:
        assert drafts.open_for(session, LESSON) is None, "looking keeps nothing"
        assert "检查正在写的" not in {line.action for line in audit.entries(session)}


async def test_an_old_version_comes_back_as_a_draft(desk: Desk, content: Path) -> None:
    first = (content / LESSON).read_text("utf-8")
    (content / LESSON).write_text(first + "\n新的一段。\n", "utf-8")
    git(content, "-c", "user.name=bob", "-c", "user.email=b@localhost", "commit", "-qam", "Add")
    wang = await desk.staff("editor")
    past = await wang.get(f"/desk/lessons/past/{LESSON}")
    newest, oldest = re.findall(r"\?of=([0-9a-f]{40})", past.text)
    assert "新的一段。" in (await wang.get(f"/desk/lessons/past/{LESSON}?of={newest}")).text

    assert (await wang.post(f"/desk/lessons/past/{LESSON}", of=oldest)).status == 303
    assert _draft().text == first
    assert "正在写" in (await wang.post(f"/desk/lessons/past/{LESSON}", of=oldest)).text


async def test_a_new_lesson_begins_as_a_draft(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    await wang.get("/desk/lessons/new")
    made = await wang.post("/desk/lessons/new", title='第一天: "送" # 园', series="early_childhood", slug="first-day")
    assert made.location == "/desk/lessons/edit/lessons/early_childhood/first-day.md?notice=begun"
    page = await wang.get(made.location)
    assert page.status == 200 and "第一天: &#34;送&#34; # 园" in page.text
    assert "first-day" in (await wang.get("/desk/lessons")).text
    assert not (content / "lessons/early_childhood/first-day.md").exists()
    for wrong in ("../x", "crossing-the-road", "A", "first-day"):
        answer = await wang.post("/desk/lessons/new", title="题", series="early_childhood", slug=wrong)
        assert answer.status in (400, 409), wrong


async def test_a_lesson_that_was_wanted_is_begun_from_the_wish(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    with services.database().session() as session:
        misses.ask_for_lesson(session, "第一天上幼儿园", "wang", "alice", desk.clock.now())
    listed = await wang.get("/desk/requests")
    (link,) = re.findall(r'href="(/desk/lessons/new\?wish=\d+)"', listed.text)
    page = await wang.get(link)
    assert 'value="第一天上幼儿园"' in page.text and "alice 请写的" in page.text
    await wang.post("/desk/lessons/new", title="上幼儿园第一天", series="early_childhood", slug="first-day", wish=link.partition("=")[2])

    listed = await wang.get("/desk/requests")
    assert "正在写" in listed.text and "first-day" not in listed.text and "写这一课" not in listed.text
    assert (await wang.get("/desk/lessons/new?wish=x")).status == 200

    with services.database().session() as session:
        draft = drafts.open_for(session, "lessons/early_childhood/first-day.md")
    assert draft is not None
    await wang.get(f"/desk/drafts/{draft.id}")
    assert (await wang.post(f"/desk/drafts/{draft.id}/drop", version=str(draft.version))).status == 303
    listed = await wang.get("/desk/requests")
    assert "正在写" not in listed.text and link in listed.text, "thrown away, the wish waits for somebody to begin again"
    (content / "lessons/early_childhood").mkdir(exist_ok=True)
    written = content / "lessons/early_childhood/first-day.md"
    written.write_text((content / LESSON).read_text("utf-8"), "utf-8")
    assert "正在写" in (await wang.get("/desk/requests")).text, "in its file, it waits for the publishing"
    written.unlink()
    assert link in (await wang.get("/desk/requests")).text, "and again when that was taken back"


async def test_a_new_lesson_is_written_from_the_form_to_the_file(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    path = "lessons/early_childhood/first-day.md"
    await wang.get("/desk/lessons/new")
    await wang.post("/desk/lessons/new", title="上幼儿园第一天", series="early_childhood", slug="first-day")
    form = _fields(await wang.get(f"/desk/lessons/edit/{path}"))
    form |= {"summary": ["送孩子上幼儿园"], "questions": ["娃哭着不进园\r\n# 第一天咋送"], "answer": ["先抱一抱。\r\n\r\n1. 说好几点来接。"]}
    form |= {"body": ["## 头一个星期\r\n\r\n慢慢来。"], "sources-title": ["指南"], "sources-publisher": ["教育部"], "sources-year": ["2012"]}
    assert (await _send(wang, f"/desk/lessons/edit/{path}", form)).location.endswith("notice=saved")
    assert "/past/" not in (await wang.get(f"/desk/lessons/edit/{path}")).text, "it has no history yet"

    draft = _draft(path)
    for who, action, more in ((wang, "send", {}), (charlie, "judge", {"what": "good"}), (charlie, "finish", {})):
        version = str(_draft(path).version)
        await who.get(f"/desk/drafts/{draft.id}")
        answer = await who.post(f"/desk/drafts/{draft.id}/{action}", version=version, **more)
        assert answer.status == 303, answer.text
    lesson = read_lesson(content / path)
    assert lesson.questions == ("娃哭着不进园", "# 第一天咋送") and lesson.answer == "先抱一抱。\n\n1. 说好几点来接。"
    assert lesson.body == "## 头一个星期\n\n慢慢来。" and lesson.sources[0].year == 2012 and lesson.status == "draft"
    assert git(content, "status", "--porcelain") == ""
    assert (await wang.get(f"/desk/lessons/past/{path}")).text.count("看过") >= 1


@pytest.mark.parametrize(
    "path",
    ["../../.env", "..%2f..%2f.env", "%2e%2e/words.yml", "/etc/passwd", "lessons/course/..%2f..%2fwords.yml", "words.yml%00", "lessons/x/y.md", ".git/config", "STYLE.md", "safety/none.yml", "lessons/child_safety/link.md"],
)
async def test_only_what_editors_own_opens(desk: Desk, content: Path, path: str) -> None:
    (content / "lessons/child_safety/link.md").symlink_to("/etc/passwd")
    wang = await desk.staff("editor")
    for kind in ("edit", "source", "past"):
        assert (await wang.get(f"/desk/lessons/{kind}/{path}")).status == 404
    assert (await wang.post(f"/desk/lessons/edit/{path}", source="x", version="0", base="")).status == 404


async def test_every_file_opens(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    listed = await wang.get("/desk/lessons")
    links = re.findall(r'href="(/desk/lessons/edit/[^"]+)"', listed.text)
    assert len(links) == len(list((content / "lessons").glob("*/*.md")))
    for link in links:
        assert (await wang.get(link)).status == 200, link
    assert "crossing-the-road" in (await wang.get("/desk/lessons?find=" + "红绿灯")).text or listed.status == 200
    assert "crossing-the-road.md" not in (await wang.get("/desk/lessons?series=remote_communication")).text
