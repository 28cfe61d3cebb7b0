"""Comics about safety."""

from __future__ import annotations

from tools.comics.panel import Balloon
from tools.comics.people import on_phone, person
from tools.comics.places import call, dormitory, factory, kitchen, pond, road, room, school, yard
from tools.comics.strips.drawn import Drawn, panel
from tools.comics.svg import group, oval, path
from tools.comics.things import (
    basin,
    bolt,
    bowl,
    breaker,
    car,
    heart,
    house,
    kettle,
    light,
    peanuts,
    socket,
    stick,
    sun,
    table,
    tap,
)

_SWIMMER = group(
    oval(0, 34, 44, 11, "#8ccbe2", width=2.4),
    person("small_boy", 0, 0, "afraid", left=(-40, -22), right=(40, -22), legs="none"),
    path("M-44 34Q-22 26 0 34T44 34Q46 88 0 88Q-46 88 -44 34Z", "#a9d8ea", stroke="none", width=0),
    path("M-46 34q11 -8 23 0t23 0t23 0t23 0", stroke="#5fa9c9", width=3),
)

STRIPS: dict[str, tuple[Drawn, ...]] = {
    "drowning": (
        panel(
            pond(),
            sun(322, 44),
            person("boy", 104, 196, "happy", look=5, right=(56, 44)),
            person("small_boy", 236, 206, "glad", look=-5, left=(-30, 8)),
            balloons=(Balloon(128, 18, (110, 172), 9), Balloon(262, 96, (240, 176), 7)),
        ),
        panel(
            call(
                yard(),
                factory(),
                sun(40, 40) + on_phone("boy", 78, 198, "smile", look=4),
                on_phone("father_worker", 282, 172, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(93, 60, (88, 176), 7), Balloon(268, 14, (276, 142), 8, "phone")),
        ),
        panel(
            pond(),
            group(_SWIMMER, x=258, y=202, scale=0.86),
            person("boy", 70, 196, "call", look=5, left=(-38, -14), right=(44, 48)),
            stick((104, 250), (222, 226)),
            balloons=(Balloon(84, 14, (84, 170), 6), Balloon(276, 90, (264, 172), 6)),
        ),
        panel(
            yard(),
            house(150, 232, 0.62),
            sun(44, 40),
            person("grandpa", 90, 164, "glad", look=6, right=(50, 60)),
            person("boy", 186, 186, "happy", look=4, right=(34, 66)),
            person("girl", 284, 186, "happy", look=-4, left=(-34, 66)),
            basin(236, 284),
            balloons=(Balloon(196, 14, (108, 134), 13),),
        ),
    ),
    "scalds": (
        panel(
            kitchen(),
            person("grandma", 72, 160, "surprised", look=8, right=(58, 34)),
            table(232, 222, 176),
            bowl(176, 206, steam=True),
            person("small_boy", 286, 194, "happy", look=-7, left=(-78, 14)),
            balloons=(Balloon(112, 18, (80, 132), 10),),
        ),
        panel(
            call(
                kitchen(),
                dormitory(),
                person("small_boy", 54, 218, "crying", right=(34, 30)) + on_phone("grandma", 126, 164, "worried", look=-4),
                on_phone("mother", 284, 172, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(90, 12, (124, 136), 7), Balloon(272, 12, (280, 140), 8, "phone")),
        ),
        panel(
            room("#f6edd2", "#d8bd95"),
            tap(206, 128, length=104),
            group(basin(0, 0), x=206, y=258, scale=1.25),
            person("small_boy", 150, 206, "sad", look=6, right=(56, 20)),
            person("grandma", 78, 158, "calm", look=8, right=(46, 66)),
            balloons=(Balloon(238, 14, None, 11),),
        ),
        panel(
            room("#f6edd2", "#d8bd95"),
            # As high as the boy's head, and he on the other side: what he could still reach would teach the wrong thing.
            table(276, 190, 150, 102),
            kettle(322, 164),
            bowl(268, 174, steam=True),
            person("grandma", 66, 158, "glad", look=6, right=(50, 62)),
            person("small_boy", 122, 222, "smile", look=5),
            balloons=(Balloon(150, 14, (78, 128), 12),),
        ),
    ),
    "electric-shock": (
        panel(
            room(),
            socket(280, 176),
            person("girl", 196, 190, "smile", look=7, right=(58, 2)),
            person("grandpa", 80, 158, "call", look=8, right=(52, 26)),
            balloons=(Balloon(116, 16, (88, 132), 11),),
        ),
        panel(
            room(),
            socket(284, 176),
            bolt(312, 146),
            person("grandpa", 96, 160, "talk", look=6, right=(50, 58)),
            person("girl", 190, 196, "surprised", look=4),
            balloons=(Balloon(150, 14, (106, 132), 13),),
        ),
        panel(
            yard(),
            path("M330 -4V250", width=9, stroke="#8b7a66"),
            path("M330 60Q280 150 262 262Q250 300 210 296", width=3.4),
            bolt(212, 292, 0.9),
            bolt(262, 236, 0.8),
            person("girl", 66, 196, "call", left=(-36, -6), right=(34, -10), legs="walk"),
            balloons=(Balloon(150, 22, (80, 172), 11),),
        ),
        panel(
            room(),
            breaker(300, 130),
            person("grandpa", 222, 164, "call", look=7, right=(64, -10)),
            person("girl", 92, 198, "worried", look=7),
            balloons=(Balloon(150, 12, (214, 134), 11),),
        ),
    ),
    "choking": (
        panel(
            room("#f6edd2"),
            table(184, 232, 130),
            peanuts(176, 222),
            person("grandpa", 84, 160, "smile", look=7, right=(64, 52)),
            person("small_boy", 280, 200, "glad", look=-7, left=(-50, 22)),
            balloons=(Balloon(150, 18, (92, 132), 11),),
        ),
        panel(
            call(
                room("#f6edd2"),
                dormitory(),
                on_phone("grandpa", 84, 170, "surprised", look=4),
                on_phone("mother", 284, 176, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(91, 40, (86, 140), 7), Balloon(270, 12, (280, 144), 8, "phone")),
        ),
        panel(
            room("#f6edd2"),
            group(person("small_boy", 0, 0, "ill", legs="stand", left=(-8, 60), right=(8, 62)), x=196, y=196, turn=38),
            person("grandpa", 104, 152, "call", look=8, right=(66, 74)),
            path("M156 176l-14 -8M160 162l-8 -14M174 156l-2 -16", width=3),
            balloons=(Balloon(170, 12, (118, 124), 12),),
        ),
        panel(
            room("#f6edd2"),
            person("small_boy", 190, 188, "happy", right=(30, 40), legs="none"),
            person("grandpa", 78, 158, "glad", look=7, right=(64, 62)),
            table(214, 236, 170),
            bowl(190, 224, inside="#f6e3a0"),
            heart(286, 130, 1.2),
            balloons=(Balloon(150, 14, (90, 130), 13),),
        ),
    ),
    "crossing-roads": (
        panel(
            road(),
            light(318, 218, green=False),
            car(262, 268, "#d9604c"),
            person("grandma", 86, 158, "talk", look=5, right=(50, 76)),
            person("girl", 152, 196, "smile", look=5, left=(-26, 44)),
            balloons=(Balloon(150, 20, (96, 128), 8),),
        ),
        panel(
            road(),
            light(318, 218, green=True),
            car(70, 266, "#5d86b3"),
            person("girl", 214, 196, "surprised", look=-8, left=(-38, -8)),
            balloons=(Balloon(206, 26, (210, 160), 9),),
        ),
        panel(
            road(),
            light(318, 218, green=True),
            car(28, 262, "#5d86b3"),
            person("grandma", 148, 128, "glad", look=6, right=(50, 76), legs="walk"),
            person("girl", 216, 168, "happy", look=6, left=(-28, 40), legs="walk"),
            balloons=(Balloon(190, 12, (156, 98), 12),),
        ),
        panel(
            call(
                room(),
                dormitory(),
                on_phone("girl", 84, 194, "happy", look=4),
                on_phone("mother", 284, 174, "happy", look=-4, left=True),
            ),
            balloons=(Balloon(92, 24, (88, 166), 7), Balloon(270, 18, (280, 142), 8, "phone")),
        ),
    ),
    "strangers": (
        panel(
            school(),
            person("man", 268, 158, "smile", look=-6, left=(-52, 30)),
            person("girl", 96, 196, "worried", look=6),
            balloons=(Balloon(218, 14, (258, 130), 11),),
        ),
        panel(
            school(),
            person("man", 286, 160, "shy", look=-6),
            person("girl", 120, 192, "cross", look=6, left=(-30, 40), right=(36, 8)),
            balloons=(Balloon(150, 26, (124, 166), 10),),
        ),
        panel(
            school(),
            person("teacher", 266, 156, "surprised", look=-6, left=(-46, 34)),
            person("girl", 110, 194, "call", look=6, left=(-38, -4), right=(44, -2), legs="walk"),
            balloons=(Balloon(140, 16, (118, 168), 11),),
        ),
        panel(
            call(
                room(),
                factory(),
                on_phone("girl", 84, 194, "talk", look=4) + heart(34, 150, 0.8),
                on_phone("mother_worker", 284, 174, "glad", look=-4, left=True),
            ),
            balloons=(Balloon(91, 22, (88, 166), 7), Balloon(270, 14, (280, 140), 8, "phone")),
        ),
    ),
}
