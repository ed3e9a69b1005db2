//! The oracle: decides row by row and column by column, with Casbin's own
//! `enforce`, what a user may see. It knows nothing of SQL.
//!
//! Hard-wired is only what the policy's lines leave open: that the rights of
//! several bindings add up, that a deny of any of them wins, and what a scope
//! kind means ([`reach`](crate::reach)).

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use access::Kind;
use casbin::{
    CoreApi, DefaultModel, Enforcer, StringAdapter, function_map::OperatorFunction, rhai::Dynamic,
};
use entity::role_binding;

use crate::{
    cell::Column,
    reach,
    world::{World, in_force},
};

/// The policy's model with the two conditions that the program's own matcher
/// leaves to its SQL. Any line that allows opens the row, and only a line on all
/// columns denies it; a column needs a line that names it.
const MODEL: &str = r#"
[request_definition]
r = sub, obj, act, col, asg, row

[policy_definition]
p = sub, obj, act, scope, cols, eft

[role_definition]
g = _, _
g2 = _, _

[policy_effect]
e = EFFECT

[matchers]
m = r.act == p.act && g2(r.obj, p.obj) && g(r.sub, p.sub) && (p.cols == "cols:all" || (r.col == "row" && p.eft == "allow") || g2(r.col, p.cols)) && covers(p.scope, r.asg, r.row)
"#;

pub(crate) struct Oracle {
    pub(crate) world: Arc<World>,
    allow: Enforcer,
    deny: Enforcer,
    known: RefCell<HashMap<Question, Answer>>,
}

/// How a row is come by, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    /// In a list or a count.
    Listed,
    /// By its key, or as the one that another row refers to.
    Opened,
    /// Opened, of a column's value what a mask leaves.
    Masked,
    /// To be written.
    Written(Action),
    /// To be written by who has rights where it stands, as others have where it belongs.
    Placed(Action),
}

/// How a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Action {
    Create,
    Update,
    Deactivate,
}

impl Action {
    pub(crate) const ALL: [Action; 3] = [Action::Create, Action::Update, Action::Deactivate];

    /// Its name in the policy.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Update => "update",
            Action::Deactivate => "deactivate",
        }
    }
}

/// What all bindings of a user come to.
#[derive(Clone, Copy, Default)]
pub(crate) struct Verdict {
    /// The bindings in force that allow, by their bit.
    pub(crate) allowed_by: u64,
    pub(crate) is_denied: bool,
    /// Whether a binding that is not in force denies.
    denied_in_time: bool,
    /// Whether a binding that is not in force would change it.
    pub(crate) hangs_on_time: bool,
}

impl Verdict {
    pub(crate) fn is_granted(self) -> bool {
        self.allowed_by != 0 && !self.is_denied
    }
}

/// What one binding is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Question {
    /// The binding's place in the world.
    binding: usize,
    kind: Kind,
    row: Row,
    way: Way,
    /// None for the row itself.
    column: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Row {
    /// The row with this key.
    Key(i64),
    /// Some row that there might be.
    Any,
    /// Every row that there might be.
    Every,
}

#[derive(Clone, Copy)]
struct Answer {
    allowed: bool,
    denied: bool,
}

/// The request's `asg` and `row`: the binding, and the row that it may cover.
#[derive(Clone)]
struct Assignment(Arc<World>, usize);

#[derive(Clone, Copy)]
struct Subject(Kind, Row, Way);

impl Oracle {
    pub(crate) async fn of(world: Arc<World>) -> Oracle {
        let policy = world.policy();
        Oracle {
            allow: enforcer("some(where (p.eft == allow))", &policy).await,
            deny: enforcer("!some(where (p.eft == deny))", &policy).await,
            known: RefCell::default(),
            world,
        }
    }

    /// Whether the user may see the row at all.
    pub(crate) fn row(&self, user: i64, kind: Kind, row: i64, way: Way) -> Verdict {
        self.verdict(user, kind, Row::Key(row), way, None)
    }

    /// Whether the user may see the column's value on a row that the user may
    /// see. It does not matter how the row was come by: columns are read.
    pub(crate) fn cell(&self, user: i64, kind: Kind, row: i64, column: &'static str) -> Verdict {
        if column == "id" {
            return Verdict {
                allowed_by: 1,
                ..Verdict::default()
            };
        }
        self.verdict(user, kind, Row::Key(row), Way::Opened, Some(column))
    }

    /// Whether the user may see the column masked. What may not be read for a deny has
    /// no mask either.
    pub(crate) fn masked(&self, user: i64, kind: Kind, row: i64, column: &'static str) -> Verdict {
        let mut masked = self.verdict(user, kind, Row::Key(row), Way::Masked, Some(column));
        masked.is_denied |= self.cell(user, kind, row, column).is_denied;
        masked
    }

    /// What of the column's value the user may write on a row.
    pub(crate) fn written(
        &self,
        user: i64,
        (kind, column): Column,
        row: i64,
        action: Action,
    ) -> Verdict {
        let row = Row::Key(row);
        let mut written = self.verdict(user, kind, row, Way::Written(action), Some(column));
        if column == "located_in" {
            // Where it stands is for those who have rights there, too.
            let placed = self.verdict(user, kind, row, Way::Placed(action), Some(column));
            written.is_denied |= !placed.is_granted();
        }
        written
    }

    /// Whether the policy alone, whatever rows there are, lets the user write any.
    pub(crate) fn writes_any(&self, user: i64, kind: Kind, action: Action) -> bool {
        let way = Way::Written(action);
        let mut columns = kind.columns();
        columns.any(|column| !self.gives_nothing(user, kind, way, Some(column)))
    }

