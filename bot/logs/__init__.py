"""What staff see: conversations without names, what was missed, danger signs, a human taking over. Raw words never come in here."""
