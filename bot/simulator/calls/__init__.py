"""The account's API: each call is a function of the platform and a parsed body, and raises Refusal."""
