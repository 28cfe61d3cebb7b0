"""The API over HTTP: what WeChat refuses, and what it does when it does not."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.simulator.chat import Side, Via
from bot.simulator.config import Account
from tests.simulator.account import account

pytestmark = pytest.mark.asyncio


async def test_tokens_are_given_checked_and_expire() -> None:
    async with account() as api:
        assert (await api.login())["expires_in"] == 7200
        assert (await api.post("tags/create", {}, token=""))["errcode"] == 41001
        assert (await api.post("tags/create", {}, token="nonsense"))["errcode"] == 40001
        api.wechat.turn_clock(hours=2)
        assert (await api.get("tags/get", access_token=api.token))["errcode"] == 42001
        config = api.wechat.config
        simple = await api.get("token", grant_type="client_credential", appid=config.appid, secret=config.secret)
        assert "access_token" in simple and "errcode" not in simple
        wrong = await api.get("token", grant_type="client_credential", appid=config.appid, secret="wrong")
        assert wrong["errcode"] == 40125


async def test_the_allowance_holds_over_http() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        assert await api.send(parent) == 45015
        await parent.say("在吗")
        assert [await api.send(parent) for _ in range(6)] == [0] * 5 + [45047]
        await parent.say("还在吗")
        assert await api.send(parent) == 0 and parent.allowance == 4
        api.wechat.turn_clock(hours=48)
        await api.login()
        assert await api.send(parent) == 45015
        assert parent.chat[-1].via is Via.CUSTOM


async def test_a_tap_allows_three_for_a_minute() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        await parent.say("在吗")
        items = [{"id": "1", "content": "有用"}, {"id": "2", "content": "没用"}]
        body = {"touser": parent.openid, "msgtype": "msgmenu", "msgmenu": {"head_content": "有用吗？", "list": items}}
        assert (await api.post("message/custom/send", body))["errcode"] == 0
        assert (await parent.tap(2)).text == "收到：没用"
        assert api.toy.messages[-1].findtext("bizmsgmenuid") == "2"
        assert parent.allowance == 3
        assert (await parent.tap("有用")).text == "收到：有用"


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"msgtype": "shout"}, 40008),
        ({"msgtype": "image", "image": {"media_id": "none"}}, 40007),
        ({"msgtype": "news", "news": {"articles": []}}, 44003),
        ({"msgtype": "news", "news": {"articles": [{"title": "一"}, {"title": "二"}]}}, 45008),
        ({"msgtype": "text", "text": "no object"}, 47001),
        ({"msgtype": "text", "text": {"content": "x"}, "touser": "o-nobody"}, 40003),
    ],
)
async def test_a_bad_message_is_refused_and_costs_nothing(body: dict[str, object], errcode: int) -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        await parent.say("在吗")
        assert (await api.post("message/custom/send", {"touser": parent.openid, **body}))["errcode"] == errcode
        assert parent.allowance == 5


async def test_who_left_gets_nothing() -> None:
    async with account() as api:
        parent = await api.wechat.follow()
        await parent.unfollow()
        assert await api.send(parent) == 43004
        assert (await api.get("user/info", access_token=api.token, openid=parent.openid))["subscribe"] == 0


async def test_typing_shows_and_has_its_rules() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        body = {"touser": parent.openid, "command": "Typing"}
        assert (await api.post("message/custom/typing", body))["errcode"] == 45080
        await parent.say("在吗")
        assert (await api.post("message/custom/typing", {**body, "command": "Hum"}))["errcode"] == 45072
        assert (await api.post("message/custom/typing", body))["errcode"] == 0
        assert (await api.post("message/custom/typing", body))["errcode"] == 45081
        assert parent.follower.typing(api.wechat.platform.now())
        await api.send(parent)
        assert not parent.follower.typing(api.wechat.platform.now())


@pytest.mark.parametrize(
    ("kind", "verified", "refused"),
    [
        (Account.SERVICE, True, set()),
        (Account.SERVICE, False, {"send", "tags", "template"}),
        (Account.SUBSCRIPTION, True, {"template"}),
        (Account.SUBSCRIPTION, False, {"send", "menu", "tags", "template"}),
    ],
)
async def test_each_kind_of_account_has_its_rights(kind: Account, verified: bool, refused: set[str]) -> None:
    async with account(kind, verified) as api:
        paths = {"send": "message/custom/send", "menu": "menu/create", "tags": "tags/create", "template": "message/template/send"}
        answers = {name: (await api.post(path, {}))["errcode"] for name, path in paths.items()}
        assert {name for name, errcode in answers.items() if errcode == 48001} == refused


async def test_a_menu_is_pushed_pressed_and_deleted() -> None:
    async with account() as api:
        assert (await api.get("menu/get", access_token=api.token))["errcode"] == 46003
        buttons = [{"type": "click", "name": "问一问", "key": "ask"}, {"type": "view", "name": "看", "url": "http://a.b/"}]
        assert (await api.post("menu/create", {"button": [{"name": "长" * 6}]}))["errcode"] == 40018
        assert (await api.post("menu/create", {"button": buttons}))["errcode"] == 0
        assert "menu" in await api.get("menu/get", access_token=api.token)
        parent = await api.wechat.follow(silent=True)
        assert (await parent.menu("ask")).text == "收到：CLICK" and parent.allowance == 3
        assert (await parent.menu("看")).text == ""
        assert api.toy.messages[-1].findtext("EventKey") == "http://a.b/"
        assert (await api.get("menu/delete", access_token=api.token))["errcode"] == 0


async def test_tags_have_limits() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        made = await api.post("tags/create", {"tag": {"name": "夜班"}})
        tag = made["tag"]
        assert isinstance(tag, dict)
        assert (await api.post("tags/create", {"tag": {"name": "夜班"}}))["errcode"] == 45157
        assert (await api.post("tags/create", {"tag": {"name": "长" * 31}}))["errcode"] == 45158
        members = {"openid_list": [parent.openid], "tagid": tag["id"]}
        assert (await api.post("tags/members/batchtagging", members))["errcode"] == 0
        assert (await api.post("tags/members/batchtagging", {**members, "tagid": 1}))["errcode"] == 45058
        assert (await api.post("tags/members/batchtagging", {**members, "openid_list": ["o"] * 51}))["errcode"] == 40032
        assert (await api.post("tags/getidlist", {"openid": parent.openid}))["tagid_list"] == [tag["id"]]
        assert (await api.post("tags/members/batchuntagging", members))["errcode"] == 0


async def test_a_mass_message_is_sent_once_and_reported() -> None:
    async with account() as api:
        parents = [await api.wechat.follow(silent=True) for _ in range(2)]
        body = {"touser": [one.openid for one in parents], "msgtype": "text", "text": {"content": "快放假了"}}
        first = await api.post("message/mass/send", {**body, "clientmsgid": "holiday-1"})
        again = await api.post("message/mass/send", {**body, "clientmsgid": "holiday-1"})
        assert again["errcode"] == 45065 and again["msg_id"] == first["msg_id"]
        assert (await api.post("message/mass/send", {**body, "touser": [parents[0].openid]}))["errcode"] == 40130
        await api.reported("MASSSENDJOBFINISH")
        assert [bubble.via for bubble in parents[1].chat] == [Via.MASS]
        report = next(one for one in api.toy.messages if one.findtext("Event") == "MASSSENDJOBFINISH")
        assert report.findtext("SentCount") == "2" and report.findtext("MsgID") == str(first["msg_id"])
        for number in range(2, 6):
            await api.post("message/mass/send", {**body, "clientmsgid": f"holiday-{number}"})
        await api.reported("MASSSENDJOBFINISH", times=4)
        assert sum(bubble.via is Via.MASS for bubble in parents[1].chat) == 4


async def test_a_subscription_account_sends_once_a_day() -> None:
    async with account(Account.SUBSCRIPTION) as api:
        body = {"filter": {"is_to_all": True}, "msgtype": "text", "text": {"content": "早"}}
        assert (await api.post("message/mass/sendall", body))["errcode"] == 0
        assert (await api.post("message/mass/sendall", body))["errcode"] == 45028
        api.wechat.turn_clock(days=1)
        await api.login()
        assert (await api.post("message/mass/sendall", body))["errcode"] == 0


async def test_a_notification_needs_one_consent_each() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        body = {"touser": parent.openid, "template_id": "T", "data": {"thing1": {"value": "订火车票"}}}
        assert (await api.post("message/subscribe/bizsend", body))["errcode"] == 43101
        await parent.consent("T")
        long = {**body, "data": {"thing1": {"value": "字" * 21}}}
        assert (await api.post("message/subscribe/bizsend", long))["errcode"] == 47003
        assert (await api.post("message/subscribe/bizsend", body))["errcode"] == 0
        assert (await api.post("message/subscribe/bizsend", body))["errcode"] == 43101


async def test_a_template_message_comes_and_is_reported() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        body = {"touser": parent.openid, "template_id": "T", "data": {"first": {"value": "离回家还有 30 天"}}}
        assert (await api.post("message/template/send", body))["errcode"] == 0
        await api.reported("TEMPLATESENDJOBFINISH")
        assert parent.chat[-1].side is Side.ACCOUNT and parent.chat[-1].via is Via.TEMPLATE
        assert api.toy.messages[-1].findtext("Event") == "TEMPLATESENDJOBFINISH"


async def test_escaped_bodies_can_be_refused() -> None:
    async with account(refuse_escapes=True) as api:
        parent = await api.wechat.follow(silent=True)
        await parent.say("在吗")
        # aiohttp's json= escapes Chinese, as Python's json does.
        assert await api.send(parent, "你好") == 40033


async def test_faults_strike_and_the_api_goes_down() -> None:
    async with account() as api:
        parent = await api.wechat.follow(silent=True)
        await parent.say("在吗")
        sim = f"{api.wechat.url}/sim/faults"
        await api.session.post(sim, json={"errcode": -1, "times": 2})
        assert [await api.send(parent) for _ in range(3)] == [-1, -1, 0]
        await api.session.post(sim, json={"down": True})
        async with api.session.post(f"{api.wechat.url}/cgi-bin/message/custom/send", json={}) as response:
            assert response.status == 503
        await api.session.delete(sim)
        assert await api.send(parent) == 0
        assert [one.errcode for one in api.wechat.api_calls][-5:] == [-1, -1, 0, -1, 0]


async def test_a_picture_is_uploaded_and_served_without_scripts() -> None:
    async with account() as api:
        url = f"{api.wechat.url}/cgi-bin/media/upload?type=image&access_token={api.token}"
        for data, good in ((b"\x89PNG\r\n", True), (b"<svg onload='x'/>", False)):
            form = aiohttp.FormData()
            form.add_field("media", data, filename="a.png")
            async with api.session.post(url, data=form) as response:
                answer = await response.json()
            assert ("media_id" in answer) is good
            if good:
                async with api.session.get(f"{api.wechat.url}/sim/media/{answer['media_id']}") as served:
                    assert served.headers["X-Content-Type-Options"] == "nosniff"


async def test_another_site_cannot_steer_the_simulator() -> None:
    async with account() as api:
        headers = {"Origin": "https://evil.example"}
        async with api.session.post(f"{api.wechat.url}/sim/parents/", json={}, headers=headers) as response:
            assert response.status == 403
        assert not api.wechat.platform.followers.all()


async def test_the_control_api_creates_says_and_reads() -> None:
    async with account() as api:
        sim = f"{api.wechat.url}/sim"
        async with api.session.post(f"{sim}/parents/", json={"scene": "factory-1", "nickname": "小梅"}) as response:
            assert response.status == 201
            openid = (await response.json())["openid"]
        async with api.session.post(f"{sim}/parents/{openid}/text", json={"text": "在吗"}) as response:
            assert response.status == 200

        async def words() -> list[str]:
            async with api.session.get(f"{sim}/parents/{openid}/chat") as response:
                return [bubble["content"]["text"] for bubble in (await response.json())["bubbles"]]

        ends = asyncio.get_running_loop().time() + 60
        while (said := await words())[-1] != "收到：在吗":
            assert asyncio.get_running_loop().time() < ends, said
            await asyncio.sleep(0.05)
        async with api.session.post(f"{sim}/parents/{openid}/dance", json={}) as response:
            assert response.status == 400
        async with api.session.post(f"{sim}/clock", json={"days": 1}) as response:
            assert response.status == 200
        async with api.session.get(f"{sim}/deliveries") as response:
            assert (await response.json())[-1]["tries"][0]["status"] == 200
