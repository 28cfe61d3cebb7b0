"""Editing on the desk: drafts of the files in `content/`, looked through by a second person, kept in git."""
