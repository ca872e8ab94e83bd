//! A scenario as it is read from its file. `tests/scenarios/README.md` says what everything means.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) only: Option<Only>,
    #[serde(default)]
    pub(crate) service: ServiceSetup,
    pub(crate) devices: BTreeMap<String, DeviceSetup>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Only {
    Embedded,
    Server,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct ServiceSetup {
    #[serde(default)]
    pub(crate) app: Map<String, Value>,
    #[serde(default)]
    pub(crate) limits: Map<String, Value>,
    #[serde(default)]
    pub(crate) durable: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceSetup {
    pub(crate) user: Option<String>,
    #[serde(default)]
    pub(crate) start: Start,
    pub(crate) same_installation_as: Option<String>,
    #[serde(default)]
    pub(crate) with_readers: bool,
    pub(crate) seen_for_ms: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Start {
    Closed,
    Initialized,
    #[default]
    LoggedIn,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    Call(CallStep),
    Hear(HearStep),
    #[serde(rename_all = "camelCase")]
    HearNothing {
        on: String,
        hear_nothing: Vec<String>,
        #[serde(rename = "for", default = "quiet_ms")]
        quiet_ms: u64,
    },
    Forget {
        on: String,
        forget: Vec<String>,
    },
    Line {
        on: String,
        line: Line,
        #[serde(default = "yes")]
        waits: bool,
    },
    App {
        on: String,
        app: AppState,
    },
    Service(ServiceStep),
    Wait {
        wait: u64,
    },
    Repeat {
        repeat: u64,
        index: Option<String>,
        until: Option<i32>,
        steps: Vec<Step>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallStep {
    pub(crate) on: String,
    pub(crate) call: String,
    #[serde(default)]
    pub(crate) with: Map<String, Value>,
    #[serde(rename = "as")]
    pub(crate) keep: Option<String>,
    pub(crate) expect: Option<Value>,
    pub(crate) error: Option<Value>,
    pub(crate) maybe: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HearStep {
    pub(crate) on: String,
    pub(crate) hear: Vec<Map<String, Value>>,
    #[serde(default)]
    pub(crate) order: Order,
    #[serde(default = "hear_ms")]
    pub(crate) within: u64,
    #[serde(rename = "as")]
    pub(crate) keep: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    #[default]
    Given,
    Any,
    Loose,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line {
    Down,
    Up,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AppState {
    Closed,
    Initialized,
    Started,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "service", rename_all = "camelCase")]
pub(crate) enum ServiceStep {
    Restart,
    Configure { app: Map<String, Value> },
    DeleteUser { user: String },
    RevokeTokens { user: String },
    DeleteMessage { message: Value },
}

fn yes() -> bool {
    true
}

fn quiet_ms() -> u64 {
    250
}

fn hear_ms() -> u64 {
    5000
}
