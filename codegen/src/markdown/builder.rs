//! Adds parsed blocks to the open quote, list or section.

use crate::page::{Block, Comment, Heading, Piece, PieceKind, Section, Table, Text};
use crate::source::Span;

/// The maximum nesting of quotes; deeper ones are merged.
const DEPTH: usize = 16;

#[derive(Default)]
pub(super) struct Builder<'a> {
    sections: Vec<Section<'a>>,
    open: Vec<Open<'a>>,
    /// The number of quotes in `open`.
    quotes: usize,
}

/// A container that is not closed yet.
enum Open<'a> {
    Quote(Vec<Block<'a>>),
    /// A quote beyond the maximum nesting: its blocks are added to the enclosing one.
    FlatQuote,
    List {
        items: Vec<Text<'a>>,
        /// The nesting depth of open lists; their items are kept flat.
        depth: usize,
        /// The state of the current item.
        item: ItemState,
    },
}

/// The state of a list item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ItemState {
    /// It has no text yet.
    Fresh,
    /// It has text, which is the last in the list.
    Text,
    /// It has text that was added to the section, because a block followed.
    Block,
}

impl<'a> Builder<'a> {
    /// Begins a section. Within a quote, a heading is ordinary text.
    pub(super) fn heading(&mut self, heading: Heading<'a>) {
        if self.quotes > 0 {
            self.push(Block::Paragraph(heading.text));
        } else {
            self.flush_list();
            self.sections.push(Section { heading: Some(heading), blocks: Vec::new() });
        }
    }

    /// Adds a block that is not the text of a list item.
    pub(super) fn push(&mut self, block: Block<'a>) {
        self.flush_list();
        self.target().push(block);
    }

    /// Adds a paragraph, or text to the open list item.
    pub(super) fn text(&mut self, text: Text<'a>) {
        let Some(Open::List { items, item, .. }) = self.open.last_mut() else {
            self.target().push(Block::Paragraph(text));
            return;
        };
        match (*item, items.last_mut()) {
            (ItemState::Text, Some(last)) => {
                let end = Piece { span: text.span, kind: PieceKind::Break, strong: false };
                last.pieces.push(end);
                last.pieces.extend(text.pieces);
                if last.span.file == text.span.file {
                    last.span = last.span.to(text.span);
                }
            }
            (ItemState::Block, _) => self.push(Block::Paragraph(text)),
            _ => {
                items.push(text);
                *item = ItemState::Text;
            }
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.flush_list();
        if self.quotes < DEPTH {
            self.quotes += 1;
            self.open.push(Open::Quote(Vec::new()));
        } else {
            self.open.push(Open::FlatQuote);
        }
    }

    pub(super) fn close_quote(&mut self) {
        if let Some(Open::Quote(blocks)) = self.open.pop() {
            self.quotes -= 1;
            self.push(Block::Quote(blocks));
        }
    }

    pub(super) fn open_list(&mut self) {
        match self.open.last_mut() {
            Some(Open::List { depth, .. }) => *depth += 1,
            _ => self.open.push(Open::List { items: Vec::new(), depth: 1, item: ItemState::Fresh }),
        }
    }

    pub(super) fn open_item(&mut self) {
        if let Some(Open::List { item, .. }) = self.open.last_mut() {
            *item = ItemState::Fresh;
        }
    }

    pub(super) fn close_list(&mut self) {
        let Some(Open::List { depth, item, .. }) = self.open.last_mut() else { return };
        *depth -= 1;
        if *depth > 0 {
            // Text that follows in the outer item is not part of the inner item.
            *item = ItemState::Block;
        } else {
            self.flush_list();
            self.open.pop();
        }
    }

    /// Returns true within a quote.
    pub(super) fn in_quote(&self) -> bool {
        self.quotes > 0
    }

    /// Removes and returns the comment that annotates the fence that follows: of the comments
    /// directly before it, the nearest one that begins with a brace, or else the nearest one.
    pub(super) fn take_comment(&mut self) -> Option<Comment<'a>> {
        self.flush_list();
        let blocks = self.target();
        let mut chosen = None;
        for (index, block) in blocks.iter().enumerate().rev() {
            let Block::Comment(text) = block else { break };
            let json = text.value.trim_start().starts_with('{');
            if json || chosen.is_none() {
                chosen = Some(index);
            }
            if json {
                break;
            }
        }
        let Block::Comment(text) = blocks.remove(chosen?) else { return None };
        let skipped = text.value.len() - text.value.trim_start().len();
        let json = text.value[skipped..]
            .starts_with('{')
            .then(|| crate::json::parse(text.span.file, text.span.start as usize, text.value));
        Some(Comment { text, json })
    }

    /// Returns true if nothing has been added yet.
    pub(super) fn is_untitled(&self) -> bool {
        self.sections.is_empty() && self.open.is_empty()
    }

    /// Takes back the last paragraphs, from the first that is the beginning of code, and returns
    /// the place of that.
    pub(super) fn take_code(&mut self, begins_code: impl Fn(Span) -> bool) -> Option<Span> {
        let blocks = self.target();
        let paragraphs = blocks.iter().rev().map_while(|block| match block {
            Block::Paragraph(text) => Some(text.span),
            _ => None,
        });
        let (count, first) = paragraphs.enumerate().filter(|(_, span)| begins_code(*span)).last()?;
        blocks.truncate(blocks.len() - count - 1);
        Some(first)
    }

    /// The last table, if only comments, a sentence or a note have been added after it, and true if
    /// they have.
    pub(super) fn table_above(&mut self) -> Option<(&mut Table<'a>, bool)> {
        if matches!(self.open.last(), Some(Open::List { items, .. }) if !items.is_empty()) {
            return None;
        }
        let is_between =
            |block: &&mut Block<'a>| matches!(block, Block::Comment(_) | Block::Paragraph(_) | Block::Quote(_));
        let mut blocks = self.target().iter_mut().rev().take(3);
        let mut passed = false;
        let last = blocks.by_ref().find(|block| {
            let between = is_between(block);
            passed |= between;
            !between
        });
        match last {
            Some(Block::Table(table)) => Some((table, passed)),
            _ => None,
        }
    }

    /// Closes everything that is open and returns the sections.
    pub(super) fn finish(mut self) -> Vec<Section<'a>> {
        while let Some(open) = self.open.last() {
            match open {
                Open::List { .. } => {
                    self.flush_list();
                    self.open.pop();
                }
                _ => self.close_quote(),
            }
        }
        self.sections
    }

    /// Adds the items of the innermost list to its target, so that a block that follows comes after
    /// them.
    fn flush_list(&mut self) {
        if let Some(Open::List { items, item, .. }) = self.open.last_mut() {
            if *item == ItemState::Text {
                *item = ItemState::Block;
            }
            if !items.is_empty() {
                let items = std::mem::take(items);
                self.target().push(Block::List(items));
            }
        }
    }

    fn target(&mut self) -> &mut Vec<Block<'a>> {
        let quote = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Quote(blocks) => Some(blocks),
            _ => None,
        });
        if let Some(blocks) = quote {
            return blocks;
        }
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last].blocks
    }
}
