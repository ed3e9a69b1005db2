//! Which parts of the schema a caller has a use for: every type, field, condition and
//! order, with what it takes of the caller's rights. No right depends on it.

use std::{collections::HashMap, marker::PhantomData};

use access::{Capabilities, Changeable};
use async_graphql::{InputType, OutputType, TypeName, resolver_utils::EnumType};

use super::{
    condition::{IdFilter, Related},
    connection::{Connection, Edge, PageInfo},
    enrollment::Participant,
    mutation::{self, MUTATION},
    name::camel,
    node,
    query::Query,
    readable,
    record::{Column, Conditions, Record},
    value::ValueFilter,
    viewer::Viewer,
};

/// The parts of the schema that are known. Others are shown to nobody.
#[derive(Default)]
pub(crate) struct Classification {
    types: HashMap<String, Test>,
    /// By their types; none of a type that is used as a whole.
    parts: HashMap<String, HashMap<String, Test>>,
}

/// Says whether a caller has a use for a part.
type Test = Box<dyn Fn(&Capabilities) -> bool + Send + Sync>;

impl Classification {
    /// That of the whole schema.
    pub(super) fn of_schema() -> Classification {
        let mut classification = Classification::default();
        node::classify(&mut classification);
        Query::classify(&mut classification);
        mutation::classify(&mut classification);
        Participant::classify(&mut classification);
        readable::classify(&mut classification);
        classification.plain::<Viewer>();
        classification.plain::<PageInfo>();
        classification.whole(<IdFilter as InputType>::type_name(), |_| true);
        classification
    }

    /// Whether the caller has a use for the type, if it is known.
    pub(super) fn of_type(&self, type_: &str, caller: &Capabilities) -> Option<bool> {
        self.types.get(type_).map(|used| used(caller))
    }

    /// Whether the caller has a use for this part of a type that is used, if it is known.
    pub(super) fn of_part(&self, type_: &str, part: &str, caller: &Capabilities) -> Option<bool> {
        match self.parts.get(type_) {
            Some(parts) => parts.get(part).map(|used| used(caller)),
            None => self.types.get(type_).map(|_| true),
        }
    }

    /// A type that nothing is asked for: whoever comes to it uses all of it.
    pub(crate) fn plain<T: OutputType>(&mut self) {
        self.whole(T::type_name(), |_| true);
    }

    /// A type that is used as a whole.
    pub(crate) fn whole(
        &mut self,
        type_: impl Into<String>,
        used: impl Fn(&Capabilities) -> bool + Send + Sync + 'static,
    ) {
        self.types.insert(type_.into(), Box::new(used));
    }

