"""What to do tonight: openers for the call, gifts, activities, milestones and the week's photo, chosen from the tables for one child.

It remembers which openers and photo tasks a parent was given, and when a call was to be made; nothing about the child.
"""
