"""The comics, a module a subject: which people, things and balloons stand in each panel."""

from __future__ import annotations

from tools.comics.strips import at_home, health, reunion, safety, talking
from tools.comics.strips.drawn import Drawn

STRIPS: dict[str, tuple[Drawn, ...]] = {**safety.STRIPS, **at_home.STRIPS, **health.STRIPS, **talking.STRIPS, **reunion.STRIPS}
