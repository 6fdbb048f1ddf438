"""The grounding benchmark: gold cases, metrics, runs, reports, comparison with peers, speed."""
