//! The tables at the end, in Markdown.

use std::time::Duration;

use crate::{client::Measured, lookup::Lookup};

/// What the contenders did with one case, round by round.
pub(crate) struct Outcome {
    pub(crate) question: &'static str,
    pub(crate) level: &'static str,
    pub(crate) rounds: Vec<Vec<Measured>>,
}

impl Outcome {
    fn has(&self, contender: usize) -> bool {
        self.rounds.iter().all(|round| contender < round.len())
    }

    /// Median over the rounds of the contender's requests a second.
    fn per_second(&self, contender: usize) -> f64 {
        median(self.of(contender).map(|round| round.per_second))
    }

    /// Median over the rounds of the contender's latency that this share stays under.
    fn latency(&self, contender: usize, share: f64) -> f64 {
        let of = |round: &Measured| milliseconds(quantile(&round.latencies, share));
        median(self.of(contender).map(of))
    }

    /// Median over the rounds of the first contender's requests to another's.
    fn ratio(&self, other: usize) -> f64 {
        let of = |round: &Vec<Measured>| round[0].per_second / round[other].per_second;
        median(self.rounds.iter().map(of))
    }

    fn of(&self, contender: usize) -> impl Iterator<Item = &Measured> {
        self.rounds.iter().map(move |round| &round[contender])
    }
}

/// Prints how the first contender does beside the others.
pub(crate) fn compared(names: &[&str], outcomes: &[Outcome]) {
    let own = names[0];
    print!("\n| | tenant | {own} /s | median ms | p99 ms |");
    for name in &names[1..] {
        print!(" {name} /s | median ms | ratio |");
    }
    println!(
        "\n|---|---|--:|--:|--:|{}",
        "--:|--:|--:|".repeat(names.len() - 1)
    );
    for outcome in outcomes {
        print!(
            "| {} | {} | {:.0} | {:.2} | {:.2} |",
            outcome.question,
            outcome.level,
            outcome.per_second(0),
            outcome.latency(0, 0.5),
            outcome.latency(0, 0.99)
        );
        for other in 1..names.len() {
            if !outcome.has(other) {
                print!(" | | |");
                continue;
            }
            print!(
                " {:.0} | {:.2} | {:.2} |",
                outcome.per_second(other),
                outcome.latency(other, 0.5),
                outcome.ratio(other)
            );
        }
        println!();
    }
}

/// Prints the latencies of contenders that hold more and more data, and how those of
/// the last stand to those of the first.
pub(crate) fn grown(scales: &[&str], outcomes: &[Outcome]) {
    print!("\n| | tenant |");
    for scale in scales {
        print!(" {scale}: median ms |");
    }
    println!(" growth |\n|---|---|{}--:|", "--:|".repeat(scales.len()));
    for outcome in outcomes {
        print!("| {} | {} |", outcome.question, outcome.level);
        for scale in 0..scales.len() {
            print!(" {:.2} |", outcome.latency(scale, 0.5));
        }
        let last = scales.len() - 1;
        let of = |round: &Vec<Measured>| {
            let median = |place: usize| milliseconds(quantile(&round[place].latencies, 0.5));
            median(last) / median(0)
        };
        println!(" {:.2} |", median(outcome.rounds.iter().map(of)));
    }
}

/// Prints how long lookups take, and how many times as long as the first sort.
pub(crate) fn looked_up(lookups: &[Lookup]) {
    println!("\n| | median µs | p99 µs | ratio |\n|---|--:|--:|--:|");
    let mut first = None;
    for lookup in lookups {
        let mut latencies = lookup.latencies.clone();
        latencies.sort_unstable();
        let microseconds = |share| milliseconds(quantile(&latencies, share)) * 1000.0;
        let median = microseconds(0.5);
        println!(
            "| {} | {median:.1} | {:.1} | {:.3} |",
            lookup.name,
            microseconds(0.99),
            median / *first.get_or_insert(median)
        );
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
