//! What only Apple's systems tell and have, in the Objective-C layer: compiled for GNUstep over stand-ins that work, as on an
//! iPhone and as on a Mac, and run (bindings/objc/tests/system).

use crate::objc::{self, Kit};
use crate::outcome::Counts;
use crate::process::Finished;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

const TEST: &str = "bindings/objc/tests/system";
/// The one source of the layer that differs between the two.
const SYSTEM: &str = "bindings/objc/src/SeenBySystem.m";

pub(crate) fn run(kit: &Kit) -> io::Result<Counts> {
    let include = env::current_dir()?.join(TEST).join("include");
    let include = include.to_string_lossy();
    let flags = ["-DSEENBY_STAND_INS", "-DSEENBY_HAS_DISPATCH", "-I", &include, "-include", "Network/Network.h"];
    let layer = match kit.layer("layer-apple", &flags)? {
        Ok(layer) => layer,
        Err(failed) => return Ok(no(&failed)),
    };
    let mut counts = Counts::default();
    for (name, also) in [("system-phone", &["-DSEENBY_STAND_INS_PHONE"][..]), ("system-mac", &[])] {
        let flags: Vec<&str> = flags.iter().chain(also).copied().collect();
        let mut sources = objc::sources(Path::new(TEST))?;
        sources.push(PathBuf::from(SYSTEM));
        let mut objects = match kit.objects(name, &sources, &flags)? {
            Ok(objects) => objects,
            Err(failed) => return Ok(no(&failed)),
        };
        let own = Path::new(SYSTEM).file_stem();
        objects.extend(layer.iter().filter(|object| object.file_stem() != own).cloned());
        counts.add(match kit.link(name, &objects)? {
            Ok(program) => objc::test_program(kit, name, &program)?,
            Err(failed) => no(&failed),
        });
    }
    Ok(counts)
}

fn no(failed: &Finished) -> Counts {
    failed.show();
    Counts::one(false)
}
