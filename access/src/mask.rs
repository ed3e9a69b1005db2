//! Masked values: what of a personal value is shown to whoever may know that it is
//! there, and to whom it is not shown in clear. An asterisk says that it is masked.

pub(crate) use entity::mask::Mask;

use crate::datum::{Datum, FromDatum};

/// A personal value as the caller sees it: in clear, or masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// The text, with asterisks where it is masked.
    pub text: String,
    /// Whether it is masked.
    pub is_masked: bool,
}

impl FromDatum for Personal {
    fn from_datum(datum: &Datum) -> Option<Personal> {
        let text = String::from_datum(datum)?;
        Some(Personal {
            text,
            is_masked: false,
        })
    }

    fn from_mask(masked: &str) -> Option<Personal> {
        Some(Personal {
            text: masked.to_owned(),
            is_masked: true,
        })
    }
}
