//! Sums.
//!
//! ```
//! assert_eq!(sample::add(1, 1), 2);
//! ```

/// Adds.
///
/// ```
/// assert_eq!(sample::add(1, 1), 3);
/// ```
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        println!("a log line of the program");
    }

    #[test]
    fn fails_to_subtract() {
        println!("test tests::made_up ... ok");
        assert_eq!(3 - 1, 1);
    }

    #[test]
    #[ignore = "later"]
    fn divides() {}

    #[test]
    #[should_panic]
    fn panics_as_it_should() {
        panic!("boom");
    }

    mod roots {
        #[test]
        fn ünï_inside() {}

        #[test]
        fn fails_inside() -> Result<(), String> {
            Err("boom".into())
        }
    }
}
