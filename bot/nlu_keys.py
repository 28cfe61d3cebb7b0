"""Names under which training data and pipeline leave things on a message. No imports: actions read them without loading Rasa."""

# Retrieval intents, and kinds of topic: "lesson/<slug>", "danger/<slug>", "harmless/<slug>".
LESSON = "lesson"
DANGER = "danger"
HARMLESS = "harmless"
# Regex features of the training data: "danger/<slug>" and "unless/<slug>".
UNLESS = "unless"
# On a training message: a sentence of that lesson's own text.
PASSAGE = "passage"
# On a parsed message.
LESSON_RANKING = "lesson_ranking"
DANGER_RANKING = "danger_ranking"
HARMLESS_CONFIDENCE = "harmless_confidence"
CHILD_AGE = "child_age"
