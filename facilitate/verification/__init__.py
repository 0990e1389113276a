"""Verifying: is what is in a folder, or in the database, what the room decided?"""
