"""`python -m tools.comics [SLUG …]`: draw the comics anew from their yml; without a name all of them."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.content.comics import Comic, read_comic
from bot.content.documents import ContentError
from tools.comics.panel import draw
from tools.comics.strips import STRIPS

COMICS = Path("content/comics")


def drawings(comic: Comic) -> dict[Path, str]:
    """The files of one comic.

    Raises:
        ContentError: nothing is drawn for it, or not as many panels or balloons as are written.
    """
    strip = STRIPS.get(comic.slug)
    if strip is None or len(strip) != len(comic.panels):
        raise ContentError(comic.path, 1, f"画的格数和写的不一样：tools/comics/strips 里画了 {len(strip or ())} 格")
    made: dict[Path, str] = {}
    for panel, drawn in zip(comic.panels, strip, strict=True):
        try:
            made[panel.picture] = draw(panel.alt, drawn.back, *drawn.parts, balloons=drawn.balloons, says=panel.says)
        except ValueError as error:
            raise ContentError(comic.path, 1, str(error)) from error
    return made


def main(slugs: list[str]) -> int:
    """Write the files; 1 when a comic cannot be drawn."""
    for path in sorted(COMICS.glob("*.yml")):
        if slugs and path.stem not in slugs:
            continue
        try:
            made = drawings(read_comic(path))
        except ContentError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        path.with_suffix("").mkdir(exist_ok=True)
        for picture, text in made.items():
            picture.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
