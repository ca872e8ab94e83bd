//! The part `cpp`: the C library as it ships, from C and from C++, on this machine.

use super::Context;
use super::native;
use crate::cmake::Kit;
use crate::outcome::Outcome;
use crate::package;
use crate::system::{self, Need};
use std::env;
use std::io;

/// What building C and C++ needs.
pub(super) fn needs(context: &Context) -> io::Result<Result<(), Outcome>> {
    let mut needs = vec![Need::Program("cmake", "cmake")];
    if cfg!(target_os = "linux") {
        needs.extend([Need::Program("c++", "g++"), Need::Program("cc", "gcc"), Need::Program("ninja", "ninja-build")]);
        needs.push(Need::File("/usr/include/nlohmann/json.hpp", "nlohmann-json3-dev"));
    }
    system::packages(context, &needs)
}

pub(super) fn run(context: &Context) -> io::Result<Outcome> {
    if let Err(skipped) = needs(context)? {
        return Ok(skipped);
    }
    let package = match package::host() {
        Ok(package) => package,
        Err(stop) => return Ok(stop.outcome()),
    };
    let mut kit = Kit::named("cpp");
    // The oldest, the usual and the newest but one; all of them take a minute more.
    native::give(&package, &mut kit, if context.full { "11;14;17;20;23" } else { "11;17;20" });
    if cfg!(windows) {
        let path = env::var_os("PATH").unwrap_or_default();
        let all = std::iter::once(package.root.join("bin")).chain(env::split_paths(&path));
        kit.env("PATH", env::join_paths(all).unwrap_or_else(|_| path.clone()));
    }
    Ok(Outcome::Ran(native::tests(&kit, |_, agent| Ok(agent.to_owned()))?))
}
