//! What the system says: bytes in memory, bytes on disk, and what this disk can do at best.

use crate::demo::check::{Result, Trouble};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Bytes of memory that a process has resident; `None` where this system does not tell.
pub(crate) fn resident(pid: u32) -> Option<u64> {
    let kib = |text: &str| text.split_whitespace().find_map(|word| word.parse::<u64>().ok());
    if let Ok(status) = fs::read_to_string(format!("/proc/{pid}/status")) {
        return Some(kib(status.lines().find(|line| line.starts_with("VmRSS:"))?)? * 1024);
    }
    if !cfg!(unix) {
        return None;
    }
    let output = Command::new("ps").args(["-o", "rss=", "-p", &pid.to_string()]).output().ok()?;
    Some(kib(&String::from_utf8_lossy(&output.stdout))? * 1024)
}

/// Bytes of all files in a folder.
pub(crate) fn on_disk(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => on_disk(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

/// How often a second this disk makes one appended block durable (fdatasync, or what the system has for it).
pub(crate) fn syncs_a_second(folder: &Path) -> Result<f64> {
    let path = folder.join("baseline");
    let measured = || -> std::io::Result<f64> {
        let mut file = File::create(&path)?;
        let (began, mut syncs) = (Instant::now(), 0_u32);
        while began.elapsed() < Duration::from_secs(1) {
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            syncs += 1;
        }
        let rate = f64::from(syncs) / began.elapsed().as_secs_f64();
        drop(file);
        fs::remove_file(&path)?;
        Ok(rate)
    };
    measured().map_err(Trouble::doing("measuring the disk"))
}
