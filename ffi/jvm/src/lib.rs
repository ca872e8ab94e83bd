//! `libseenby_jvm.so`: what Kotlin and Java load. All of it is in `seenby-ffi` (src/uni); this carries its symbols out.

seenby::uniffi_reexport_scaffolding!();
