"""The tables that editors own: conversation starters, gifts, activities, milestones, photo tasks. One file of `content/` each."""
