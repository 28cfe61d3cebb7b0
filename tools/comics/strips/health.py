"""Comics about health."""

from __future__ import annotations

from tools.comics.panel import Balloon
from tools.comics.people import on_phone, person
from tools.comics.places import call, clinic, dormitory, factory, kitchen, room, yard
from tools.comics.strips.drawn import Drawn, panel
from tools.comics.svg import box, group, oval, path
from tools.comics.things import basin, bed, bowl, bubbles, cup, heart, packet, soap, spoon, table, tap, thermometer

_WRAPPED_BABY = group(
    path("M-34 14Q-40 70 0 84Q40 70 34 14Q30 -36 0 -38Q-30 -36 -34 14Z", "#f2b5c0"),
    person("baby", 0, 0, "ill", legs="none", left=(-8, 30), right=(8, 30)),
    path("M-34 20Q-30 50 0 54Q30 50 34 20Q40 76 0 86Q-40 76 -34 20Z", "#f2b5c0"),
)

STRIPS: dict[str, tuple[Drawn, ...]] = {
    "fever": (
        panel(
            room("#f6e6d8"),
            bed(150, 244, 200),
            person("grandma", 82, 156, "worried", look=8, right=(70, 70)),
            group(_WRAPPED_BABY, x=214, y=204, scale=0.9),
            balloons=(Balloon(150, 16, (92, 126), 11),),
        ),
        panel(
            call(
                room("#f6e6d8"),
                factory(),
                on_phone("grandma", 76, 170, "worried", look=4, other=(-18, 74)) + thermometer(50, 236, 30),
                on_phone("mother_worker", 284, 176, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(90, 14, (82, 140), 8), Balloon(270, 12, (280, 142), 8, "phone")),
        ),
        panel(
            clinic(),
            person("grandma", 84, 160, "worried", look=6, left=(20, 92), right=(52, 84)),
            group(_WRAPPED_BABY, x=122, y=226, scale=0.78),
            person("doctor", 254, 158, "smile", look=-7, left=(-66, 66)),
            balloons=(Balloon(216, 14, (248, 128), 11),),
        ),
        panel(
            room("#f6e6d8"),
            bed(158, 250, 210, "#a9cbe0"),
            person("boy", 232, 206, "glad", legs="none", left=(-26, 52), right=(26, 52)),
            path("M188 262Q196 250 214 256Q260 240 344 246Q366 250 364 298H188Z", "#a9cbe0"),
            person("grandma", 78, 158, "calm", look=8, right=(64, 70)),
            cup(142, 224),
            balloons=(Balloon(170, 12, (90, 128), 13),),
        ),
    ),
    "handwashing": (
        panel(
            yard(),
            person("boy", 112, 192, "happy", look=6, right=(54, 34)),
            group(oval(-6, -4, 9, 6, "#8a6a4c", width=0), oval(2, 3, 5, 4, "#8a6a4c", width=0), x=166, y=226),
            person("grandma", 270, 158, "talk", look=-6, left=(-58, 56)),
            bowl(206, 218, inside="#f6e3a0", steam=True),
            balloons=(Balloon(96, 40, (112, 162), 8), Balloon(250, 14, (262, 124), 9)),
        ),
        panel(
            kitchen(),
            tap(190, 130, length=96),
            basin(190, 256),
            person("boy", 116, 192, "smile", look=6, left=(50, 36), right=(66, 26)),
            soap(280, 244),
            box(252, 252, 56, 8, "#c99764", width=2.4),
            balloons=(Balloon(84, 22, (108, 160), 5),),
        ),
        panel(
            room("#f6edd2", "#d8bd95"),
            person("boy", 180, 184, "happy", left=(-18, 62), right=(18, 62)),
            group(bubbles(0, 0), x=180, y=244, scale=1.5),
            path("M90 150q10 -14 24 -6M84 176q12 -8 22 2M270 150q-10 -14 -24 -6M276 176q-12 -8 -22 2", width=2.6),
            balloons=(Balloon(180, 14, (180, 150), 13),),
        ),
        panel(
            call(
                kitchen(),
                dormitory(),
                on_phone("boy", 82, 196, "happy", look=4, other=(-40, -14)),
                on_phone("mother", 284, 174, "happy", look=-4, left=True),
            ),
            balloons=(Balloon(92, 14, (86, 166), 8), Balloon(270, 14, (280, 142), 8, "phone")),
        ),
    ),
    "diarrhoea": (
        panel(
            room("#f6edd2"),
            person("small_boy", 214, 206, "ill", left=(-6, 60), right=(8, 62)),
            person("grandma", 88, 158, "worried", look=7, right=(56, 66)),
            balloons=(Balloon(150, 16, (98, 126), 11),),
        ),
        panel(
            call(
                room("#f6edd2"),
                dormitory(),
                on_phone("grandma", 84, 170, "surprised", look=4),
                on_phone("mother", 284, 178, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(91, 20, (86, 138), 7), Balloon(270, 10, (280, 148), 8, "phone")),
        ),
        panel(
            room("#f6edd2"),
            person("grandma", 84, 156, "calm", look=8, right=(80, 58)),
            spoon(178, 208, turn=84),
            person("small_boy", 226, 200, "talk", look=-6, left=(-20, 56)),
            table(306, 250, 100),
            packet(306, 216, "补液盐"),
            balloons=(Balloon(150, 14, (94, 124), 12),),
        ),
        panel(
            room("#f6edd2"),
            person("small_boy", 196, 190, "happy", legs="none", right=(30, 40)),
            person("grandma", 82, 158, "glad", look=7, right=(60, 60)),
            table(226, 238, 176),
            bowl(198, 226, inside="#fbf3dd"),
            packet(278, 212, "补液盐"),
            heart(300, 128, 1.1),
            balloons=(Balloon(160, 14, (92, 128), 12),),
        ),
    ),
}
