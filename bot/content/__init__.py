"""What editors own: lessons, safety scripts, hotlines. Read here, checked in `lint`, turned into training data in `importer`."""
