//! The acceptance of a request: all that follows from it, or nothing.

use chrono::Days;
use entity::{
    division, employment, facility, person, staff_member, term::TransferStatus, transfer,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::{
    Filling, Post, Standing, Transfers, given, hold_asked, places,
    request::{Asked, Candidate, Left, Request},
};
use crate::{
    assignment::Given, clash, cover::Rule, datum::Datum, error::AccessError, filter::Compiler,
    hold::Hold, kind::Kind, look::Found, scope::Way, vocabulary::Action, writing::Writing,
};

/// A request on its way to be accepted.
struct Acceptance<'a, 'b> {
    transfers: &'a Transfers,
    writing: &'a mut Writing<'b>,
    request: Request,
    /// The request as the caller finds it.
    found: Found,
}

impl Transfers {
    /// Accepts a request: staff come to the post that is given, and who is to be hired to
    /// that of the request. Who is known already under the identity number is named: nobody
    /// is moved whom the caller does not mean.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is no such request that the caller may open,
    /// [`AccessError::Forbidden`] if the caller has no right to employ there or, of who is
    /// to be hired and is known already, to let go and to change the person; and if nobody
    /// is known whom the caller may open, where the caller may not open everybody. [`AccessError::Missing`] if the post refers to
    /// what the caller may not open, [`AccessError::Conflict`] if the request is of another
    /// version, decided already or holds no more, or who is named is not who is known,
    /// [`AccessError::InvalidInput`],
    /// [`AccessError::Stale`], [`AccessError::Internal`]; then nothing has changed.
    pub async fn accept(
        &self,
        key: i64,
        version: i32,
        filling: &Filling,
    ) -> Result<(), AccessError> {
        let mut writing = Writing::begin(&self.caller, Kind::Transfer, Action::Update).await?;
        let accepted = self.accepted(&mut writing, key, (version, filling)).await;
        writing.end(accepted).await
    }

    async fn accepted(
        &self,
        writing: &mut Writing<'_>,
        key: i64,
        (version, filling): (i32, &Filling),
    ) -> Result<(), AccessError> {
        use transfer::Column;

        let mut decided = vec![
            given(Column::Status, Datum::of_term(TransferStatus::Accepted)),
            given(Column::Active, false),
        ];
        let columns = places(&decided);
        // Who may not open the request must not wait for whom it is about.
        let seen = writing.look(key, &columns).await?;
        seen.ok_or(AccessError::NotFound)?;
        hold_asked(writing, key).await?;
        let found = writing.lock(key, &columns).await?;
        writing.check_allowed(&found, &columns)?;
        found.check_current(version)?;
        writing.turn(Kind::Employment, Action::Create);
        writing.check_somewhere()?;
        let request = Request::read(writing, key).await?;
        let mut acceptance = Acceptance {
            transfers: self,
            writing,
            request,
            found,
        };
        acceptance.fill(filling).await?;
        let post = filling.post.iter();
        decided.extend(post.flat_map(Post::of_request));
        let Acceptance { writing, found, .. } = acceptance;
        writing.turn(Kind::Transfer, Action::Update);
        writing.update(key, &decided).await?;
        let note = (None, &self.origin);
        writing.note(key, &places(&decided), &found, note).await
    }
}

impl Acceptance<'_, '_> {
    /// Has the post filled.
    async fn fill(&mut self, filling: &Filling) -> Result<(), AccessError> {
        match (&self.request.asked, &filling.post) {
            (Asked::Staff { .. }, _) if filling.person.is_some() => Err(AccessError::InvalidInput(
                "the request says the `person` already: leave it out".to_owned(),
            )),
            (Asked::Staff { person, from }, Some(post)) => {
                let (person, from) = (*person, *from);
                self.take_in(person, from, post.of_employment()).await
            }
            (Asked::Staff { .. }, None) => Err(AccessError::InvalidInput(
                "`post` is missing: staff come to the post that you give them".to_owned(),
            )),
            (Asked::Candidate(candidate), None) => {
                let (number, post) = (candidate.identity_number.clone(), candidate.post.clone());
                self.hire(&number, filling.person, post).await
            }
            (Asked::Candidate(_), Some(_)) => Err(AccessError::InvalidInput(
                "the request says the `post` already: leave it out".to_owned(),
            )),
        }
    }

    /// Staff whom their division has let go, and who are its own to let go still.
    async fn take_in(
        &mut self,
        person: i64,
        from: Left,
        post: Vec<Given>,
    ) -> Result<(), AccessError> {
        let standing = self.standing_of(person).await?;
        let is_there = |standing: &Standing| {
            standing.facility == from.facility && Some(standing.division) == from.division
        };
        let standing = standing.filter(is_there).ok_or_else(|| {
            AccessError::Conflict(
                "the request holds no more: where the person works has changed since".to_owned(),
            )
        })?;
        self.relocate(&standing, post).await
    }

    /// Who has an identity number: somebody whom the caller may open and let go or, where
    /// the caller may open everybody and it is nobody's, a new person.
    async fn hire(
        &mut self,
        number: &Datum,
        named: Option<i64>,
        post: Vec<Given>,
    ) -> Result<(), AccessError> {
        let caller = self.writing.caller();
        if let Some(hold) = Hold::Identities.statement(caller.backend()) {
            self.writing.run(&hold).await?;
        }
        let compiler = Compiler::new(caller);
        let frame = compiler.frame(Kind::Person, Way::Opened);
        let known = match frame.rows() {
            None => Vec::new(),
            Some(mut open) => {
                let id = Expr::col(person::Column::Id);
                let holders = clash::known_under(number, caller.keys()).expr(id).take();
                open.expr(frame.raw(0))
                    .and_where(frame.raw(0).in_subquery(holders));
                self.writing.run(&open).await?
            }
        };
        let known: Result<Vec<i64>, _> = known.iter().map(|row| row.try_get_by_index(0)).collect();
        let person = match known?[..] {
            [person] if named == Some(person) => {
                // Who holds the record holds the person's: as of staff who are let go.
                let own = [given(transfer::Column::PersonId, person)];
                self.writing.turn(Kind::Transfer, Action::Create);
                self.writing.check_links(None, &own).await?;
                person
            }
            [_] => {
                return Err(AccessError::Conflict(
                    "somebody whom you may open is known under this identity number: name the `person`"
                        .to_owned(),
                ));
            }
            [] if !matches!(frame.rule(), Rule::All) => {
                return Err(AccessError::Forbidden(
                    "nobody whom you may open has this identity number: who may open everybody decides"
                        .to_owned(),
                ));
            }
            [] if named.is_some() => {
                return Err(AccessError::Conflict(
                    "nobody is known under this identity number: leave the `person` out".to_owned(),
                ));
            }
            [] => self.make_known().await?,
            _ => {
                return Err(AccessError::Conflict(
                    "several people have this identity number: mend that first".to_owned(),
                ));
            }
        };
        match self.standing_of(person).await? {
            Some(standing) => {
                standing.check_leaves(self.writing).await?;
                self.relocate(&standing, post).await
            }
            None => self.begin_record(person, post).await,
        }
    }

    fn candidate(&self) -> Result<&Candidate, AccessError> {
        match &self.request.asked {
            Asked::Candidate(candidate) => Ok(candidate),
            Asked::Staff { .. } => Err(AccessError::internal("staff are known")),
        }
    }

    async fn make_known(&mut self) -> Result<i64, AccessError> {
        let values = self.candidate()?.person.clone();
        self.make(Kind::Person, &values).await
    }

    /// Begins the professional record of somebody who has none.
    async fn begin_record(&mut self, person: i64, post: Vec<Given>) -> Result<(), AccessError> {
        let mut values = self.candidate()?.record.clone();
        let employment = self.employ(person, post).await?;
        values.push(given(staff_member::Column::PersonId, person));
        values.push(given(staff_member::Column::MainEmploymentId, employment));
        self.make(Kind::StaffMember, &values).await.map(drop)
    }

    /// Ends the present employment, begins the new one, and has the professional record
    /// follow it.
    async fn relocate(&mut self, standing: &Standing, post: Vec<Given>) -> Result<(), AccessError> {
        if !standing.active {
            return Err(AccessError::Conflict(
                "the person, their record or their employment is out of use".to_owned(),
            ));
        }
        let last = self.request.starts_on.checked_sub_days(Days::new(1));
        let last = last.filter(|last| *last >= standing.since());
        // Without the day, which may be another division's to know.
        let last = last.ok_or_else(|| {
            AccessError::Conflict(
                "the request's first day does not lie behind what the present employment says"
                    .to_owned(),
            )
        })?;
        let left = self.found.in_division(standing.division);
        if standing.ended_on.is_none() {
            let ended = [given(employment::Column::EndedOn, last)];
            self.update(Kind::Employment, standing.employment, &ended, &left)
                .await?;
        }
        let employment = self.employ(standing.person, post).await?;
        let moved = [given(staff_member::Column::MainEmploymentId, employment)];
        self.update(Kind::StaffMember, standing.staff, &moved, &left)
            .await?;
        let note = (None, &self.transfers.origin);
        self.writing
            .note(standing.staff, &places(&moved), &self.found, note)
            .await
    }

    /// Begins a main employment.
    async fn employ(&mut self, person: i64, mut post: Vec<Given>) -> Result<i64, AccessError> {
        use employment::Column;

        self.writing.turn(Kind::Employment, Action::Create);
        self.writing.check_links(None, &post).await?;
        self.check_place(&post).await?;
        post.push(given(Column::PersonId, person));
        post.push(given(Column::Main, true));
        post.push(given(Column::StartedOn, self.request.starts_on));
        self.make(Kind::Employment, &post).await
    }

    /// Makes sure that the worksite belongs to the division of the request.
    async fn check_place(&mut self, post: &[Given]) -> Result<(), AccessError> {
        let (worksite, _) = given(employment::Column::FacilityId, 0_i64);
        let worksite = post.iter().find(|(column, _)| *column == worksite);
        let Some((_, Some(worksite))) = worksite else {
            return Err(AccessError::internal("a post without a worksite"));
        };
        let last = Query::select()
            .column(division::Column::Last)
            .from(division::Entity)
            .and_where(Expr::col(division::Column::Id).eq(self.request.division))
            .take();
        let administered_by = || Expr::col(facility::Column::AdministeredBy);
        let within = Query::select()
            .expr(Expr::cust("1"))
            .from(facility::Entity)
            .and_where(Expr::col(facility::Column::Id).eq(Expr::from(worksite.clone())))
            .and_where(administered_by().gte(self.request.division))
            .and_where(administered_by().lte(Expr::SubQuery(None, Box::new(last.into()))))
            .take();
        match self.writing.run(&within).await?.is_empty() {
            false => Ok(()),
            true => Err(AccessError::InvalidInput(
                "`facility` is not administered in the division of the request".to_owned(),
            )),
        }
    }

    async fn standing_of(&mut self, person: i64) -> Result<Option<Standing>, AccessError> {
        let person_id = (staff_member::Entity, staff_member::Column::PersonId);
        Standing::read(self.writing, Expr::col(person_id).eq(person)).await
    }

    /// Makes a record and writes down that it was made.
    async fn make(&mut self, kind: Kind, values: &[Given]) -> Result<i64, AccessError> {
        self.writing.turn(kind, Action::Create);
        let key = self.writing.make(values).await?;
        let origin = &self.transfers.origin;
        self.writing.attest(key, &places(values), origin).await?;
        Ok(key)
    }

    /// Changes a record and writes down that it was changed, where it was found.
    async fn update(
        &mut self,
        kind: Kind,
        key: i64,
        values: &[Given],
        found: &Found,
    ) -> Result<(), AccessError> {
        self.writing.turn(kind, Action::Update);
        self.writing.update(key, values).await?;
        let note = (None, &self.transfers.origin);
        self.writing.note(key, &places(values), found, note).await
    }
}

impl Post {
    fn of_employment(&self) -> Vec<Given> {
        use employment::Column;

        vec![
            given(Column::FacilityId, self.facility),
            given(Column::EmployerId, self.employer.unwrap_or(self.facility)),
            given(Column::Tenure, Datum::of_term(self.tenure)),
            given(Column::KeyPost, Datum::of_term(self.key_post)),
            given(Column::TitleEngaged, Datum::of_term(self.title_engaged)),
        ]
    }

    fn of_request(&self) -> Vec<Given> {
        use transfer::Column;

        vec![
            given(Column::FacilityId, self.facility),
            given(Column::Tenure, Datum::of_term(self.tenure)),
            given(Column::KeyPost, Datum::of_term(self.key_post)),
            given(Column::TitleEngaged, Datum::of_term(self.title_engaged)),
        ]
    }
}
