//! What an operation may take at most. A frontend's own operations stay far
//! below; what is above is refused before it costs anything.

use std::{num::NonZero, time::Duration};

/// The limits, each with what it counts.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Limits of an operation")]
pub struct Limits {
    /// Tokens of the language in a document, and values in its arguments, each time
    /// that one is used.
    #[arg(long = "limit-tokens", env = "GRASSROOTS_LIMIT_TOKENS", value_name = "NUMBER", default_value_t = Limits::USUAL.tokens, value_parser = number)]
    pub tokens: usize,

    /// Brackets of any kind that are open at a time in a document.
    #[arg(long = "limit-brackets", env = "GRASSROOTS_LIMIT_BRACKETS", value_name = "NUMBER", default_value_t = Limits::USUAL.brackets, value_parser = number)]
    pub brackets: usize,

    /// Fields within fields.
    #[arg(long = "limit-depth", env = "GRASSROOTS_LIMIT_DEPTH", value_name = "NUMBER", default_value_t = Limits::USUAL.depth, value_parser = number)]
    pub depth: usize,

    /// Fields that are selected, each time one is, with each use of a fragment, in all
    /// operations of a document.
    #[arg(long = "limit-fields", env = "GRASSROOTS_LIMIT_FIELDS", value_name = "NUMBER", default_value_t = Limits::USUAL.fields, value_parser = number)]
    pub fields: usize,

    /// Fields that are selected under another name.
    #[arg(long = "limit-aliases", env = "GRASSROOTS_LIMIT_ALIASES", value_name = "NUMBER", default_value_t = Limits::USUAL.aliases, value_parser = number)]
    pub aliases: usize,

    /// Directives.
    #[arg(long = "limit-directives", env = "GRASSROOTS_LIMIT_DIRECTIVES", value_name = "NUMBER", default_value_t = Limits::USUAL.directives, value_parser = number)]
    pub directives: usize,

    /// Fields that are selected of the query itself.
    #[arg(long = "limit-root-fields", env = "GRASSROOTS_LIMIT_ROOT_FIELDS", value_name = "NUMBER", default_value_t = Limits::USUAL.root_fields, value_parser = number)]
    pub root_fields: usize,

    /// Counts, `totalCount`, each of which goes through all that it counts, and
    /// `simulatePolicy`, which stands for 16.
    #[arg(long = "limit-counts", env = "GRASSROOTS_LIMIT_COUNTS", value_name = "NUMBER", default_value_t = Limits::USUAL.counts, value_parser = number)]
    pub counts: usize,

    /// Values that the response could hold, by the sizes of its pages.
    #[arg(long = "limit-complexity", env = "GRASSROOTS_LIMIT_COMPLEXITY", value_name = "NUMBER", default_value_t = Limits::USUAL.complexity, value_parser = number)]
    pub complexity: usize,

    /// Items of one list in an argument or a variable.
    #[arg(long = "limit-items", env = "GRASSROOTS_LIMIT_ITEMS", value_name = "NUMBER", default_value_t = Limits::USUAL.items, value_parser = number)]
    pub items: usize,

    /// Values in all variables together.
    #[arg(long = "limit-variables", env = "GRASSROOTS_LIMIT_VARIABLES", value_name = "NUMBER", default_value_t = Limits::USUAL.variables, value_parser = number)]
    pub variables: usize,

    /// Errors that a response tells; of further ones only how many there are.
    #[arg(long = "limit-errors", env = "GRASSROOTS_LIMIT_ERRORS", value_name = "NUMBER", default_value_t = Limits::USUAL.errors, value_parser = number)]
    pub errors: usize,

    /// Seconds that it may run.
    #[arg(long = "limit-seconds", env = "GRASSROOTS_LIMIT_SECONDS", value_name = "NUMBER", default_value_t = Limits::USUAL.seconds, value_parser = number)]
    pub seconds: usize,

    /// Operations of one caller at a time, until their responses have been taken.
    #[arg(long = "limit-in-flight", env = "GRASSROOTS_LIMIT_IN_FLIGHT", value_name = "NUMBER", default_value_t = Limits::USUAL.in_flight, value_parser = number)]
    pub in_flight: usize,
}

impl Limits {
    /// The usual ones. The introspection query of GraphiQL, the largest document
    /// that a tool sends, has some 150 fields and is 15 deep.
    pub const USUAL: Limits = Limits {
        tokens: 10_000,
        brackets: 64,
        depth: 32,
        fields: 5_000,
        aliases: 500,
        directives: 200,
        root_fields: 50,
        counts: 30,
        complexity: 1_000_000,
        items: 1_000,
        variables: 5_000,
        errors: 1_000,
        seconds: 30,
        in_flight: 64,
    };

    /// How long an operation may run.
    pub fn time(&self) -> Duration {
        Duration::from_secs(self.seconds as u64)
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::USUAL
    }
}

/// More is no limit any more.
const MOST: usize = 1_000_000_000;

fn number(text: &str) -> Result<usize, String> {
    let number = text.parse::<NonZero<usize>>().ok().map(NonZero::get);
    number
        .filter(|number| *number <= MOST)
        .ok_or_else(|| format!("accepted is a whole number from 1 to {MOST}"))
}
