"""What a user can do: follow, say, tap, scan. Each act changes the chat and sends its message or event on its way."""

from __future__ import annotations

import asyncio
import secrets
from urllib.parse import parse_qs, urlsplit

from bot.simulator.allowance import Action
from bot.simulator.chat import Choice, Content, Side
from bot.simulator.followers import Follower
from bot.simulator.incoming import event, message
from bot.simulator.journal import Delivery
from bot.simulator.menu import Button
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

Sent = asyncio.Task[Delivery]

# Menu kinds that give the account three messages; a page opened from the menu gives none (api_sendcustommessage).
ALLOWING = {"click", "scancode_push", "scancode_waitmsg"}


class Phone:
    """One user's hands on the phone."""

    def __init__(self, platform: Platform, follower: Follower) -> None:
        self._platform = platform
        self.follower = follower

    def follow(self, scene: str = "") -> Sent:
        """Follow the account, by a QR code when `scene` is given."""
        self.begin(scene)
        fields = (("EventKey", f"qrscene_{scene}"), ("Ticket", _ticket(scene))) if scene else (("EventKey", ""),)
        self._platform.act(self.follower, Action.SCAN if scene else Action.FOLLOW)
        self._note("你已关注该公众号")
        return self._deliver_event("subscribe", *fields)

    def begin(self, scene: str = "") -> None:
        """Be a follower of long standing: no event is sent and nothing shown."""
        self.follower.following = True
        self.follower.followed_at = self._platform.now()
        self.follower.scene = scene

    def unfollow(self) -> Sent:
        """Leave; nothing can be answered any more."""
        self.follower.following = False
        self.follower.allowance.ends = None
        self._note("你已取消关注该公众号")
        self._platform.tell_parent(self.follower)
        return self._platform.deliver(event(self.follower.openid, "unsubscribe", ("EventKey", ""), answerable=False))

    def scan(self, scene: str) -> Sent:
        """Scan a QR code; who does not follow yet does so by it."""
        if not self.follower.following:
            return self.follow(scene)
        self._platform.act(self.follower, Action.SCAN)
        self._note("你扫描了二维码")
        return self._deliver_event("SCAN", ("EventKey", scene), ("Ticket", _ticket(scene)))

    def send(self, content: Content) -> Sent:
        """Send a message of the user's own.

        Raises:
            Refusal: 43004 when the user does not follow.
        """
        return self._send(content, Action.MESSAGE)

    def tap(self, text: str, menu_id: str | None = None) -> Sent:
        """Tap a line of a msgmenu or a bizmsgmenu link: it is sent as the user's text."""
        return self._send(Content("text", text=text), Action.TAP, menu_id)

    def tap_choice(self, choice: Choice) -> Sent:
        """Tap an item of a msgmenu."""
        return self.tap(choice.text, choice.id)

    def tap_link(self, href: str, label: str = "") -> Sent:
        """Tap a `weixin://bizmsgmenu` link; its msgmenucontent is sent.

        Raises:
            Refusal: 40035 when it is another kind of link.
        """
        parts = urlsplit(href)
        query = parse_qs(parts.query)
        if (parts.scheme, parts.netloc) != ("weixin", "bizmsgmenu"):
            raise Refusal(40035, "not a bizmsgmenu link")
        return self.tap(query.get("msgmenucontent", [label])[0], query.get("msgmenuid", [None])[0])

    def press(self, button: Button) -> Sent:
        """Press a menu button (not one that opens a list)."""
        self._require_following()
        if button.kind in ALLOWING:
            self._platform.act(self.follower, Action.TAP)
        if button.kind == "view":
            return self._platform.deliver(
                event(self.follower.openid, "VIEW", ("EventKey", button.url), answerable=False)
            )
        name = "CLICK" if button.kind == "click" else button.kind
        return self._deliver_event(name, ("EventKey", button.key))

    def consent(self, template_id: str, accept: bool) -> Sent:
        """Answer the dialog of a subscription notification; one yes is one message."""
        self._require_following()
        if accept:
            self.follower.consents[template_id] += 1
        status = "accept" if accept else "reject"
        entry = (("TemplateId", template_id), ("SubscribeStatusString", status), ("PopupScene", "1"))
        popup = ("SubscribeMsgPopupEvent", (("List", entry),))
        return self._platform.deliver(event(self.follower.openid, "subscribe_msg_popup_event", popup, answerable=False))

    def _send(self, content: Content, action: Action, menu_id: str | None = None) -> Sent:
        self._require_following()
        self._platform.act(self.follower, action)
        self._platform.show(self.follower, Side.PARENT, content)
        media_id = secrets.token_urlsafe(48)
        return self._platform.deliver(message(self.follower.openid, content, media_id=media_id, menu_id=menu_id))

    def _deliver_event(self, name: str, *fields: tuple[str, str]) -> Sent:
        return self._platform.deliver(event(self.follower.openid, name, *fields))

    def _require_following(self) -> None:
        if not self.follower.following:
            raise Refusal(43004, "require subscribe")

    def _note(self, line: str) -> None:
        self._platform.show(self.follower, Side.SYSTEM, Content("text", text=line))


def button_at(platform: Platform, key: str) -> Button:
    """The pressable button whose key, address or name is `key`.

    Raises:
        Refusal: 46003 when the menu has none such.
    """
    for top in platform.menu:
        for button in top.sub or (top,):
            if key in {button.key, button.url, button.name}:
                return button
    raise Refusal(46003, "menu no exist")


def _ticket(scene: str) -> str:
    return f"gQTICKET-{scene}"
