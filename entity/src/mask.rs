//! How personal values are masked: what of one is shown to whom it is not shown in clear.
//! An asterisk says that it is masked.

/// How a column's values are masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// A name: the surname, and two asterisks however long it is.
    Surname,
    /// The number of an identity document: its first and its last character.
    Document,
    /// A telephone number: three digits at the start and four at the end.
    Telephone,
    /// A day: its year.
    Year,
}

/// Surnames of two characters, the most frequent of them.
const COMPOUND_SURNAMES: [&str; 20] = [
    "欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "完颜", "慕容",
    "尉迟", "长孙", "东方", "端木", "公孙", "轩辕", "宇文", "呼延",
];

impl Mask {
    /// The value with what is not to be seen taken out. How long it is, or whether it
    /// is odd, is not to be seen either.
    pub fn apply(self, value: &str) -> String {
        let length = value.chars().count();
        match self {
            Mask::Surname => {
                let compound = COMPOUND_SURNAMES.iter().any(|name| value.starts_with(name));
                let shown = if compound && length > 2 { 2 } else { 1 };
                // A name of one character is all surname and stays unsaid.
                let shown = if length > 1 { shown } else { 0 };
                format!("{}**", first(value, shown))
            }
            Mask::Document if length >= 8 => {
                format!("{}****************{}", first(value, 1), last(value, 1))
            }
            Mask::Telephone if length >= 11 => format!("{}****{}", first(value, 3), last(value, 4)),
            Mask::Document | Mask::Telephone => "****".to_owned(),
            Mask::Year => format!("{}-**-**", first(value, 4)),
        }
    }
}

fn first(value: &str, count: usize) -> &str {
    let end = value.char_indices().nth(count);
    end.map_or(value, |(end, _)| &value[..end])
}

fn last(value: &str, count: usize) -> &str {
    let skipped = value.chars().count().saturating_sub(count);
    let start = value.char_indices().nth(skipped);
    start.map_or("", |(start, _)| &value[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_what_it_may_and_nothing_of_the_rest() {
        for (mask, value, shown) in [
            (Mask::Surname, "王小明", "王**"),
            (Mask::Surname, "王明", "王**"),
            (Mask::Surname, "欧阳娜娜", "欧阳**"),
            (Mask::Surname, "欧阳", "欧**"),
            (Mask::Surname, "王", "**"),
            (Mask::Surname, "", "**"),
            (Mask::Document, "11010519491231002X", "1****************X"),
            (Mask::Document, "E12345678", "E****************8"),
            (Mask::Document, "12345", "****"),
            (Mask::Telephone, "13812345678", "138****5678"),
            (Mask::Telephone, "12345", "****"),
            (Mask::Year, "1985-03-21", "1985-**-**"),
        ] {
            assert_eq!(mask.apply(value), shown);
        }
    }
}
