"""What parents say about themselves in everyday words: shift, journey, messages."""
