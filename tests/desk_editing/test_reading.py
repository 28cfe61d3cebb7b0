"""What YAML stumbles over without saying so: it takes away no page, least of all the one on which it is mended."""

from __future__ import annotations

import pytest

from bot import services
from bot.content.writing import WritingError
from bot.desk.editing import drafts, reading
from tests.desk.support import Desk
from tests.desk_editing.conftest import LESSON

ODD = {"no such day": "title: 2026-02-30\nquestions: [2026-13-01]\n", "deep": f"title: {'[' * 2000}\n"}
PATHS = (LESSON, "campaigns/mid_autumn.yml", "data/nlu/basics.yml", "answers/q_1.yml")


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
async def test_a_draft_that_cannot_be_read_takes_no_page_away(desk: Desk, odd: str) -> None:
    with services.database().session() as session:
        found = [drafts.save(session, path, f"---\n{odd}---\n" if path == LESSON else odd, "", 0, "bob", desk.clock.now()) for path in PATHS]
    wang = await desk.staff("editor")

    assert (await wang.get("/desk/drafts")).status == 200
    for draft in found:
        assert (await wang.get(f"/desk/drafts/{draft.id}")).status == 200
        page = await wang.get(f"/desk/lessons/edit/{draft.path}")
        assert page.status == 200 and "改好以后就能用表格了" in page.text, "the file as it stands, and why"
        assert (await wang.post(f"/desk/lessons/look/{draft.path}", source=draft.text)).status == 200


def test_it_says_what_to_mend() -> None:
    with pytest.raises(WritingError):
        reading.values_of("a: 2026-02-30\n")
    with pytest.raises(WritingError, match="没有那一天"):
        reading.changed_lesson("---\ntitle: x\n---\n", {"title": "2026-02-30"})
    with pytest.raises(WritingError, match="太深"):
        reading.values_of(f"a: {'[' * 5000}\n")
