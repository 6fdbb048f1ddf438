"""Answers in a language model's words, verified sentence by sentence. Imported only where a model is configured."""
