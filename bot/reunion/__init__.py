"""The reunion that a parent plans in the chat: its days, the plan in one message, and whether what was advised got done."""