    /// A type each of whose parts has a use of its own.
    pub(crate) fn parts(
        &mut self,
        type_: impl Into<String>,
        used: impl Fn(&Capabilities) -> bool + Send + Sync + 'static,
    ) -> Parts<'_> {
        let type_ = type_.into();
        self.whole(&type_, used);
        Parts {
            classification: self,
            type_,
        }
    }

    /// A record type, with the pages and orders of its lists and the conditions on them.
    pub(crate) fn record<T: Record>(&mut self) -> RecordParts<'_, T> {
        let listed = Capabilities::lists::<T::Entity>;
        self.whole(<Connection<T> as TypeName>::type_name(), listed);
        self.whole(<Edge<T> as TypeName>::type_name(), listed);
        T::Filter::classify(self);
        let mut orders = self.parts(<T::Order as InputType>::type_name(), listed);
        for item in T::Order::items() {
            let order: access::Order<Column<T>> = item.value.into();
            orders = orders.add(item.name, move |caller| {
                let column = order.column;
                column.is_none_or(|column| caller.compares::<T::Entity>(column))
            });
        }
        let parts = self.parts(T::NAME, |caller| {
            caller.opens::<T::Entity>() || caller.lists::<T::Entity>()
        });
        RecordParts(parts.add("id", |_| true), PhantomData)
    }

    /// A record type's mutations that change a record and take one out of use.
    pub(crate) fn changes<T: Record<Entity: Changeable>>(
        &mut self,
        update: &str,
        deactivate: &str,
    ) {
        let mutations = self.parts(MUTATION, |_| true);
        mutations
            .add(camel(update), |caller| caller.changes::<T::Entity>())
            .add(camel(deactivate), |caller| {
                caller.deactivates::<T::Entity>()
            });
    }

    /// The mutation that makes a record, with its input.
    pub(crate) fn creation<T: Record>(
        &mut self,
        create: &str,
        input: impl Into<String>,
    ) -> InputParts<'_, T> {
        let mutations = self.parts(MUTATION, |_| true);
        mutations.add(camel(create), |caller| caller.makes::<T::Entity>());
        let parts = self.parts(input, |caller| caller.makes::<T::Entity>());
        InputParts(parts, |caller, column| {
            caller.makes_with::<T::Entity>(column)
        })
    }

    /// An input that changes a record.
    pub(crate) fn update<T: Record<Entity: Changeable>>(
        &mut self,
        type_: impl Into<String>,
    ) -> InputParts<'_, T> {
        let mut parts = self.parts(type_, |caller| caller.changes::<T::Entity>());
        for part in ["id", "version"] {
            parts = parts.add(part, |_| true);
        }
        InputParts(parts, |caller, column| {
            caller.changes_column::<T::Entity>(column)
        })
    }

    /// A filter.
    pub(crate) fn filter<F: Conditions + InputType>(&mut self) -> FilterParts<'_, F> {
        let mut parts = self.parts(F::type_name(), |caller| {
            caller.opens::<F::Entity>() || caller.lists::<F::Entity>()
        });
        for part in ["and", "or", "not", "id"] {
            parts = parts.add(part, |_| true);
        }
        FilterParts(parts, PhantomData)
    }
}

/// The parts of a type.
pub(crate) struct Parts<'a> {
    classification: &'a mut Classification,
    type_: String,
}

impl Parts<'_> {
    /// One of them, by its name in the schema. An argument is one too, as `field(name:)`;
    /// those that are not named are used as their fields are.
    pub(crate) fn add(
        self,
        part: impl Into<String>,
        used: impl Fn(&Capabilities) -> bool + Send + Sync + 'static,
    ) -> Self {
        let parts = self
            .classification
            .parts
            .entry(self.type_.clone())
            .or_default();
        parts.insert(part.into(), Box::new(used));
        self
    }
}

/// The fields of a record type.
pub(crate) struct RecordParts<'a, T>(Parts<'a>, PhantomData<T>);

impl<T: Record> RecordParts<'_, T> {
    /// One that shows a column.
    pub(crate) fn column(self, field: &str, column: Column<T>) -> Self {
        let parts = self.0.add(camel(field), move |caller| {
            caller.shows::<T::Entity>(column)
        });
        RecordParts(parts, PhantomData)
    }

    /// One that shows a column's term.
    pub(crate) fn term<V: OutputType>(self, field: &str, column: Column<T>) -> Self {
        self.0.classification.plain::<V>();
        self.column(field, column)
    }

    /// One that shows the record that a column refers to.
    pub(crate) fn one<R: Record>(self, field: &str, column: Column<T>) -> Self {
        let parts = self.0.add(camel(field), move |caller| {
            caller.shows::<T::Entity>(column) && caller.opens::<R::Entity>()
        });
        RecordParts(parts, PhantomData)
    }

    /// One that lists the records that refer to this by a column.
    pub(crate) fn many<R: Record>(self, field: &str, link: Column<R>) -> Self {
        let parts = self.0.add(camel(field), move |caller| {
            caller.lists::<R::Entity>() && caller.compares::<R::Entity>(link)
        });
        RecordParts(parts, PhantomData)
    }
}

/// The fields of an input, and what it takes to give one.
pub(crate) struct InputParts<'a, T: Record>(Parts<'a>, fn(&Capabilities, Column<T>) -> bool);

impl<T: Record> InputParts<'_, T> {
    /// One that gives a column its value.
    pub(crate) fn column(self, field: &str, column: Column<T>) -> Self {
        let InputParts(parts, may) = self;
        let parts = parts.add(camel(field), move |caller| may(caller, column));
        InputParts(parts, may)
    }
}

