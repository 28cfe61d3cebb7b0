"""Write measured tables between markers of a page: `<!-- bench: name -->` … `<!-- end -->`."""

from __future__ import annotations

import re
from pathlib import Path


def fill(page: Path, name: str, text: str) -> None:
    """Replace what stands between the markers of that name.

    Raises:
        ValueError: the page has no such markers.
    """
    before = page.read_text(encoding="utf-8")
    part = re.compile(rf"(<!-- bench: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    after, count = part.subn(lambda match: f"{match[1]}{text.strip()}\n{match[2]}", before)
    if count != 1:
        raise ValueError(f"{page.name} needs one pair of markers for {name}")
    page.write_text(after, encoding="utf-8")
