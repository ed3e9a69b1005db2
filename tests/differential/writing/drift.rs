//! The forms are the whole schema's: a mutation that they don't know would never be tried.

use std::collections::BTreeSet;

use grassroots_tests::Schema;

use super::form::{FORMS, Takes};
use crate::oracle::Action;

/// Mutations that change no record of the forms.
const OTHERS: [&str; 12] = [
    "revealPersonalData",
    "requestHire",
    "requestTransfer",
    "acceptTransfer",
    "declineTransfer",
    "createUser",
    "disableUser",
    "enableUser",
    "grantRole",
    "revokeRole",
    "addPolicyRule",
    "removePolicyRule",
];

#[test]
fn the_forms_know_all_that_is_written() {
    let schema = Schema::read();
    let mut mutations = BTreeSet::from(OTHERS.map(str::to_owned));
    for form in FORMS.iter() {
        for action in Action::ALL {
            if action != Action::Create || form.is_made {
                mutations.insert(form.mutation(action));
            }
        }
        assert!(!form.fields.is_empty(), "{}", form.kind.name());
        for field in form.fields {
            if let Takes::Term(terms) = field.takes {
                assert!(!terms.is_empty(), "{}", field.column);
            }
        }
    }
    let fields = schema.fields("Mutation").iter();
    let known: BTreeSet<String> = fields.map(|field| field.name.clone()).collect();
    assert_eq!(known, mutations);
}
