//! Values that the database holds sealed.

use std::fmt;

use sea_orm::DeriveValueType;

/// A personal value: a text on its way into the database, and sealed in it.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Sealed(pub Vec<u8>);

impl From<String> for Sealed {
    fn from(text: String) -> Sealed {
        Sealed(text.into_bytes())
    }
}

/// Without the value: what is printed ends in logs.
impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealed")
    }
}
