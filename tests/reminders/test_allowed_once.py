"""A notification that was allowed once, when a plan was made, is not used up by what comes every week."""

from __future__ import annotations

from bot.reminders.campaigns import load_campaigns
from tests.reminders.support import ROOT


def test_the_weekly_digest_leaves_it_for_the_journey() -> None:
    campaigns = load_campaigns(ROOT / "content/campaigns")
    using = {campaign.slug for campaign in campaigns.all if any("subscription" in step.ways for step in campaign.steps)}

    assert "reunion" in using
    assert "weekly" not in using
