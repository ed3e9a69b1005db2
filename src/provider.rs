//! Which identity provider's tokens are taken.

use std::time::Duration;

use access::{AUDIENCE, Access, AccessError, KeySource, ProviderSettings, System, TOKEN_TYPE};

use crate::error::{Error, Setting};

const KEYS: Setting = Setting {
    flag: "jwks",
    variable: "GRASSROOTS_JWKS",
};

/// Whose tokens are taken beside those that the database signs.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Identity provider")]
pub struct ProviderArguments {
    /// The issuer (iss) of the identity provider's tokens. A user is known by issuer
    /// and subject (sub).
    #[arg(
        long,
        env = "GRASSROOTS_ISSUER",
        value_name = "ISSUER",
        requires = "jwks"
    )]
    issuer: Option<String>,

    /// Where the provider's JSON Web Key Set is: an address, https:// or http:// on this
    /// machine, or a file. Keys for RS256, ES256 and EdDSA are used.
    #[arg(long, env = KEYS.variable, value_name = "SOURCE", requires = "issuer")]
    jwks: Option<String>,

    /// The audience (aud) that the provider's tokens must name.
    #[arg(long, env = "GRASSROOTS_AUDIENCE", value_name = "AUDIENCE", default_value = AUDIENCE)]
    audience: String,

    /// The type (typ) that the provider's tokens must name; JWT for a provider that does
    /// not keep to RFC 9068.
    #[arg(long, env = "GRASSROOTS_TOKEN_TYPE", value_name = "TYPE", default_value = TOKEN_TYPE)]
    token_type: String,

    /// Seconds after which the key set is read again: how long a key that the provider
    /// took back may still be good.
    #[arg(
        long,
        env = "GRASSROOTS_JWKS_REFRESH",
        value_name = "SECONDS",
        default_value_t = 60,
        value_parser = clap::value_parser!(u32).range(1..=86_400)
    )]
    jwks_refresh: u32,

    /// Hours for which the last good key set stands where none can be read.
    #[arg(
        long,
        env = "GRASSROOTS_JWKS_KEEP",
        value_name = "HOURS",
        default_value_t = 24,
        value_parser = clap::value_parser!(u32).range(1..=720)
    )]
    jwks_keep: u32,
}

impl ProviderArguments {
    /// Opens the door for callers with the tokens that are taken.
    ///
    /// # Errors
    /// If the provider's keys are nowhere that they could be read safely, a file holds
    /// none, or the database fails.
    pub async fn open(&self, system: &System) -> Result<Access, Error> {
        let access = match self.settings()? {
            Some(provider) => system.access_trusting(provider).await,
            None => system.access().await,
        };
        access.map_err(|cause| match cause {
            AccessError::InvalidInput(problem) => KEYS.refuses(problem),
            cause => Error::access("reading the keys of tokens")(cause),
        })
    }

    fn settings(&self) -> Result<Option<ProviderSettings>, Error> {
        let (Some(issuer), Some(jwks)) = (&self.issuer, &self.jwks) else {
            return Ok(None);
        };
        let keys: Result<KeySource, String> = jwks.parse();
        Ok(Some(ProviderSettings {
            issuer: issuer.clone(),
            audience: self.audience.clone(),
            token_type: self.token_type.clone(),
            keys: keys.map_err(|problem| KEYS.refuses(problem))?,
            refresh: Duration::from_secs(self.jwks_refresh.into()),
            keep: Duration::from_secs(60 * 60 * u64::from(self.jwks_keep)),
        }))
    }
}
