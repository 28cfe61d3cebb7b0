"""Leave to notify, asked at a natural moment: a plan was just made. WeChat counts one notification for each time it is allowed."""

from __future__ import annotations

import structlog
from rasa_sdk.executor import CollectingDispatcher

from bot import services
from bot.db import DatabaseError
from bot.pages import links
from bot.people import preferences

log = structlog.get_logger(__name__)

_ALLOW = "到日子想收到微信通知，点开这里，按一下“允许”。按一次能收一回，不按也不耽误您在这儿问。\n{address}"
# WeChat lets us write within 48 hours of the parent's last message; said plainly, without numbers that may change.
_COME_BY = "微信有规矩：您隔几天没来，我就发不出去。到那阵子来说句话，我就把该说的都告诉您。"


async def offer_consent(dispatcher: CollectingDispatcher, parent_key: str) -> None:
    """One line and the page to tap, at most once a month; where there is no such page, how reminders arrive all the same."""
    try:
        asks = await services.database().run(preferences.take_consent_question, parent_key, services.clock().now())
    except DatabaseError as error:
        log.error("notifications.consent_not_asked", reason=error.reason)
        return
    if asks:
        address = consent_page()
        dispatcher.utter_message(text=_ALLOW.format(address=address) if address else _COME_BY)


def consent_page() -> str:
    """Where a parent can allow notifications; "" for accounts that cannot send any, or without pages."""
    settings = services.settings()
    can_send = settings.wechat_account == "service" and settings.wechat_subscription_template
    # WeChat signs the button's page for verified accounts with HTTPS only; see bot/pages/share.py.
    has_button = settings.real_account and settings.wechat_verified and settings.public_url.startswith("https://")
    return links.page("notify") if can_send and has_button else ""
