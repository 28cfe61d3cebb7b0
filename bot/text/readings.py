"""`pypinyin`, read character by character: without its 47,000 phrases, which took 55 MB and are never looked up here.

A phrase tells which reading of a character is meant (重庆, 重量). Sounds are compared between misspelt words, where one reading
a character makes homophones meet. Import it from here, so that no other module loads the phrases first.
"""

from __future__ import annotations

import os

# pypinyin reads it when it is first imported.
os.environ["PYPINYIN_NO_PHRASES"] = "true"

from pypinyin import Style, lazy_pinyin, pinyin

__all__ = ["Style", "lazy_pinyin", "pinyin"]
