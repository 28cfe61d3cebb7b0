"""Comics about talking from a distance."""

from __future__ import annotations

from tools.comics.panel import Balloon
from tools.comics.people import on_phone, person
from tools.comics.places import call, conveyor, dormitory, factory, kitchen, night, room, yard
from tools.comics.strips.drawn import Drawn, panel
from tools.comics.svg import box, circle, group, path
from tools.comics.things import ball, basin, blocks, calendar, dog, heart, notebook, phone, picture, screen, sun, table

_HIDING = group(
    person("boy", 0, 0, "shy", look=-5),
    box(-8, -46, 70, 180, "#c99764"),
    circle(2, 50, 4, "#7a5a3c", width=2),
    path("M8 -30H52V36H8Z", width=2.4),
)
_CROOKED_SUN = group(circle(0, 0, 15, stroke="#d9604c", width=4), path("M-22 -14L-32 -22M0 -24V-36M22 -14L34 -20", stroke="#d9604c", width=4))


def _on_screen(who: str, mood: str) -> str:
    return group(person(who, 0, 0, mood, legs="none"), scale=1, y=-4)


STRIPS: dict[str, tuple[Drawn, ...]] = {
    "silent-child": (
        panel(
            room(),
            person("grandma", 96, 160, "talk", look=6, right=(60, 10)),
            screen(176, 160, _on_screen("mother", "smile"), 74, 100),
            group(_HIDING, x=290, y=194),
            balloons=(Balloon(110, 16, (104, 128), 9),),
        ),
        panel(
            call(
                room(),
                dormitory(),
                table(86, 246, 130) + phone(60, 236, turn=80) + person("boy", 112, 168, "shy", look=-6, legs="none", left=(-20, 62), right=(24, 60)) + table(86, 250, 132) + blocks(128, 250),
                on_phone("mother", 284, 176, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(272, 10, (280, 146), 7, "phone"),),
        ),
        panel(
            room(),
            table(150, 246, 190),
            person("boy", 158, 176, "surprised", look=-6, legs="none", left=(-24, 62), right=(30, 60)),
            table(150, 252, 192),
            blocks(212, 252),
            phone(84, 242, turn=80),
            dog(306, 312),
            balloons=(Balloon(90, 20, None, 8, "phone"), Balloon(254, 60, (166, 144), 9)),
        ),
        panel(
            call(
                room(),
                night(),
                on_phone("boy", 82, 196, "happy", look=4) + heart(28, 160, 0.8),
                on_phone("mother", 284, 182, "happy", look=-4, left=True),
            ),
            balloons=(Balloon(91, 18, (86, 166), 7), Balloon(268, 14, (280, 150), 8, "phone")),
        ),
    ),
    "feelings-first": (
        panel(
            call(
                room("#f3e6ef"),
                dormitory(),
                on_phone("girl", 84, 196, "crying", look=4),
                on_phone("mother", 284, 178, "tired", look=-4, left=True),
            ),
            balloons=(Balloon(91, 20, (88, 166), 7),),
        ),
        panel(
            dormitory(),
            person("mother", 120, 168, "worried", look=4, left=(-22, 52), right=(40, 16)),
            phone(156, 174, turn=8),
            balloons=(Balloon(180, 16, (132, 136), 12, "thinks"),),
        ),
        panel(
            call(
                room("#f3e6ef"),
                dormitory(),
                on_phone("girl", 84, 200, "sad", look=4),
                on_phone("mother", 284, 182, "calm", look=-4, left=True),
            ),
            balloons=(Balloon(91, 30, (88, 170), 6), Balloon(268, 10, (280, 150), 8, "phone")),
        ),
        panel(
            call(
                room("#f3e6ef"),
                dormitory(),
                on_phone("girl", 84, 200, "smile", look=4) + heart(30, 164, 0.8),
                on_phone("mother", 284, 182, "smile", look=-4, left=True),
            ),
            balloons=(Balloon(91, 16, (88, 170), 7), Balloon(268, 16, (280, 150), 8, "phone")),
        ),
    ),
    "keeping-promises": (
        panel(
            call(
                room(),
                factory(),
                on_phone("boy", 82, 196, "happy", look=4) + ball(36, 300),
                on_phone("father_worker", 284, 178, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(91, 20, (86, 166), 7), Balloon(268, 14, (280, 146), 8, "phone")),
        ),
        panel(
            factory(),
            person("father_worker", 120, 150, "tired", look=5, right=(46, 50), legs="none"),
            conveyor(),
            person("man", 268, 146, "talk", look=-6, legs="none", left=(-50, 40)),
            conveyor(),
            balloons=(Balloon(236, 14, (256, 116), 9),),
        ),
        panel(
            call(
                room(),
                factory(),
                on_phone("boy", 82, 200, "sad", look=4),
                on_phone("father_worker", 284, 186, "worried", look=-4, left=True),
            ),
            balloons=(Balloon(84, 34, (84, 170), 4), Balloon(272, 10, (280, 154), 8, "phone")),
        ),
        panel(
            yard(),
            sun(40, 42),
            person("father", 268, 162, "happy", look=-5, left=(-56, 26)),
            ball(196, 168),
            person("boy", 128, 196, "happy", look=6, left=(-36, -6), right=(46, -2)),
            balloons=(Balloon(216, 14, (250, 132), 10),),
        ),
    ),
    "not-hitting": (
        panel(
            room("#f3ecdf"),
            group(_CROOKED_SUN, x=292, y=150),
            path("M262 226q16 -26 32 0t32 0", stroke="#5d86b3", width=4),
            person("small_boy", 222, 210, "afraid", look=-6, left=(-24, 20)),
            person("father", 92, 158, "angry", look=8, right=(44, -34)),
            balloons=(Balloon(130, 14, (100, 128), 9),),
        ),
        panel(
            room("#f3ecdf"),
            person("father", 120, 160, "sleepy", left=(-24, 66), right=(14, 62)),
            path("M196 176q12 -8 24 0t24 0M200 196q10 -7 20 0t20 0", stroke="#9fb4bd", width=3),
            group(person("small_boy", 0, 0, "worried", look=-5), x=310, y=226, scale=0.82),
            balloons=(Balloon(190, 16, (132, 128), 12, "thinks"),),
        ),
        panel(
            room("#f3ecdf"),
            group(_CROOKED_SUN, x=300, y=140),
            person("small_boy", 212, 204, "smile", look=6, right=(70, -30)),
            box(274, 160, 26, 16, "#fdf3c9", width=2.4),
            group(basin(0, 0), x=268, y=284, scale=0.8),
            person("father", 94, 158, "calm", look=7, right=(54, 70)),
            balloons=(Balloon(140, 12, (104, 128), 11),),
        ),
        panel(
            room("#f3ecdf"),
            picture(308, 196, group(_CROOKED_SUN, scale=0.42, y=4)),
            person("small_boy", 190, 206, "happy", look=-4, left=(-34, 22), right=(26, 44)),
            person("father", 116, 160, "glad", look=6, right=(66, 76), left=(-30, 90)),
            heart(240, 166, 1.1),
            balloons=(Balloon(176, 12, (126, 130), 13),),
        ),
    ),
    "grandparents": (
        panel(
            room("#f6edd2", "#d8bd95"),
            person("grandma", 92, 160, "glad", look=6, right=(60, 50)),
            box(136, 188, 34, 42, "#e9665a", width=2.6),
            path("M136 200H170", width=2),
            person("boy", 236, 196, "happy", look=-6, left=(-56, 20)),
            balloons=(Balloon(250, 30, (238, 166), 9),),
        ),
        panel(
            call(
                kitchen(),
                dormitory(),
                on_phone("grandma", 84, 178, "smile", look=4),
                on_phone("mother", 284, 182, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(258, 10, (280, 150), 9, "phone"),),
        ),
        panel(
            call(
                kitchen(),
                dormitory(),
                on_phone("grandma", 84, 182, "glad", look=4),
                on_phone("mother", 284, 190, "smile", look=-4, left=True),
            ),
            balloons=(Balloon(91, 40, (86, 148), 7), Balloon(258, 10, (280, 158), 9, "phone")),
        ),
        panel(
            room("#f6edd2", "#d8bd95"),
            calendar(296, 176, 7),
            person("grandma", 84, 158, "happy", look=6, right=(60, 60)),
            table(196, 238, 150),
            person("boy", 204, 188, "happy", look=-5, legs="none", left=(-26, 44)),
            table(196, 242, 152),
            group(box(-24, -26, 48, 26, "#8fc1dd", width=2.6), path("M-24 -26H24M-8 -26V-34H8V-26", width=2.4), x=152, y=242),
            balloons=(Balloon(130, 12, (94, 126), 12),),
        ),
    ),
    "open-questions": (
        panel(
            call(
                room(),
                dormitory(),
                on_phone("boy", 84, 200, "shy", look=4),
                on_phone("father", 284, 178, "talk", look=-4, left=True),
            ),
            balloons=(Balloon(84, 30, (86, 170), 6), Balloon(270, 14, (280, 146), 8, "phone")),
        ),
        panel(
            dormitory(),
            person("father", 116, 160, "tired", look=4, right=(40, 16)),
            phone(152, 166, turn=8),
            balloons=(Balloon(150, 14, (128, 128), 12, "thinks"),),
        ),
        panel(
            call(
                room(),
                dormitory(),
                on_phone("boy", 84, 204, "happy", look=4),
                on_phone("father", 284, 184, "smile", look=-4, left=True),
            ),
            balloons=(Balloon(91, 10, (86, 174), 7), Balloon(270, 10, (280, 152), 8, "phone")),
        ),
        panel(
            call(
                yard(),
                dormitory(),
                sun(38, 40) + person("boy", 76, 198, "happy", left=(-40, 20), right=(40, 20)) + path("M36 222Q10 320 76 324Q142 320 116 222", width=4),
                on_phone("father", 284, 182, "happy", look=-4, left=True),
            ),
            balloons=(Balloon(270, 14, (280, 150), 8, "phone"),),
        ),
    ),
    "guilt": (
        panel(
            night(),
            calendar(72, 176, 7),
            person("mother", 206, 180, "sad", left=(-20, 60), right=(20, 60), legs="kneel"),
            balloons=(Balloon(160, 16, (196, 148), 6, "thinks"),),
        ),
        panel(
            dormitory(),
            person("mother", 92, 168, "sad", look=5),
            person("mother_worker", 226, 160, "smile", look=-6, left=(-52, 40)),
            balloons=(Balloon(196, 14, (216, 128), 12),),
        ),
        panel(
            dormitory(),
            person("mother", 130, 164, "calm", look=5, legs="none", right=(70, 78)),
            table(170, 250, 200),
            notebook(214, 236),
            balloons=(Balloon(196, 14, (140, 132), 11, "thinks"),),
        ),
        panel(
            call(
                room(),
                dormitory(),
                on_phone("girl", 84, 200, "happy", look=4) + heart(30, 162, 0.8),
                on_phone("mother", 284, 184, "glad", look=-4, left=True),
            ),
            balloons=(Balloon(80, 20, (86, 168), 4), Balloon(270, 10, (280, 152), 8, "phone")),
        ),
    ),
}
