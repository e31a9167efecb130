"""How right the reader is: renderings of known truth are read, and every figure is compared with what they still hold.

`judge` compares one rendering, `renderings` draws them, `minimise` makes a failing one small, `__main__` is `make quality`.
"""
