"""Pieces that several pages draw with."""
