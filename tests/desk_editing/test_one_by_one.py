"""Long lists (gifts, starters, activities): an entry at a time, small pages, and nothing of the others is touched by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import services
from bot.desk.editing import drafts
from tests.desk.support import Browser, Desk
from tests.desk_editing.conftest import git
from tests.desk_editing.filled import Fields, fields_of, send

EDIT = "/desk/lessons/edit/gifts.yml"
LIST = "/desk/content/gifts"


def _draft() -> drafts.Draft:
    with services.database().session() as session:
        found = drafts.open_for(session, "gifts.yml")
    assert found is not None
    return found


async def _form(browser: Browser, number: int) -> Fields:
    return fields_of(await browser.get(f"{EDIT}?open={number}"))


async def test_a_page_holds_one_entry_and_without_a_number_the_list_comes(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, 1)
    assert {name.split(".")[1] for name in form if name.startswith("gifts.")} == {"1"} and form["gifts.1.name"]
    assert (await wang.get(f"{EDIT}?notice=restored")).location == f"{LIST}?notice=restored"
    for odd in ("99999999", "x", "-1"):
        assert "再加一样礼物" in (await wang.get(f"{EDIT}?open={odd}")).text, "a number that is none opens an empty one"


async def test_one_is_changed_and_the_rest_keeps_every_byte(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    before = (content / "gifts.yml").read_text("utf-8")
    form = await _form(wang, 1)
    old = form["gifts.1.name"][0]
    assert (await send(wang, EDIT, form | {"gifts.1.name": ["积木一盒"]})).location == f"{EDIT}?open=1&notice=saved"

    assert _draft().text == before.replace(f"name: {old}\n", "name: 积木一盒\n", 1)
    listed = (await wang.get(LIST)).text
    assert "积木一盒" in listed and listed.count("在写") == 2, "once above the list, and at the one that was changed"


async def test_a_new_one_goes_to_the_end_and_one_is_taken_out(desk: Desk) -> None:
    wang = await desk.staff("editor")
    total = (await wang.get(LIST)).text.count("?open=") - 1
    new = {f"gifts.{total}.name": ["跳绳"], f"gifts.{total}.why": ["长力气。"]}
    assert (await send(wang, EDIT, await _form(wang, total) | new)).location == f"{EDIT}?open={total}&notice=saved"
    assert (await _form(wang, total))[f"gifts.{total}.name"] == ["跳绳"]
    gone = await _form(wang, 0)
    assert (await send(wang, EDIT, gone | {"gifts.0.gone": ["yes"]})).location == f"{EDIT}?notice=saved", "from there to the list"
    text = _draft().text
    assert text.rstrip().endswith("why: 长力气。") and gone["gifts.0.name"][0] not in text and text.count("- name:") == total


async def test_an_entry_that_colleagues_moved_is_found_again(desk: Desk, content: Path) -> None:
    """An engineer took the first one out of the file while the second was open."""
    wang = await desk.staff("editor")
    form = await _form(wang, 1)
    old, before = form["gifts.1.name"][0], (content / "gifts.yml").read_text("utf-8")
    moved = before[before.index("- ", before.index("- name:") + 1) :]
    assert moved.startswith("- name")
    (content / "gifts.yml").write_text(moved, "utf-8")
    git(content.parent, "commit", "-qam", "One less", "--author", "x <x@localhost>")

    await send(wang, EDIT, form | {"gifts.1.name": ["积木一盒"]})
    assert _draft().text == moved.replace(f"name: {old}\n", "name: 积木一盒\n", 1)


async def test_the_second_of_two_editors_sees_what_the_first_wrote(desk: Desk) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    mine, theirs, other = await _form(wang, 1), await _form(charlie, 1), await _form(charlie, 0)
    await send(charlie, EDIT, theirs | {"gifts.1.name": ["布娃娃"]})
    answer = await send(wang, EDIT, mine | {"gifts.1.name": ["积木一盒"]})
    assert answer.status == 409 and "布娃娃" in answer.text and "积木一盒" in answer.text and "布娃娃" in _draft().text
    again = await send(wang, EDIT, fields_of(answer))
    assert again.status == 303 and "积木一盒" in _draft().text and "布娃娃" not in _draft().text

    answer = await send(charlie, EDIT, other | {"gifts.0.name": ["小鼓"]})
    assert answer.status == 409 and "小鼓" in answer.text, "somebody was quicker, if at another one"
    await send(charlie, EDIT, fields_of(answer))
    assert "小鼓" in _draft().text and "积木一盒" in _draft().text


@pytest.mark.parametrize("broken", [{"only": ["x"]}, {"only": ["2"]}])
async def test_a_form_that_is_not_whole_takes_nothing_away(desk: Desk, broken: Fields) -> None:
    wang = await desk.staff("editor")
    form = await _form(wang, 1)
    answer = await send(wang, EDIT, form | broken)
    with services.database().session() as session:
        assert answer.status in (303, 400) and drafts.open_for(session, "gifts.yml") is None
