"""The model that answers now, lent to a try-out: with the replies of its domain/, which need no training.

Rasa keeps the domain, with all replies, in the archive's metadata.json and says them from there; nothing that was trained hangs on their
words. The model itself is never touched: where a reply is said otherwise the try-out gets an archive of its own.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.tryout.taught import replies_in

_METADATA = "metadata.json"
# It is read once and thrown away.
_LEVEL = 1


def say_otherwise(link: Path, domain: Path) -> None:
    """Put in the place of a link to a model an archive that says the replies of `domain`; the same replies leave the link. Some seconds.

    Raises:
        ContentError: a file of the domain is broken (file:line).
    """
    model = link.resolve()
    metadata = _metadata(model)
    known: Mapping[str, Any] = metadata.get("domain", {}).get("responses", {})
    other = {name: said for name, said in replies_in(domain).items() if name in known and known[name] != said}
    if not other:
        return
    metadata["domain"]["responses"] = {**known, **other}
    link.unlink()
    _copy(model, link, json.dumps(metadata, ensure_ascii=False).encode())


def _metadata(model: Path) -> dict[str, Any]:
    """Empty for what is no whole model: the assistant says so itself."""
    try:
        with tarfile.open(model) as archive:
            found = archive.extractfile(_METADATA)
            data = json.load(found) if found else {}
    except (tarfile.TarError, EOFError, KeyError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _copy(model: Path, there: Path, metadata: bytes) -> None:
    with tarfile.open(model) as old, tarfile.open(there, "w:gz", compresslevel=_LEVEL) as new:
        for member in old:
            if member.name.removeprefix("./") == _METADATA:
                member.size = len(metadata)
                new.addfile(member, BytesIO(metadata))
            else:
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
