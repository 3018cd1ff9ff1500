#[test]
fn is_fine() {}
