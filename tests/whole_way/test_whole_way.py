"""The whole way, in a browser and in the phone: a counsellor answers, a draft is tried, a lesson and an example are published and taken back.

In one file: its tests share one trained and running house, also where files are run side by side.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.async_api import Page

from bot.simulator.parent import Parent
from tests.whole_way import steps
from tests.whole_way.house import House, said, until

pytestmark = [pytest.mark.slow, pytest.mark.chromium, pytest.mark.asyncio]

TITLE = steps.WRITTEN.texts["title"]
# What the new lesson is asked, another way to ask an old one, and what a reviewer makes an example of.
NEW = next(each for each in steps.WRITTEN.questions.splitlines() if 5 < len(each) < 20)
ADDED = "红灯时奶奶拉着娃就走怎么跟她说"
# The rarer the words the better: what the assistant learns to understand is missed no more.
MISSED = "他见缝就钻不管前后"
# What no lesson of the small library answers: somebody is asked to write one.
WISHED = "二踢脚点了没响他凑过去瞅"
ROAD, ASKED = "教孩子过马路", "怎么教娃过马路"
REPLIES, GOODBYE, OTHER_GOODBYE = "domain/basics.yml", "早点歇着", "早点歇下吧"
WORDS, OTHER_WORDS = "到路边先站住，脚不踩路沿", "到路边先站好，数三下再看"
INSIDE, OUTSIDE = "孩子掉河里了刚捞上来", "侄子掉水沟里了头朝下"
AT_ONCE = "我是值班的周老师，救护车到哪儿了？我陪着您。"
LATER = "前天的事我看到了，孩子现在怎么样？"


# A human beside the machine


async def test_inside_the_window_the_parent_reads_it_at_once(house: House) -> None:
    parent = await house.wechat.follow(silent=True)
    assert "120" in (await parent.say(INSIDE)).text, "the machine answers danger first, whoever comes later"
    async with house.staff("周辅导") as page:
        await steps.open_flag(house, page, INSIDE)
        await page.click("button:has-text('我来跟进')")
        await page.click("button:has-text('我来接手')")
        await page.wait_for_selector("text=机器不再回这位家长")
        assert "现在能发" in await page.inner_text("#live")
        await page.fill("#composer-text", AT_ONCE)
        await page.click("button:has-text('发给家长')")
        await until(lambda: AT_ONCE in said(parent)[-1], "the counsellor's words in the phone")
        assert "真人老师" in said(parent)[-1]
        before = len(said(parent))
        asked = asyncio.create_task(parent.say("怎么教娃过马路"))
        await page.wait_for_selector(".bubble.parent:has-text('怎么教娃过马路')")
        assert len(said(parent)) == before, "the machine is silent while a human has the conversation"
        asked.cancel()
        await page.click("button:has-text('交还给机器')")
        await page.wait_for_selector("text=交还给机器了")


async def test_outside_the_window_it_is_held_and_given_with_its_question(house: House) -> None:
    parent = await house.wechat.follow(silent=True)
    await parent.say(OUTSIDE)
    await house.turn_clock(hours=49)
    before = len(said(parent))
    async with house.staff("周辅导") as page:
        await steps.open_flag(house, page, OUTSIDE)
        assert "现在发不出去" in await page.inner_text("#live")
        await page.fill("#composer-text", LATER)
        await page.click("button:has-text('存着，下次来时给')")
        await page.wait_for_selector("text=存好了")
        await page.wait_for_selector(f".turn:has-text('{LATER}'):has-text('存着')")
    assert len(said(parent)) == before, "nothing goes out through a closed window"

    await parent.say("怎么教娃过马路")
    await until(lambda: any(LATER in each for each in said(parent)[before:]), "what was held")
    (given,) = [each for each in said(parent)[before:] if LATER in each]
    assert OUTSIDE in given, "with the question it answers"


# A draft, before anybody else hears of it


async def _picture(page: Page) -> None:
    if os.environ.get("JIASHU_TEST_PICTURES"):
        await page.screenshot(path=f"{os.environ['JIASHU_TEST_PICTURES']}/tryout.png", full_page=True)


async def test_a_draft_answers_on_a_private_phone_and_nowhere_else(house: House) -> None:
    async with house.staff("王编辑") as page:
        await house.go(page, f"/desk/lessons/edit/{steps.OLD}")
        answer = page.locator("textarea[name=answer]")
        await answer.fill((await answer.input_value()).replace(WORDS, OTHER_WORDS))
        await page.click("text=保存，去送给同事看")
        await page.click("text=在手机上试一试")
        assert "不用学，马上就能试" in await page.inner_text("main")
        await page.click("button:has-text('开始试')")
        await page.click("text=打开手机")

        phone = page.frame_locator("iframe.try-phone")
        # The welcome is there: the phone is wired.
        await phone.locator("#chat >> text=家书").first.wait_for()
        await phone.locator("#to-keyboard").click()
        await phone.locator("#text").fill(ASKED)
        await phone.locator("#send").click()
        await phone.locator(f"#chat >> text={OTHER_WORDS}").wait_for()
        assert WORDS in (await (await house.wechat.follow(silent=True)).say(ASKED)).text, "parents hear what was published"

        await _picture(page)
        (mine,) = house.tryouts()
        before = house.wechat.platform.now()
        await phone.locator("#clock-buttons button >> nth=0").click()
        await until(lambda: (mine / "var/clock.json").exists(), "the private clock to be turned")
        assert house.wechat.platform.now() - before < timedelta(minutes=30), "the clock of everybody else goes on as it did"
        await page.click("button:has-text('结束')")
        await page.wait_for_selector("text=没有留下什么")
        page.on("dialog", lambda asked: asked.accept())
        await house.go(page, "/desk/drafts")
        await page.click("td:has-text('王编辑') >> xpath=.. >> a")
        await page.click("button:has-text('丢掉草稿')")
        await page.wait_for_selector("text=草稿丢掉了")
    await until(lambda: not house.tryouts(), "the copy to be gone")


async def test_another_reply_is_tried_without_training(house: House) -> None:
    async with house.staff("王编辑") as page:
        await house.go(page, f"/desk/lessons/source/{REPLIES}")
        source = page.locator("textarea[name=source]")
        await source.fill((await source.input_value()).replace(GOODBYE, OTHER_GOODBYE))
        await page.click("text=保存，去送给同事看")
        await page.click("text=在手机上试一试")
        assert "不用学，马上就能试" in await page.inner_text("main")
        await page.click("button:has-text('开始试')")
        await page.click("text=打开手机")
        phone = page.frame_locator("iframe.try-phone")
        await phone.locator("#chat >> text=家书").first.wait_for()
        await phone.locator("#to-keyboard").click()
        await phone.locator("#text").fill("再见")
        await phone.locator("#send").click()
        await phone.locator(f"#chat >> text={OTHER_GOODBYE}").wait_for()
        assert GOODBYE in await _ask(house, "再见"), "parents hear what was published"
        await page.click("button:has-text('结束')")
        await page.wait_for_selector("text=没有留下什么")
        page.on("dialog", lambda asked: asked.accept())
        await house.go(page, "/desk/drafts")
        await page.click("td:has-text('王编辑') >> xpath=.. >> a")
        await page.click("button:has-text('丢掉草稿')")
        await page.wait_for_selector("text=草稿丢掉了")
    await until(lambda: not house.tryouts(), "the copy to be gone")


# Published, refused, taken back


@dataclass(frozen=True)
class Answers:
    """What strangers were answered."""

    new: str
    added: str
    missed: str


@dataclass(frozen=True)
class Published:
    """Answers before and after; `told` is what the asker read at the next contact, `told_of_wish` who asked for what nobody had written."""

    run: int
    before: Answers
    after: Answers
    told: str
    told_of_wish: str
    page: str
    commits: str


async def _ask(house: House, question: str) -> str:
    return (await (await house.wechat.follow(silent=True)).say(question)).text


async def _answers(house: House) -> Answers:
    return Answers(*[await _ask(house, question) for question in (NEW, ADDED, MISSED)])


async def _next_contact(asker: Parent) -> str:
    """After a sure answer comes what waited; the offer of a profile may come before it, once."""
    return "\n".join([(await asker.say("怎么教娃过马路")).text, (await asker.say("红绿灯怎么跟三岁的讲")).text])


@pytest.fixture(scope="module")
async def published(house: House) -> AsyncIterator[Published]:
    """An editor and a reviewer do their work, a colleague approves it, it is published."""
    before = await _answers(house)
    asker = await house.wechat.follow(silent=True)
    await asker.say(MISSED)
    wisher = await house.wechat.follow(silent=True)
    await wisher.say(WISHED)
    async with house.staff("陈审阅") as page:
        await steps.teach(house, page, MISSED, "crossing-the-road")
        await steps.wish(house, page, WISHED, "王编辑")
    async with house.staff("王编辑") as page:
        await steps.write_lesson(house, page, WISHED)
        await steps.add_question(house, page, ADDED)
    async with house.staff("李编辑") as page:
        assert await steps.approve_all(house, page) == 2
        run = await steps.go_live(house, page)
        told_by_run = await page.inner_text("main")
    after, told, of_wish = await _answers(house), await _next_contact(asker), await _next_contact(wisher)
    yield Published(run, before, after, told, of_wish, told_by_run, house.git("log", "--format=%an %s"))


@pytest.fixture(scope="module")
async def refused(house: House, published: Published) -> AsyncIterator[str]:
    """Somebody takes the crisis answer and the questions away; the run's page says what comes of it."""
    script, lesson = steps.file(house, "safety/fell-into-water.yml"), steps.file(house, steps.OLD)
    kept = {path: path.read_text("utf-8") for path in (script, lesson)}
    script.write_text(kept[script].replace("按胸口", "再等一等"), encoding="utf-8")
    lesson.write_text(kept[lesson].replace("停", "走"), encoding="utf-8")
    async with house.staff("王编辑") as page:
        await house.publish(page)
        said = await page.inner_text("main")
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    yield said


