"""Trains the reader of names (`bot/privacy/reading`): `python -m tools.reader`."""
