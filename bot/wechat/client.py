"""WeChat's API: wechatpy's client with our own token, timeouts and errors. It blocks: call it from a thread.

Why not wechatpy as it is (1.8.18): its token fetch has no timeout and a fixed address, its retry on a refused token
recurses without end, its token expiry is kept per process, and one requests.Session is shared by all threads.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping

import redis
import requests
import structlog
from urllib3.exceptions import MaxRetryError
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from bot.db import DatabaseError
from bot.settings import Settings
from bot.wechat.errors import Action, SendError
from bot.wechat.messages import NewsOut, Outgoing
from bot.wechat.token_store import Fetched, TokenStore, get_token

log = structlog.get_logger(__name__)

CONNECT_SECONDS, READ_SECONDS = 3, 5
_GATEWAY_TIMEOUT = 504

# At DEBUG this library logs whole addresses, and WeChat wants the access token in the address.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class JiashuWeChatClient(WeChatClient):  # type: ignore[misc]  # wechatpy has no types
    """Calls raise SendError and nothing else; the token is renewed once a call when WeChat refuses it."""

    def __init__(self, settings: Settings, tokens: TokenStore) -> None:
        self._local = threading.local()
        super().__init__(
            settings.wechat_app_id,
            settings.wechat_app_secret,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            auto_retry=False,
        )
        self._tokens = tokens
        self._base = settings.wechat_api_base
        self.API_BASE_URL = f"{self._base}/cgi-bin/"

    @property
    def _http(self) -> requests.Session:
        # One a thread: requests does not promise that a Session may be shared.
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            # No proxy, no .netrc from the environment: the secret in the body goes to WeChat only.
            self._local.session.trust_env = False
        session: requests.Session = self._local.session
        return session

    @_http.setter
    def _http(self, _session: requests.Session) -> None:
        """wechatpy sets one shared Session here; ours are made a thread."""

    @property
    def access_token(self) -> str:
        return self._token()

    def fetch_access_token(self) -> str:
        """Get the token; kept because wechatpy calls it by this name."""
        return self.access_token

    def call(self, endpoint: str, data: Mapping[str, object]) -> dict[str, object]:
        """POST `data` as JSON to /cgi-bin/<endpoint> and return WeChat's answer.

        Raises:
            SendError: refused or not reached.
        """
        used = self.access_token
        try:
            return self._call(endpoint, data, used)
        except SendError as error:
            if error.action is not Action.REFRESH_TOKEN:
                raise
        return self._call(endpoint, data, self._token(refused=used))

    def send(self, openid: str, message: Outgoing) -> None:
        """Send one customer-service message.

        Raises:
            SendError: refused or not reached; `unclear`: it may have arrived.
        """
        self.call("message/custom/send", {"touser": openid, **_custom(message)})

    def typing(self, openid: str, on: bool = True) -> None:
        """Show or end "the other side is typing"; WeChat shows it 15 s."""
        self.call("message/custom/typing", {"touser": openid, "command": "Typing" if on else "CancelTyping"})

    def create_menu(self, menu: Mapping[str, object]) -> None:
        self.call("menu/create", menu)

    def jsapi_ticket(self) -> Fetched:
        """The ticket that signs what a page may ask of WeChat's browser (JS-SDK); verified accounts only, two hours.

        Raises:
            SendError: refused or not reached.
        """
        used = self.access_token
        try:
            answer = self._ticket_for(used)
        except SendError as error:
            if error.action is not Action.REFRESH_TOKEN:
                raise
            answer = self._ticket_for(self._token(refused=used))
        value, lifetime = answer.get("ticket"), answer.get("expires_in", 7200)
        if not isinstance(value, str) or not value or not isinstance(lifetime, int):
            raise SendError(None, "no ticket in WeChat's answer")
        return Fetched(value, lifetime)

    def _ticket_for(self, token: str) -> dict[str, object]:
        params = {"access_token": token, "type": "jsapi"}
        return self._answered(lambda: self.get(f"{self._base}/cgi-bin/ticket/getticket", params=params, allow_redirects=False))

    def _token(self, refused: str = "") -> str:
        try:
            return get_token(self._tokens, self._fetch, refused)
        except (redis.RedisError, DatabaseError) as error:
            # Whoever asks for the stable token gets the same one: without the store it costs one more call, and not the answer.
            log.error("wechat.token_not_kept", error=type(error).__name__)
            return self._fetch(force=False).value

    def _call(self, endpoint: str, data: Mapping[str, object], token: str) -> dict[str, object]:
        # Without ensure_ascii=False the parent reads \\u5bb6 (WeChat's 40033).
        body = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return self._guarded(f"{self._base}/cgi-bin/{endpoint}", body, headers, {"access_token": token})

    def _fetch(self, force: bool) -> Fetched:
        asked = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": self.secret,
            "force_refresh": force,
        }
        headers = {"Content-Type": "application/json"}
        # An access_token parameter keeps wechatpy from asking for a token in order to ask for a token.
        url = f"{self._base}/cgi-bin/stable_token"
        try:
            answer = self._guarded(url, json.dumps(asked).encode(), headers, {"access_token": ""})
        except SendError as error:
            # Nobody was sent anything by asking for a token: the send itself is not in doubt.
            raise SendError(error.code, error.detail) from None
        value, lifetime = answer.get("access_token"), answer.get("expires_in", 7200)
        if not isinstance(value, str) or not value or not isinstance(lifetime, int):
            raise SendError(None, "no access token in WeChat's answer")
        return Fetched(value, lifetime)

    def _guarded(self, url: str, body: bytes, headers: dict[str, str], params: dict[str, str]) -> dict[str, object]:
        return self._answered(lambda: self.post(url, data=body, headers=headers, params=params, allow_redirects=False))

    def _answered(self, ask: Callable[[], object]) -> dict[str, object]:
        try:
            answer = ask()
        except WeChatClientException as error:
            # `from None`: the exception holds the request, and with it the token or the secret.
            late = error.errcode is None and getattr(error.response, "status_code", None) == _GATEWAY_TIMEOUT
            raise SendError(error.errcode, str(error.errmsg or ""), unclear=late) from None
        except (requests.RequestException, ValueError, TypeError) as error:
            raise SendError(None, type(error).__name__, unclear=_may_be_taken(error)) from None
        if not isinstance(answer, dict):  # wechatpy hands back what is no JSON object
            raise SendError(None, "WeChat's answer is not JSON", unclear=True)
        return answer


def _may_be_taken(error: Exception) -> bool:
    """Whether the request had gone out: to what came after that there is no answer. requests says so only by its exceptions."""
    if isinstance(error, requests.ConnectionError):
        # In making the connection; one that breaks later is told otherwise.
        return not isinstance(error.args[0] if error.args else None, MaxRetryError)
    gone_out = (requests.ReadTimeout, requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
    return isinstance(error, gone_out) or not isinstance(error, requests.RequestException)


def _custom(message: Outgoing) -> dict[str, object]:
    if isinstance(message, NewsOut):
        card = {name: getattr(message, name) for name in ("title", "description", "url", "picurl")}
        return {"msgtype": "news", "news": {"articles": [card]}}
    return {"msgtype": "text", "text": {"content": message.text}}
