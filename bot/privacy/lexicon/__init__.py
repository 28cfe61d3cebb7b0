"""Word lists of the recognisers: what names are made of, and what only looks like one."""
