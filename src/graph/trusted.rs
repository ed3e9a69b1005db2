//! Trusted documents: those that a frontend's build wrote down, sent by their
//! identifier alone. Where nothing else is to run, nobody can make up a query.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Documents by their identifiers, such as `sha256:` and the digest of the text.
#[derive(Clone, Debug, Default)]
pub struct TrustedDocuments {
    texts: HashMap<String, Arc<str>>,
    /// The names of the operations in them.
    names: HashSet<String>,
    /// The texts that may run, where no others may.
    only: Option<HashSet<Arc<str>>>,
}

impl TrustedDocuments {
    /// Reads a manifest: a JSON object with a document's text for each identifier,
    /// as builds of Relay and of GraphQL Code Generator write one. With `only`,
    /// nothing else runs.
    ///
    /// # Errors
    /// In words, if the manifest is not of that form, or no document in it.
    pub fn read(manifest: &str, only: bool) -> Result<TrustedDocuments, String> {
        let texts: HashMap<String, Arc<str>> =
            serde_json::from_str(manifest).map_err(|error| {
                format!(
                    "it is no manifest ({error}); accepted is a JSON object with a document's text for each identifier"
                )
            })?;
        let mut names = HashSet::new();
        for (id, text) in &texts {
            let document = async_graphql::parser::parse_query(text)
                .map_err(|error| format!("the document {id} can't be parsed: {error}"))?;
            let named = document.operations.iter().filter_map(|(name, _)| name);
            names.extend(named.map(ToString::to_string));
        }
        let only = only.then(|| texts.values().cloned().collect());
        Ok(TrustedDocuments { texts, names, only })
    }

    /// The names of all operations in them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The document with this identifier.
    pub(super) fn get(&self, id: &str) -> Option<Arc<str>> {
        self.texts.get(id).cloned()
    }

    /// Whether this text may run.
    pub(super) fn admits(&self, text: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_an_object_of_documents() {
        let manifest = r#"{ "sha256:1": "{ a }", "2": "query B { b }" }"#;
        let trusted = TrustedDocuments::read(manifest, true).unwrap();
        assert_eq!(trusted.get("2").as_deref(), Some("query B { b }"));
        assert_eq!(trusted.get("3"), None);
        assert!(trusted.names().eq(["B"]));
        assert!(trusted.admits("{ a }") && !trusted.admits("{ a } "));
        assert!(TrustedDocuments::default().admits("{ c }"));
        for bad in ["", "[]", r#"{ "1": 1 }"#, r#"{ "1": "{" }"#] {
            assert!(TrustedDocuments::read(bad, false).is_err(), "{bad}");
        }
    }
}
