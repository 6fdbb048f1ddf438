"""How fast Footnote is, beside the stock llama-index stack, in one run: every measurement is a process of its own."""
