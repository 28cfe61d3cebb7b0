"""The check of `content/`: one rule has one code (C001 …), one function, one page under docs/lint/ and fixtures that break and keep it.

`run.check` runs all of `rules.RULES` over one `corpus.Corpus`; nothing here imports Rasa.
"""
