//! The table at the end.

use std::time::Duration;

use crate::client::Measured;

/// What each contender did in each round.
pub(crate) struct Report {
    contenders: Vec<(&'static str, Vec<Measured>)>,
}

impl Report {
    pub(crate) fn new(names: impl Iterator<Item = &'static str>) -> Report {
        Report {
            contenders: names.map(|name| (name, Vec::new())).collect(),
        }
    }

    pub(crate) fn add(&mut self, contender: usize, measured: Measured) {
        self.contenders[contender].1.push(measured);
    }

    /// Prints medians over the rounds, and the first contender's ratio to each
    /// other, taken round by round.
    pub(crate) fn print(&self) {
        println!(
            "\n{:<12}{:>14}{:>12}{:>12}",
            "", "requests /s", "median", "p99"
        );
        for (name, rounds) in &self.contenders {
            let per_second = median(rounds.iter().map(|round| round.per_second));
            let at = |share: f64| {
                let of = |round: &Measured| milliseconds(quantile(&round.latencies, share));
                median(rounds.iter().map(of))
            };
            println!(
                "{name:<12}{per_second:>14.0}{:>9.2} ms{:>9.2} ms",
                at(0.5),
                at(0.99)
            );
        }
        let (own, own_rounds) = &self.contenders[0];
        for (name, rounds) in &self.contenders[1..] {
            let ratios = own_rounds.iter().zip(rounds);
            let ratios = ratios.map(|(own, other)| own.per_second / other.per_second);
            println!("ratio {own} / {name}: {:.2}", median(ratios));
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn quantile(sorted: &[Duration], share: f64) -> Duration {
    let place = (sorted.len() as f64 * share) as usize;
    sorted[place.min(sorted.len() - 1)]
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
