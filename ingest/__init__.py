"""GUIDE → PASSAGES: readers, structure recovery, splitting, the pipeline that publishes a generation, the corpus check."""
