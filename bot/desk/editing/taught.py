"""A question and its answer that an editor teaches: one draft, and three files of Rasa's in which it stands (sentences, reply, rule).

Its name, answers/<name>.yml, is of no file: the text is made of the three, and written back into them. They hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.content.rendering import item
from bot.content.writing import WritingError
from bot.desk.editing.reading import rewritten, values_of

TOPIC = "taught"
NLU, DOMAIN, RULES = FILES = (f"data/nlu/{TOPIC}.yml", f"domain/{TOPIC}.yml", f"data/rules/{TOPIC}.yml")
PATH = re.compile(r"answers/(?P<name>[a-z0-9]+(?:_[a-z0-9]+)*)\.yml")
_EMPTY = {
    NLU: 'version: "3.1"\nnlu: []\n',
    DOMAIN: 'version: "3.1"\n',
    RULES: 'version: "3.1"\nrules: []\n',
}
Read = Callable[[str], str]


def path_of(name: str) -> str:
    """The draft of a name: answers/where.yml."""
    return f"answers/{name}.yml"


def name_of(path: str) -> str:
    """The name in such a path; "" where it is another."""
    found = PATH.fullmatch(path)
    return found["name"] if found else ""


def names(read: Read) -> list[str]:
    """What is taught now, in the order in which it was begun. `read` gives the text of a file, "" where there is none.

    Raises:
        WritingError: one of the files cannot be read.
    """
    intents = (str(rule["steps"][0]["intent"]) for rule in _rules(read))
    return [intent.removeprefix(f"{TOPIC}_") for intent in intents]


def text_of(name: str, read: Read) -> str:
    """What is taught under a name, as the form reads it; "" where nothing is.

    Raises:
        WritingError: one of the files cannot be read.
    """
    intent = f"{TOPIC}_{name}"
    rule = next((each for each in _rules(read) if each["steps"][0]["intent"] == intent), None)
    if rule is None:
        return ""
    said = next((each["examples"] for each in _section(read, NLU, "nlu") if each.get("intent") == intent), "")
    replies = _data(read, DOMAIN).get("responses") or {}
    answers = [each["text"] for each in replies.get(f"utter_{intent}", [])]
    return made(str(rule["rule"]), [line.strip()[2:].strip() for line in said.splitlines() if line.strip()], answers)


def made(title: str, questions: list[str], answer: list[str]) -> str:
    """The text of a draft."""
    return rewritten("title: x\nquestions: []\nanswer: []\n", {"title": title, "questions": questions, "answer": answer})


def is_whole(text: str) -> bool:
    """Whether it can be taught: there is a name, somebody asks, and something is answered."""
    wanted = values_of(text)
    return all(wanted.get(key) for key in ("title", "questions", "answer"))


def files_with(path: str, text: str, read: Read) -> dict[str, str | None]:
    """The three files with this draft in them; None: nothing is left in it, so it goes.

    Raises:
        WritingError: the draft is not finished, or it or one of the files cannot be read.
    """
    wanted: Mapping[str, Any] = values_of(text)
    intent = f"{TOPIC}_{name_of(path)}"
    gone = wanted.get("gone") is True
    if not gone and not is_whole(text):
        raise WritingError("这一句还没写完：是问什么的、家长会怎么问、怎么答，都要写")
    said = "".join(f"- {each}\n" for each in wanted.get("questions") or [])
    rule = {"rule": wanted.get("title"), "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}
    domain = _data(read, DOMAIN)
    replies = {**(domain.get("responses") or {}), f"utter_{intent}": [{"text": each} for each in wanted.get("answer") or []]}
    declared = [each for each in domain.get("intents") or [] if intent not in each]
    if gone and name_of(path) not in names(read):
        return {}
    if gone:
        replies.pop(f"utter_{intent}")
    else:
        declared = _put(domain.get("intents") or [], lambda each: intent in each, {intent: {"use_entities": []}})
    return {
        NLU: _listed(read, NLU, "nlu", "intent", {"intent": intent, "examples": said}, gone),
        DOMAIN: rewritten(_standing(read, DOMAIN), {**domain, "intents": declared, "responses": replies}) if declared else None,
        RULES: _listed(read, RULES, "rules", "steps", rule, gone),
    }


def _listed(read: Read, path: str, section: str, key: str, entry: Mapping[str, Any], gone: bool) -> str | None:
    """A file that is one list, with this entry in it, in the place of the one of the same `key`."""
    text, there = _standing(read, path), _section(read, path, section)
    mine = [each for each in there if each.get(key) == entry[key]]
    if gone:
        left = [each for each in there if each not in mine]
        return rewritten(text, {**values_of(text), section: left}) if left else None
    if mine:
        return rewritten(text, {**values_of(text), section: _put(there, lambda each: each in mine, entry)})
    head = text.replace(f"{section}: []", f"{section}:").rstrip("\n")
    written = "\n".join([head, *_rows(entry)]) + "\n"
    try:
        fits = _of(values_of(written), section) == [*there, entry]
    except WritingError:
        fits = False
    if not fits:
        raise WritingError(f"{path} 现在的写法接不下去，请工程师看看")
    return written


def _rows(entry: Mapping[str, Any]) -> list[str]:
    """A new entry as people write them here: a list at the margin, its sentences behind “|”."""
    if "examples" not in entry:
        return item(entry, "")
    return [f"- intent: {entry['intent']}", "  examples: |", *(f"    {line}" for line in entry["examples"].splitlines())]


def _put(there: list[Any], is_mine: Callable[[Any], bool], entry: Any) -> list[Any]:
    if not any(map(is_mine, there)):
        return [*there, entry]
    return [entry if is_mine(each) else each for each in there]


def _rules(read: Read) -> list[dict[str, Any]]:
    return _section(read, RULES, "rules")


def _section(read: Read, path: str, name: str) -> list[dict[str, Any]]:
    return _of(_data(read, path), name)


def _of(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _data(read: Read, path: str) -> dict[str, Any]:
    return values_of(_standing(read, path))


def _standing(read: Read, path: str) -> str:
    return read(path) or _EMPTY[path]
