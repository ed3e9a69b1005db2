// refused: E0599 entity::facility::Entity
pub fn all() {
    let _ = entity::facility::Entity::find();
}
