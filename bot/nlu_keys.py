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
# Like DANGER, but doubtful: the answer is given, and under it what to do if it is happening now.
POSSIBLE_DANGER = "possible_danger"
DANGER_RANKING = "danger_ranking"
HARMLESS_CONFIDENCE = "harmless_confidence"
# Left by bot/assistant/two_questions.py: the lesson of a second question in the same message.
SECOND_QUESTION = "second_question"
CHILD_AGE = "child_age"
