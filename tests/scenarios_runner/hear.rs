//! What devices are told: in order, in any order, with others between, or nothing.

use super::Play;
use super::scenario::{HearStep, Order};
use super::values::{matches, shown};
use super::world::Heard;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Entries taken from what was heard, each with what its pattern bound.
type Taken = (Vec<Value>, Vec<(String, Value)>);

/// A callback and the pattern of its entry.
struct Expected {
    callback: String,
    pattern: Value,
}

/// Looks for what is expected. `None`: not there yet. Marks what it takes as used only when all of it is there.
fn look(expected: &[Expected], order: Order, heard: &mut [Heard]) -> Option<Result<Taken, String>> {
    let named = |h: &Heard| !h.used && expected.iter().any(|e| e.callback == h.callback);
    let waiting: Vec<usize> = heard.iter().enumerate().filter(|(_, h)| named(h)).map(|(i, _)| i).collect();
    let (mut entries, mut binds, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let fits = |e: &Expected, h: &Heard, binds: &mut Vec<(String, Value)>| {
        if e.callback != h.callback {
            return Err(format!("{} expected, {} was heard: {}", e.callback, h.callback, shown(&h.entry)));
        }
        matches(&e.pattern, &h.entry, binds).map_err(|why| format!("{} heard, {why}: {}", h.callback, shown(&h.entry)))
    };
    match order {
        Order::Given => {
            for (e, &i) in expected.iter().zip(&waiting) {
                if let Err(why) = fits(e, &heard[i], &mut binds) {
                    return Some(Err(why));
                }
                entries.push(heard[i].entry.clone());
                used.push(i);
            }
        }
        Order::Any => {
            let mut left: Vec<&Expected> = expected.iter().collect();
            for &i in waiting.iter().take(expected.len()) {
                let mut why = Vec::new();
                let at = left.iter().position(|e| fits(e, &heard[i], &mut binds).map_err(|w| why.push(w)).is_ok());
                let Some(at) = at else { return Some(Err(why.join("; "))) };
                left.remove(at);
                entries.push(heard[i].entry.clone());
                used.push(i);
            }
        }
        Order::Loose => {
            let mut rest = waiting.iter();
            for e in expected {
                let Some(&i) = rest.find(|&&i| fits(e, &heard[i], &mut Vec::new()).is_ok()) else { break };
                // It fits: that is how it was found.
                let _ = fits(e, &heard[i], &mut binds);
                entries.push(heard[i].entry.clone());
            }
            let passed = waiting.len() - rest.len();
            used.extend(&waiting[..passed]);
        }
    }
    if entries.len() < expected.len() {
        return None;
    }
    for i in used {
        heard[i].used = true;
    }
    Some(Ok((entries, binds)))
}

impl Play {
    pub(super) fn hear(&mut self, on: &str, step: &HearStep) -> Result<(), String> {
        let mut expected = Vec::new();
        for one in &step.hear {
            for (callback, pattern) in one {
                expected.push(Expected { callback: callback.clone(), pattern: self.variables.resolve(pattern)? });
            }
        }
        let device = self.world.device(on)?;
        let by = Instant::now() + Duration::from_millis(step.within);
        let found = device.ears.until(by, |heard| look(&expected, step.order, heard));
        let story = || format!("\n    {on} has heard:{}", device.ears.story());
        let (mut entries, binds) = match found {
            None => return Err(format!("it was not heard within {} ms{}", step.within, story())),
            Some(Err(why)) => return Err(format!("{why}{}", story())),
            Some(Ok(taken)) => taken,
        };
        for (name, value) in binds {
            self.variables.keep(&name, value)?;
        }
        match &step.keep {
            None => Ok(()),
            Some(name) if entries.len() == 1 => self.variables.keep(name, entries.remove(0)),
            Some(name) => self.variables.keep(name, Value::Array(entries)),
        }
    }

    pub(super) fn hear_nothing(&self, on: &str, callbacks: &[String], quiet: Duration) -> Result<(), String> {
        let device = self.world.device(on)?;
        let named = |h: &Heard| !h.used && callbacks.contains(&h.callback);
        let something = device.ears.until(Instant::now() + quiet, |heard| {
            heard.iter().find(|h| named(h)).map(|h| format!("{} {}", h.callback, shown(&h.entry)))
        });
        match something {
            None => Ok(()),
            Some(what) => {
                Err(format!("nothing was to be heard, but {what}\n    {on} has heard:{}", device.ears.story()))
            }
        }
    }

    pub(super) fn forget(&self, on: &str, callbacks: &[String]) -> Result<(), String> {
        self.world.device(on)?.ears.until(Instant::now(), |heard| {
            heard.iter_mut().filter(|h| callbacks.contains(&h.callback)).for_each(|h| h.used = true);
            Some(())
        });
        Ok(())
    }
}
