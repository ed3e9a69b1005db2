//! `audit`: whether the audit trail is as it was written, and how long it is kept.

use access::{System, Verdict};
use chrono::{TimeDelta, Utc};

use super::{output::print, progress::Progress, serve::open_current};
use crate::{
    config::DatabaseArguments,
    error::{Error, Setting},
    keys::KeyArguments,
};

#[derive(Debug, clap::Args)]
pub(super) struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Look for events that were changed, taken away or moved: exits with 0 if there are
    /// none, else 1.
    Verify(Verify),
    /// Delete events that are older than they must be kept.
    Prune(Prune),
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// A head that was printed before, NUMBER:SEAL: the trail must go through it.
    #[arg(long, env = HEAD.variable, value_name = "NUMBER:SEAL")]
    head: Option<String>,

    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    keys: KeyArguments,
}

#[derive(Debug, clap::Args)]
struct Prune {
    /// Days that events are kept: half a year at least.
    #[arg(long, env = DAYS.variable, value_name = "DAYS")]
    audit_days: i64,

    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    keys: KeyArguments,
}

const DAYS: Setting = Setting {
    flag: "audit-days",
    variable: "GRASSROOTS_AUDIT_DAYS",
};
const HEAD: Setting = Setting {
    flag: "head",
    variable: "GRASSROOTS_AUDIT_HEAD",
};

/// 网络安全法, the Cybersecurity Law, has logs kept for six months at least.
const FEWEST_DAYS: i64 = 184;
const MOST_DAYS: i64 = 36_500;

impl Audit {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self.command {
            Command::Verify(verify) => verify.run().await,
            Command::Prune(prune) => prune.run().await,
        }
    }
}

impl Verify {
    async fn run(self) -> Result<(), Error> {
        let head = self.head.as_deref().map(known).transpose()?;
        let system = open(&self.database, &self.keys).await?;
        let progress = Progress::of("verifying", "events");
        let verdict = system
            .verify_audit(head, &|done, all| progress.advance(done, all))
            .await
            .map_err(Error::access("verifying the audit trail"))?;
        drop(progress);
        print(&told(&verdict))?;
        match verdict.faults.len() {
            0 => Ok(()),
            faults => Err(Error::Audit { faults }),
        }
    }
}

impl Prune {
    async fn run(self) -> Result<(), Error> {
        let days = self.audit_days;
        if !(FEWEST_DAYS..=MOST_DAYS).contains(&days) {
            return Err(DAYS.refuses(format!(
                "{days} is not from {FEWEST_DAYS} to {MOST_DAYS} days: events are kept for half a year at least"
            )));
        }
        let system = open(&self.database, &self.keys).await?;
        let progress = Progress::of("verifying", "events");
        let deleted = system
            .prune_audit(Utc::now() - TimeDelta::days(days), &|done, all| {
                progress.advance(done, all);
            })
            .await
            .map_err(Error::access("pruning the audit trail"))?;
        drop(progress);
        print(&format!(
            "{deleted} events older than {days} days are deleted; an anchor tells where the trail goes on\n"
        ))
    }
}

async fn open(database: &DatabaseArguments, keys: &KeyArguments) -> Result<System, Error> {
    let system = open_current(database, None).await?;
    keys.unlock(&system, database).await?;
    Ok(system)
}

/// The number and the seal of a head.
fn known(head: &str) -> Result<(i64, &str), Error> {
    let parts = head.split_once(':');
    let parts = parts.and_then(|(number, seal)| Some((number.parse().ok()?, seal)));
    parts.ok_or_else(|| HEAD.refuses(format!("{head:?} is not NUMBER:SEAL, as it was printed")))
}

fn told(verdict: &Verdict) -> String {
    let mut text = String::new();
    for fault in &verdict.faults {
        text += &format!("{fault}\n");
    }
    let Verdict {
        sealed, waiting, ..
    } = verdict;
    text += &format!("{sealed} events are as they were sealed, {waiting} wait for their seals\n");
    if let Some((number, seal)) = &verdict.head {
        text += &format!("head {number}:{seal}\n");
    }
    text
}
