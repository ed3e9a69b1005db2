//! What went through the door to the database, read when somebody asks.

use std::fmt;

use access::{Access, Distribution};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
    registry::Unit,
};

pub(super) struct Database(pub(super) Access);

impl fmt::Debug for Database {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Database")
    }
}

impl Collector for Database {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let activity = self.0.activity();
        statements(&mut encoder, &activity.statements)?;
        failures(&mut encoder, &activity.failures)?;
        for (name, help, count) in [
            (
                "grassroots_stale_statements",
                "Statements that found the rights changed that they were made from.",
                activity.stale,
            ),
            (
                "grassroots_guard_retries",
                "Runs of operations beyond the first, after rights had changed.",
                activity.renewals,
            ),
        ] {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            ConstCounter::new(count).encode(metric)?;
        }
        let pool = activity.pool;
        let busy = pool.open.saturating_sub(pool.idle);
        for (name, help, count) in [
            (
                "grassroots_sql_statements_under_way",
                "SQL statements that run or wait for a connection.",
                activity.under_way,
            ),
            (
                "grassroots_database_connections",
                "Database connections that are open.",
                pool.open.into(),
            ),
            (
                "grassroots_database_connections_idle",
                "Database connections that nobody uses.",
                pool.idle.into(),
            ),
            (
                "grassroots_database_connections_busy",
                "Database connections in use.",
                busy.into(),
            ),
            (
                "grassroots_database_connections_max",
                "Database connections that may be open.",
                pool.most.into(),
            ),
        ] {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(count).encode(metric)?;
        }
        Ok(())
    }
}

fn statements(encoder: &mut DescriptorEncoder<'_>, statements: &Distribution) -> fmt::Result {
    let counts = statements.counts.iter().map(|(bound, count)| {
        let bound = bound.map_or(f64::INFINITY, |bound| bound.as_secs_f64());
        (bound, *count)
    });
    let counts: Vec<_> = counts.collect();
    let all = counts.iter().map(|(_, count)| count).sum();
    let mut metric = encoder.encode_descriptor(
        "grassroots_sql_statement_duration",
        "Time of SQL statements, with the wait for a connection.",
        Some(&Unit::Seconds),
        MetricType::Histogram,
    )?;
    metric.encode_histogram::<NoLabelSet>(statements.total.as_secs_f64(), all, &counts, None)
}

fn failures(encoder: &mut DescriptorEncoder<'_>, failures: &[(&'static str, u64)]) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(
        "grassroots_sql_statements_failed",
        "SQL statements that failed, by kind; abandoned where the operation ended first.",
        None,
        MetricType::Counter,
    )?;
    for (kind, count) in failures {
        let labels = [("kind", *kind)];
        ConstCounter::new(*count).encode(metric.encode_family(&labels)?)?;
    }
    Ok(())
}
