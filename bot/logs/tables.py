"""Tables of this room. `logs_parents` is the only one that knows whose row is whose; everything else hangs on its id.

Words stand here only as the scrubber left them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, false

from bot.db import Base, UTCDateTime, metadata

# SQLite counts only an INTEGER primary key up by itself.
ROW_ID = BigInteger().with_variant(Integer, "sqlite")


class SafetyFlagRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A danger sign that was answered: which script, when, by which net, and what became of it. Never what was said."""

    __tablename__ = "logs_safety_flags"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    script = Column(String(60), nullable=False)
    found_by = Column(String(20), nullable=False)
    at = Column(UTCDateTime, nullable=False)
    # The turn is written a moment later, by the log's own writer.
    turn_id = Column(ROW_ID, nullable=True)
    looked_at = Column(UTCDateTime, nullable=True)
    taken_by = Column(String(40), nullable=True)
    taken_at = Column(UTCDateTime, nullable=True)
    closed_by = Column(String(40), nullable=True)
    closed_at = Column(UTCDateTime, nullable=True)

    __table_args__ = (
        Index("ix_logs_safety_flags_parent_key", "parent_key"),
        Index("ix_logs_safety_flags_at", "at"),
        Index("ix_logs_safety_flags_closed_at", "closed_at"),
    )


