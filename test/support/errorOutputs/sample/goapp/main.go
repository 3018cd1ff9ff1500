package main

func inner(values []int, at int) int {
	return values[at]
}

func main() {
	println(inner([]int{1}, 3))
}
