//! The part `cpp`: the C library, from C and from C++, on this machine.

use super::native;
use super::{Context, cargo};
use crate::cmake::Kit;
use crate::outcome::Outcome;
use crate::sdk::{self, Build};
use crate::system::{self, Need};
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
    let build = Build { name: "cpp", cargo: cargo(), target: None, folder: None, options: &[] };
    let sdk = match sdk::build(build)? {
        Ok(sdk) => sdk,
        Err(failed) => return Ok(super::one(&failed)),
    };
    let mut kit = Kit::named("cpp");
    sdk.give_to(&mut kit);
    Ok(Outcome::Ran(native::all(&kit, |_, agent| Ok(agent.to_owned()))?))
}
