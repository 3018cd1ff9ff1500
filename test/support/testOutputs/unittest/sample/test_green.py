import unittest


class Green(unittest.TestCase):
    def test_is_fine(self):
        pass
