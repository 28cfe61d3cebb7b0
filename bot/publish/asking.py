"""What two models were asked twice, put together: whom chance favoured is told from who is worse."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.publish.gate import CRISIS, Figures, Wrong, level_of

# Of some cases asked once more: those that failed.
Again = Mapping[str, Wrong]


def different(new: Figures, old: Figures) -> list[str]:
    """The cases that one of the two answered better than the other."""
    return [name for name in dict.fromkeys([*new.wrong, *old.wrong]) if new.level(name) != old.level(name)]


def settled(names: Collection[str], new: Figures, new_again: Again, old: Figures, old_again: Again) -> tuple[Figures, Figures]:
    """Both, after each was asked these cases once more. What was answered well once counts.

    Where one and the same model answers now well and now badly, it is dice: which of five kind words comes after a thanks, which game on
    a rainy day; or the pipeline came too late for it on a busy machine. That says nothing of a model, and counts for both alike, but not
    of a crisis: that has to be answered well by the candidate itself.
    """
    mine: dict[str, Wrong | None] = {}
    theirs: dict[str, Wrong | None] = {}
    for name in names:
        ours, others = [new.wrong.get(name), new_again.get(name)], [old.wrong.get(name), old_again.get(name)]
        crisis = any(each and each.kind == CRISIS for each in (*ours, *others))
        if not crisis and (_varies(ours) or _varies(others)):
            ours = others = [*ours, *others]
        for figures, results, kept in ((new, ours, mine), (old, others, theirs)):
            if name in figures.wrong:
                kept[name] = max(results, key=level_of)
    return new.with_results(mine), old.with_results(theirs)


def _varies(results: list[Wrong | None]) -> bool:
    return len({level_of(each) for each in results}) > 1
