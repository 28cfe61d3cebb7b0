"""A stock Rasa 3.6.21 project on the same sentences: what `rasa init` would lead to for retrieval in Chinese.

Jieba, counted words and characters, DIET and a ResponseSelector with 100 epochs each (the default template's number), rules, the
REST channel, trackers in memory. Answers are responses of the domain: it needs no action server.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from bench.subset import Sentences

DEFAULT_EPOCHS = 100
TALK_ANSWER = "好的，您慢慢说，我在听。"
UNSURE = "我没完全听明白，麻烦换个说法再说一次。"


def write_stock(target: Path, sentences: Sentences, epochs: int = DEFAULT_EPOCHS) -> None:
    """Make the project folder at `target`."""
    (target / "data").mkdir(parents=True)
    files = {
        "config.yml": _config(epochs),
        "domain.yml": _domain(sentences),
        "data/nlu.yml": _nlu(sentences),
        "data/rules.yml": _rules(sentences),
        "credentials.yml": {"rest": None},
        "endpoints.yml": {},
    }
    for name, data in files.items():
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (target / name).write_text(text, encoding="utf-8")


def _config(epochs: int) -> dict[str, object]:
    return {
        "recipe": "default.v1",
        "language": "zh",
        "assistant_id": "stock",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
            {
                "name": "ResponseSelector",
                "epochs": epochs,
                "constrain_similarities": True,
                "retrieval_intent": "lesson",
            },
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [{"name": "RulePolicy"}],
    }


def _domain(sentences: Sentences) -> dict[str, object]:
    responses = {f"utter_lesson/{slug}": [{"text": sentences.answers[slug]}] for slug in sentences.lessons}
    # One intent a danger, so that its script can be said.
    responses |= {f"utter_{_danger(slug)}": [{"text": sentences.answers[slug]}] for slug in sentences.dangers}
    responses |= {f"utter_{intent}": [{"text": TALK_ANSWER}] for intent in sentences.talk}
    responses["utter_unsure"] = [{"text": UNSURE}]
    return {
        "version": "3.1",
        "intents": ["lesson", *map(_danger, sentences.dangers), *sentences.talk],
        "responses": responses,
    }


def _nlu(sentences: Sentences) -> dict[str, object]:
    topics = {f"lesson/{slug}": said for slug, said in sentences.lessons.items()}
    topics |= {_danger(slug): said for slug, said in sentences.dangers.items()}
    topics |= sentences.talk
    nlu = [{"intent": name, "examples": "".join(f"- {each}\n" for each in said)} for name, said in topics.items()]
    return {"version": "3.1", "nlu": nlu}


def _rules(sentences: Sentences) -> dict[str, object]:
    answers = {name: f"utter_{name}" for name in ("lesson", *map(_danger, sentences.dangers), *sentences.talk)}
    answers["nlu_fallback"] = "utter_unsure"
    rules = [
        {"rule": name, "steps": [{"intent": name}, {"action": answer}]} for name, answer in answers.items()
    ]
    return {"version": "3.1", "rules": rules}


def _danger(slug: str) -> str:
    return f"danger_{slug.replace('-', '_')}"
