"""Draws the comics of `content/comics/`: `python -m tools.comics`.

The words in the balloons stand in the comic's yml, where editors change them; here is only what is drawn around them. A comic is a
function of `strips/` that puts people (`people.py`), things (`things.py`) and places (`places.py`) into panels (`panel.py`).
The same words and the same code give the same files, byte for byte; tests/content/test_comics.py holds the files to that.
"""
