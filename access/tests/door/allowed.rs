//! Reading through the door.

use access::{Access, AccessError, Rows, Window};
use entity::facility;

pub async fn first_name(access: &Access, token: &str) -> Result<Option<String>, AccessError> {
    let caller = access.caller(token).await?;
    let rows = Rows::<facility::Entity>::of(&caller).named(["name"]);
    let window = Window {
        size: 1,
        ..Window::default()
    };
    let page = rows.page(&window).await?;
    match page.rows.first() {
        Some(row) => row.get(facility::Column::Name),
        None => Ok(None),
    }
}
