//! `token`: a token for an account, alone on standard output.

use access::{Seeding, System};
use chrono::TimeDelta;

use super::{output::print, seed::seeding, serve::open_current};
use crate::{config::DatabaseArguments, error::Error, seed::PERSONAS};

/// Hours that a token is good for unless told otherwise.
pub(super) const USUAL_LIFETIME: u16 = 12;
const LONGEST_LIFETIME: i64 = 24 * 30;

/// Whom the token speaks for.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Holder {
    /// A persona of the demonstration.
    #[arg(long, value_name = "NAME")]
    persona: Option<String>,

    /// An account of this database's own issuer, by its subject.
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Token {
    #[command(flatten)]
    holder: Holder,

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
        let subject = self.holder.subject()?;
        let system = open_current(&self.database, None).await?;
        if seeding(&system).await? == Seeding::None {
            return Err(Error::NotSeeded);
        }
        let known = system.has_account(subject).await;
        if !known.map_err(Error::access("reading the accounts"))? {
            let subject = subject.to_owned();
            return Err(Error::NoAccount { subject });
        }
        let token = sign(&system, subject, self.lifetime).await?;
        print(&format!("{token}\n"))
    }
}

impl Holder {
    fn subject(&self) -> Result<&str, Error> {
        if let Some(subject) = &self.subject {
            return Ok(subject);
        }
        let name = self.persona.as_deref().unwrap_or_default();
        let known = || PERSONAS.iter().map(|persona| persona.name);
        known()
            .find(|known| *known == name)
            .ok_or_else(|| Error::Persona {
                name: name.to_owned(),
                known: known().collect(),
            })
    }
}

/// A token for a subject, good for so many hours.
pub(super) async fn sign(system: &System, subject: &str, hours: u16) -> Result<String, Error> {
    let token = system.sign(subject, TimeDelta::hours(hours.into()));
    token.await.map_err(Error::access("signing a token"))
}
