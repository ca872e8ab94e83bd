//! A full disk: what cannot be written is refused, what was acknowledged stays, and with room again all goes on. Needs a
//! small file system, which Linux makes for its administrator; elsewhere the test says that it was left out.

#![allow(clippy::unwrap_used)] // a test may

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    use seenby_core::hub::LogKey;
    use seenby_core::model::AppId;
    use seenby_store::{FileJournal, Journal, JournalRecord, StoreError};
    use std::process::Command;

    struct Mount(std::path::PathBuf);
    impl Drop for Mount {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(&self.0).status();
        }
    }

    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder.path()).output();
    if !mounted.as_ref().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: making a small file system needs an administrator ({mounted:?})");
        return;
    }
    let mount = Mount(folder.path().to_owned());
    let data = folder.path().join("journal");
    let record = |n: u64| JournalRecord {
        app: AppId(1),
        log: LogKey([1; 16]),
        event: n.to_le_bytes().repeat(500),
        body: Some(vec![n as u8; 2000]),
    };
    for round in 0..3 {
        let ballast = folder.path().join("ballast");
        let mut journal = FileJournal::open(&data).unwrap();
        let before = journal.head();
        let error = loop {
            let next = journal.head() + 1;
            if next == before + 201 {
                std::fs::write(&ballast, vec![1; 16 << 20]).unwrap_err(); // somebody else takes all that is left
            }
            match journal.append(&[record(next), record(next + 1)]) {
                Ok(at) => assert_eq!(at, next),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, StoreError::Io { .. }), "round {round}: {error}");
        let acknowledged = journal.head();
        assert!(acknowledged >= before + 199, "round {round}");
        assert_eq!(journal.append(&[record(0)]).unwrap_err(), error, "closed, and it says why");
        drop(journal);
        std::fs::remove_file(&ballast).unwrap();
        let mut journal = FileJournal::open(&data).unwrap();
        assert_eq!(journal.head(), acknowledged, "what was refused did not land");
        journal
            .replay(0, &mut |at, found| {
                assert_eq!(found.event, record(at).event);
                Ok(())
            })
            .unwrap();
        assert_eq!(journal.bodies().get(acknowledged).unwrap(), record(acknowledged).body);
        journal.drop_bodies(&(1..=acknowledged).collect::<Vec<_>>()).unwrap();
        journal.forget(acknowledged).unwrap();
        journal.close().unwrap();
    }
    drop(mount);
}

#[cfg(not(target_os = "linux"))]
#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    eprintln!("skipped: needs a small file system, which this test knows how to make on Linux only");
}
