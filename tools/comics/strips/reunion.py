"""Comics about meeting and parting."""

from __future__ import annotations

from tools.comics.panel import Balloon
from tools.comics.people import on_phone, person
from tools.comics.places import call, dormitory, night, room, station, yard
from tools.comics.strips.drawn import Drawn, panel
from tools.comics.svg import group, path
from tools.comics.things import bed, blocks, heart, house, moon, suitcase

_QUILT = path("M0 30Q20 14 60 22Q110 6 190 12Q206 20 204 66H0Z", "#a9cbe0")

STRIPS: dict[str, tuple[Drawn, ...]] = {
    "parting": (
        panel(
            night(),
            moon(302, 60),
            bed(20, 236, 190, "#a9cbe0"),
            person("girl", 78, 196, "sleepy", legs="none", scale=0.9, left=(-20, 52), right=(20, 52)),
            group(_QUILT, x=22, y=222),
            suitcase(316, 312),
            person("mother", 258, 158, "sad", look=-6, legs="walk"),
            balloons=(Balloon(170, 14, (238, 128), 11, "thinks"),),
        ),
        panel(
            room("#f6e6d8"),
            suitcase(310, 308),
            person("mother", 214, 184, "talk", look=-6, left=(-70, 60), legs="kneel"),
            person("girl", 110, 192, "sad", look=6, right=(40, 54)),
            balloons=(Balloon(210, 12, (208, 154), 11),),
        ),
        panel(
            station(),
            person("grandma", 118, 162, "sad", look=5, left=(-40, 70)),
            person("girl", 56, 196, "crying", look=5, left=(-36, -10)),
            person("mother", 222, 160, "smile", look=-6, left=(-42, -16), legs="walk"),
            suitcase(284, 314),
            balloons=(Balloon(56, 56, (56, 166), 7), Balloon(244, 14, (226, 130), 9)),
        ),
        panel(
            call(
                room("#f6e6d8"),
                dormitory(),
                on_phone("girl", 82, 198, "smile", look=4) + heart(30, 158, 0.8),
                on_phone("mother", 284, 182, "glad", look=-4, left=True),
            ),
            balloons=(Balloon(91, 18, (86, 168), 7), Balloon(268, 12, (280, 150), 8, "phone")),
        ),
    ),
    "first-day": (
        panel(
            yard(),
            house(60, 232, 0.9),
            suitcase(330, 312),
            person("mother", 268, 160, "happy", look=-6, left=(-56, 20), right=(30, 92)),
            person("girl", 84, 200, "shy", look=6),
            person("grandma", 124, 160, "smile", look=6),
            balloons=(Balloon(250, 16, (262, 130), 10),),
        ),
        panel(
            yard(),
            house(300, 232, 0.8),
            person("girl", 56, 204, "shy", look=6),
            person("grandma", 104, 158, "talk", look=6, left=(-34, 64)),
            person("mother", 244, 184, "smile", look=-6, left=(-34, 50), right=(30, 52), legs="kneel"),
            balloons=(Balloon(86, 14, (100, 128), 7), Balloon(254, 60, (246, 160), 9)),
        ),
        panel(
            room(),
            blocks(190, 312),
            person("mother", 262, 184, "glad", look=-6, left=(-54, 76), legs="kneel"),
            person("girl", 82, 198, "surprised", look=7),
            balloons=(Balloon(214, 14, (254, 156), 11),),
        ),
        panel(
            room(),
            blocks(292, 312),
            person("mother", 216, 184, "happy", look=-5, left=(-60, 66), right=(50, 70), legs="kneel"),
            person("girl", 136, 192, "happy", look=5, right=(40, 46)),
            heart(74, 140, 1.2),
            balloons=(Balloon(200, 12, (146, 166), 12),),
        ),
    ),
}
