package pkg;

import org.junit.jupiter.api.Test;

class GreenTest {
    @Test
    void isFine() {}
}
