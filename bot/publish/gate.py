"""The gate: what the candidate gets right of the fixed sets, beside what answers now; every reason against it in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

CRISIS = "crisis"
KINDS = {
    "in scope, at once": "课里有的问题，一次就答对",
    "in scope, within one tap": "课里有的问题，再点一下能找到",
    "crisis": "急事",
    "near miss": "听着像急事、其实不是",
    "off topic": "不归我们管的问题",
    "small talk": "打招呼和闲聊",
}
# A page is read by a person: beyond these the number says enough.
_SHOWN = 20


@dataclass(frozen=True)
class Wrong:
    """A case that failed: what a parent writes, and what came; `tap`: one of the choices that were offered led to a good answer."""

    kind: str
    text: str
    reply: str
    tap: bool = False


@dataclass(frozen=True)
class Figures:
    """`kinds`: name → passed, total, goal (None: none). `wrong`: the cases that failed, by id. `sets`: a hash of the sets' files."""

    sets: str
    kinds: Mapping[str, tuple[int, int, float | None]]
    wrong: Mapping[str, Wrong] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        wrong = {name: [each.kind, each.text, each.reply, each.tap] for name, each in self.wrong.items()}
        return {"sets": self.sets, "kinds": {name: list(rate) for name, rate in self.kinds.items()}, "wrong": wrong}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        """What `as_json` made."""
        kinds = {name: (rate[0], rate[1], rate[2]) for name, rate in data["kinds"].items()}
        return cls(data["sets"], kinds, {name: Wrong(*each) for name, each in data["wrong"].items()})

    def asked_again(self, names: Collection[str], wrong: Mapping[str, Wrong]) -> Figures:
        """The same after these failures were asked once more; `wrong`: those that failed again."""
        kinds = dict(self.kinds)
        for name in names:
            before, after = self.wrong[name], wrong.get(name)
            better = {"in scope, within one tap": not before.tap and (after is None or after.tap)}
            for kind in (each for each in kinds if _kind_of(each) == before.kind):
                passed, total, goal = kinds[kind]
                kinds[kind] = (passed + better.get(kind, after is None), total, goal)
        left = {name: wrong.get(name, each) for name, each in self.wrong.items() if name not in names or name in wrong}
        return Figures(self.sets, kinds, left)


def reasons_against(new: Figures, old: Figures | None) -> list[str]:
    """Why it must not go live; empty when nothing got worse. Without `old` figures the goals of docs/evaluation.md decide."""
    if not new.kinds or not any(total for _, total, _ in new.kinds.values()):
        return ["固定的题一道也没有做成，没法判断好坏。"]
    if old is None or old.sets != new.sets:
        return [_below(name, *rate) for name, rate in new.kinds.items() if rate[2] is not None and rate[0] < rate[2] * rate[1]]
    return [*_crises(new, old), *(_worse(name, new, old) for name in old.kinds if _is_worse(name, new, old))]


def _crises(new: Figures, old: Figures) -> list[str]:
    fresh = [each for name, each in new.wrong.items() if each.kind == CRISIS and name not in old.wrong]
    said = [f"急事“{each.text}”原来答得对，现在答成了“{each.reply}”。" for each in fresh[:_SHOWN]]
    return said + ([f"这样的急事还有 {len(fresh) - _SHOWN} 道。"] if len(fresh) > _SHOWN else [])


def _is_worse(name: str, new: Figures, old: Figures) -> bool:
    passed, total, _ = new.kinds.get(name, (0, 1, None))
    before, of, _ = old.kinds[name]
    return passed * of < before * total


def _worse(name: str, new: Figures, old: Figures) -> str:
    passed, total, _ = new.kinds.get(name, (0, 0, None))
    before, of, _ = old.kinds[name]
    fresh = [each for key, each in new.wrong.items() if key not in old.wrong and each.kind == _kind_of(name)]
    such = "；".join(f"“{each.text}”" for each in fresh[:5])
    return f"“{KINDS.get(name, name)}”变差了：原来 {of} 道对 {before} 道，现在 {total} 道对 {passed} 道。" + (
        f"新答错的有：{such}。" if such else ""
    )


def _below(name: str, passed: int, total: int, goal: float | None) -> str:
    return f"“{KINDS.get(name, name)}”{total} 道只对了 {passed} 道，要对 {goal or 0:.0%} 才行。"


def _kind_of(name: str) -> str:
    return "in_scope" if name.startswith("in scope") else name.replace(" ", "_")
