//! `cargo xtask`: one command for tests, tools and packages.

fn main() {}
