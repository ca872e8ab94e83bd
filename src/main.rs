//! The demo: `cargo run --release`.

fn main() {
    println!("the demo is not here yet");
}
