//! An identity provider: whose tokens are taken, and its keys as they change.

use std::{
    sync::{Arc, PoisonError, RwLock, Weak},
    time::{Duration, Instant},
};

use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{
    LOCAL_ISSUER,
    header::Header,
    jwks::Keys,
    key::{Claims, Terms},
    source::{KeySource, Reader},
};
use crate::error::AccessError;

/// By how many seconds the provider's clock may be ahead. A token's end is kept to
/// the second all the same.
const AHEAD: u64 = 10;
/// Between the beginnings of two readings at least, whoever asks for them.
const PAUSE: Duration = Duration::from_secs(1);

/// Whose tokens are taken beside the local issuer's.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// The issuer (`iss`) that its tokens name.
    pub issuer: String,
    /// The audience (`aud`) that they must name.
    pub audience: String,
    /// The type (`typ`) that they must name.
    pub token_type: String,
    /// Where its keys are.
    pub keys: KeySource,
    /// How often the keys are read again, and so how long a key that was taken back
    /// may still be good.
    pub refresh: Duration,
    /// How long the last good keys stand where no keys can be read.
    pub keep: Duration,
}

/// A provider with its keys at hand.
pub(crate) struct Provider {
    settings: ProviderSettings,
    reader: Reader,
    held: RwLock<Option<Held>>,
    /// Since when somebody has waited for a reading.
    wanted: watch::Sender<Instant>,
    /// When the last reading that has ended began.
    ended: watch::Receiver<Instant>,
}

/// The last good set.
#[derive(Clone)]
struct Held {
    keys: Arc<Keys>,
    /// What it was read from: other text, other keys.
    json: Arc<[u8]>,
    /// How many sets came before it.
    generation: u64,
    /// When it was last seen to be what is published.
    confirmed: Instant,
}

impl Provider {
    /// Reads the keys and goes on to do so. An address that does not answer is tried
    /// again; until it does, none of the provider's tokens are good.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the issuer is none, or a file holds no keys.
    pub(crate) async fn connect(settings: ProviderSettings) -> Result<Arc<Provider>, AccessError> {
        if settings.issuer.is_empty() || settings.issuer == LOCAL_ISSUER {
            return Err(AccessError::InvalidInput(format!(
                "the issuer is the identity provider's own: neither empty nor {LOCAL_ISSUER}"
            )));
        }
        let begun = Instant::now();
        let (wanted, wishes) = watch::channel(begun);
        let (readings, ended) = watch::channel(begun);
        let provider = Arc::new(Provider {
            reader: Reader::new(&settings.keys)?,
            settings,
            held: RwLock::default(),
            wanted,
            ended,
        });
        let works = match provider.read().await {
            Ok(()) => true,
            Err(problem) => {
                let source = &provider.settings.keys;
                let problem = format!("the keys can't be had from {source}: {problem}");
                if let KeySource::File(_) = source {
                    return Err(AccessError::InvalidInput(problem));
                }
                tracing::warn!(problem, "the identity provider's tokens are not taken yet");
                false
            }
        };
        tokio::spawn(keep_up(Arc::downgrade(&provider), wishes, readings, works));
        Ok(provider)
    }

    pub(super) fn token_type(&self) -> &str {
        &self.settings.token_type
    }

    /// Which set of keys is in force, if one is.
    pub(super) fn generation(&self) -> Option<u64> {
        self.held().map(|held| held.generation)
    }

    /// What the token says, if one of the keys signed it, and which set that key is of.
    pub(super) async fn open(
        &self,
        token: &str,
        header: &Header,
    ) -> Result<(Claims, u64), AccessError> {
        let name = header
            .key()
            .ok_or(AccessError::Unauthenticated("the token names no key"))?;
        let mut held = self.held();
        if !held.as_ref().is_some_and(|held| held.keys.has(name)) {
            self.read_after(Instant::now()).await;
            held = self.held();
        }
        let held = held.ok_or(AccessError::Unauthenticated(
            "the keys of the token's issuer can't be had at the moment",
        ))?;
        let key = held.keys.get(name).ok_or(AccessError::Unauthenticated(
            "the token's key is none of its issuer's",
        ))?;
        Ok((key.open(token)?, held.generation))
    }

    /// The last good set, unless it is too old.
    fn held(&self) -> Option<Held> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_ref()?;
        (held.confirmed.elapsed() < self.settings.keep).then(|| held.clone())
    }

    /// Returns when a reading has ended that began after this instant: what was
    /// published by then is at hand. All who wait share one reading, which nobody who
    /// goes away cuts off, and made-up names of keys do not make it a flood.
    async fn read_after(&self, asked: Instant) {
        self.wanted.send_if_modified(|since| {
            let later = asked > *since;
            if later {
                *since = asked;
            }
            later
        });
        // An error says that nobody reads any more: then nothing is to be waited for.
        let _ = self.ended.clone().wait_for(|begun| *begun > asked).await;
    }

    async fn read(&self) -> Result<(), String> {
        let json = self.reader.read().await?;
        let known = self
            .held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let confirmed = Instant::now();
        let held = match known {
            Some(known) if *known.json == *json => Held { confirmed, ..known },
            known => {
                let terms = Terms {
                    issuer: &self.settings.issuer,
                    audience: &self.settings.audience,
                    needs_beginning: false,
                    ahead: AHEAD,
                };
                let keys = Keys::read(&json, &terms)?;
                tracing::info!(keys = keys.count(), "the identity provider's keys are read");
                Held {
                    keys: Arc::new(keys),
                    json: json.into(),
                    generation: known.map_or(0, |known| known.generation + 1),
                    confirmed,
                }
            }
        };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(())
    }
}

/// Reads the keys again whenever their time has come or somebody waits for it, for as
/// long as the provider is needed.
async fn keep_up(
    provider: Weak<Provider>,
    mut wishes: watch::Receiver<Instant>,
    readings: watch::Sender<Instant>,
    mut works: bool,
) {
    while let Some(refresh) = provider.upgrade().map(|known| known.settings.refresh) {
        let last = *readings.borrow();
        sleep(PAUSE.saturating_sub(last.elapsed())).await;
        let rest = refresh.saturating_sub(last.elapsed());
        // Either its time has come, or it is wished for, or nobody is left to wish.
        let _ = timeout(rest, wishes.wait_for(|asked| *asked > last)).await;
        let Some(provider) = provider.upgrade() else {
            break;
        };
        let begun = Instant::now();
        let read = provider.read().await;
        readings.send_replace(begun);
        match &read {
            // Once, and not at each of many attempts.
            Err(problem) if works => tracing::warn!(
                problem,
                "the identity provider's keys can't be read; the last good ones stand"
            ),
            Ok(()) if !works => tracing::info!("the identity provider's keys can be read"),
            _ => {}
        }
        works = read.is_ok();
    }
}
