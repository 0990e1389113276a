"""The engine: pure Python and NumPy, no Flask, no database. Its model is written down in docs/scoring.md."""
