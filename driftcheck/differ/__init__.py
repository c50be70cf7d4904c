"""Pairs what belongs together in two sources, and says what differs.

Nothing is imported here: the rules are asked for where nothing is compared. `engine.compare` is the way in.
"""
