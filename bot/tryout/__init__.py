"""Trying a draft out: a phone of the simulator with an assistant behind it that has the draft's text, for one member of staff.

Everything of it is its own: a copy of the files, a database, a key, a clock, processes on loopback ports. The real account and the record
of parents are never touched, and nothing remains at the end. docs/tryout.md says it for those who run it.
"""
