//! What must hold over the whole of the data.

mod facts;
mod integrity;
mod national;
mod personas;

use std::sync::LazyLock;

use super::{Dataset, demonstration};

static DATA: LazyLock<Dataset> = LazyLock::new(|| demonstration().expect("the data can be made"));

#[test]
fn the_data_is_the_same_on_every_call() {
    assert!(demonstration().expect("the data can be made") == *DATA);
}
