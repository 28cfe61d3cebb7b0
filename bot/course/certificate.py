"""The certificate at the end of the course: as a drawing, as plain words, and as a sealed link that keeps nothing.

The name is only what the parent typed for it. It is stored nowhere: it travels inside the link, sealed with the project's key, so
that nobody can make a certificate for somebody who did not do the course.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

LONGEST_NAME = 12
_PURPOSE = b"course-certificate:"
# 15 bytes of SHA-256: far beyond guessing, and whole base64 letters, so that no two texts hold the same seal.
_SEAL_BYTES = 15
_UNFIT = re.compile(r"[^\w·. -]")
_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"


@dataclass(frozen=True)
class Certificate:
    """Who did the course (may be empty) and on which day the last lesson was done, in Beijing."""

    name: str
    on: date


def fit_name(typed: str) -> str:
    """A name as it may stand on the certificate: one line of letters, at most twelve; "" when nothing is left."""
    line = " ".join(unicodedata.normalize("NFKC", typed).split())
    return _UNFIT.sub("", line).strip()[:LONGEST_NAME].strip()


def sealed(certificate: Certificate, key: str) -> str:
    """The certificate as a text for a link: letters, digits, `-`, `_` and one dot."""
    payload = json.dumps([certificate.name, certificate.on.isoformat()], ensure_ascii=False, separators=(",", ":")).encode()
    return f"{_letters(payload)}.{_letters(_seal(payload, key))}"


def unsealed(text: str, key: str) -> Certificate | None:
    """The certificate of a link; None when it was not sealed with this key or was changed."""
    body, _, seal = text.partition(".")
    try:
        payload, given = _bytes(body), _bytes(seal)
    except (ValueError, binascii.Error):
        return None
    if not hmac.compare_digest(given, _seal(payload, key)):
        return None
    name, on = json.loads(payload)
    return Certificate(str(name), date.fromisoformat(on))


def in_words(certificate: Certificate) -> str:
    """The certificate as a text message."""
    whom = f"{certificate.name}：\n" if certificate.name else ""
    return (
        f"【结业证书】\n{whom}您学完了“爸妈这门课”全部十课，做完了每一课的小测验。\n"
        "人隔得远，心一直在。这份用心，孩子感觉得到。\n"
        f"家书　{certificate.on.year}年{certificate.on.month}月{certificate.on.day}日"
    )


def svg(certificate: Certificate) -> str:
    """The certificate as a picture, 720 × 960, without anything from outside."""
    on = certificate.on
    whom = escape(certificate.name) or "一位用心的爸妈"
    size = 64 if len(whom) <= 6 else 44
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 960" width="720" height="960" role="img" aria-labelledby="t d" font-family="{_FONTS}" text-anchor="middle">
<title id="t">爸妈这门课 结业证书</title>
<desc id="d">{whom}，{on.year}年{on.month}月{on.day}日学完全部十课</desc>
<rect width="720" height="960" fill="#fff8ec"/>
<rect x="28" y="28" width="664" height="904" rx="18" fill="none" stroke="#c8553d" stroke-width="6"/>
<rect x="42" y="42" width="636" height="876" rx="12" fill="none" stroke="#e3b27a" stroke-width="2"/>
{_drawing()}
<text x="360" y="404" font-size="68" font-weight="700" fill="#a63d2a" letter-spacing="14">结业证书</text>
<text x="360" y="452" font-size="27" fill="#7a5a3a">爸妈这门课　隔得远，心不远</text>
<text x="360" y="560" font-size="{size}" font-weight="700" fill="#3b2a1e">{whom}</text>
<path d="M170 586H550" stroke="#c9a06c" stroke-width="2"/>
<text x="360" y="650" font-size="29" fill="#4a382a">学完了全部十课，做完了每一课的小测验。</text>
<text x="360" y="700" font-size="29" fill="#4a382a">人隔得远，心一直在。</text>
<text x="360" y="750" font-size="29" fill="#4a382a">这份用心，孩子感觉得到。</text>
<text x="360" y="852" font-size="27" fill="#7a5a3a">{on.year}年{on.month}月{on.day}日</text>
<g transform="translate(556 830)"><circle r="52" fill="none" stroke="#c8553d" stroke-width="5"/><circle r="44" fill="none" stroke="#c8553d" stroke-width="2"/><text y="15" font-size="40" font-weight="700" fill="#c8553d">家书</text></g>
</svg>
"""


def _drawing() -> str:
    """Two houses, a town and a village, and a line between them on which a letter travels, under one moon."""
    return """<g stroke-linecap="round" stroke-linejoin="round">
<circle cx="360" cy="128" r="34" fill="#f6cf6b"/>
<path d="M60 316Q200 276 360 306T660 296V330H60Z" fill="#dcebc8"/>
<g stroke="#5b4636" stroke-width="4"><rect x="112" y="172" width="66" height="130" fill="#b9cbd8"/><rect x="178" y="204" width="54" height="98" fill="#cfdbe3"/></g>
<g fill="#fff3c4"><rect x="124" y="188" width="14" height="16"/><rect x="150" y="188" width="14" height="16"/><rect x="124" y="220" width="14" height="16"/><rect x="150" y="220" width="14" height="16"/><rect x="124" y="252" width="14" height="16"/><rect x="192" y="220" width="12" height="14"/><rect x="210" y="250" width="12" height="14"/></g>
<rect x="150" y="252" width="14" height="16" fill="#f2a65a"/>
<g stroke="#5b4636" stroke-width="4"><path d="M500 238L560 186L620 238V300H500Z" fill="#f3e1c7"/><path d="M486 244L560 180L634 244" fill="none" stroke="#a85a3c" stroke-width="12"/><rect x="546" y="258" width="28" height="42" fill="#b97f4b"/></g>
<rect x="512" y="250" width="22" height="20" fill="#f2a65a" stroke="#5b4636" stroke-width="3"/>
<path d="M236 236Q360 150 494 232" fill="none" stroke="#c8553d" stroke-width="4" stroke-dasharray="2 12"/>
<g transform="translate(362 196) rotate(-6)"><rect x="-30" y="-20" width="60" height="40" rx="4" fill="#fff" stroke="#c8553d" stroke-width="4"/><path d="M-28 -17L0 5L28 -17" fill="none" stroke="#c8553d" stroke-width="4"/><path d="M0 16C-9 9 -10 3 -5 1C-2 0 0 3 0 4C0 3 2 0 5 1C10 3 9 9 0 16Z" fill="#c8553d"/></g>
</g>"""


def _seal(payload: bytes, key: str) -> bytes:
    return hmac.new(key.encode(), _PURPOSE + payload, hashlib.sha256).digest()[:_SEAL_BYTES]


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,400}", text):
        raise ValueError("not a sealed text")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
