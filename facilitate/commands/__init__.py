"""The commands of `facilitate`, one noun a file; `cli` gathers them."""
