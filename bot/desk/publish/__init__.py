"""The desk's pages on publishing: begin, watch, read what changes, let it go live, go back."""