async def test_a_parent_gets_the_new_lesson_and_the_new_question_is_understood(published: Published) -> None:
    assert TITLE not in published.before.new and TITLE in published.after.new
    assert ROAD in published.after.added
    written = [line for line in published.commits.splitlines() if line.startswith("王编辑")]
    assert len(written) == 2 and all("李编辑 看过" in line for line in written), "a commit for each file, with the name of who wrote it"


async def test_a_miss_that_was_taught_hits_and_who_asked_is_told(published: Published) -> None:
    assert ROAD not in published.before.missed and ROAD in published.after.missed
    assert MISSED in published.page, "the run names what it learned"
    assert f"您上次问的“{MISSED}”，现在有答案了" in published.told
    assert "李编辑 发布：加上没答上的问法" in published.commits, "what editors read in the history is Chinese"


async def test_who_asked_for_what_no_lesson_said_is_told_of_the_new_one(published: Published) -> None:
    assert f"您上次问的“{WISHED}”，现在有答案了" in published.told_of_wish and TITLE in published.told_of_wish
    assert "现在有答案了" not in published.told.replace(f"您上次问的“{MISSED}”，现在有答案了", "", 1), "each hears of what they asked"


async def test_what_changes_for_parents_is_listed_before_it_goes_live(published: Published) -> None:
    assert "会变的回答" in published.page and f"{MISSED} 问过" in published.page


