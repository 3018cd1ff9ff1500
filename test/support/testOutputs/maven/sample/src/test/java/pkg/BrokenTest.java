package pkg;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokenTest {
    @BeforeAll
    static void setUp() {
        throw new IllegalStateException("an error outside of a test");
    }

    @Test
    void neverRuns() {}
}