# Whose conversation it is. `ref` is drawn by lot and may stand in addresses of the desk; `name` is what staff read;
# `book` holds the placeholders given so far (keyed hashes, see bot/privacy).
parents = Table(
    "logs_parents",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("parent_key", String(40), nullable=False, unique=True),
    Column("ref", String(20), nullable=False, unique=True),
    Column("name", String(20), nullable=False),
    Column("book", Text, nullable=False),
    Column("first_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=False),
)


def _of_parent() -> Column:
    return Column("parent_id", ROW_ID, ForeignKey("logs_parents.id", ondelete="CASCADE"), nullable=False, index=True)


# One sitting: turns of a parent with less than two hours between them. The unit that is reviewed.
talks = Table(
    "logs_talks",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("ref", String(20), nullable=False, unique=True),
    _of_parent(),
    Column("started_at", UTCDateTime, nullable=False, index=True),
    Column("last_at", UTCDateTime, nullable=False, index=True),
    Column("turns", Integer, nullable=False),
    Column("preview", String(120), nullable=False),
    Column("fallback", Boolean, nullable=False),
    Column("low_confidence", Boolean, nullable=False),
    Column("not_useful", Boolean, nullable=False),
    Column("danger", Boolean, nullable=False),
    Column("state", String(8), nullable=False),  # none, open, taken, done
    Column("reviewer", String(40)),
    Column("second_reviewer", String(40)),
    Column("done_by", String(40)),
    Column("done_at", UTCDateTime),
    Column("seconded_at", UTCDateTime),
)
Index("ix_logs_talks_state_id", talks.c.state, talks.c.id)
# Few of many: an index each, read from the newest on.
for _sign in ("fallback", "low_confidence", "not_useful", "danger"):
    Index(f"ix_logs_talks_{_sign}_id", talks.c[_sign], talks.c.id)

turns = Table(
    "logs_turns",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("key", String(32), nullable=False, unique=True),  # hash of the message's own key: never logged twice
    Column("talk_id", ROW_ID, ForeignKey("logs_talks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("parent_id", ROW_ID, ForeignKey("logs_parents.id", ondelete="CASCADE"), nullable=False),
    Column("at", UTCDateTime, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("withheld", Boolean, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("intent", String(60), nullable=False),
    Column("confidence", Float),
    Column("lesson", String(80)),  # the likeliest, whatever was answered
    Column("ranking", Text, nullable=False),  # JSON [[slug, probability], …], the first three
    Column("age_months", Integer),
    Column("danger_script", String(60)),
    Column("danger_by", String(20)),
    Column("answered_with", String(80)),  # slug of the lesson or script, or name of the response
    Column("answers", Text, nullable=False),  # JSON list of ids in logs_answers
    Column("score", Integer),  # 100, 50, 0: what the parent said of this answer
    Column("group_id", ROW_ID, index=True),
    Column("settled", String(10), nullable=False),  # of a miss: "", example, request, dismissed
)
Index("ix_logs_turns_parent_id_id", turns.c.parent_id, turns.c.id)

# What is searched: the text without marks and spaces. A table of its own because a search reads all of it.
words = Table(
    "logs_words",
    metadata,
    Column("turn_id", ROW_ID, ForeignKey("logs_turns.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("talk_id", ROW_ID, nullable=False, index=True),
    Column("words", Text, nullable=False),
)

# What was answered. The words of lessons and scripts go to many and are kept once (no `talk_id`); everything else may speak of a
# parent and goes with the talk.
answers = Table(
    "logs_answers",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("digest", String(32), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("talk_id", ROW_ID, ForeignKey("logs_talks.id", ondelete="CASCADE"), index=True),
)

talk_topics = Table(
    "logs_talk_topics",
    metadata,
    Column("topic", String(40), primary_key=True),
    Column("talk_id", ROW_ID, ForeignKey("logs_talks.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("parent_id", ROW_ID, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
)
# In this order parents are counted by topic from the index alone, without a sort.
Index("ix_logs_talk_topics_topic_parent_id_started_at", talk_topics.c.topic, talk_topics.c.parent_id, talk_topics.c.started_at)

notes = Table(
    "logs_notes",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("talk_id", ROW_ID, ForeignKey("logs_talks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

# Misses that ask the same.
groups = Table(
    "logs_groups",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("title", String(200), nullable=False),
    Column("normal", String(200), nullable=False, index=True),
    Column("misses", Integer, nullable=False),
    Column("first_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=False, index=True),
    Column("state", String(8), nullable=False),  # open, taken, done
    Column("reviewer", String(40)),
    Column("done_at", UTCDateTime),
)
Index("ix_logs_groups_state_misses", groups.c.state, groups.c.misses)

examples = Table(
    "logs_examples",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("turn_id", ROW_ID, index=True),
    Column("text", Text, nullable=False),
    Column("target", String(100), nullable=False),  # lesson/<slug>, or the name of an intent
    Column("state", String(10), nullable=False, index=True),  # proposed, confirmed, published
    Column("by", String(40), nullable=False),
    Column("confirmed_by", String(40)),
    Column("at", UTCDateTime, nullable=False),
    Column("published_at", UTCDateTime),
)

requests = Table(
    "logs_requests",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("group_id", ROW_ID, index=True),
    Column("turn_id", ROW_ID, index=True),
    Column("wish", String(200), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("by", String(40), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("state", String(10), nullable=False, index=True),  # open, done
    Column("lesson", String(80)),
    Column("done_at", UTCDateTime),
)

# "What you asked has an answer now": told once, at the next contact.
notices = Table(
    "logs_notices",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    _of_parent(),
    Column("question", String(60), nullable=False),
    Column("lesson", String(80), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("told_at", UTCDateTime),
)

feedback = Table(
    "logs_feedback",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    _of_parent(),
    Column("lesson", String(80), nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    Column("score", Integer),
    Column("scored_at", UTCDateTime),
    Column("missing_turn_id", ROW_ID),
)
Index("ix_logs_feedback_lesson_score", feedback.c.lesson, feedback.c.score)

takeovers = Table(
    "logs_takeovers",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    _of_parent(),
    Column("by", String(40), nullable=False),
    Column("began_at", UTCDateTime, nullable=False),
    Column("until", UTCDateTime, nullable=False, index=True),
    Column("ended_at", UTCDateTime),
    Column("ended_by", String(40)),
)

# What a human writes to a parent; the assistant's process sends it.
staff_messages = Table(
    "logs_staff_messages",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    _of_parent(),
    Column("by", String(40), nullable=False),
    Column("question", String(60), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(10), nullable=False, index=True),  # queued, sending, sent, held, dropped, given
    Column("late", Boolean, nullable=False, server_default=false()),  # WeChat's window was closed when it was written
    Column("at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime),
)

# Numbers only, by day in China; they outlive the rows they were counted from.
daily = Table(
    "logs_daily",
    metadata,
    Column("day", Date, primary_key=True),
    Column("measure", String(16), primary_key=True),  # outcome, topic, lesson, score, danger, withheld
    Column("name", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
)
