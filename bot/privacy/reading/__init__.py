"""Reads where names stand from the whole sentence: a small trained network over LAC's opinion."""
