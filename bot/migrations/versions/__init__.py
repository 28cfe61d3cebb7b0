"""One file a revision, named <room>_<number>_<what>.py; the first of a room carries `branch_labels`."""
