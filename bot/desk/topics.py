"""What is talked about in the files of data/nlu and domain, as staff say it."""

from __future__ import annotations

TOPICS = {
    "activities": "一起做的事",
    "basics": "打招呼、问我是谁",
    "browse": "翻目录",
    "coach": "打电话的话头",
    "comics": "漫画",
    "course": "爸妈这门课",
    "danger": "出事的时候",
    "external": "刚关注、发来照片",
    "feedback": "评价",
    "gifts": "礼物",
    "lessons": "接着课文说的话",
    "life_events": "家里的大事",
    "milestones": "几个月会什么",
    "notifications": "提醒的开关",
    "off_topic": "题外话",
    "photovoice": "照片任务",
    "privacy": "记住什么、删掉什么",
    "profile": "孩子的情况",
    "pushed": "对提醒的回话",
    "quizzes": "测验",
    "relay": "转给老人",
    "reunion": "团聚的计划",
    "taught": "一问一答",
}
