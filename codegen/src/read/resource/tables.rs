//! Assigns the tables of a page to the types that they describe.
//!
//! A table under a heading for properties or relationships is read, whatever its header is. A table
//! under another heading is read if its names appear in the type's JSON block. If they do not, it
//! describes something else, such as the inner JSON of a policy.

use crate::page::{Block, Page, Table, Text};
use crate::read::json_block::is_resource_block;
use crate::read::resource::Part;
use crate::read::rows::{self, Columns};
use crate::read::sections::{Role, Sections};
use crate::schema::PropertySource;

/// A table that describes properties.
pub(super) struct PropertyTable<'p, 'a> {
    pub(super) table: &'p Table<'a>,
    pub(super) columns: Columns,
    pub(super) source: PropertySource,
    /// True if its header does not tell what the columns hold, so that they are guessed.
    pub(super) is_guessed: bool,
    /// The heading above it, if that is not about properties.
    pub(super) outside: Option<&'p Text<'a>>,
}

/// A table that may describe properties: the heading above it does not tell.
pub(super) struct Candidate<'p, 'a> {
    table: &'p Table<'a>,
    /// The heading above it, unless that is below "Properties" or "Relationships".
    heading: Option<&'p Text<'a>>,
    /// True if its heading is about something else than properties: the one above it was lost.
    is_elsewhere: bool,
    source: PropertySource,
}

/// Distributes the tables of a page to its resource blocks. A single block gets all of them. With
/// several blocks, the first section of properties belongs to the first block, the second to the
/// second, and all remaining tables to the first.
pub(super) fn split<'p, 'a>(page: &'p Page<'a>, sections: &Sections<'p, 'a>) -> Vec<Part<'p, 'a>> {
    let fences: Vec<_> = page.fences().filter(|fence| is_resource_block(fence)).collect();
    let count = fences.len().max(1);
    let mut parts: Vec<Part<'p, 'a>> = (0..count)
        .map(|index| Part {
            fence: fences.get(index).copied(),
            tables: Vec::new(),
            methods: Vec::new(),
            others: Vec::new(),
        })
        .collect();
    let (mut properties_seen, mut relationships_seen) = (0_usize, 0_usize);
    // The last heading for properties or relationships, which the sections below it belong to.
    let mut above: Option<(u8, PropertySource)> = None;
    for (role, section) in sections.all() {
        let level = section.heading.as_ref().map_or(1, |heading| heading.level);
        above = above.filter(|(outer, _)| *outer < level);
        match role {
            Role::Properties => above = Some((level, PropertySource::Properties)),
            Role::Relationships => above = Some((level, PropertySource::Relationships)),
            _ => {}
        }
        let mut tables = tables(&section.blocks);
        if tables.is_empty() && matches!(role, Role::Properties | Role::Relationships) {
            tables = section.blocks.iter().flat_map(quoted).collect();
        }
        if tables.is_empty() {
            continue;
        }
        let rank = match role {
            Role::Properties => {
                properties_seen += 1;
                properties_seen
            }
            Role::Relationships => {
                relationships_seen += 1;
                relationships_seen
            }
            _ => 1,
        };
        let part = &mut parts[(rank - 1).min(count - 1)];
        let heading = section.heading.as_ref().map(|heading| &heading.text);
        for table in tables {
            match role {
                Role::Properties => part.add_below(PropertySource::Properties, table),
                Role::Relationships => part.add_below(PropertySource::Relationships, table),
                _ => part.add_elsewhere(role, heading, above.map(|(_, source)| source), table),
            }
        }
    }
    parts
}

