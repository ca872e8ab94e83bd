//! What is made once with a journal.

use crate::{Result, StoreError};
use std::path::Path;

/// Epoch, service id and secret of a journal.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) epoch: u64,
    pub(crate) service_id: String,
    pub(crate) secret: [u8; 32],
}

/// Bytes nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::io(Path::new("(the system's random numbers)"), error))?;
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Identity {
    pub(crate) fn random() -> Result<Self> {
        Ok(Self { epoch: random_epoch()?, service_id: hex(&random::<16>()?), secret: random()? })
    }
}

/// An epoch is never 0: that means "none" in a cursor.
pub(crate) fn random_epoch() -> Result<u64> {
    Ok(u64::from_le_bytes(random()?).max(1))
}
