//! Random numbers from the seed that the driver gave: message ids and jitter. The same seed gives the same numbers, so
//! that a simulation can be run twice.

use sha2::{Digest as _, Sha256};

/// SHA-256 in counter mode: unpredictable to whoever does not know the seed.
#[derive(Debug)]
pub(super) struct Random {
    seed: [u8; 32],
    counter: u64,
}

impl Random {
    pub(super) fn new(seed: [u8; 32]) -> Self {
        Self { seed, counter: 0 }
    }

    pub(super) fn bytes16(&mut self) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.counter.to_be_bytes());
        self.counter += 1;
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes
    }

    pub(super) fn next(&mut self) -> u64 {
        let bytes = self.bytes16();
        u64::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
    }

    /// From `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0) as u64;
        low.saturating_add((self.next() % (span + 1)) as i64)
    }
}
