"""Writing first: campaigns hung on the calendar, a plan per parent, an outbox whose rows are sent once and explained."""
