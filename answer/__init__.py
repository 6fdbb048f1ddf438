"""QUESTION → CITED ANSWER: reading the question, evidence, composing, verifying, refusing."""
