//! The root of all mutations.

use access::{AccessError, Caller, Purpose, Rows};
use async_graphql::{
    Context, Enum, ID, InputObject, InputType, Object, OutputType, SimpleObject,
    resolver_utils::EnumType,
};
use entity::person;

use super::{
    classification::Classification,
    error::{invalid, visible},
    id,
    operation::RequestId,
    person::Person,
    record::Record,
};

/// The root of all mutations.
pub(crate) struct Mutation;

/// The root of all mutations.
#[Object]
impl Mutation {
    /// Shows what identifies a person in clear to whoever sees it masked and may have it
    /// revealed. Who asked, for what and for what purpose goes into the audit trail
    /// before the answer is given.
    async fn reveal_personal_data(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of whom what is to be revealed, and what for.")]
        input: RevealPersonalDataInput,
    ) -> Option<async_graphql::Result<RevealPersonalDataPayload>> {
        Some(reveal(ctx, input).await.map_err(visible))
    }
}

impl Mutation {
    /// What each of the fields takes of a caller's rights. One that reveals is of use
    /// where something can be named that it would reveal.
    pub(super) fn classify(schema: &mut Classification) {
        let mutations = schema.parts(<Mutation as OutputType>::type_name(), |_| true);
        mutations.add("revealPersonalData", |_| true);
        let mut fields = schema.parts(<PersonalField as InputType>::type_name(), |_| true);
        for item in PersonalField::items() {
            let column = column(item.value);
            fields = fields.add(item.name, move |caller| {
                caller.reveals::<person::Entity>(column)
            });
        }
        let input = <RevealPersonalDataInput as InputType>::type_name();
        schema.whole(input, |_| true);
        schema.plain::<RevealPersonalDataPayload>();
    }
}

/// What identifies a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum PersonalField {
    /// Number of the identity document.
    IdentityNumber,
    /// Telephone number.
    Phone,
    /// Date of birth.
    BirthDate,
}

/// Of whom what is to be revealed, and what for.
#[derive(InputObject)]
pub(crate) struct RevealPersonalDataInput {
    /// Global id of the person.
    person: ID,
    /// What is to be revealed, at least one.
    fields: Vec<PersonalField>,
    /// What it is needed for, in 4 to 500 characters; auditors read it.
    purpose: String,
}

/// What was revealed.
#[derive(SimpleObject)]
pub(crate) struct RevealPersonalDataPayload {
    /// Number of the identity document; null where it is not known or not asked for.
    identity_number: Option<String>,
    /// Telephone number; null where it is not known or not asked for.
    phone: Option<String>,
    /// Date of birth, as `1985-03-21`; null where it is not known or not asked for.
    birth_date: Option<String>,
}

/// Characters of a purpose: one word at least, and no more than somebody reads.
const PURPOSE: std::ops::RangeInclusive<usize> = 4..=500;

async fn reveal(
    ctx: &Context<'_>,
    input: RevealPersonalDataInput,
) -> Result<RevealPersonalDataPayload, AccessError> {
    let key = id::key_of(Person::NAME, &input.person)?;
    let text = input.purpose.trim().to_owned();
    if !PURPOSE.contains(&text.chars().count()) || text.chars().any(char::is_control) {
        return Err(invalid(format!(
            "`purpose` must say in {} to {} characters, on one line, what the data is needed for",
            PURPOSE.start(),
            PURPOSE.end()
        )));
    }
    if input.fields.is_empty() {
        return Err(invalid("`fields` must name at least one field"));
    }
    let columns: Vec<person::Column> = input.fields.iter().map(|field| column(*field)).collect();
    let purpose = Purpose {
        text,
        request: ctx.data_opt::<RequestId>().map(|request| request.0.clone()),
    };
    let rows = Rows::<person::Entity>::of(ctx.data_unchecked::<Caller>());
    let row = rows.reveal(key, &columns, &purpose).await?;
    let shown = |field| match input.fields.contains(&field) {
        true => row.get::<String>(column(field)),
        false => Ok(None),
    };
    Ok(RevealPersonalDataPayload {
        identity_number: shown(PersonalField::IdentityNumber)?,
        phone: shown(PersonalField::Phone)?,
        birth_date: shown(PersonalField::BirthDate)?,
    })
}

fn column(field: PersonalField) -> person::Column {
    match field {
        PersonalField::IdentityNumber => person::Column::IdentityNumber,
        PersonalField::Phone => person::Column::Phone,
        PersonalField::BirthDate => person::Column::BirthDate,
    }
}
