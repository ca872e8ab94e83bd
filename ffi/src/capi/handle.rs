//! Handles: opaque pointers whose values are no addresses but a place in a table, its generation and a tag of its kind. So
//! a handle that is NULL, freed, of another kind or made up is told from a good one, and nothing is ever read through it.

use parking_lot::Mutex;
use seenby_client::{Error, ErrorCode, Result};
use std::ptr;
use std::sync::Arc;

/// Bits of the parts, from the lowest: always 1 (so that no address of an object is a handle), tag, place, generation.
const TAG_BITS: u32 = 3;
#[cfg(target_pointer_width = "64")]
const PLACE_BITS: u32 = 24;
#[cfg(not(target_pointer_width = "64"))]
const PLACE_BITS: u32 = 14;
const GENERATION_SHIFT: u32 = 1 + TAG_BITS + PLACE_BITS;
const LAST_GENERATION: usize = usize::MAX >> GENERATION_SHIFT;

/// A kind of handle: the opaque type of the header, and what stands behind it.
pub(super) trait Handle: Sized + 'static {
    /// What stands behind it.
    type Object: Send + Sync;
    /// For sentences.
    const NAME: &'static str;
    /// Tells the kinds apart.
    const TAG: usize;
    /// Where they are kept.
    fn table() -> &'static Table<Self::Object>;
}

/// The objects of one kind.
pub(super) struct Table<T>(Mutex<Vec<Slot<T>>>);

struct Slot<T> {
    /// Grows when the object goes; the place is not used again when it can grow no more.
    generation: usize,
    object: Option<Arc<T>>,
}

impl<T> Table<T> {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

fn encode(tag: usize, place: usize, generation: usize) -> usize {
    1 | tag << 1 | place << (1 + TAG_BITS) | generation << GENERATION_SHIFT
}

/// The place and the generation, if it is a handle of this kind.
fn decode(tag: usize, value: usize) -> Option<(usize, usize)> {
    let is_this = value & 1 == 1 && (value >> 1) & ((1 << TAG_BITS) - 1) == tag;
    is_this.then_some(((value >> (1 + TAG_BITS)) & ((1 << PLACE_BITS) - 1), value >> GENERATION_SHIFT))
}

fn closed<H: Handle>(handle: *const H) -> Error {
    let sentence = if handle.is_null() {
        format!("the {} is NULL; pass one that is open", H::NAME)
    } else {
        format!("the {} {handle:p} is none: it was freed, or is of another kind; pass one that is open", H::NAME)
    };
    Error::new(ErrorCode::Closed, sentence)
}

/// A handle for this object.
pub(super) fn insert<H: Handle>(object: Arc<H::Object>) -> Result<*mut H> {
    let mut slots = H::table().0.lock();
    let free = slots.iter().position(|slot| slot.object.is_none() && slot.generation < LAST_GENERATION);
    let place = match free {
        Some(place) => place,
        None if slots.len() < 1 << PLACE_BITS => {
            slots.push(Slot { generation: 1, object: None });
            slots.len() - 1
        }
        None => {
            let sentence =
                format!("{} handles of the kind {} are open, and no more are possible", slots.len(), H::NAME);
            return Err(Error::new(ErrorCode::NotSupported, sentence));
        }
    };
    let slot = &mut slots[place];
    slot.object = Some(object);
    Ok(ptr::without_provenance_mut(encode(H::TAG, place, slot.generation)))
}

/// What stands behind a handle; 90003 if it is none.
pub(super) fn get<H: Handle>(handle: *const H) -> Result<Arc<H::Object>> {
    let slots = H::table().0.lock();
    decode(H::TAG, handle.addr())
        .and_then(|(place, generation)| slots.get(place).filter(|slot| slot.generation == generation))
        .and_then(|slot| slot.object.clone())
        .ok_or_else(|| closed(handle))
}

/// Ends a handle, and gives what stood behind it; 90003 if it is none.
pub(super) fn remove<H: Handle>(handle: *const H) -> Result<Arc<H::Object>> {
    let mut slots = H::table().0.lock();
    let object = decode(H::TAG, handle.addr())
        .and_then(|(place, generation)| slots.get_mut(place).filter(|slot| slot.generation == generation))
        .and_then(|slot| {
            let object = slot.object.take()?;
            slot.generation += 1;
            Some(object)
        });
    object.ok_or_else(|| closed(handle))
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Thing {}
    static THINGS: Table<u32> = Table::new();
    impl Handle for Thing {
        type Object = u32;
        const NAME: &'static str = "thing";
        const TAG: usize = 6;
        fn table() -> &'static Table<u32> {
            &THINGS
        }
    }

    enum Other {}
    static OTHERS: Table<u32> = Table::new();
    impl Handle for Other {
        type Object = u32;
        const NAME: &'static str = "other";
        const TAG: usize = 7;
        fn table() -> &'static Table<u32> {
            &OTHERS
        }
    }

    #[test]
    fn a_freed_handle_is_told_from_the_next_one_in_its_place() {
        let first = insert::<Thing>(Arc::new(1)).unwrap();
        assert_eq!(*get(first).unwrap(), 1);
        assert_eq!(*remove(first).unwrap(), 1);
        let second = insert::<Thing>(Arc::new(2)).unwrap();
        assert_ne!(first, second);
        assert_eq!(get(first).unwrap_err().code, ErrorCode::Closed);
        assert_eq!(remove(first).unwrap_err().code, ErrorCode::Closed);
        assert_eq!(*get(second).unwrap(), 2);
        remove(second).unwrap();
    }

    #[test]
    fn what_is_no_handle_is_refused_with_a_sentence() {
        let thing = insert::<Thing>(Arc::new(3)).unwrap();
        assert!(get::<Other>(thing.cast()).is_err(), "another kind");
        assert!(get::<Thing>(ptr::null()).unwrap_err().message.contains("NULL"));
        let object = 7_u64;
        assert!(get::<Thing>((&raw const object).cast()).is_err(), "an address");
        assert!(get::<Thing>(ptr::without_provenance(usize::MAX)).is_err(), "a place that is not there");
        remove(thing).unwrap();
    }
}
