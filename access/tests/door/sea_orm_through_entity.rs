// refused: E0603 EntityTrait
use entity::facility::EntityTrait as _;
