"""The page of a file that has a form of fields: shown, filled in, looked at while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.calendar import PROVINCES
from bot.content.writing import WritingError
from bot.desk.editing import checking, compared, drafts, files
from bot.desk.editing.checking import Remark
from bot.desk.editing.drafts import Clash, Draft
from bot.desk.editing.sheets import fields, filling, moving, plain, sheet, titles
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part
from bot.desk.editing.sheets.sheet import Asked, Sheet
from bot.desk.editing.sheets.table import sheet_of
from bot.desk.times import BEIJING
from bot.desk.web import ENVIRONMENT, now, render

T = TypeVar("T")


@dataclass(frozen=True)
class Typed:
    """What was sent: the text of the file with it, or what is wrong, by field."""

    text: str
    errors: Mapping[str, str]
    values: Values


def taken(chosen: Sheet, path: str, standing: str, sent: Values) -> Typed:
    """Put what was typed into the text; nothing changes where anything is wrong."""
    content = services.settings().content_path
    found = filling.taken(chosen.parts(content), sent, chosen.read(standing), begun=not files.text_of(path))
    if found.errors:
        return Typed(standing, found.errors, sent)
    try:
        text = chosen.write(standing, found.tree)
        if chosen.stamped and text != standing:
            text = chosen.write(text, {**chosen.read(text), "updated": now().astimezone(BEIJING).date()})
    except WritingError as error:
        return Typed(standing, {"": f"{error}。"}, sent)
    return Typed(text, {}, sent)


async def checked(path: str, text: str) -> checking.Checked:
    """What the rules say, each at its field; away from the loop that serves everybody."""
    chosen = sheet_of(path)
    assert chosen is not None
    return await _aside(partial(_checked, chosen, path, text))


def _checked(chosen: Sheet, path: str, text: str) -> checking.Checked:
    asked = _asked(path, text)
    parts = chosen.parts(asked.content)
    try:
        tree = chosen.read(text)
    except WritingError as error:
        return checking.Checked((Remark("C001", 1, f"{error}", True, False),), None, False)
    found = sheet.at_fields(chosen.check(asked, parts), parts, tree, text)
    unique = dict.fromkeys(sorted(found, key=lambda each: (not each.error, each.line, each.code)))
    draft = bool(chosen.stamped and tree.get("status") == "draft")
    return checking.Checked(tuple(unique), None, draft)


def place(path: str, text: str, remark: Remark) -> str:
    """The field at which a remark stands, in words; "" where it is about the whole."""
    chosen = sheet_of(path)
    if chosen is None or not remark.field:
        return ""
    try:
        parts = chosen.parts(services.settings().content_path)
        return plain.label(parts, filling.shown(parts, chosen.read(text)), remark.field)
    except WritingError:
        return ""


async def looked(path: str, typed: Typed) -> dict[str, Any]:
    """What a script shows beside the form."""
    chosen = sheet_of(path)
    assert chosen is not None
    parts = chosen.parts(services.settings().content_path)
    if typed.errors:
        wrong = [{"message": said, "error": True, "line": 0, "field": name, "place": plain.label(parts, typed.values, name)} for name, said in typed.errors.items()]
        return {"remarks": wrong, "messages": []}
    found = await checked(path, typed.text)
    remarks = [
        {"message": each.message, "error": each.error, "line": 0 if each.field else each.line, "overlap": each.overlap, "field": each.field, "place": place(path, typed.text, each)}
        for each in found.remarks
    ]
    return {"remarks": remarks, "messages": [], "seen": await seen(chosen, path, typed.text, typed.values)}


async def seen(chosen: Sheet, path: str, text: str, values: Values) -> str:
    """The part of the page beside the form, as HTML with every word escaped."""
    return await _aside(partial(_seen, chosen, path, text, values))


def _seen(chosen: Sheet, path: str, text: str, values: Values) -> str:
    try:
        found = chosen.seen(_asked(path, text), values)
    except WritingError:
        return ""
    return ENVIRONMENT.get_template(f"sheets/seen-{chosen.shows or chosen.name}.html").render(found) if found else ""


def _asked(path: str, text: str) -> Asked:
    today = now().astimezone(BEIJING).date()
    return Asked(services.settings().content_path, files.PROJECT, path, text, files.text_of(path), today)


async def editor(
    request: Request,
    path: str,
    draft: Draft | None,
    text: str,
    typed: Typed | None = None,
    clash: Clash | None = None,
    status: int = 200,
    look: bool = False,
    wish: str = "",
) -> HTTPResponse:
    """The form: of the text, or as it was `typed`, with an entry moved or added as the button `wish` says.

    Raises:
        WritingError: the text cannot be read; it has to be mended as it stands.
    """
    chosen = sheet_of(path)
    assert chosen is not None
    parts = chosen.parts(services.settings().content_path)
    tree, standing = chosen.read(text), files.text_of(path)
    open = request.args.get("open", "")
    if typed and wish:
        # Nothing is kept yet, so nothing has to be right yet.
        moved, open = moving.rearranged(parts, typed.values, wish)
        typed = Typed(typed.text, {}, moved)
    values, spare = _boxes(parts, tree, typed)
    if chosen.one_by_one and not typed:
        values = alone(parts[0], tree, values, open)
    errors = dict(typed.errors) if typed else {}
    beside = await looked(path, typed) if typed and look and not errors else {"remarks": []}
    faulty = {*errors, *(each["field"] for each in beside["remarks"] if each["error"])}
    theirs = clash.now.text if clash and clash.now else standing
    return render(
        request,
        "sheets/edit.html",
        status,
        title=titles.title_of(path, tree),
        sheet=chosen,
        parts=parts,
        values=values,
        errors=errors,
        remarks=beside["remarks"],
        wrong_rows={".".join(name.split(".")[:2]) for name in faulty},
        provinces=PROVINCES,
        fields=[part for part in parts if isinstance(part, Field)],
        folded=partial(plain.folded, wrong=faulty),
        looked=look and not errors,
        spare=spare,
        row_title=plain.row_title,
        numbers_of=filling.numbers_of,
        is_rows=lambda part: isinstance(part, Rows),
        units=fields.UNITS,
        sides=fields.SIDES,
        path=path,
        draft=draft,
        base=drafts.digest(standing),
        only=(values.get(filling.ONLY) or [""])[0],
        like=(values.get(filling.LIKE) or [""])[0],
        moved=bool(draft and draft.base != drafts.digest(standing)),
        clash=clash,
        rows=compared.rows(path, theirs, typed.text if typed else text) if clash else [],
        states=drafts.STATES,
        seen=await seen(chosen, path, typed.text if typed else text, typed.values if typed else values),
        has_seen=chosen.seen is not sheet.nothing,
        open=open,
        unsaved=bool(wish),
        is_new=moving.is_new,
        said_of=await _aside(partial(chosen.said, _asked(path, text))),
        lesson=False,
        here=titles.entry(request.ctx.staff.role),
    )


def _boxes(parts: tuple[Part, ...], tree: Mapping[str, object], typed: Typed | None) -> tuple[dict[str, list[str]], dict[str, int]]:
    """What stands in every box, empty rows at the end of each list; and from which number on rows are new."""
    values = filling.shown(parts, tree)
    headings = {name: texts for name, texts in values.items() if name.rpartition(".")[2].isdigit()}
    spare = {part.key: len(filling.rows_of(tree, part.key)) for part in parts if isinstance(part, Rows)}
    if typed is not None:
        return {**({} if filling.ONLY in typed.values else headings), **{name: list(texts) for name, texts in typed.values.items()}}, spare
    for part in parts:
        if isinstance(part, Rows) and not part.fixed:
            # An ordered list has a button for more: an empty entry at its end would be moved about with the others.
            more = part.spare if not part.ordered else int(not spare[part.key])
            for number in range(spare[part.key], spare[part.key] + more):
                values |= moving.empty(part, number)
    return values, spare


def alone(part: Part, tree: Mapping[str, object], values: Values, number: str) -> dict[str, list[str]]:
    """The boxes of one entry of a long list, a new one where there is none with that number: a page of all would be a megabyte."""
    assert isinstance(part, Rows)
    rows = filling.rows_of(tree, part.key)
    at = min(int(number) if number.isascii() and number.isdigit() else len(rows), len(rows))
    mine, name = {**values, **(moving.empty(part, at) if at == len(rows) else {})}, f"{part.key}.{at}"
    boxes = {each: list(texts) for each, texts in mine.items() if each == name or each.startswith(f"{name}.")}
    return {**boxes, filling.ONLY: [str(at)], filling.LIKE: [filling.mark(rows[at]) if at < len(rows) else ""]}


async def _aside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(None, work)

