"""Tags: 100 an account, 30 characters a name, 50 openids a call, 20 a user. Source: W tag/api_batchtagging."""

from __future__ import annotations

from bot.simulator.calls.body import Body
from bot.simulator.followers import Follower
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

MOST_TAGS, NAME_LENGTH, MOST_OPENIDS, MOST_PER_USER = 100, 30, 50, 20
# Ids 0 to 2 are WeChat's own: they cannot be changed or deleted (45058).
FIRST_ID = 100


def create(platform: Platform, body: Body) -> dict[str, object]:
    """tags/create: {tag: {name}} gives {tag: {id, name}}."""
    name = _checked_name(platform, body)
    if len(platform.tags) >= MOST_TAGS:
        raise Refusal(45056, "too many tag now, please contact us")
    tag_id = max(platform.tags, default=FIRST_ID - 1) + 1
    platform.tags[tag_id] = name
    return {"tag": {"id": tag_id, "name": name}}


def get(platform: Platform, _: Body) -> dict[str, object]:
    """tags/get: all tags with their counts."""
    everyone = platform.followers.all()
    return {
        "tags": [
            {"id": tag_id, "name": name, "count": sum(tag_id in one.tags for one in everyone)}
            for tag_id, name in platform.tags.items()
        ]
    }


def update(platform: Platform, body: Body) -> dict[str, object]:
    """tags/update: {tag: {id, name}}."""
    tag_id = _known(platform, body.part("tag").whole("id"))
    platform.tags[tag_id] = _checked_name(platform, body)
    return {}


def delete(platform: Platform, body: Body) -> dict[str, object]:
    """tags/delete: {tag: {id}}."""
    tag_id = _known(platform, body.part("tag").whole("id"))
    del platform.tags[tag_id]
    for follower in platform.followers.all():
        follower.tags.discard(tag_id)
    return {}


def batch_tag(platform: Platform, body: Body) -> dict[str, object]:
    """tags/members/batchtagging: {openid_list, tagid}; all or none."""
    tag_id = _known(platform, body.whole("tagid"))
    followers = _members(platform, body)
    if any(len(one.tags - {tag_id}) >= MOST_PER_USER for one in followers):
        raise Refusal(45059, "can't add more than 20 labels to a user")
    for follower in followers:
        follower.tags.add(tag_id)
    return {}


def batch_untag(platform: Platform, body: Body) -> dict[str, object]:
    """tags/members/batchuntagging: {openid_list, tagid}."""
    tag_id = _known(platform, body.whole("tagid"))
    for follower in _members(platform, body):
        follower.tags.discard(tag_id)
    return {}


def of_user(platform: Platform, body: Body) -> dict[str, object]:
    """tags/getidlist: {openid}."""
    return {"tagid_list": sorted(platform.followers.reachable(body.text("openid")).tags)}


def _checked_name(platform: Platform, body: Body) -> str:
    name = body.part("tag").text("name")
    if len(name) > NAME_LENGTH:
        raise Refusal(45158, "tag name too long")
    if not name or name in platform.tags.values():
        raise Refusal(45157, "invalid tag name")
    return name


def _known(platform: Platform, tag_id: int) -> int:
    if 0 <= tag_id <= 2:
        raise Refusal(45058, "can't modify sys tag")
    if tag_id not in platform.tags:
        raise Refusal(45159, "invalid tag id")
    return tag_id


def _members(platform: Platform, body: Body) -> list[Follower]:
    openids = body.texts("openid_list")
    if not 1 <= len(openids) <= MOST_OPENIDS:
        raise Refusal(40032, "invalid openid list size")
    return [platform.followers.reachable(openid) for openid in openids]
