"""What a turn came to. The names stand in the database and in the desk's filters."""

from __future__ import annotations

ANSWERED = "answered"  # one lesson
ALTERNATIVES = "alternatives"  # one lesson, not sure of it: others were named to tap
FALLBACK = "fallback"  # not understood: the nearest lessons were offered
REJECTED = "rejected"  # "not what I meant": others were offered
OFF_TOPIC = "off_topic"
DANGER = "danger"
SMALL_TALK = "small_talk"
FORM = "form"  # an answer to a question of ours
TASK = "task"  # something was done: a plan, a quiz, the parent's own data …
FEEDBACK = "feedback"  # how useful an answer was
MISSING = "missing"  # what was missing in an answer that did not help
SILENT = "silent"  # a human had taken over
EVENT = "event"  # a picture, a follow, a scan: nothing to understand

# What parents asked; the rest is talk around it.
QUESTIONS = (ANSWERED, ALTERNATIVES, FALLBACK, REJECTED, OFF_TOPIC, DANGER)
# What goes into the review queue.
MISSES = (FALLBACK, REJECTED, OFF_TOPIC, MISSING)

# Below this probability of the likeliest lesson a turn counts as doubtful: the same line at which others are offered
# beside the answer (docs/understanding.md).
LOW_CONFIDENCE = 0.5
