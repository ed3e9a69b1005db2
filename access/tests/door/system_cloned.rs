// refused: E0277 Clone
fn twice<T: Clone>(_: T) {}

pub fn second(system: access::System) {
    twice(system);
}