async def test_a_publishing_that_does_harm_is_refused_with_its_reasons(house: House, refused: str) -> None:
    assert "没通过" in refused and "家长那里没有变化" in refused
    assert "急事“孩子掉河里了”原来答得对" in refused
    assert "课里有的问题，一次就答对”变差了" in refused
    assert "上线" not in refused.partition("为什么没通过")[2].partition("固定的题")[0]
    assert "胸口" in await _ask(house, "孩子掉河里了")


async def test_one_click_takes_everything_back(house: House, published: Published) -> None:
    async with house.staff("李编辑") as page:
        await house.go(page, f"/desk/publish/{published.run}")
        await page.click("a:has-text('退回上一次')")
        await page.wait_for_url("**/back")
        listed = await page.inner_text("main")
        assert f"content/{steps.OLD}" in listed and f"{steps.SLUG}.md 这次新写的" in listed
        await page.click("button:has-text('退回')")
        await page.wait_for_selector("text=2 个文件改回了上一次的样子")
        await house.serving(0)
    async with house.staff("陈审阅") as page:
        await house.go(page, "/desk/examples")
        assert MISSED in await page.inner_text("main"), "what was learned waits again"
        await house.go(page, "/desk/requests")
        assert WISHED in await page.inner_text("main"), "and so does the wish"
    again = await _answers(house)
    assert TITLE not in again.new and ROAD not in again.missed
    assert house.git("log", "-1", "--format=%an %s").strip() == f"李编辑 退回第 {published.run} 次发布"
    assert not steps.file(house, f"lessons/child_safety/{steps.SLUG}.md").exists()
    assert ADDED not in steps.file(house, steps.OLD).read_text("utf-8")
    assert house.git("status", "--porcelain", "--", "content", "data", "domain") == ""
