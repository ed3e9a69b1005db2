//! The process: since when it runs, and the memory that it holds.

use std::{
    fmt, fs,
    time::{SystemTime, UNIX_EPOCH},
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{MetricType, gauge::ConstGauge},
    registry::Unit,
};

#[derive(Debug)]
pub(super) struct Process {
    /// Seconds since 1970.
    began: f64,
}

impl Process {
    pub(super) fn begin() -> Process {
        let began = SystemTime::now().duration_since(UNIX_EPOCH);
        Process {
            began: began.unwrap_or_default().as_secs_f64(),
        }
    }
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let metric = encoder.encode_descriptor(
            "process_start_time",
            "When the server began, in seconds since 1970.",
            Some(&Unit::Seconds),
            MetricType::Gauge,
        )?;
        ConstGauge::new(self.began).encode(metric)?;
        if let Some(bytes) = resident() {
            let metric = encoder.encode_descriptor(
                "process_resident_memory",
                "Memory that the process holds.",
                Some(&Unit::Bytes),
                MetricType::Gauge,
            )?;
            ConstGauge::new(bytes).encode(metric)?;
        }
        Ok(())
    }
}

/// Bytes of memory, where the system is Linux and tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
