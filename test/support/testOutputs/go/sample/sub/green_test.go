package sub

import "testing"

func TestAdds(t *testing.T) {}
