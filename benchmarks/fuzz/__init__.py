"""Coverage-guided fuzzing of readers and parser: whatever the bytes, the outcome is a report or a deliberate error.

`seeds` writes what the fuzzer begins with, `targets` says what must hold, `__main__` is `make fuzz`.
"""
