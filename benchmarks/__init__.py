"""Measurements beside a rival in the same run. Not installed; no test asserts a time."""
