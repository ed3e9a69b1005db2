//! How many operations of each caller are under way.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The callers with operations under way, by their accounts' keys.
#[derive(Default)]
pub(super) struct Crowd(Mutex<HashMap<i64, usize>>);

/// A place among a caller's operations, given back when dropped.
pub struct Place {
    crowd: Arc<Crowd>,
    user: i64,
}

impl Crowd {
    /// A place, unless the caller has this many already.
    pub(super) fn enter(self: &Arc<Crowd>, user: i64, allowed: usize) -> Option<Place> {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = callers.entry(user).or_default();
        if *taken >= allowed {
            return None;
        }
        *taken += 1;
        let crowd = self.clone();
        Some(Place { crowd, user })
    }

    fn leave(&self, user: i64) {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = callers.get_mut(&user) {
            *taken -= 1;
            if *taken == 0 {
                callers.remove(&user);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.leave(self.user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_so_many_places_and_gets_them_back() {
        let crowd = Arc::new(Crowd::default());
        let first = crowd.enter(1, 2);
        let second = crowd.enter(1, 2);
        assert!(first.is_some() && second.is_some());
        assert!(crowd.enter(1, 2).is_none());
        assert!(crowd.enter(2, 2).is_some());
        drop(first);
        assert!(crowd.enter(1, 2).is_some());
        drop(second);
        assert!(crowd.0.lock().unwrap().is_empty());
    }
}
