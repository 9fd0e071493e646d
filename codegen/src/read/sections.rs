//! What a section of a page is for, told by its heading, and by the header of its table where
//! headings vary.

use crate::page::{Block, Section, Table};
use crate::vocabulary::{Column, Topic};

/// A section's part in the description of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Methods that concern the type.
    Methods,
    /// Structural properties (and instance annotations).
    Properties,
    /// Navigation properties.
    Relationships,
    /// An enum page's members.
    Members,
    /// `### x values`: the members of the enum (or the values of the property) `x`.
    Values(String),
    /// Types that derive from the page's type.
    DerivedTypes,
    /// Below the title, or without a heading.
    Introduction,
    /// Anything else.
    Other,
}

/// The role of a section.
pub(crate) fn role(section: &Section<'_>) -> Role {
    let Some(heading) = &section.heading else { return Role::Introduction };
    if heading.level == 1 {
        return Role::Introduction;
    }
    let text = heading.text.plain();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    match Topic::on_resource_page(text).or_else(|| misspelt(section)) {
        Some(Topic::Methods) => return Role::Methods,
        Some(Topic::Properties) => return Role::Properties,
        Some(Topic::Relationships) => return Role::Relationships,
        Some(Topic::Members) => return Role::Members,
        Some(Topic::DerivedTypes) => return Role::DerivedTypes,
        _ => {}
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [name, word] if matches!(word.to_ascii_lowercase().as_str(), "values" | "enum" | "enumeration" | "members") => {
            Role::Values((*name).to_owned())
        }
        [name, "enum" | "enumeration" | "Enum" | "type", "values" | "type" | "members"] => {
            Role::Values((*name).to_owned())
        }
        [_, word] if word.eq_ignore_ascii_case("properties") && has_property_table(section) => Role::Properties,
        _ => Role::Other,
    }
}

/// The topic that a heading over a table is nearly that of.
pub(crate) fn misspelt(section: &Section<'_>) -> Option<Topic> {
    let heading = section.heading.as_ref().filter(|heading| heading.level > 1)?;
    let has_table = section.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    has_table.then(|| Topic::nearly_on_resource_page(&heading.text.plain()))?
}

fn has_property_table(section: &Section<'_>) -> bool {
    section.blocks.iter().any(|block| matches!(block, Block::Table(table) if Columns::of(table).is_property_table()))
}

/// A section that holds an API page's request lines.
pub(crate) fn is_http_request(section: &Section<'_>) -> bool {
    section.heading.as_ref().is_some_and(|heading| {
        let lower = heading.text.plain().to_ascii_lowercase();
        lower == "http request" || lower == "http requests" || lower == "https request"
    })
}

/// Which column of a table holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// The name of what the row describes.
    pub(crate) name: Option<usize>,
    /// How the header calls it: `property`, `relationship`, `method`, `member`, …
    pub(crate) names: String,
    /// Its type.
    pub(crate) ty: Option<usize>,
    /// What it is.
    pub(crate) description: Option<usize>,
    /// Its number (enum members).
    pub(crate) value: Option<usize>,
    /// Columns that have a header and none of these parts.
    pub(crate) others: Vec<(usize, String)>,
}

impl Columns {
    /// The columns of a table by its header.
    pub(crate) fn of(table: &Table<'_>) -> Columns {
        let mut columns = Columns::default();
        for (index, cell) in table.header.iter().enumerate() {
            let text = cell.plain();
            let lower = text.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            match lower.as_str() {
                heading if Column::Type.is(heading) && columns.ty.is_none() && index > 0 => columns.ty = Some(index),
                heading if Column::Description.is(heading) && columns.description.is_none() && index > 0 => {
                    columns.description = Some(index);
                }
                heading if Column::Value.is(heading) && columns.value.is_none() && index > 0 => {
                    columns.value = Some(index);
                }
                "" => {}
                _ if columns.name.is_none() && (index == 0 || is_name_header(&lower)) => {
                    columns.name = Some(index);
                    columns.names = lower;
                }
                _ if index > 0 => columns.others.push((index, text)),
                _ => {}
            }
        }
        columns
    }

    /// `Property|Type|Description` and its kin.
    pub(crate) fn is_property_table(&self) -> bool {
        self.ty.is_some() && (Column::Property.is(&self.names) || Column::Relationship.is(&self.names))
    }

    /// `Method|Return type|Description` and its kin.
    pub(crate) fn is_method_table(&self) -> bool {
        Column::Method.is(&self.names)
    }

    /// `Member|Value|Description` and its kin.
    pub(crate) fn is_member_table(&self) -> bool {
        Column::Member.is(&self.names) && self.ty.is_none()
    }
}

fn is_name_header(lower: &str) -> bool {
    lower.contains("name") || matches!(lower, "property" | "relationship" | "member" | "method" | "parameter")
}
