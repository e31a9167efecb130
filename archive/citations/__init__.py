"""Formats of one citation, each a function from `CitedItem` to text. They know neither catalog nor report."""
