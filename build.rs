//! Renders the C header from `ffi`'s signatures and their comments into OUT_DIR. `include/seenby.h` is what is committed and
//! read; `tests/header.rs` fails when the two differ.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=ffi/src/capi");
    println!("cargo::rerun-if-changed=ffi/cbindgen.toml");
    println!("cargo::rerun-if-changed=build.rs");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_file(root.join("ffi/cbindgen.toml")).expect("ffi/cbindgen.toml is read");
    // Derived, never copied.
    let version = |name: &str| std::env::var(format!("CARGO_PKG_VERSION_{name}")).expect("cargo sets it");
    let versions = format!(
        "\n/** The version of SeenBy that this header belongs to; seenby_version() says which one the library is. */\n\
         #define SEENBY_VERSION \"{}\"\n#define SEENBY_VERSION_MAJOR {}\n#define SEENBY_VERSION_MINOR {}\n\
         #define SEENBY_VERSION_PATCH {}\n",
        std::env::var("CARGO_PKG_VERSION").expect("cargo sets it"),
        version("MAJOR"),
        version("MINOR"),
        version("PATCH"),
    );
    config.after_includes = Some(format!("{}{versions}", config.after_includes.unwrap_or_default()));
    // It follows the modules, in the order in which mod.rs names them: that is the order of the header.
    let builder = cbindgen::Builder::new().with_config(config).with_src(root.join("ffi/src/capi/mod.rs"));
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    builder.generate().expect("the header is rendered").write_to_file(Path::new(&out).join("seenby.h"));
}
