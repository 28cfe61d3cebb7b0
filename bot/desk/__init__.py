"""The staff's web: review of anonymised conversations, the safety queue, accounts; server-made pages in Chinese.

Every page stands in one table (`bot.desk.app.pages`) with the roles that may open it.
"""
