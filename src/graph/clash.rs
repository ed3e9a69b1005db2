//! clashes: the type, its filter and its orders.

use super::{
    person::{Person, PersonFilter},
    record::{filter, order, record},
    transfer::{Transfer, TransferFilter},
};

record! {
    /// A person who is known already under the identity number of a request to hire.
    Clash(clash, ClashFilter, ClashOrder) {
        one {
            /// The request.
            transfer: Transfer = TransferId;
            /// The person.
            person: Person = PersonId;
        }
    }
}

filter! {
    /// Conditions on clashes.
    ClashFilter for Clash(clash) {
        one {
            /// The request.
            transfer: TransferFilter = TransferId;
            /// The person.
            person: PersonFilter = PersonId;
        }
    }
}

order! {
    /// Orders of lists of clashes.
    ClashOrder for clash {
    }
}
