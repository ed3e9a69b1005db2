//! The log, on standard error.

use std::io::{self, IsTerminal};

use tracing::{Level, Metadata, level_filters::LevelFilter};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt, filter_fn},
    fmt,
};

use crate::error::{Error, Setting};

const LEVEL: Setting = Setting {
    flag: "log",
    variable: "GRASSROOTS_LOG",
};
const FORMAT: Setting = Setting {
    flag: "log-format",
    variable: "GRASSROOTS_LOG_FORMAT",
};

/// How to log.
#[derive(Clone, Debug, clap::Args)]
pub struct LogArguments {
    /// What to log: off, error, warn, info, debug or trace; TARGET=LEVEL,… for parts.
    #[arg(long, env = LEVEL.variable, global = true, value_name = "FILTER", default_value = "info")]
    pub log: String,

    /// How to write a line of the log: text or json.
    #[arg(long, env = FORMAT.variable, global = true, value_name = "FORMAT", default_value = "text")]
    pub log_format: String,
}

impl LogArguments {
    /// What writes the log.
    pub(super) fn layer(&self) -> Result<Box<dyn Layer<Registry> + Send + Sync>, Error> {
        let filter = filter(&self.log)?;
        // A log that nobody reads any more must not stop the program.
        let lines = fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .log_internal_errors(false);
        let lines = match self.log_format.as_str() {
            "text" => lines.boxed(),
            "json" => lines
                .json()
                .flatten_event(true)
                .with_span_list(false)
                .boxed(),
            other => {
                return Err(FORMAT.refuses(format!(
                    "{other:?} is not a format; accepted are text and json"
                )));
            }
        };
        // Without the hint, what is below the filter's level would be looked at too.
        let news = filter_fn(is_news).with_max_level_hint(LevelFilter::TRACE);
        Ok(lines.with_filter(filter.and(news)).boxed())
    }
}

/// PostgreSQL's notices are none: every look at the migrations gives one. Neither
/// is what is meant for traces.
fn is_news(line: &Metadata<'_>) -> bool {
    match line.target() {
        access::SPANS => false,
        access::NOTICES => *line.level() <= Level::WARN,
        _ => true,
    }
}

fn filter(given: &str) -> Result<EnvFilter, Error> {
    let refused = |problem: String| {
        LEVEL.refuses(format!(
            "{problem}; accepted are off, error, warn, info, debug and trace, and TARGET=LEVEL,… for parts"
        ))
    };
    // A mistyped level would be taken for a target, and silence all others.
    let mut words = given.split(',').map(str::trim);
    let mistyped = words.find(|word| {
        !word.contains(['=', '[']) && (word.is_empty() || word.parse::<LevelFilter>().is_err())
    });
    if let Some(word) = mistyped {
        return Err(refused(format!("{word:?} is not a level")));
    }
    let filter = EnvFilter::builder().parse(given);
    filter.map_err(|error| refused(format!("{given:?} is not a filter ({error})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_level_and_levels_of_parts() {
        for good in ["info", "OFF", "warn,grassroots=debug", "grassroots=trace"] {
            assert!(filter(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_is_no_filter_names_the_setting() {
        for bad in ["", "verbose", "info,", "grassroots=loud", "info,,debug"] {
            let problem = filter(bad).unwrap_err().to_string();
            assert!(
                problem.starts_with("--log or GRASSROOTS_LOG: ") && problem.contains("accepted"),
                "{problem}"
            );
        }
    }
}
