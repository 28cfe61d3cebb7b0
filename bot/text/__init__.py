"""Chinese text as parents write it: made plain, counted, read for ages. Imports nothing of Rasa, Sanic or SQLAlchemy."""