/// The conditions of a filter.
pub(crate) struct FilterParts<'a, F>(Parts<'a>, PhantomData<F>);

impl<F: Conditions> FilterParts<'_, F> {
    /// One on a column's value.
    pub(crate) fn value<V>(self, condition: &str, column: access::Column<F::Entity>) -> Self
    where
        V: ValueFilter + InputType,
    {
        self.0.classification.whole(V::type_name(), |_| true);
        let parts = self.0.add(camel(condition), move |caller| {
            caller.compares::<F::Entity>(column)
        });
        FilterParts(parts, PhantomData)
    }

    /// One on several columns.
    pub(crate) fn also(
        self,
        condition: &str,
        columns: &'static [access::Column<F::Entity>],
    ) -> Self {
        let parts = self.0.add(camel(condition), |caller| {
            let mut columns = columns.iter();
            columns.all(|column| caller.compares::<F::Entity>(*column))
        });
        FilterParts(parts, PhantomData)
    }

    /// One on the record that a column refers to.
    pub(crate) fn one<R: Conditions>(
        self,
        condition: &str,
        column: access::Column<F::Entity>,
    ) -> Self {
        let parts = self.0.add(camel(condition), move |caller| {
            caller.compares::<F::Entity>(column) && caller.opens::<R::Entity>()
        });
        FilterParts(parts, PhantomData)
    }

    /// One on the records that refer to this by a column.
    pub(crate) fn many<R>(self, condition: &str, link: access::Column<R::Entity>) -> Self
    where
        R: Conditions + InputType,
        Related<R>: InputType,
    {
        self.0
            .classification
            .whole(<Related<R> as InputType>::type_name(), |_| true);
        let parts = self.0.add(camel(condition), move |caller| {
            caller.lists::<R::Entity>() && caller.compares::<R::Entity>(link)
        });
        FilterParts(parts, PhantomData)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use async_graphql::parser::{
        parse_schema,
        types::{TypeDefinition, TypeKind, TypeSystemDefinition},
    };

    use super::*;

    /// The parts of a type, and their arguments.
    fn parts(definition: &TypeDefinition) -> [BTreeSet<String>; 2] {
        let mut parts = BTreeSet::new();
        let mut arguments = BTreeSet::new();
        let fields = match &definition.kind {
            TypeKind::Object(object) => object.fields.as_slice(),
            TypeKind::Interface(interface) => interface.fields.as_slice(),
            _ => &[],
        };
        for field in fields {
            let name = &field.node.name.node;
            parts.insert(name.to_string());
            let names = field.node.arguments.iter();
            arguments.extend(names.map(|argument| format!("{name}({}:)", argument.node.name.node)));
        }
        if let TypeKind::InputObject(object) = &definition.kind {
            parts.extend(
                object
                    .fields
                    .iter()
                    .map(|field| field.node.name.to_string()),
            );
        }
        if let TypeKind::Enum(terms) = &definition.kind {
            parts.extend(terms.values.iter().map(|term| term.node.value.to_string()));
        }
        [parts, arguments]
    }

    #[test]
    fn every_part_of_the_schema_is_known_and_no_other() {
        let classification = Classification::of_schema();
        let schema = parse_schema(super::super::Graph::default().sdl()).unwrap();
        let types = schema
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(definition) => Some(&definition.node),
                _ => None,
            });
        let mut known = 0;
        for definition in types.filter(|definition| !matches!(definition.kind, TypeKind::Scalar)) {
            let name = definition.name.node.as_str();
            assert!(
                classification.types.contains_key(name),
                "it is not said who uses {name}"
            );
            let Some(of_type) = classification.parts.get(name) else {
                continue;
            };
            let [parts, arguments] = parts(definition);
            let all = parts.union(&arguments).cloned().collect();
            let said: BTreeSet<String> = of_type.keys().cloned().collect();
            let missing: Vec<_> = parts.difference(&said).collect();
            assert!(
                missing.is_empty(),
                "it is not said who uses {missing:?} of {name}"
            );
            let gone: Vec<_> = said.difference(&all).collect();
            assert!(gone.is_empty(), "{name} has no {gone:?}");
            known += parts.len();
        }
        assert!(known > 400, "{known}");
    }
}
