package pkg

import (
	"fmt"
	"testing"
)

func TestAdds(t *testing.T) {
	fmt.Println("a log line of the program")
	fmt.Print("no line end")
}

func TestFailsToSubtract(t *testing.T) {
	fmt.Println("--- PASS: TestMadeUp (0.00s)")
	t.Errorf("got %d, want 1", 3-1)
}

func TestDivides(t *testing.T) {
	t.Skip("later")
}

func TestRoots(t *testing.T) {
	t.Run(`takes "odd" > names: ✓ 100% [a/b] #1, ünï`, func(t *testing.T) {})
	t.Run("fails inside", func(t *testing.T) {
		t.Log("--- FAIL: TestMadeUpToo (0.00s)")
		t.Fatal("boom")
	})
	t.Run("deep", func(t *testing.T) {
		t.Run("deeper", func(t *testing.T) {})
	})
}

func TestTogether(t *testing.T) {
	t.Run("one", func(t *testing.T) { t.Parallel() })
	t.Run("two", func(t *testing.T) { t.Parallel() })
}

func ExampleSum() {
	fmt.Println(1 + 1)
	// Output: 2
}

func Sum() {}
