//! How far long work is: a bar on a terminal, a few lines elsewhere.

use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::output::tell;

/// The parts after which a line is written where there is no terminal.
const PARTS: u64 = 4;

pub(super) struct Progress {
    bar: ProgressBar,
    /// What is counted.
    unit: &'static str,
    told: AtomicU64,
}

impl Progress {
    /// Of this work, counted in these units.
    pub(super) fn of(work: &str, unit: &'static str) -> Progress {
        let bar = ProgressBar::new(0);
        let template =
            format!("{work} {{wide_bar}} {{human_pos}} of {{human_len}} {unit}, {{elapsed}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        if bar.is_hidden() {
            tell(&format!("{work} {unit}"));
        }
        Progress {
            bar,
            unit,
            told: AtomicU64::new(0),
        }
    }

    /// This many of so many are done.
    pub(super) fn advance(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
        let parts = done * PARTS / all.max(1);
        if self.bar.is_hidden() && self.told.swap(parts, Ordering::Relaxed) < parts {
            tell(&format!("{done} of {all} {}", self.unit));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
