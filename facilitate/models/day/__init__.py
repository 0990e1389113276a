"""The verbs of a planning day, one concern a file; `models.event.Event` is made of them."""
