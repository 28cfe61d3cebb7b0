"""A draft on a phone, before anybody else hears of it: the pages around it, and the way to it."""
