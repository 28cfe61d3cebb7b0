"""Files that the tests of forms fill in, and where they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

LIBRARY = Path("tests/content/library")
TODAY = date(2026, 11, 22)
PROJECT = Path()


def text_of(relative: str) -> str:
    return (LIBRARY / relative).read_bytes().decode()


SPOKEN = 'version: "3.1"\nnlu:\n# 打招呼\n- intent: greet\n  examples: |\n    - 你好\n    - [捂脸]\n- regex: x\n  examples: |\n    - a\n'
REPLIES = """\
version: "3.1"
slots:
  who: {type: text}   # 谁
responses:
  # 先说
  utter_a:
    - text: 好的，{name}
      buttons:
        - {title: 是, payload: 是}
  utter_b:
    - text: |-
        两行
        的话
    - text: 一行
"""
