//! What users write of each kind of records: the fields of the inputs, in the order in which
//! they are looked at.

use std::sync::LazyLock;

use access::Kind;
use grassroots_tests::Schema;

use crate::{
    catalogue::{self, camel},
    oracle::Action,
    world::is_changed,
};

pub(super) struct Form {
    pub(super) kind: Kind,
    /// Whether users make such records.
    pub(super) is_made: bool,
    pub(super) fields: &'static [Field],
}

#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) column: &'static str,
    pub(super) takes: Takes,
    pub(super) when: When,
}

#[derive(Clone, Copy)]
pub(super) enum Takes {
    Text,
    Number,
    Day,
    Flag,
    /// The terms of a vocabulary.
    Term(&'static [String]),
    /// A record of a kind.
    Link(Kind),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Given for each record that is made, and never emptied.
    Needed,
    /// May be left out when a record is made, and is never emptied.
    Later,
    Optional,
    /// Given when a record is made, and not changed afterwards.
    Fixed,
    /// The same, where it may be left out.
    FixedOptional,
}

/// What may be absent of a record, and is not emptied once it is there.
const KEPT: [(Kind, &str); 1] = [(Kind::Employment, "ended_on")];

pub(super) static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let schema = Schema::read();
    let written = Kind::ALL.iter().filter(|kind| is_changed(**kind));
    written.map(|kind| read(&schema, *kind)).collect()
});

fn read(schema: &Schema, kind: Kind) -> Form {
    let name = catalogue::of(kind).name;
    let [made, changed] =
        ["Create", "Update"].map(|action| schema.fields(&format!("{action}{name}Input")));
    let fields = if made.is_empty() { changed } else { made };
    let own = ["id", "version"];
    let fields = fields
        .iter()
        .filter(|field| !own.contains(&field.name.as_str()));
    let fields = fields.map(|field| {
        let one = catalogue::of(kind)
            .ones
            .iter()
            .find(|one| one.field == field.name);
        let mut columns = kind.table().columns.iter();
        let column = columns.find(|column| match one {
            Some(one) => column.name == one.column,
            None => camel(column.name) == field.name,
        });
        let column = column.expect("a column that the field is called after");
        let is_kept = KEPT.contains(&(kind, column.name));
        let is_fixed = changed.iter().all(|other| other.name != field.name);
        Field {
            column: column.name,
            takes: match (field.of.as_str(), one) {
                (_, Some(one)) => Takes::Link(one.kind),
                ("String", _) => Takes::Text,
                ("Int", _) => Takes::Number,
                ("NaiveDate", _) => Takes::Day,
                ("Boolean", _) => Takes::Flag,
                (term, _) => Takes::Term(schema.values(term).to_vec().leak()),
            },
            when: match (is_fixed, field.needed) {
                (false, true) => When::Needed,
                (false, false) if is_kept => When::Later,
                (false, false) => When::Optional,
                (true, true) => When::Fixed,
                (true, false) => When::FixedOptional,
            },
        }
    });
    Form {
        kind,
        is_made: !made.is_empty(),
        fields: fields.collect::<Vec<_>>().leak(),
    }
}

/// The form of a kind that users write.
pub(super) fn of(kind: Kind) -> &'static Form {
    let form = FORMS.iter().find(|form| form.kind == kind);
    form.expect("a kind that users write")
}

impl Form {
    /// The fields of the input for this action.
    pub(super) fn of(&self, action: Action) -> impl Iterator<Item = &'static Field> {
        let is_taken = move |field: &&Field| match action {
            Action::Create => true,
            Action::Update => matches!(field.when, When::Needed | When::Later | When::Optional),
            Action::Deactivate => false,
        };
        self.fields.iter().filter(is_taken)
    }

    /// The name of the mutation.
    pub(super) fn mutation(&self, action: Action) -> String {
        format!("{}{}", action.name(), catalogue::of(self.kind).name)
    }

    /// The field of the answer that shows the record.
    pub(super) fn shown(&self) -> String {
        let name = catalogue::of(self.kind).name;
        name[..1].to_lowercase() + &name[1..]
    }
}

impl Field {
    /// Its name in inputs, for records of the kind.
    pub(super) fn name(&self, kind: Kind) -> String {
        let mut ones = catalogue::of(kind).ones.iter();
        match ones.find(|one| one.column == self.column) {
            Some(one) => one.field.to_owned(),
            None => camel(self.column),
        }
    }
}
