// refused: E0308 mismatched
pub fn model(page: access::Page<entity::facility::Entity>) -> Option<entity::facility::Model> {
    page.rows.into_iter().next()
}
