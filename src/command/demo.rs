//! `demo`: everything to try the API on this machine, from nothing.

use std::{fmt::Write, net::SocketAddr};

use access::System;

use super::{
    migrate::bring_up_to_date,
    output::print,
    seed::{fill, is_seeded},
    serve::{ServiceArguments, open_current, serve},
    token::{USUAL_LIFETIME, sign},
};
use crate::{
    config::{DatabaseArguments, ListenArguments},
    error::Error,
    seed::PERSONAS,
    telemetry::TraceArguments,
};

/// The persona whose token the example carries.
const EXAMPLE: &str = "donggang-steward";

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    #[command(flatten)]
    listen: ListenArguments,
    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    service: ServiceArguments,
}

impl Demo {
    pub(super) fn traces(&self) -> &TraceArguments {
        self.service.traces()
    }

    pub(super) async fn run(self) -> Result<(), Error> {
        // First, so that a taken port is known before data is loaded.
        let listener = self.listen.bind_loopback().await?;
        // Loading takes as long as it takes; callers' statements do not.
        let system = self.database.open(None).await?;
        bring_up_to_date(&system).await?;
        if !is_seeded(&system).await? {
            fill(&system).await?;
        }
        drop(system);
        let system = open_current(&self.database, self.service.statement_limit()).await?;
        let address = listener.local_addr().map_err(Error::io("listening"))?;
        print(&invitation(&system, address).await?)?;
        serve(system, listener, self.service).await
    }
}

/// How to call the API, and as whom.
async fn invitation(system: &System, address: SocketAddr) -> Result<String, Error> {
    let url = format!("http://{address}/graphql");
    let mut example = String::new();
    let mut personas = String::new();
    for persona in PERSONAS {
        let token = sign(system, persona, USUAL_LIFETIME).await?;
        // Writing to a string can't fail.
        let _ = write!(
            personas,
            "\n{}: {}\n{token}\n",
            persona.name, persona.description
        );
        if persona.name == EXAMPLE {
            example = curl(&url, &token);
        }
    }
    Ok(format!(
        "Grassroots answers at {url}\n\n\
         A token for each persona, good for {USUAL_LIFETIME} hours; \
         `grassroots token --persona NAME` prints another.\n\
         {personas}\n\
         An example, as {EXAMPLE}:\n{example}\n\n\
         Ctrl-C stops it.\n"
    ))
}

fn curl(url: &str, token: &str) -> String {
    format!(
        "curl {url} \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -H 'Authorization: Bearer {token}' \\\n  \
         -d '{{\"query\":\"{{ viewer {{ name }} }}\"}}'"
    )
}
