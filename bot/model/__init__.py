"""The trained model: what it is made of, where it lies, how it is made."""
