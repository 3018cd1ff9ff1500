package pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    @Test
    void adds() {
        System.out.println("a log line of the program");
    }

    @Test
    void failsToSubtract() {
        assertEquals(1, 3 - 1);
    }

    @Test
    @Disabled("later")
    void divides() {}

    @Test
    @DisplayName("takes \"odd\" > names: ✓ 100% [a/b] #1, ünï")
    void oddName() {
        throw new IllegalStateException("boom\n[ERROR] pkg.MadeUp.test -- Time elapsed: 1 s <<< FAILURE!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b c"})
    void parameters(String text) {
        assertTrue(text.equals("a"));
    }

    @Nested
    class Roots {
        @Test
        void inside() {}

        @Test
        void failsInside() {
            throw new RuntimeException("boom");
        }
    }
}