    /// Decides as if this were the world, whose policy is the same.
    pub(crate) fn within<T>(&mut self, world: Arc<World>, decide: impl FnOnce(&Oracle) -> T) -> T {
        let here = std::mem::replace(&mut self.world, world);
        let known = self.known.take();
        let decided = decide(self);
        self.world = here;
        self.known.replace(known);
        decided
    }

    /// Decides from now on of this world, whose policy is the same.
    pub(crate) fn turn_to(&mut self, world: Arc<World>) {
        self.world = world;
        // What the policy alone decides stays.
        let known = self.known.get_mut();
        known.retain(|question, _| !matches!(question.row, Row::Key(_)));
    }

    /// Whether there is a row of the kind that the user may see.
    pub(crate) fn shows_any(&self, user: i64, kind: Kind, way: Way) -> bool {
        let mut rows = self.world.rows(kind).iter();
        rows.any(|row| self.row(user, kind, row.id, way).is_granted())
    }

    /// Whether the policy alone, whatever rows there are, gives the user none.
    pub(crate) fn is_closed(&self, user: i64, kind: Kind, way: Way) -> bool {
        self.gives_nothing(user, kind, way, None)
    }

    /// Whether the policy alone, whatever rows there are, refuses the column.
    pub(crate) fn is_refused(&self, user: i64, kind: Kind, column: &'static str) -> bool {
        column != "id" && self.gives_nothing(user, kind, Way::Opened, Some(column))
    }

    fn gives_nothing(&self, user: i64, kind: Kind, way: Way, column: Option<&'static str>) -> bool {
        let any = self.verdict(user, kind, Row::Any, way, column);
        let every = self.verdict(user, kind, Row::Every, way, column);
        any.allowed_by == 0 || every.is_denied
    }

    fn verdict(
        &self,
        user: i64,
        kind: Kind,
        row: Row,
        way: Way,
        column: Option<&'static str>,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        let (mut idle_allows, mut idle_denies) = (false, false);
        for (binding, model) in self.world.tables.bindings.iter().enumerate() {
            if model.user_id != user {
                continue;
            }
            let question = Question {
                binding,
                kind,
                row,
                way,
                column,
            };
            let answer = self.answer(question);
            if in_force(model) {
                verdict.allowed_by |= u64::from(answer.allowed) << binding;
                verdict.is_denied |= answer.denied;
            } else {
                idle_allows |= answer.allowed;
                idle_denies |= answer.denied;
            }
        }
        if way == Way::Listed && column.is_none() {
            // A row that may not be read may not be listed either.
            let opened = self.verdict(user, kind, row, Way::Opened, None);
            verdict.is_denied |= opened.is_denied;
            idle_denies |= opened.denied_in_time;
        }
        verdict.denied_in_time = idle_denies;
        verdict.hangs_on_time = match verdict.is_granted() {
            true => idle_denies,
            false => idle_allows && !verdict.is_denied && !idle_denies,
        };
        verdict
    }

    fn answer(&self, question: Question) -> Answer {
        if let Some(answer) = self.known.borrow().get(&question) {
            return *answer;
        }
        let binding: &role_binding::Model = &self.world.tables.bindings[question.binding];
        let kind = question.kind.name();
        let column = match question.column {
            None => "row".to_owned(),
            Some(column) => format!("col:{kind}.{column}"),
        };
        let action = match question.way {
            Way::Listed => "list",
            Way::Opened => "read",
            Way::Masked => "mask",
            Way::Written(action) | Way::Placed(action) => action.name(),
        };
        let request: Vec<Dynamic> = vec![
            format!("role:{}", binding.role).into(),
            format!("res:{kind}").into(),
            action.into(),
            column.into(),
            Dynamic::from(Assignment(self.world.clone(), question.binding)),
            Dynamic::from(Subject(question.kind, question.row, question.way)),
        ];
        let answer = Answer {
            allowed: self.allow.enforce(request.clone()).expect("a decision"),
            denied: !self.deny.enforce(request).expect("a decision"),
        };
        self.known.borrow_mut().insert(question, answer);
        answer
    }
}

async fn enforcer(effect: &str, policy: &str) -> Enforcer {
    let model = DefaultModel::from_str(&MODEL.replace("EFFECT", effect)).await;
    let model = model.expect("a model");
    let adapter = StringAdapter::new(policy.to_owned());
    let mut enforcer = Enforcer::new(model, adapter).await.expect("a policy");
    enforcer.add_function("covers", OperatorFunction::Arg3(covers));
    enforcer
}

/// The matcher's own function. A row that there might be is covered if the scope
/// kind reaches any, every row if it reaches all of them.
fn covers(scope: Dynamic, assignment: Dynamic, subject: Dynamic) -> Dynamic {
    let scope = scope.into_string().expect("a scope kind");
    let Assignment(world, binding) = assignment.cast();
    let Subject(kind, row, way) = subject.cast();
    let binding = &world.tables.bindings[binding];
    let scope = match (way, scope.as_str()) {
        (Way::Placed(_), "subtree") => "located",
        (_, scope) => scope,
    };
    let covered = match (row, way) {
        (Row::Any, _) => reach::may_cover(scope, binding, kind),
        // Of a tree nobody asks before writing whether it is the whole one.
        (Row::Every, Way::Written(_)) => scope == "reference",
        (Row::Every, _) => reach::must_cover(scope, binding, kind),
        (Row::Key(key), _) => {
            let row = world.row(kind, key).expect("a row of the world");
            reach::covers(&world, scope, binding, kind, row)
        }
    };
    covered.into()
}
