import unittest

import pytest


def test_adds():
    print("a log line of the program")


def test_fails_to_subtract():
    print("test_sample.py::test_made_up PASSED")
    assert 3 - 1 == 1


@pytest.mark.skip(reason="later")
def test_divides():
    pass


@pytest.mark.xfail(reason="not yet")
def test_multiplies():
    assert 1 == 2


@pytest.mark.parametrize("text", ["one two", "a/b - [c]", "ünï::x PASSED"])
def test_odd_names(text):
    assert "two" in text


class TestRoots:
    def test_inside(self):
        pass

    def test_fails_inside(self):
        raise ValueError("boom\nFAILED test_sample.py::test_no_such - x")


@pytest.fixture
def broken():
    raise RuntimeError("an error outside of a test")


def test_with_fixture(broken):
    pass


class Old(unittest.TestCase):
    def test_old_style(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertEqual(i, 0)
