"""GUIDE → PASSAGES: readers, structure recovery, splitting, the publishing pipeline, the corpus check."""
