//! UniFFI's own generator, of the version that the library is made with.

fn main() {
    uniffi::uniffi_bindgen_main();
}
