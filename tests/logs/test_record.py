"""What is written, and what never is; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.db import Database, metadata
from bot.logs import cleaning, flags, keeping, reading, writing
from bot.logs.cleaning import Cleaner
from bot.logs.grouping import Grouping
from bot.logs.heard import turns_in
from bot.logs.shapes import TalkFilter
from bot.logs.tables import answers, daily, talks, turns
from bot.privacy import ScrubError
from tests.logs.conftest import Record
from tests.logs.support import ALICE, BOB, KEY, LESSON, answered, dicts, endangered, missed, scored, user

PERSONAL = "我叫欧阳建国，电话13812345678，孩子张子涵在富顺县第二小学三年级二班，发烧怎么办"
RAW = ("欧阳建国", "建国", "13812345678", "张子涵", "子涵", "富顺县第二小学", "第二小学")


def everything(database: Database) -> str:
    """Every cell of every table of this room."""
    with database.session(readonly=True) as session:
        names = [name for name in metadata.tables if name.startswith("logs_")]
        rows = [row for name in names for row in session.execute(text(f"SELECT * FROM {name}"))]
    return "\n".join(str(cell) for row in rows for cell in row)


def test_it_is_anonymised_before_it_is_stored(record: Record, database: Database) -> None:
    record.add(ALICE, answered(PERSONAL, reply="王秀英您好，您的电话 13912345678 我记下了"), missed(f"那个{PERSONAL}"))

    kept = everything(database)
    assert "发烧怎么办" in kept
    assert [raw for raw in (*RAW, "王秀英", "13912345678") if raw in kept] == []


def test_no_raw_word_is_left_in_the_file(tmp_path: Path, record: Record, database: Database) -> None:
    record.add(ALICE, answered(PERSONAL))
    database.close()

    files = [path.read_bytes() for path in tmp_path.glob("jiashu.db*")]
    for raw in RAW:
        assert not any(raw.encode() in content for content in files), raw


def test_the_same_person_keeps_the_placeholder_over_the_talk_and_after_a_restart(record: Record, database: Database) -> None:
    record.add(ALICE, answered("孩子叫张子涵，不肯吃饭"))
    record.cleaner = Cleaner(KEY)
    with database.session(readonly=True) as session:
        record.cleaner.learn(ALICE, writing.books(session, [ALICE])[ALICE])
    record.add(ALICE, answered("张子涵今天又不吃"), answered("李明浩呢"))

    said = [turn.text for turn in shown(record).turns]
    placeholder = said[0].split("叫")[1].split("，")[0]
    assert placeholder.startswith("〈") and placeholder in said[1]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Broken:
        def scrub(self, *_about: object) -> None:
            raise ScrubError("names failed (ValueError)")

    monkeypatch.setattr(cleaning, "scrubber", Broken)
    yield


@pytest.mark.usefixtures("broken")
def test_what_cannot_be_anonymised_is_withheld_and_counted(record: Record, database: Database) -> None:
    record.add(ALICE, answered(PERSONAL, reply="王秀英您好"))

    (turn,) = shown(record).turns
    assert (turn.withheld, turn.text, turn.answers, turn.outcome) == (True, "", (), "answered")
    assert not any(raw in everything(database) for raw in (*RAW, "发烧怎么办"))
    assert record.do(lambda session: session.execute(select(daily.c.count).where(daily.c.measure == "withheld")).scalar_one()) == 1


def test_an_answer_to_the_form_is_kept_as_its_question_only(record: Record, database: Database) -> None:
    from tests.logs.test_heard import FORM

    record.add(ALICE, FORM)

    (turn,) = shown(record).turns
    assert turn.text == "〈填写：profile_birth〉" and "2019" not in turn.text + turn.intent
    assert "2019年5月" not in everything(database)


@pytest.mark.parametrize("kind", ["image", "location", "video", "link", "follow"])
def test_of_a_picture_or_a_place_only_the_kind_is_kept(record: Record, kind: str) -> None:
    record.add(ALICE, [user(f"/EXTERNAL_{kind}", intent=f"EXTERNAL_{kind}", kind=kind, ranking=())])

    (turn,) = shown(record).turns
    assert (turn.kind, turn.text, turn.outcome) == (kind, "", "event")


def test_a_turn_is_written_once(record: Record) -> None:
    turn = answered("发烧怎么办", message_id="m:1:x")
    record.add(ALICE, turn)
    record.add(ALICE, turn, turn, answered("还有呢"))

    assert len(shown(record).turns) == 2
    assert counted(record, "outcome", "answered") == 2


def test_two_hours_of_silence_begin_a_new_talk(record: Record) -> None:
    record.add(ALICE, answered("一"))
    record.clock.turn(timedelta(minutes=119))
    record.add(ALICE, answered("二"))
    record.clock.turn(timedelta(hours=2))
    record.add(ALICE, answered("三"))

    lines = record.do(reading.talks_page, TalkFilter()).items
    assert [(line.preview, line.turns) for line in lines] == [("三", 1), ("一", 2)]
    assert lines[0].parent_ref == lines[1].parent_ref and lines[0].ref != lines[1].ref


def test_turns_of_one_batch_keep_their_order_and_their_parents(record: Record) -> None:
    turns = [
        *turns_in(ALICE, dicts(answered("一")), record.clock.now()),
        *turns_in(BOB, dicts(answered("二")), record.clock.now()),
        *turns_in(ALICE, dicts(answered("三")), record.clock.now()),
    ]
    record.write(turns)

    lines = {line.preview: line for line in record.do(reading.talks_page, TalkFilter()).items}
    assert [turn.text for turn in shown(record, lines["一"].ref).turns] == ["一", "三"]
    assert lines["二"].turns == 1


def test_words_of_a_lesson_are_kept_once_and_others_with_their_talk(record: Record) -> None:
    from bot import services

    lesson = next(iter(services.library().lessons.values()))
    for parent in (ALICE, BOB):
        record.add(parent, answered("一", reply=lesson.reply(None), slug=lesson.slug), answered("二", reply="明天见"))

    texts = record.do(lambda session: sorted(row.text for row in session.execute(select(answers.c.text))))
    assert texts == sorted([lesson.reply(None), "明天见", "明天见"])
    record.do(keeping.erase, ALICE)
    assert len(record.do(lambda session: session.execute(select(answers.c.id)).all())) == 2


def test_a_danger_turn_finds_its_flag(record: Record) -> None:
    record.do(flags.raise_flag, ALICE, "choking", "patterns", record.clock.now())
    record.do(flags.raise_flag, BOB, "choking", "patterns", record.clock.now())
    record.clock.turn(timedelta(seconds=1))
    record.add(ALICE, endangered("孩子卡住了"))

    first, second = record.do(flags.flags_page).items
    assert (first.text, first.reply) == ("孩子卡住了", ("马上打 120。",)) and first.talk == shown(record).line.ref
    assert second.talk == ""
    assert shown(record).flags == (first.id,) and shown(record).line.state == "open"


def test_a_possible_danger_is_a_sign_and_finds_its_flag(record: Record) -> None:
    record.do(flags.raise_flag, ALICE, "drowning", "possible", record.clock.now())
    doubtful = answered("孩子去河边玩了怎么办")
    doubtful[0].parse_data["possible_danger"] = {"script": "drowning", "confidence": 0.3}
    record.add(ALICE, doubtful)

    (flag,) = record.do(flags.flags_page).items
    talk = shown(record)
    assert (flag.talk, flag.found_by) == (talk.line.ref, "possible")
    assert talk.line.danger and talk.line.state == "open"
    assert [(turn.outcome, turn.danger_script, turn.danger_by) for turn in talk.turns] == [("answered", "drowning", "possible")]


def test_a_score_marks_the_answer_it_speaks_of(record: Record) -> None:
    record.add(ALICE, answered("发烧怎么办"), answered("挑食", slug="picky"))
    record.add(ALICE, scored(0))

    talk = shown(record)
    assert [turn.score for turn in talk.turns] == [0, None, None]
    assert talk.line.not_useful and talk.line.state == "open" and counted(record, "score", "0") == 1


def test_a_done_talk_is_open_again_when_something_new_is_missed(record: Record) -> None:
    from bot.logs import review

    record.add(ALICE, missed("那个那个"))
    ref = shown(record).line.ref
    record.do(review.done, ref, "reviewer", record.clock.now())
    record.add(ALICE, answered("发烧"))
    assert shown(record).line.state == "done"
    record.add(ALICE, missed("这个这个"))
    assert shown(record).line.state == "open"


def test_an_erasure_reaches_every_table(record: Record, database: Database) -> None:
    from bot.logs import feedback, misses, news, review, staff, takeovers

    now = record.clock.now()
    for parent in (ALICE, BOB):
        record.do(flags.raise_flag, parent, "choking", "patterns", now)
        record.add(parent, missed("孩子尿床怎么办"), endangered("孩子卡住了"), answered("挑食", reply="只对您说的话"))
        line = record.do(reading.talks_page, TalkFilter()).items[0]
        (miss, _, _) = shown(record, line.ref).turns
        record.do(review.note, line.ref, "reviewer", "看过", now)
        record.do(misses.propose_example, miss.id, "孩子尿床", "lesson/bedwetting", "reviewer", now)
        record.do(misses.ask_for_lesson, "尿床", "editor", "reviewer", now, turn_id=miss.id)
        record.do(takeovers.begin, line.parent_ref, "counsellor", now)
        record.do(staff.write, line.parent_ref, "counsellor", "您好", now)
        record.do(news.tell, [miss.id], "bedwetting", now)
        record.do(feedback.ask, parent, LESSON, now, KEY)
    before = counts_of(database)

    record.do(keeping.erase, ALICE)

    after = counts_of(database)
    halved = {name: count for name, count in before.items() if name not in ("logs_daily", "logs_groups", "logs_requests", "logs_answers")}
    assert {name: after[name] * 2 for name in halved} == halved and all(halved.values())
    assert record.do(misses.groups_page).items[0].misses == 1
    record.do(keeping.erase, BOB)
    left = {name for name, count in counts_of(database).items() if count}
    assert left <= {"logs_daily", "logs_requests"}
    assert "尿床怎么办" not in everything(database)


def counts_of(database: Database) -> dict[str, int]:
    with database.session(readonly=True) as session:
        return {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name.startswith("logs_")
        }


def test_a_confirmed_example_outlives_the_parent_without_its_tie(record: Record) -> None:
    from bot.logs import misses

    now = record.clock.now()
    record.add(ALICE, missed("孩子尿床怎么办"))
    (miss,) = shown(record).turns
    made = record.do(misses.propose_example, miss.id, "孩子尿床", "lesson/bedwetting", "reviewer", now)
    record.do(misses.confirm_example, made.id, "reviewer")
    record.do(keeping.erase, ALICE)

    assert [each.text for each in record.do(misses.examples_in, "confirmed")] == ["孩子尿床"]


def test_a_group_never_keeps_the_words_of_the_erased(record: Record) -> None:
    from bot.logs import misses

    record.add(ALICE, missed("孩子老是尿床怎么办呀"))
    record.add(BOB, missed("孩子老尿床咋办"))
    record.do(keeping.erase, ALICE)

    (group,) = record.do(misses.groups_page).items
    assert (group.title, group.misses) == ("孩子老尿床咋办", 1)


def test_old_talks_go_and_counts_stay(record: Record) -> None:
    record.add(ALICE, answered("一"))
    record.clock.turn(timedelta(days=400))
    record.add(BOB, answered("二"))

    assert record.do(keeping.purge, record.clock.now() - timedelta(days=365)) == 1
    assert [line.preview for line in record.do(reading.talks_page, TalkFilter()).items] == ["二"]
    assert record.do(lambda session: session.execute(select(func.count()).select_from(daily)).scalar_one()) >= 2


def test_a_turn_that_was_on_its_way_does_not_overtake_an_erasure(record: Record) -> None:
    heard = turns_in(ALICE, dicts(answered("一")), record.clock.now())
    clean = [record.cleaner.clean(heard[0], 7)]

    assert record.do(writing.write, clean, KEY, Grouping(), {ALICE: 7}) == 0
    assert record.do(writing.write, clean, KEY, Grouping(), {ALICE: 6}) == 1


def shown(record: Record, ref: str = "") -> reading.Talk:
    wanted = ref or record.do(lambda session: session.execute(select(talks.c.ref).order_by(talks.c.id.desc())).scalars().first())
    found = record.do(reading.talk, wanted)
    assert found is not None
    return found


def counted(record: Record, measure: str, name: str) -> int:
    found = select(func.sum(daily.c.count)).where(daily.c.measure == measure, daily.c.name == name)
    return int(record.do(lambda session: session.execute(found).scalar_one() or 0))


def test_ids_follow_the_order_of_arrival(record: Record) -> None:
    record.add(ALICE, answered("一"), answered("二"), answered("三"))

    assert record.do(lambda session: list(session.scalars(select(turns.c.text).order_by(turns.c.id)))) == ["一", "二", "三"]