impl<'p, 'a> Part<'p, 'a> {
    /// Adds a table below a heading for properties or relationships.
    fn add_below(&mut self, under: PropertySource, table: &'p Table<'a>) {
        let columns = Columns::of(table);
        let (columns, source, is_guessed) = match columns.is_property_table() {
            // The types are in the column of the names, and the names in that of the types.
            true if columns.are_swapped(table) => (columns.swapped(), under, true),
            // The table's own header takes precedence over the heading, because some pages list
            // relationships under "Properties" and vice versa.
            true if columns.says_relationships() => (columns, PropertySource::Relationships, false),
            true => (columns, under, false),
            false if !self.tables.iter().any(|known| known.source == under) => {
                // A header such as `Method|Return type|Description` is a mistake under this
                // heading.
                let is_guessed = columns.ty.is_none() || columns.name.is_none();
                let columns = if is_guessed { Columns::guess(table).unwrap_or(columns) } else { columns };
                if columns.ty.is_none() {
                    return;
                }
                (columns, under, is_guessed)
            }
            false if columns.is_method_table() => return self.methods.push(table),
            false => return self.others.push(Candidate { table, heading: None, is_elsewhere: true, source: under }),
        };
        self.tables.push(PropertyTable { table, columns, source, is_guessed, outside: None });
    }

    /// Adds a table below another heading. `above` is the kind of properties that a heading further
    /// up is for.
    fn add_elsewhere(
        &mut self,
        role: &Role,
        heading: Option<&'p Text<'a>>,
        above: Option<PropertySource>,
        table: &'p Table<'a>,
    ) {
        let columns = Columns::of(table);
        let is_known = !matches!(role, Role::Other | Role::Introduction);
        if columns.is_method_table() {
            self.methods.push(table);
        } else if columns.is_property_table() && columns.says_relationships() {
            // No other table has such a header, so that the heading above it was lost.
            let source = PropertySource::Relationships;
            self.tables.push(PropertyTable { table, columns, source, is_guessed: false, outside: heading });
        } else if columns.is_property_table() || !is_known {
            // The heading above a table may be lost, so that it is below another one.
            let source = above.unwrap_or(PropertySource::Properties);
            let heading = heading.filter(|_| above.is_none());
            self.others.push(Candidate { table, heading, is_elsewhere: is_known, source });
        }
    }
}

fn tables<'p, 'a>(blocks: &'p [Block<'a>]) -> Vec<&'p Table<'a>> {
    let table = |block: &'p Block<'a>| match block {
        Block::Table(table) => Some(table),
        _ => None,
    };
    blocks.iter().filter_map(table).collect()
}

/// The tables within a note.
fn quoted<'p, 'a>(block: &'p Block<'a>) -> Vec<&'p Table<'a>> {
    match block {
        Block::Quote(blocks) => tables(blocks),
        _ => Vec::new(),
    }
}

impl<'p, 'a> Candidate<'p, 'a> {
    /// Reads the table as a table of properties, if most of its names are in the JSON block.
    pub(super) fn read(self, shown: &[&str]) -> Option<PropertyTable<'p, 'a>> {
        let columns = Columns::of(self.table);
        let is_guessed = !columns.is_property_table();
        let columns = if is_guessed { Columns::guess(self.table)? } else { columns };
        let names: Vec<String> = self.names(&columns);
        let known = names.iter().filter(|name| shown.contains(&name.as_str())).count();
        // If the header does not say that it lists properties, every name must be in the block.
        let enough = if is_guessed { known == names.len() && known > 1 } else { known > 0 && known * 2 >= names.len() };
        let outside = self.heading;
        enough.then_some(PropertyTable { table: self.table, columns, source: self.source, is_guessed, outside })
    }

    /// Returns true if it has the header of a table of properties.
    pub(super) fn says_properties(&self) -> bool {
        let columns = Columns::of(self.table);
        columns.is_property_table() && matches!(columns.names.as_str(), "property" | "property name" | "relationship")
    }

    pub(super) fn table(&self) -> &'p Table<'a> {
        self.table
    }

    /// Returns true if it is below the heading of another topic, such as "Methods".
    pub(super) fn is_under_another_topic(&self) -> bool {
        self.is_elsewhere
    }

    /// The table, if the heading above it was lost.
    pub(super) fn lost(self) -> PropertyTable<'p, 'a> {
        let columns = Columns::of(self.table);
        PropertyTable { table: self.table, columns, source: self.source, is_guessed: false, outside: None }
    }

    fn names(&self, columns: &Columns) -> Vec<String> {
        let column = columns.name.unwrap_or(0);
        let cells = self.table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.filter_map(rows::property_name).map(|name| name.value).collect()
    }
}
