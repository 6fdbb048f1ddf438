"""One reader per format; each turns a file into an outline of blocks over one extracted text."""
