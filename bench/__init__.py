"""Measurements: ours beside a stock Rasa (`python -m bench`), ways to understand (`bench.compare`), thresholds (`bench.curve`)."""
