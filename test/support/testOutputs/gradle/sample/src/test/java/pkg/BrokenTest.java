package pkg;

import org.junit.BeforeClass;
import org.junit.Test;

public class BrokenTest {
    @BeforeClass
    public static void setUp() {
        throw new IllegalStateException("an error outside of a test");
    }

    @Test
    public void neverRuns() {}
}
