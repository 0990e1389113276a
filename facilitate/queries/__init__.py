"""What each screen needs: one query per function, small frozen answers, no writes."""
