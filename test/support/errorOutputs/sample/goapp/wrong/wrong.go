package wrong

func Count() int {
	unused := 1
	return "three"
}
