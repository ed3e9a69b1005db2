//! A role that somebody would hold besides, and one that somebody would hold no more.

use super::{Incumbent, Sitting};
use crate::{
    account::{Binding, Target},
    administration::{Appointment, HeldAt},
    error::AccessError,
};

/// Which roles would change hands.
#[derive(Clone, Debug, Default)]
pub(in crate::administration) struct Turnover {
    granted: Option<(i64, Binding)>,
    revoked: Option<Revoked>,
}

#[derive(Clone, Debug)]
struct Revoked {
    user: i64,
    role: String,
    /// Of the binding.
    key: i64,
}

impl Turnover {
    pub(super) fn grant(&mut self, user: i64, binding: Binding) {
        self.granted = Some((user, binding));
    }

    pub(super) fn revoke(&mut self, user: i64, role: String, key: i64) {
        self.revoked = Some(Revoked { user, role, key });
    }

    /// Those who would hold another role, or one less.
    pub(super) fn users(&self) -> impl Iterator<Item = i64> {
        let granted = self.granted.iter().map(|(user, _)| *user);
        granted.chain(self.revoked.iter().map(|revoked| revoked.user))
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = &str> {
        let granted = self
            .granted
            .iter()
            .map(|(_, binding)| binding.role.as_str());
        granted.chain(self.revoked.iter().map(|revoked| revoked.role.as_str()))
    }

    /// What of it is of this role.
    pub(super) fn of_role(&self, role: &str) -> Turnover {
        let granted = self.granted.clone();
        let revoked = self.revoked.clone();
        Turnover {
            granted: granted.filter(|(_, binding)| binding.role == role),
            revoked: revoked.filter(|revoked| revoked.role == role),
        }
    }

    /// These, and who is to be one of them.
    pub(super) fn joined(&self, mut incumbents: Vec<Incumbent>) -> Vec<Incumbent> {
        if let Some((user, _)) = self.granted
            && incumbents.iter().all(|known| known.user != user)
        {
            incumbents.push(Incumbent {
                user,
                bindings: Vec::new(),
            });
        }
        incumbents
    }

    /// These with what they would hold.
    pub(super) fn applied(&self, incumbents: &[Incumbent]) -> Vec<Incumbent> {
        let mut incumbents = incumbents.to_vec();
        for incumbent in &mut incumbents {
            self.apply(incumbent.user, &mut incumbent.bindings);
        }
        incumbents
    }

    /// From the roles that a user holds to those that they would hold.
    pub(in crate::administration) fn apply(&self, user: i64, bindings: &mut Vec<Binding>) {
        if let Some(revoked) = &self.revoked {
            bindings.retain(|binding| binding.id != revoked.key);
        }
        if let Some((holder, granted)) = &self.granted
            && *holder == user
        {
            bindings.push(granted.clone());
        }
    }
}

impl Sitting<'_> {
    /// The binding that an appointment would make, as if it were in force.
    pub(super) async fn binding_of(
        &self,
        appointment: &Appointment,
    ) -> Result<Binding, AccessError> {
        let target = match appointment.at {
            HeldAt::Division(key) => {
                let interval = self.caller.divisions().await?.interval(key);
                let missing = || AccessError::Missing("division".to_owned());
                Target::Division(interval.ok_or_else(missing)?)
            }
            HeldAt::Facility(key) => Target::Facility(key),
            HeldAt::Program(key) => Target::Program(key),
            HeldAt::Partnership(key) => Target::Partnership(key),
        };
        Ok(Binding {
            id: 0,
            role: appointment.role.clone(),
            target,
            valid_from: None,
            valid_until: appointment.valid_until,
        })
    }
}
