"""Signing in: who gets in, who waits, and how long it lasts."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import text

from bot import services
from bot.desk import accounts, audit, cookies, sessions, throttle
from tests.desk.support import CAST, PASSWORD, Desk, hire


async def test_it_lets_staff_in_and_out(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    assert (await browser.get("/desk/me")).status == 200

    assert (await browser.post("/desk/logout")).location == "/desk/login"
    assert (await browser.get("/desk/me")).location == "/desk/login?next=%2Fdesk%2Fme"


async def test_it_goes_on_where_the_stranger_wanted_to(desk: Desk) -> None:
    hire("admin")
    answer = await desk.stranger().sign_in(CAST["admin"], after="/desk/trail?who=wang")

    assert answer.location == "/desk/trail?who=wang"


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/",
        "//example.com",
        "/desk//example.com",
        "/desk/\\example.com",
        "javascript:1",
        "/desk/\r\nX: 1",
    ],
)
async def test_it_never_goes_on_elsewhere(desk: Desk, target: str) -> None:
    hire("admin")

    assert (await desk.stranger().sign_in(CAST["admin"], after=target)).location == "/desk/"


@pytest.mark.parametrize(("name", "password"), [("alice", "wrong password"), ("nobody", PASSWORD), ("", "")])
async def test_a_wrong_sign_in_says_the_same_for_all(desk: Desk, name: str, password: str) -> None:
    hire("reviewer")
    answer = await desk.stranger().sign_in(name, password)

    assert answer.status == 401
    assert "名字、密码或动态码不对" in answer.text


def test_an_unknown_name_costs_a_hash_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = accounts.matches
    monkeypatch.setattr(accounts, "matches", lambda hashed, password: looked.append(hashed) or real(hashed, password))
    with services.database().session() as session:
        accounts.right_password(session, "nobody", PASSWORD)

    assert len(looked) == 1
    assert looked[0].startswith("$argon2id$")


async def test_200_wrong_sign_ins_are_slowed_down_and_the_right_one_waits_too(desk: Desk) -> None:
    hire("reviewer")
    browser = desk.stranger()
    await browser.get("/desk/login")
    answers = [await browser.post("/desk/login", name="alice", password=f"wrong {turn}") for turn in range(200)]

    looked_at = [answer for answer in answers if answer.status == 401]
    assert len(looked_at) == throttle.BOTH.free
    assert {answer.status for answer in answers[throttle.BOTH.free :]} == {429}
    assert (await browser.post("/desk/login", name="alice", password=PASSWORD)).status == 429

    desk.clock.turn(throttle.BOTH.longest)
    assert (await browser.post("/desk/login", name="alice", password=PASSWORD)).status == 303


async def test_the_wait_grows_with_each_series(desk: Desk) -> None:
    tries = 0
    with services.database().session() as session:
        for _ in range(24 * 60):  # a patient attacker, one try a minute for a day
            tries += (
                throttle.attempt(session, "alice", "192.0.2.1", desk.clock.turn(timedelta(minutes=1))) == timedelta()
            )

    assert tries < 110


async def test_a_stranger_cannot_lock_a_colleague_out(desk: Desk) -> None:
    with services.database().session() as session:
        for turn in range(500):
            throttle.attempt(session, "alice", f"192.0.2.{turn % 250}", desk.clock.turn(timedelta(seconds=1)))
        wait = throttle.attempt(session, "alice", "198.51.100.7", desk.clock.now())

    assert wait <= throttle.ACCOUNT.longest


async def test_one_address_cannot_try_many_names(desk: Desk) -> None:
    with services.database().session() as session:
        free = sum(
            throttle.attempt(session, f"name{turn}", "192.0.2.1", desk.clock.now()) == timedelta()
            for turn in range(200)
        )

    assert free == throttle.ADDRESS.free


async def test_the_right_password_ends_the_series(desk: Desk) -> None:
    hire("reviewer")
    browser = desk.stranger()
    for _ in range(throttle.BOTH.free - 1):
        await browser.sign_in("alice", "wrong password")
    assert (await browser.sign_in("alice")).status == 303

    with services.database().session() as session:
        assert throttle.attempt(session, "alice", "127.0.0.1", desk.clock.now()) == timedelta()


async def test_a_session_ends_after_idle_hours_and_after_a_week(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    desk.clock.turn(sessions.IDLE - timedelta(minutes=1))
    assert (await browser.get("/desk/me")).status == 200
    desk.clock.turn(sessions.IDLE - timedelta(minutes=1))
    assert (await browser.get("/desk/me")).status == 200, "in use: it goes on"
    desk.clock.turn(sessions.IDLE + timedelta(minutes=1))
    assert (await browser.get("/desk/me")).status == 303

    await browser.sign_in("alice")
    for _ in range(int(sessions.LONGEST / timedelta(hours=7))):
        assert (await browser.get("/desk/me")).status == 200
        desk.clock.turn(timedelta(hours=7))
    desk.clock.turn(timedelta(minutes=1))
    assert (await browser.get("/desk/me")).status == 303


async def test_a_closed_account_is_out_at_once(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    with services.database().session() as session:
        accounts.set_disabled(session, "alice", True, desk.clock.now())

    assert (await browser.get("/desk/me")).status == 303
    assert (await desk.stranger().sign_in("alice")).status == 401


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "A" * 5000, "家"])
async def test_a_forged_session_is_a_stranger(desk: Desk, token: str) -> None:
    await desk.staff("admin")
    browser = desk.stranger()
    browser.headers["Cookie"] = f"{cookies.SESSION}={token}"

    assert (await browser.get("/desk/users")).status == 303


async def test_the_hash_in_the_database_does_not_open_the_door(desk: Desk) -> None:
    await desk.staff("admin")
    with services.database().session() as session:
        stolen = session.execute(text("SELECT token_hash FROM desk_sessions")).scalar_one()
    browser = desk.stranger()
    browser.headers["Cookie"] = f"{cookies.SESSION}={stolen}"

    assert (await browser.get("/desk/users")).status == 303


async def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hire("reviewer")
    given = (await desk.stranger().sign_in("alice")).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/desk"} <= {part.strip() for part in given.split(";")}
    assert "Secure" not in given, "plain http on this machine"

    monkeypatch.setattr("bot.desk.cookies.by_https", lambda _request: True)
    assert "Secure" in (await desk.stranger().sign_in("alice")).headers["Set-Cookie"]


async def test_a_one_time_code_is_asked_for_and_works_once(desk: Desk) -> None:
    hire("counsellor")
    secret = pyotp.random_base32()
    with services.database().session() as session:
        accounts.set_totp(session, accounts.get(session, "bob").id, secret)
    code = pyotp.TOTP(secret).at(desk.clock.now())

    assert (await desk.stranger().sign_in("bob")).status == 401
    assert (await desk.stranger().sign_in("bob", code="000000")).status == 401
    assert (await desk.stranger().sign_in("bob", code=f"{code[:3]} {code[3:]}")).status == 303
    assert (await desk.stranger().sign_in("bob", code=code)).status == 401, "used already"

    desk.clock.turn(timedelta(seconds=30))
    assert (await desk.stranger().sign_in("bob", code=pyotp.TOTP(secret).at(desk.clock.now()))).status == 303


async def test_one_time_codes_are_switched_on_with_a_code_and_off_with_the_password(desk: Desk) -> None:
    browser = await desk.staff("counsellor")
    page = (await browser.get("/desk/me/totp")).text
    secret = page.split('name="secret" value="')[1].split('"')[0]
    assert "<svg" in page

    assert "动态码不对" in (await browser.post("/desk/me/totp", secret=secret, code="123")).text
    assert (await browser.post("/desk/me/totp", secret="<>" * 16, code="123456")).status == 400
    code = pyotp.TOTP(secret).at(desk.clock.now())
    assert "totp_on" in (await browser.post("/desk/me/totp", secret=secret, code=code)).location
    assert (await desk.stranger().sign_in("bob")).status == 401

    assert (await desk.stranger().sign_in("bob", code=code)).status == 401, "this code was used to switch them on"

    assert (await browser.post("/desk/me/totp/off", password="wrong password")).status == 400
    assert "totp_off" in (await browser.post("/desk/me/totp/off", password=PASSWORD)).location
    assert (await desk.stranger().sign_in("bob")).status == 303


async def test_another_secret_does_not_take_the_place_of_the_first(desk: Desk) -> None:
    browser = await desk.staff("counsellor")
    first, other = pyotp.random_base32(), pyotp.random_base32()
    at = desk.clock.now()
    assert (await browser.post("/desk/me/totp", secret=first, code=pyotp.TOTP(first).at(at))).status == 303

    answer = await browser.post("/desk/me/totp", secret=other, code=pyotp.TOTP(other).at(at))
    assert answer.status == 409 and "关掉" in answer.text
    assert (await browser.get("/desk/me/totp")).status == 409
    with services.database().session() as session:
        assert session.execute(text("SELECT totp_secret FROM desk_users")).scalar_one() == first


async def test_a_clock_that_was_turned_back_locks_nobody_out(desk: Desk) -> None:
    hire("reviewer")
    browser = desk.stranger()
    answers = [await browser.sign_in("alice", f"wrong {turn}") for turn in range(throttle.BOTH.free + 1)]
    assert answers[-1].status == 429
    desk.clock.turn(timedelta(days=-3))
    assert (await browser.sign_in("alice")).status == 303


async def test_another_password_ends_the_sessions_elsewhere(desk: Desk) -> None:
    here, elsewhere = await desk.staff("reviewer"), await desk.staff("reviewer")
    new = "另一个够长的密码呀呀"
    assert (await here.post("/desk/me/password", old=PASSWORD, new=new, again="不一样")).status == 400
    assert (await here.post("/desk/me/password", old="wrong", new=new, again=new)).status == 400
    assert (await here.post("/desk/me/password", old=PASSWORD, new="短", again="短")).status == 400
    assert (await here.post("/desk/me/password", old=PASSWORD, new=new, again=new)).status == 303

    assert (await here.get("/desk/me")).status == 200
    assert (await elsewhere.get("/desk/me")).status == 303
    assert (await desk.stranger().sign_in("alice", new)).status == 303


async def test_what_was_written_before_the_session_ended_can_still_be_sent(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    word = browser.csrf
    desk.clock.turn(timedelta(hours=9))
    late = await browser.post("/desk/me/elsewhere", csrf=word)
    assert late.status == 401 and "您写的字还在" in late.text

    assert (await browser.sign_in("alice")).status == 303
    assert (await browser.post("/desk/me/elsewhere", csrf=word)).status == 303, "with the form of before"
    with services.database().session() as session:
        accounts.set_password(session, "alice", "另一个够长的密码呀呀")
    assert (await browser.post("/desk/me/elsewhere", csrf=word)).status == 403


async def test_signing_in_is_in_the_trail(desk: Desk) -> None:
    await desk.staff("reviewer")
    with services.database().session() as session:
        newest = audit.entries(session)[0]

    assert (newest.who, newest.action) == ("alice", "登录")


async def test_what_is_past_its_time_goes_when_somebody_signs_in(desk: Desk) -> None:
    await desk.stranger().sign_in("nobody", "wrong password")
    await desk.staff("reviewer")
    desk.clock.turn(audit.KEPT + timedelta(days=1))
    await desk.staff("reviewer")

    with services.database().session() as session:
        assert len(audit.entries(session)) == 1
        assert session.execute(text("SELECT count(*) FROM desk_attempts")).scalar_one() <= 1
        assert session.execute(text("SELECT count(*) FROM desk_sessions")).scalar_one() == 1


async def test_passwords_cannot_be_tried_at_an_open_browser(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    answers = [await browser.post("/desk/me/totp/off", password=f"wrong {turn}") for turn in range(12)]

    assert [answer.status for answer in answers].count(400) == throttle.BOTH.free
    assert answers[-1].status == 429
    assert (await desk.stranger().sign_in("alice")).status == 303, "the door itself stays open to her"


async def test_a_fresh_desk_says_how_the_first_account_is_made(desk: Desk) -> None:
    assert "jiashu user add" in (await desk.stranger().get("/desk/login")).text
    hire("admin")
    assert "jiashu user add" not in (await desk.stranger().get("/desk/login")).text
