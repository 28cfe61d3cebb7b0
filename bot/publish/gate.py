"""The gate: what the candidate gets right of the fixed sets, beside what answers now; every reason against it in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import Any

CRISIS, AT_ONCE, WITHIN_TAP = "crisis", "in scope, at once", "in scope, within one tap"
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
# Cases of a kind that learning anew moves by itself; docs/publishing.md tells how that was measured. At most one of a hundred.
_SHUFFLED = 2


@dataclass(frozen=True)
class Wrong:
    """A case that failed: what a parent writes, and what came; `tap`: one of the choices that were offered led to a good answer.

    `about`: the slug of the lesson that should have come, where the case names one.
    """

    kind: str
    text: str
    reply: str
    tap: bool = False
    about: str = ""


@dataclass(frozen=True)
class Figures:
    """`kinds`: name → passed, total, goal (None: none). `wrong`: the cases that failed, by id. `sets`: a hash of the sets' files.

    `best`: the most that any model which went live got of these sets, by kind; what is not named is what this one got.
    """

    sets: str
    kinds: Mapping[str, tuple[int, int, float | None]]
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    best: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        wrong = {name: list(astuple(each)) for name, each in self.wrong.items()}
        return {"sets": self.sets, "kinds": {name: list(rate) for name, rate in self.kinds.items()}, "wrong": wrong, "best": dict(self.best)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        """What `as_json` made."""
        kinds = {name: (rate[0], rate[1], rate[2]) for name, rate in data["kinds"].items()}
        return cls(data["sets"], kinds, {name: Wrong(*each) for name, each in data["wrong"].items()}, data.get("best", {}))

    def level(self, name: str) -> int:
        """How well a case was answered: 2 at once, 1 within one tap, 0 not."""
        return level_of(self.wrong.get(name))

    def most(self, kind: str) -> int:
        """The most that this one, or any before it, got of a kind."""
        return max(self.best.get(kind, 0), self.kinds[kind][0])

    def with_results(self, results: Mapping[str, Wrong | None]) -> Figures:
        """The same with other results for some of the cases that failed; None: it was answered well."""
        kinds = dict(self.kinds)
        for name, after in results.items():
            before = self.wrong[name]
            for kind in (each for each in kinds if kind_of(each) == before.kind):
                least = 1 if kind == WITHIN_TAP else 2
                passed, total, goal = kinds[kind]
                kinds[kind] = (passed + (level_of(after) >= least) - (level_of(before) >= least), total, goal)
        merged = {**self.wrong, **results}
        return replace(self, kinds=kinds, wrong={name: each for name, each in merged.items() if each is not None})

    def heir_of(self, old: Figures | None) -> Figures:
        """The same, with the most that was ever got of each kind: what is lost a little each time must not add up."""
        if old is None or old.sets != self.sets:
            return self
        return replace(self, best={name: max(passed, old.most(name) if name in old.kinds else 0) for name, (passed, _, _) in self.kinds.items()})


def level_of(wrong: Wrong | None) -> int:
    """How well a case was answered: 2 at once, 1 within one tap, 0 not."""
    return 2 if wrong is None else int(wrong.tap)


def kind_of(name: str) -> str:
    """The kind of a case as its set names it."""
    return "in_scope" if name.startswith("in scope") else name.replace(" ", "_")


def reasons_against(new: Figures, old: Figures | None, changed: Collection[str] = ()) -> list[str]:
    """Why it must not go live; empty when nothing got worse. Without `old` figures the goals of docs/evaluation.md decide.

    `changed`: slugs and titles of what this publishing changes.
    """
    if not new.kinds or not any(total for _, total, _ in new.kinds.values()):
        return ["固定的题一道也没有做成，没法判断好坏。"]
    if old is None or old.sets != new.sets:
        return [_below(name, *rate) for name, rate in new.kinds.items() if rate[2] is not None and rate[0] < rate[2] * rate[1]]
    return [*_crises(new, old), *(_worse(name, new, old, changed) for name in old.kinds if _is_worse(name, new, old, changed))]


def lost(new: Figures, old: Figures, kind: str = "") -> list[Wrong]:
    """The cases (of a kind) that were answered better until now."""
    found = [each for name, each in new.wrong.items() if new.level(name) < old.level(name)]
    if kind == AT_ONCE:
        found = [each for name, each in new.wrong.items() if name not in old.wrong]
    if kind == WITHIN_TAP:
        found = [each for each in found if not each.tap]
    return [each for each in found if not kind or each.kind == kind_of(kind)]


def allowed(kind: str, total: int) -> int:
    """How many cases of a kind may be lost: what learning anew moves where nothing was changed that concerns them. Of a crisis none."""
    return 0 if kind == CRISIS else min(_SHUFFLED, total // 100)


def _crises(new: Figures, old: Figures) -> list[str]:
    fresh = [each for name, each in new.wrong.items() if each.kind == CRISIS and name not in old.wrong]
    said = [f"急事“{each.text}”原来答得对，现在答成了“{each.reply}”。" for each in fresh[:_SHOWN]]
    return said + ([f"这样的急事还有 {len(fresh) - _SHOWN} 道。"] if len(fresh) > _SHOWN else [])


def _is_worse(name: str, new: Figures, old: Figures, changed: Collection[str]) -> bool:
    passed, total, _ = new.kinds.get(name, (0, 1, None))
    before, of, _ = old.kinds[name]
    if total != of:
        return passed * of < before * total
    if passed < old.most(name) - allowed(name, total):
        return True
    return passed < before and bool(_caused(name, new, old, changed))


def _caused(name: str, new: Figures, old: Figures, changed: Collection[str]) -> list[Wrong]:
    """What was lost to the change itself, and not to learning anew: another answer comes of what was changed, or was to come of it."""
    return [each for each in lost(new, old, name) if each.reply in changed or each.about in changed]


def _worse(name: str, new: Figures, old: Figures, changed: Collection[str]) -> str:
    passed, total, _ = new.kinds.get(name, (0, 0, None))
    before, of, _ = old.kinds[name]
    caused, most = _caused(name, new, old, changed), old.most(name)
    such = "；".join(f"“{each.text}”" for each in (caused or lost(new, old, name))[:5])
    said = f"“{KINDS.get(name, name)}”变差了：原来 {of} 道对 {before} 道，现在 {total} 道对 {passed} 道。"
    if most > before:
        said += f"（最好的一次对过 {most} 道；每次少一两道，加起来就多了。）"
    if not such:
        return said
    return f"{said}{'是这次改的课引起的，新答错的有' if caused else '新答错的有'}：{such}。"


def _below(name: str, passed: int, total: int, goal: float | None) -> str:
    return f"“{KINDS.get(name, name)}”{total} 道只对了 {passed} 道，要对 {goal or 0:.0%} 才行。"
