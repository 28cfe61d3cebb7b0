"""Lesson pages for phones: made on the server, large type, readable without JavaScript, without a login and without a trace.

`links` and `seals` are for those who send addresses to parents; the rest is the web process's.
"""
