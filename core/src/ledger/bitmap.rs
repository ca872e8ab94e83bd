//! A plain bitmap over ordinals. Ordinals are dense, so nothing cleverer is smaller where it matters: half of a large
//! group (DESIGN.md).

use crate::model::Ordinal;

/// A set of ordinals. Equal sets may differ in length by empty words at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bitmap {
    words: Vec<u64>,
}

/// Where an ordinal's bit is.
fn place(ordinal: Ordinal) -> (usize, u64) {
    (ordinal as usize / 64, 1 << (ordinal % 64))
}

impl Bitmap {
    pub(crate) fn get(&self, ordinal: Ordinal) -> bool {
        let (word, bit) = place(ordinal);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Puts it in; false if it was there. Grows by half, and never beyond what `end` ordinals need.
    pub(crate) fn insert(&mut self, ordinal: Ordinal, end: usize) -> bool {
        let (word, bit) = place(ordinal);
        if word >= self.words.len() {
            let needed = word + 1;
            if needed > self.words.capacity() {
                let roomy = needed.max(self.words.len() + self.words.len() / 2).min(end.div_ceil(64)).max(needed);
                self.words.reserve_exact(roomy - self.words.len());
            }
            self.words.resize(needed, 0);
        }
        let word = &mut self.words[word];
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Puts it in or takes it out.
    pub(crate) fn set(&mut self, ordinal: Ordinal, on: bool) {
        if on {
            self.insert(ordinal, usize::MAX);
        } else if let (word, bit) = place(ordinal)
            && let Some(word) = self.words.get_mut(word)
        {
            *word &= !bit;
        }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(crate) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Ordinal> {
        ones(0, self.words.iter().copied())
    }

    pub(crate) fn memory(&self) -> usize {
        self.words.capacity() * 8
    }

    /// Lowest bit first, without empty bytes at the end: equal sets give equal bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.words.iter().flat_map(|word| word.to_le_bytes()).collect();
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        bytes
    }

    /// Bits from `end` on are left out.
    pub(crate) fn from_bytes(bytes: &[u8], end: usize) -> Self {
        let mut words: Vec<u64> = bytes
            .chunks(8)
            .take(end.div_ceil(64))
            .map(|chunk| {
                let mut word = [0; 8];
                word[..chunk.len()].copy_from_slice(chunk);
                u64::from_le_bytes(word)
            })
            .collect();
        if words.len() == end.div_ceil(64)
            && !end.is_multiple_of(64)
            && let Some(last) = words.last_mut()
        {
            *last &= (1 << (end % 64)) - 1;
        }
        words.shrink_to_fit();
        Self { words }
    }
}

impl From<Vec<u64>> for Bitmap {
    fn from(words: Vec<u64>) -> Self {
        Self { words }
    }
}

/// The ordinals of these words, of which the first has number `first_word`.
pub(crate) fn ones(first_word: usize, words: impl IntoIterator<Item = u64>) -> impl Iterator<Item = Ordinal> {
    (first_word..).zip(words).flat_map(|(at, mut word)| {
        std::iter::from_fn(move || {
            let bit = (word != 0).then(|| word.trailing_zeros())?;
            word &= word - 1;
            Some((at * 64) as Ordinal + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_there_and_survives_bytes() {
        let mut bits = Bitmap::default();
        for ordinal in [0, 63, 64, 700] {
            assert!(bits.insert(ordinal, 701));
            assert!(!bits.insert(ordinal, 701));
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 700]);
        assert_eq!(bits.count(), 4);
        assert!(!bits.get(1) && !bits.get(100_000));
        assert_eq!(bits.words().len(), 11);
        let bytes = bits.to_bytes();
        assert_eq!(Bitmap::from_bytes(&bytes, 701).iter().collect::<Vec<_>>(), [0, 63, 64, 700]);
        assert_eq!(Bitmap::from_bytes(&bytes, 700).iter().collect::<Vec<_>>(), [0, 63, 64]);
        assert_eq!(Bitmap::from_bytes(&bytes, 64).iter().collect::<Vec<_>>(), [0, 63]);
        assert_eq!(Bitmap::from_bytes(&bytes, 0).iter().count(), 0);
        bits.set(700, false);
        bits.set(9_999, false);
        assert_eq!(bits.to_bytes().len(), 9);
    }
}
