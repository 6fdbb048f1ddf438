"""PASSAGES → HITS: what is stored, how it is embedded, searched and published. Every other package stands on it."""
