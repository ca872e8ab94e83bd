//! The receipts of one message: a set that only grows (R5). One reader, as in C2C, is kept inline; more are a bitmap over
//! ordinals, for who has read, and the reading order with the times, for the pages of R11.

use super::bitmap::Bitmap;
use super::journal::ReceiptRecord;
use crate::model::{Ordinal, Position};

/// Times are kept as ms since the message in five bytes: 34 years.
const LATEST: u64 = (1 << 40) - 1;

/// Who read, and how long after the message (ms): nine bytes, whatever a struct would be padded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry([u8; 9]);

impl Entry {
    pub(crate) fn new(ordinal: Ordinal, after_ms: u64) -> Self {
        let [a, b, c, d] = ordinal.to_le_bytes();
        let [e, f, g, h, i, ..] = after_ms.min(LATEST).to_le_bytes();
        Self([a, b, c, d, e, f, g, h, i])
    }

    pub(crate) fn ordinal(self) -> Ordinal {
        let [a, b, c, d, ..] = self.0;
        Ordinal::from_le_bytes([a, b, c, d])
    }

    pub(crate) fn after_ms(self) -> u64 {
        let [_, _, _, _, e, f, g, h, i] = self.0;
        u64::from_le_bytes([e, f, g, h, i, 0, 0, 0])
    }
}

#[derive(Clone, Debug, Default)]
enum Readers {
    #[default]
    None,
    One(Entry),
    Many(Box<Many>),
}

#[derive(Clone, Debug, Default)]
struct Many {
    bits: Bitmap,
    order: Vec<Entry>,
}

/// The receipts of a message that has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receipts {
    /// Of the audience (R7).
    pub(crate) size: u32,
    pub(crate) last_change: Position,
    readers: Readers,
}

impl Receipts {
    /// Nobody has read yet.
    pub(crate) fn new(size: u32, at: Position) -> Self {
        Self { size, last_change: at, readers: Readers::None }
    }

    /// In reading order.
    pub(crate) fn order(&self) -> &[Entry] {
        match &self.readers {
            Readers::None => &[],
            Readers::One(entry) => std::slice::from_ref(entry),
            Readers::Many(many) => &many.order,
        }
    }

    pub(crate) fn read(&self) -> u32 {
        self.order().len() as u32
    }

    pub(crate) fn has(&self, reader: Ordinal) -> bool {
        match &self.readers {
            Readers::None => false,
            Readers::One(entry) => entry.ordinal() == reader,
            Readers::Many(many) => many.bits.get(reader),
        }
    }

    /// The word of the readers' bitmap with this number.
    pub(crate) fn word(&self, at: usize) -> u64 {
        match &self.readers {
            Readers::None => 0,
            Readers::One(entry) if entry.ordinal() as usize / 64 == at => 1 << (entry.ordinal() % 64),
            Readers::One(_) => 0,
            Readers::Many(many) => many.bits.words().get(at).copied().unwrap_or(0),
        }
    }

    /// Adds a receipt; false if this reader's was there: the first accepted stays, with its time (R5). `end` is above
    /// every ordinal of the audience.
    pub(crate) fn add(&mut self, reader: Ordinal, after_ms: u64, end: usize) -> bool {
        let entry = Entry::new(reader, after_ms);
        match &mut self.readers {
            Readers::None => self.readers = Readers::One(entry),
            Readers::One(first) if first.ordinal() == reader => return false,
            Readers::One(first) => {
                let mut many = Many::default();
                many.push(*first, self.size, end);
                many.push(entry, self.size, end);
                self.readers = Readers::Many(Box::new(many));
            }
            Readers::Many(many) => return many.push(entry, self.size, end),
        }
        true
    }

    /// Forgets when this one read, not that it did (R32). Whether there was anything to forget.
    pub(crate) fn forget_time(&mut self, reader: Ordinal) -> bool {
        if !self.has(reader) {
            return false;
        }
        let order = match &mut self.readers {
            Readers::None => return false,
            Readers::One(entry) => std::slice::from_mut(entry),
            Readers::Many(many) => &mut many.order,
        };
        if let Some(entry) = order.iter_mut().find(|entry| entry.ordinal() == reader) {
            *entry = Entry::new(reader, 0);
        }
        true
    }

    /// Bytes on the heap.
    pub(crate) fn heap(&self) -> usize {
        match &self.readers {
            Readers::None | Readers::One(_) => 0,
            Readers::Many(many) => size_of::<Many>() + many.bits.memory() + many.order.capacity() * size_of::<Entry>(),
        }
    }

    /// Bytes of the bitmap alone.
    #[cfg(test)]
    pub(crate) fn bitmap_bytes(&self) -> usize {
        match &self.readers {
            Readers::None | Readers::One(_) => 0,
            Readers::Many(many) => many.bits.memory(),
        }
    }

    /// Both lists as differences: an ordinal differs from the one before by less than the group's size, a time by the
    /// pause between two readers, so that most take two bytes.
    pub(crate) fn encode(&self) -> ReceiptRecord {
        let (mut last, mut last_ms) = (0i64, 0i64);
        let mut record = ReceiptRecord { size: self.size, last_change: self.last_change, ..Default::default() };
        record.order.reserve_exact(self.order().len());
        record.times.reserve_exact(self.order().len());
        for entry in self.order() {
            let (ordinal, after_ms) = (i64::from(entry.ordinal()), entry.after_ms() as i64);
            // Both are below 2^31 (roster::ORDINALS), so is what they differ by.
            record.order.push((ordinal - last) as i32);
            record.times.push(after_ms - last_ms);
            (last, last_ms) = (ordinal, after_ms);
        }
        record
    }

