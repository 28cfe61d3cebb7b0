"""Works of the record that may be refused: the refusal becomes a page in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from bot import services
from bot.desk.errors import DeskError
from bot.logs.review import ReviewError
from bot.logs.takeovers import TakenError
from bot.privacy import ScrubError

P = ParamSpec("P")
T = TypeVar("T")


async def done_by_review(work: Callable[Concatenate[Session, P], T], *arguments: P.args, **more: P.kwargs) -> T:
    """Run `work` in one transaction.

    Raises:
        DeskError: the record refused; says why, and that nothing was changed.
    """
    try:
        return await services.database().run(work, *arguments, **more)
    except ReviewError as error:
        raise DeskError(409, f"{error}。") from error
    except TakenError as error:
        raise DeskError(409, f"{error} 已经接手了这位家长，两个人一起回会乱。请先和 {error} 说一声。") from error
    except ScrubError as error:
        raise DeskError(
            503, "这句话现在没法检查有没有个人信息，所以没有保存。请过一会儿再试，或者告诉管理员。"
        ) from error
    except LookupError as error:
        raise DeskError(404, "这位家长的记录已经不在了：可能删除了自己的资料。") from error
    except ValueError as error:
        raise DeskError(400, f"{error}。请按后退键改一改。") from error
