import os


def add(a: int, b: int) -> int:
    return str(a + b)