    /// `end` is above every ordinal given so far; `audience` says who may be in it.
    pub(crate) fn decode(
        record: &ReceiptRecord,
        end: usize,
        audience: impl Fn(Ordinal) -> bool,
    ) -> Result<Self, String> {
        if record.order.len() != record.times.len() {
            return Err(format!("{} readers with {} times", record.order.len(), record.times.len()));
        }
        if record.order.len() > record.size as usize {
            return Err(format!("{} readers in an audience of {}", record.order.len(), record.size));
        }
        let mut receipts = Self::new(record.size, record.last_change);
        if record.order.len() > 1 {
            let mut many = Many::default();
            many.order.reserve_exact(record.order.len());
            receipts.readers = Readers::Many(Box::new(many));
        }
        let (mut ordinal, mut after_ms) = (0i64, 0i64);
        for (step, pause) in record.order.iter().zip(&record.times) {
            ordinal = ordinal.saturating_add(i64::from(*step));
            after_ms = after_ms.saturating_add(*pause);
            let reader = Ordinal::try_from(ordinal).ok().filter(|reader| (*reader as usize) < end && audience(*reader));
            let reader = reader.ok_or(format!("a receipt of ordinal {ordinal}, which is not in the audience"))?;
            let after_ms = u64::try_from(after_ms).map_err(|_| format!("a receipt {after_ms} ms after its message"))?;
            if !receipts.add(reader, after_ms, end) {
                return Err(format!("two receipts of ordinal {ordinal}"));
            }
        }
        Ok(receipts)
    }
}

impl Many {
    fn push(&mut self, entry: Entry, size: u32, end: usize) -> bool {
        if !self.bits.insert(entry.ordinal(), end) {
            return false;
        }
        if self.order.len() == self.order.capacity() {
            // By half, and never beyond the audience: who reads last costs no room for more.
            let room = (self.order.len() / 2).max(6).min((size as usize).saturating_sub(self.order.len())).max(1);
            self.order.reserve_exact(room);
        }
        self.order.push(entry);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_nine_bytes_and_holds_what_it_was_given() {
        assert_eq!(size_of::<Entry>(), 9);
        for (ordinal, after_ms) in [(0, 0), (u32::MAX, LATEST), (0x0102_0304, 0x01_0203_0405)] {
            let entry = Entry::new(ordinal, after_ms);
            assert_eq!((entry.ordinal(), entry.after_ms()), (ordinal, after_ms));
        }
        assert_eq!(Entry::new(1, u64::MAX).after_ms(), LATEST);
    }

    #[test]
    fn r5_the_first_stays_with_its_time() {
        let mut receipts = Receipts::new(3, 1);
        for (reader, after_ms, new) in [(2, 10, true), (2, 5, false), (0, 7, true), (2, 1, false), (0, 1, false)] {
            assert_eq!(receipts.add(reader, after_ms, 3), new);
        }
        let order: Vec<_> = receipts.order().iter().map(|entry| (entry.ordinal(), entry.after_ms())).collect();
        assert_eq!(order, [(2, 10), (0, 7)]);
    }

    #[test]
    fn one_reader_costs_no_heap() {
        let mut receipts = Receipts::new(1, 1);
        assert_eq!(receipts.heap(), 0);
        receipts.add(1, 1_000, 2);
        assert_eq!((receipts.heap(), receipts.read()), (0, 1));
        assert!(size_of::<Receipts>() <= 32);
    }

    #[test]
    fn a_large_audience_half_read_stays_small() {
        let mut receipts = Receipts::new(100_000, 1);
        for reader in 0..50_000u32 {
            assert!(receipts.add(reader * 2 + 1, u64::from(reader) * 100, 100_001));
        }
        assert!(receipts.bitmap_bytes() < 13_000, "{} bytes of bitmap", receipts.bitmap_bytes());
        let times = receipts.heap() - receipts.bitmap_bytes();
        assert!(times <= 50_000 * 9 * 3 / 2 + 64, "{times} bytes of reading order and times");
        println!("100 000 members, half read: {} + {times} bytes", receipts.bitmap_bytes());
        for reader in 0..50_000u32 {
            receipts.add(reader * 2, 5, 100_001);
        }
        let times = receipts.heap() - receipts.bitmap_bytes();
        assert!(receipts.bitmap_bytes() < 13_000 && times < 100_000 * 9 + 64, "all read: {times}");
    }

    #[test]
    fn what_is_encoded_comes_back_and_damage_is_named() {
        let mut receipts = Receipts::new(5, 9);
        for (reader, after_ms) in [(4, 100), (1, 90), (3, 1 << 39)] {
            receipts.add(reader, after_ms, 5);
        }
        let record = receipts.encode();
        let again = Receipts::decode(&record, 5, |_| true).unwrap();
        assert_eq!((again.order(), again.size, again.last_change), (receipts.order(), 5, 9));
        for damage in [
            |record: &mut ReceiptRecord| record.order[1] = 0,
            |record: &mut ReceiptRecord| record.order[0] = 5,
            |record: &mut ReceiptRecord| record.order[0] = -1,
            |record: &mut ReceiptRecord| record.times[0] = i64::MIN,
            |record: &mut ReceiptRecord| record.size = 2,
            |record: &mut ReceiptRecord| record.times.truncate(1),
        ] {
            let mut record = record.clone();
            damage(&mut record);
            assert!(Receipts::decode(&record, 5, |_| true).is_err());
        }
        assert!(Receipts::decode(&record, 5, |reader| reader != 3).is_err());
    }
}
