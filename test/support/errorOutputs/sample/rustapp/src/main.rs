fn inner(values: &[i32], at: usize) -> i32 {
    values[at]
}

fn main() {
    println!("{}", inner(&[1], 3));
}
