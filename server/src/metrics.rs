//! `/metrics`: what the service has counted, in the text format that Prometheus reads. No ids (R34), apps apart.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use seenby_core::hub::HubMetrics;
use seenby_service::ServiceMetrics;

#[derive(Debug)]
struct Snapshot {
    service: ServiceMetrics,
    connections_refused: u64,
}

/// The page.
pub(crate) fn page(service: ServiceMetrics, connections_refused: u64) -> Result<String, std::fmt::Error> {
    let mut registry = Registry::with_prefix("seenby");
    registry.register_collector(Box::new(Snapshot { service, connections_refused }));
    let mut page = String::new();
    prometheus_client::encoding::text::encode(&mut page, &registry)?;
    Ok(page)
}

type Counted<T> = (&'static str, &'static str, fn(&T) -> u64);

const APP_COUNTERS: &[Counted<HubMetrics>] = &[
    ("requests", "Requests of devices", |m| m.requests),
    ("requests_refused", "Requests answered with an error", |m| m.refused),
    ("requests_too_frequent", "Requests refused for coming too fast (9506)", |m| m.too_frequent),
    ("connections_closed", "Connections closed by the service", |m| m.closed),
    ("messages", "Messages accepted", |m| m.messages),
    ("receipts", "Receipts that were new", |m| m.receipts_taken),
    ("receipts_repeated", "Receipts that were there already", |m| m.receipts_repeated),
    ("receipts_dropped", "Receipts dropped: expired, deleted, switched off, not in the audience", |m| {
        m.receipts_dropped
    }),
    ("receipts_unknown", "Receipts of messages nobody knows", |m| m.receipts_unknown),
    ("pushes", "Frames pushed to devices", |m| m.pushes),
    ("append_failures", "Appends that the journal refused", |m| m.append_failures),
];

const APP_GAUGES: &[Counted<HubMetrics>] = &[
    ("devices", "Devices logged in", |m| m.connections),
    ("users", "Users known", |m| m.users),
    ("conversations", "Conversations known", |m| m.conversations),
    ("groups", "Groups known", |m| m.groups),
    ("proposals", "Appends proposed and not landed yet", |m| m.proposals),
    ("live_messages", "Messages held in memory", |m| m.live_messages),
    ("live_receipts", "Receipts held in memory", |m| m.live_receipts),
    ("message_memory_bytes", "Bytes that messages take in memory, receipts apart", |m| m.message_bytes),
    ("receipt_memory_bytes", "Bytes that receipts take in memory", |m| m.receipt_bytes),
    ("dirty_logs", "Logs that changed since their last snapshot", |m| m.dirty_logs),
    ("logs_stopped", "Logs not served, because a newer SeenBy wrote them", |m| m.logs_stopped),
];

const COUNTERS: &[Counted<Snapshot>] = &[
    ("connections_accepted", "Connections ever made", |m| m.service.accepted),
    ("connections_refused", "Connections refused for their number", |m| m.connections_refused),
    ("connections_cut", "Connections cut because they did not read", |m| m.service.cut),
    ("protocol_errors", "Connections closed for breaking the protocol", |m| m.service.protocol_errors),
    ("user_sigs_refused", "userSigs refused", |m| m.service.tokens_refused),
    ("frames_in", "Frames from devices", |m| m.service.frames_in),
    ("frames_in_bytes", "Their bytes", |m| m.service.bytes_in),
    ("frames_out", "Frames to devices", |m| m.service.frames_out),
    ("frames_out_bytes", "Their bytes", |m| m.service.bytes_out),
    ("commits", "Syncs of the journal", |m| m.service.commits),
    ("records", "Records that landed", |m| m.service.records),
    ("commit_microseconds", "Time spent in commits", |m| m.service.commit_micros),
];

const GAUGES: &[Counted<Snapshot>] = &[
    ("connections", "Connections open", |m| m.service.connections),
    ("commit_microseconds_max", "The slowest commit", |m| m.service.commit_micros_max),
    ("position", "The journal's head", |m| m.service.position),
    ("disk_event_bytes", "Events not rolled up yet", |m| m.service.disk.unwrap_or_default().events),
    ("disk_snapshot_bytes", "Snapshots", |m| m.service.disk.unwrap_or_default().snapshots),
    ("disk_body_bytes", "What messages say", |m| m.service.disk.unwrap_or_default().bodies),
    ("disk_file_bytes", "All files of the journal", |m| m.service.disk.unwrap_or_default().files),
];

impl Collector for Snapshot {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        for (name, help, get) in COUNTERS {
            let metric = ConstCounter::new(get(self));
            metric.encode(encoder.encode_descriptor(name, help, None, metric.metric_type())?)?;
        }
        for (name, help, get) in GAUGES {
            let metric = ConstGauge::new(signed(get(self)));
            metric.encode(encoder.encode_descriptor(name, help, None, metric.metric_type())?)?;
        }
        for (name, help, get) in APP_COUNTERS {
            let kind = prometheus_client::metrics::MetricType::Counter;
            let mut family = encoder.encode_descriptor(name, help, None, kind)?;
            for (app, metrics) in &self.service.apps {
                let labels = [("app", app.0.to_string())];
                ConstCounter::new(get(metrics)).encode(family.encode_family(&labels)?)?;
            }
        }
        for (name, help, get) in APP_GAUGES {
            let kind = prometheus_client::metrics::MetricType::Gauge;
            let mut family = encoder.encode_descriptor(name, help, None, kind)?;
            for (app, metrics) in &self.service.apps {
                let labels = [("app", app.0.to_string())];
                ConstGauge::new(signed(get(metrics))).encode(family.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seenby_core::model::AppId;

    #[test]
    fn every_number_is_on_the_page() {
        let hub = HubMetrics { receipts_taken: 42, connections: 3, ..HubMetrics::default() };
        let service = ServiceMetrics {
            apps: vec![(AppId(1), hub), (AppId(7), HubMetrics::default())],
            commits: 5,
            connections: 4,
            ..ServiceMetrics::default()
        };
        let page = page(service, 9).unwrap();
        for line in [
            "seenby_receipts_total{app=\"1\"} 42",
            "seenby_receipts_total{app=\"7\"} 0",
            "seenby_devices{app=\"1\"} 3",
            "seenby_commits_total 5",
            "seenby_connections 4",
            "seenby_connections_refused_total 9",
        ] {
            assert!(page.lines().any(|l| l == line), "{line} is not in\n{page}");
        }
        for (name, ..) in APP_COUNTERS {
            assert_eq!(page.matches(&format!("# TYPE seenby_{name} ")).count(), 1, "{name}");
        }
    }

    #[test]
    fn every_number_is_documented() {
        let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
        let docs = std::fs::read_to_string(docs).unwrap();
        let counters = APP_COUNTERS.iter().map(|m| m.0).chain(COUNTERS.iter().map(|m| m.0));
        let names = counters.map(|name| format!("`{name}_total`"));
        let gauges = APP_GAUGES.iter().map(|m| m.0).chain(GAUGES.iter().map(|m| m.0));
        for name in names.chain(gauges.map(|name| format!("`{name}`"))) {
            assert!(docs.contains(&name), "{name} is not in docs/operations.md");
        }
    }
}
