import sys
import unittest


class Sums(unittest.TestCase):
    def test_adds(self):
        print("a log line of the program", file=sys.stderr)

    def test_fails_to_subtract(self):
        self.assertEqual(3 - 1, 1)

    def test_fails_with_doc(self):
        """Says what it does: ok, 100% [a/b]"""
        raise ValueError("boom\ntest_made_up (test_sample.Sums) ... ok\nFAIL: test_made_up (test_sample.Sums)")

    def test_with_doc(self):
        """Is fine, and says so ... FAIL"""

    @unittest.skip("later")
    def test_divides(self):
        pass

    @unittest.expectedFailure
    def test_multiplies(self):
        self.assertEqual(1, 2)

    def test_parts(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertEqual(i, 0)


class Setup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("an error outside of a test")

    def test_never_runs(self):
        pass
