"""Comics about dangers in the house."""

from __future__ import annotations

from tools.comics.panel import Balloon
from tools.comics.people import on_phone, person
from tools.comics.places import call, dormitory, factory, night, room, yard
from tools.comics.strips.drawn import Drawn, panel
from tools.comics.svg import path
from tools.comics.things import bed, brazier, door, heart, house, moon

STRIPS: dict[str, tuple[Drawn, ...]] = {
    "carbon-monoxide": (
        panel(
            night(),
            bed(176, 244, 180, "#d99a8c"),
            brazier(150, 296),
            person("grandpa", 78, 158, "smile", look=6, right=(52, 66)),
            balloons=(Balloon(140, 14, (88, 128), 12),),
        ),
        panel(
            call(
                room("#8794b5", "#6b6f8c"),
                dormitory(),
                on_phone("grandpa", 84, 172, "surprised", look=4),
                on_phone("mother", 284, 178, "worried", look=-4, left=True),
            ),
            balloons=(Balloon(80, 24, (86, 142), 4), Balloon(270, 10, (280, 148), 8, "phone")),
        ),
        panel(
            yard("#3d4c74", "#5d7a6a"),
            moon(52, 56),
            house(96, 240, 1.1),
            person("grandpa", 226, 158, "glad", left=(-34, 84), right=(34, 84)),
            brazier(226, 250),
            balloons=(Balloon(200, 14, (230, 128), 11),),
        ),
        panel(
            night(),
            moon(302, 62),
            bed(60, 236, 240, "#d99a8c"),
            person("grandpa", 112, 200, "sleepy", legs="none", left=(-20, 52), right=(20, 52)),
            person("small_boy", 182, 206, "calm", legs="none", left=(-16, 48), right=(16, 48)),
            path("M58 258Q120 232 200 242Q290 236 300 256V312H58Z", "#d99a8c"),
            balloons=(Balloon(130, 14, None, 11),),
        ),
    ),
    "home-alone": (
        panel(
            room(),
            door(286, 262),
            path("M226 150q-8 10 0 20M214 144q-12 16 0 32", width=3),
            person("boy", 110, 192, "surprised", look=6),
            balloons=(Balloon(236, 18, None, 8), Balloon(110, 50, (110, 160), 8)),
        ),
        panel(
            room(),
            door(286, 262),
            person("boy", 150, 190, "talk", look=7, left=(-24, 48), right=(34, 50)),
            balloons=(Balloon(140, 18, (150, 158), 11),),
        ),
        panel(
            call(
                room(),
                factory(),
                on_phone("boy", 84, 196, "worried", look=4),
                on_phone("mother_worker", 284, 176, "calm", look=-4, left=True),
            ),
            balloons=(Balloon(91, 22, (86, 166), 7), Balloon(270, 10, (280, 144), 8, "phone")),
        ),
        panel(
            room(),
            door(296, 262),
            person("grandma", 214, 160, "glad", look=-5, left=(-54, 70)),
            person("boy", 122, 194, "happy", look=5, right=(36, 44)),
            heart(70, 140, 1.1),
            balloons=(Balloon(190, 14, (206, 126), 12),),
        ),
    ),
}
