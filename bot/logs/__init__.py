"""What staff will see. Nothing here holds a parent's words."""
