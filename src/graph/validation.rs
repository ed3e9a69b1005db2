//! Whether a document fits the schema, whatever values its variables get. It is
//! found out once for a document: then it runs without being looked at again.

use std::{collections::HashSet, sync::Arc};

use async_graphql::{
    EmptySubscription, Request, Response, Schema, ServerError, Variables,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
    parser::types::{ExecutableDocument, OperationDefinition},
};

use super::{
    argument, executable::extract, execution::Library, mutation::Mutation, query::Query,
    types::Types,
};

/// Stops the library when it has validated.
struct Unrun;

impl ExtensionFactory for Unrun {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Unrun)
    }
}

#[async_trait]
impl Extension for Unrun {
    async fn execute(
        &self,
        _: &ExtensionContext<'_>,
        _: Option<&str>,
        _: NextExecute<'_>,
    ) -> Response {
        Response::default()
    }
}

pub(super) struct Validator(Library);

impl Validator {
    pub(super) fn new(brackets: usize) -> Validator {
        let library = Schema::build(Query, Mutation::default(), EmptySubscription)
            // "Did you mean" would name fields to callers who can't see them.
            .disable_suggestions()
            // Documents are refused by their depth before.
            .limit_recursive_depth(brackets)
            .extension(Unrun);
        Validator(library.finish())
    }

    /// Refuses a document that does not fit. The library takes the variables of one
    /// operation for those of all, so it gets each by itself.
    pub(super) async fn check(
        &self,
        types: &Types,
        document: &ExecutableDocument,
    ) -> Result<(), Vec<ServerError>> {
        let mut unused: HashSet<_> = document.fragments.keys().collect();
        let mut operations: Vec<_> = document.operations.iter().collect();
        operations.sort_unstable_by_key(|(_, operation)| operation.pos);
        for (name, operation) in operations {
            let part = extract(document, name, operation);
            unused.retain(|fragment| !part.fragments.contains_key(*fragment));
            let errors = argument::check(types, &part, &operation.node);
            if !errors.is_empty() {
                return Err(errors);
            }
            let mut request = Request::new("").variables(samples(types, &operation.node));
            request.set_parsed_query(part);
            let errors = self.0.execute(request).await.errors;
            if !errors.is_empty() {
                return Err(errors);
            }
        }
        match unused.iter().min() {
            None => Ok(()),
            Some(name) => {
                let problem = format!("the fragment {name} is not used");
                let at = document.fragments.get(*name).map(|fragment| fragment.pos);
                Err(vec![ServerError::new(problem, at)])
            }
        }
    }
}

/// Values for the variables that need one: the library weighs the operation by them.
fn samples(types: &Types, operation: &OperationDefinition) -> Variables {
    let mut samples = Variables::default();
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        if !definition.var_type.node.nullable && definition.default_value.is_none() {
            let sample = types.sample(&definition.var_type.node);
            samples.insert(definition.name.node.clone(), sample);
        }
    }
    samples
}
