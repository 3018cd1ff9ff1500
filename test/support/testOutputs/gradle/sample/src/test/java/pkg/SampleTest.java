package pkg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import org.junit.Ignore;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

public class SampleTest {
    @Test
    public void adds() {
        System.out.println("a log line of the program");
    }

    @Test
    public void failsToSubtract() {
        assertEquals(1, 3 - 1);
    }

    @Test
    @Ignore("later")
    public void divides() {}

    @Test
    public void throwsSomething() {
        throw new IllegalStateException("boom\npkg.MadeUp > test PASSED");
    }

    public static class Roots {
        @Test
        public void inside() {}
    }

    @RunWith(Parameterized.class)
    public static class Odd {
        @Parameters(name = "a \"name\" > 100% [{0}] PASSED")
        public static Collection<Object[]> data() {
            return Arrays.asList(new Object[][] {{1}, {2}});
        }

        private final int number;

        public Odd(int number) {
            this.number = number;
        }

        @Test
        public void isOne() {
            assertTrue(number == 1);
        }
    }
}
