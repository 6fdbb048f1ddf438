"""Practice, cards, mock interviews, plan, progress and the store that keeps them."""
