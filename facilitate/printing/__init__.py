"""What is printed before the day: plain data in, PDF out. Nothing here knows Flask or the database."""
