"""Parents and children: consent, profile, preferences, export, erasure. A parent is a `parent_key`; no openid comes here."""
