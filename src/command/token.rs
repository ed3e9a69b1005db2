//! `token`: a token for a persona, alone on standard output.

use access::{Seeding, System};
use chrono::TimeDelta;

use super::{output::print, seed::seeding, serve::open_current};
use crate::{
    config::DatabaseArguments,
    error::Error,
    seed::{PERSONAS, Persona},
};

/// Hours that a token is good for unless told otherwise.
pub(super) const USUAL_LIFETIME: u16 = 12;
const LONGEST_LIFETIME: i64 = 24 * 30;

#[derive(Debug, clap::Args)]
pub(super) struct Token {
    /// Whom the token speaks for.
    #[arg(long, value_name = "NAME")]
    persona: String,

    /// Hours until the token expires, 30 days' at most.
    #[arg(
        long,
        value_name = "HOURS",
        default_value_t = USUAL_LIFETIME,
        value_parser = clap::value_parser!(u16).range(1..=LONGEST_LIFETIME)
    )]
    lifetime: u16,

    #[command(flatten)]
    database: DatabaseArguments,
}

impl Token {
    pub(super) async fn run(self) -> Result<(), Error> {
        let persona = PERSONAS
            .iter()
            .find(|persona| persona.name == self.persona)
            .ok_or_else(|| Error::Persona {
                name: self.persona.clone(),
                known: PERSONAS.iter().map(|persona| persona.name).collect(),
            })?;
        let system = open_current(&self.database, None).await?;
        if seeding(&system).await? == Seeding::None {
            return Err(Error::NotSeeded);
        }
        let token = sign(&system, persona, self.lifetime).await?;
        print(&format!("{token}\n"))
    }
}

/// A token for a persona, good for so many hours.
pub(super) async fn sign(system: &System, persona: &Persona, hours: u16) -> Result<String, Error> {
    let token = system.sign(persona.name, TimeDelta::hours(hours.into()));
    token.await.map_err(Error::access("signing a token"))
}
