//! `demo`: everything to try the API on this machine, from nothing.

use std::{fmt::Write, net::SocketAddr};

use access::{Seeding, System};

use super::{
    migrate::bring_up_to_date,
    output::print,
    seed::{fill, seeding},
    serve::{ServiceArguments, open_current, serve},
    token::{USUAL_LIFETIME, sign},
};
use crate::{
    config::{DatabaseArguments, ListenArguments},
    error::Error,
    http::{Page, Persona},
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
        self.service.unlock(&system, &self.database).await?;
        if seeding(&system).await? == Seeding::None {
            fill(&system).await?;
        }
        drop(system);
        let system = open_current(&self.database, self.service.statement_limit()).await?;
        self.service.unlock(&system, &self.database).await?;
        let address = listener.local_addr().map_err(Error::io("listening"))?;
        let page = Page {
            personas: personas(&system).await?,
        };
        print(&invitation(
            &page.personas,
            address,
            self.service.has_page(),
        ))?;
        serve(system, listener, self.service, page).await
    }
}

/// Every persona with a token.
async fn personas(system: &System) -> Result<Vec<Persona>, Error> {
    let mut personas = Vec::new();
    for persona in PERSONAS {
        personas.push(Persona {
            name: persona.name,
            description: persona.description,
            token: sign(system, persona.name, USUAL_LIFETIME).await?,
        });
    }
    Ok(personas)
}

/// How to call the API, and as whom.
fn invitation(personas: &[Persona], address: SocketAddr, has_page: bool) -> String {
    let url = format!("http://{address}/graphql");
    let page = match has_page {
        true => format!("; in a browser, try it at http://{address}/"),
        false => String::new(),
    };
    let mut example = String::new();
    let mut tokens = String::new();
    for persona in personas {
        // Writing to a string can't fail.
        let _ = write!(
            tokens,
            "\n{}: {}\n{}\n",
            persona.name, persona.description, persona.token
        );
        if persona.name == EXAMPLE {
            example = curl(&url, &persona.token);
        }
    }
    format!(
        "Grassroots answers at {url}{page}\n\n\
         A token for each persona, good for {USUAL_LIFETIME} hours; \
         `grassroots token --persona NAME` prints another.\n\
         {tokens}\n\
         An example, as {EXAMPLE}:\n{example}\n\n\
         Ctrl-C stops it.\n"
    )
}

fn curl(url: &str, token: &str) -> String {
    format!(
        "curl {url} \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -H 'Authorization: Bearer {token}' \\\n  \
         -d '{{\"query\":\"{{ viewer {{ name }} }}\"}}'"
    )
}
