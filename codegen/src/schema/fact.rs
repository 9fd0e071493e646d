//! What pages state about properties: by which phrases, as which term of OData's vocabularies, and
//! in which sentence of generated documentation.

use super::property::{Facts, Returned};

/// Where in its sentence a phrase stands. Sentences are compared in lower case; "bare" is a
/// sentence without the marks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// The phrase is the bare sentence.
    Whole,
    /// The sentence begins with it.
    Start,
    /// The bare sentence begins with it.
    BareStart,
    /// The sentence ends with it.
    End,
    /// The bare sentence ends with it.
    BareEnd,
    /// It stands anywhere in the sentence.
    Anywhere,
}

/// A phrase that states a fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FactPhrase {
    /// Its words, in lower case.
    pub(crate) words: &'static str,
    /// Where they stand.
    pub(crate) at: Where,
    /// Further words that the sentence must have; empty for none.
    pub(crate) with: &'static str,
    /// Whether it states the fact in a sentence about some cases only ("if", "when"), too.
    pub(crate) in_conditions: bool,
}

impl FactPhrase {
    /// Whether a sentence, in lower case, has it.
    pub(crate) fn stands_in(&self, sentence: &str) -> bool {
        let bare = || sentence.trim_matches(|c: char| !c.is_alphanumeric());
        let stands = match self.at {
            Where::Whole => bare() == self.words,
            Where::Start => sentence.starts_with(self.words),
            Where::BareStart => bare().starts_with(self.words),
            Where::End => sentence.ends_with(self.words),
            Where::BareEnd => bare().ends_with(self.words),
            Where::Anywhere => sentence.contains(self.words),
        };
        stands
            && (self.with.is_empty() || sentence.contains(self.with))
            && (self.in_conditions || !is_conditional(sentence))
    }
}

/// Whether a sentence, in lower case, speaks of some cases only.
pub(crate) fn is_conditional(lower: &str) -> bool {
    let anywhere = ["if ", "when ", "unless ", "for example", "once ", "after "];
    anywhere.iter().any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")))
        || ["for a ", "for an ", "for on-premises"].iter().any(|start| lower.starts_with(start))
}

macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $variant:ident {
        phrases: [$($at:ident $words:literal $(with $with:literal)? $(even $even:ident)?),* $(,)?],
        unless: [$($unless:literal),*],
        term: $term:expr,
        sentence: |$facts:ident, $code:ident| $sentence:expr $(,)?
    })+) => {
        /// What a page can state about a property. The order is that of the sentences in generated
        /// documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Fact {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Fact {
            /// All of them.
            pub(crate) const ALL: &[Fact] = &[$(Fact::$variant),+];

            /// The phrases that state it.
            pub(crate) fn phrases(self) -> &'static [FactPhrase] {
                match self {
                    $(Fact::$variant => const {
                        &[$(FactPhrase {
                            words: $words,
                            at: Where::$at,
                            with: concat!($($with)?),
                            in_conditions: !concat!($(stringify!($even))?).is_empty(),
                        }),*]
                    },)+
                }
            }

            /// What a sentence that states it does not have.
            fn denials(self) -> &'static [&'static str] {
                match self { $(Fact::$variant => &[$($unless),*]),+ }
            }

            /// The term that annotates a property with it, as a member of CSDL JSON; empty where
            /// CSDL has a member of its own for it.
            #[cfg(feature = "export")]
            pub(crate) fn term(self) -> &'static str {
                match self { $(Fact::$variant => $term),+ }
            }

            /// The sentence that says it in generated documentation; `code` marks code. `None`
            /// where it is not stated.
            pub(crate) fn sentence(self, facts: &Facts, code: impl Fn(&str) -> String) -> Option<String> {
                match self {
                    $(Fact::$variant => {
                        let ($facts, $code) = (facts, &code);
                        let _ = $code;
                        $sentence
                    })+
                }
            }
        }
    };
}

/// A sentence without a value.
fn say(known: bool, sentence: &str) -> Option<String> {
    known.then(|| sentence.to_owned())
}

facts! {
    /// It is the key, or a part of it.
    Key {
        phrases: [
            Whole "key" even conditional, Whole "primary key" even conditional, Whole "key property" even conditional,
            BareStart "key of the " even conditional, BareStart "key of this " even conditional,
        ],
        unless: [],
        term: "",
        sentence: |facts, code| say(facts.key.is_some(), "Key."),
    }
    /// The service alone sets it. What can be given once, on creation, is not read-only.
    ReadOnly {
        phrases: [
            Whole "read-only", Whole "read only", Whole "readonly",
            Start "read-only.", Start "read only.", Start "read-only,", Start "read-only (", Start "readonly.",
            Anywhere "is read-only", Anywhere "is read only", Anywhere "is readonly", Anywhere "read-only property",
            End "(read-only).", End "(read-only)", End ", read-only.", End " read-only.",
        ],
        unless: ["not read-only", "not read only"],
        term: "@Org.OData.Core.V1.Computed",
        sentence: |facts, code| say(facts.read_only.is_some(), "Read-only."),
    }
    /// It is never null.
    NotNullable {
        phrases: [
            Whole "not nullable" even conditional, Whole "non-nullable" even conditional,
            Whole "non nullable" even conditional, Whole "not null" even conditional,
            Whole "cannot be null" even conditional, Whole "can't be null" even conditional,
            Whole "can not be null" even conditional, Anywhere "not nullable" even conditional,
            Anywhere "this property cannot be null", Anywhere "it cannot be null", Anywhere "must not be null",
            Anywhere "can't be null",
        ],
        unless: [],
        term: "",
        sentence: |facts, code| say(facts.nullable.as_ref().is_some_and(|fact| !fact.value), "Not nullable."),
    }
    /// It may be null. Generated code takes that for granted.
    Nullable {
        phrases: [
            Whole "nullable" even conditional, Anywhere "this property is nullable" even conditional,
            Whole "can be null" even conditional, BareEnd "read-only, nullable" even conditional,
            Anywhere "null if" even conditional, Anywhere "is null when" even conditional,
            Anywhere "is null if" even conditional, Anywhere "null when" even conditional,
            Anywhere "can be null" even conditional,
        ],
        unless: [],
        term: "",
        sentence: |_facts, code| None,
    }
    /// It must be given when the entity is created.
    Required {
        phrases: [
            Whole "required" even conditional, Whole "required on create" even conditional,
            BareStart "required when creating" even conditional,
            BareStart "required when a " with " created" even conditional,
            Anywhere "required on create" even conditional,
            Anywhere "must be specified when" with "created" even conditional,
            Anywhere "required when creating" even conditional,
            Anywhere "this property is required when" with "created" even conditional,
        ],
        unless: [],
        term: "@edmark.v1.RequiredOnCreate",
        sentence: |facts, code| say(facts.required.is_some(), "Required on create."),
    }
    /// It is returned only where `$select` names it.
    OnSelect {
        phrases: [
            Anywhere "returned only on" even conditional, Anywhere "only returned on" even conditional,
            Anywhere "only returned when" with "$select" even conditional,
            Anywhere "returned only if" with "$select" even conditional,
            Anywhere "not returned by default" even conditional, Anywhere "isn't returned by default" even conditional,
            Anywhere "returned only with" with "$select" even conditional,
            Anywhere "only returned with" with "$select" even conditional,
            Anywhere "requires $select" even conditional, Anywhere "requires `$select`" even conditional,
        ],
        unless: [],
        term: "@edmark.v1.Returned",
        sentence: |facts, code| say(returned(facts) == Some(Returned::OnSelect), "Returned only on `$select`."),
    }
    /// It is returned without asking.
    ByDefault {
        phrases: [
            BareStart "returned by default" even conditional, BareStart "always returned" even conditional,
            Anywhere "is returned by default" even conditional, Anywhere "are returned by default" even conditional,
            Anywhere "is always returned" even conditional, Anywhere "and returned by default" even conditional,
        ],
        unless: [],
        term: "@edmark.v1.Returned",
        sentence: |_facts, code| None,
    }
    /// Its value where none is given; the value stands behind the phrase.
    Default {
        phrases: [
            Anywhere "default value is " even conditional, Anywhere "the default is " even conditional, Anywhere "default is " even conditional, Anywhere "defaults to " even conditional,
            Anywhere "default value: " even conditional, Anywhere "default value of " even conditional, Anywhere "default: " even conditional,
            Anywhere "by default, the value is " even conditional,
        ],
        unless: [],
        term: "",
        sentence: |facts, code| facts.default.as_ref().map(|default| format!("Default: {}.", code(&default.value))),
    }
    /// How many characters it can have; the number stands behind the phrase.
    MaxLength {
        phrases: [
            Anywhere "maximum length is ", Anywhere "maximum length of ", Anywhere "maximum length: ",
            Anywhere "max length is ", Anywhere "maximum size ", Anywhere "maximum of ", Anywhere "limited to ",
            Anywhere "length limit of ", Anywhere "must be at most ", Anywhere "up to ", Anywhere "at most ",
            Anywhere "cannot exceed ", Anywhere "can't exceed ", Anywhere "maximum length for this property is ",
            Anywhere "maximum ",
        ],
        unless: [],
        term: "",
        sentence: |facts, code| facts.max_length.as_ref().map(|length| format!("At most {} characters.", length.value)),
    }
    /// What `$filter` can do with it.
    Filter {
        phrases: [
            Anywhere "$filter" even conditional, Anywhere "filterable" even conditional,
            Anywhere "can be filtered" even conditional,
        ],
        unless: [],
        term: "@edmark.v1.Filterable",
        sentence: |facts, code| {
            let filter = &facts.filter.as_ref().filter(|filter| filter.value.supported)?.value;
            let operators: Vec<String> = filter.operators.iter().map(|name| code(name)).collect();
            Some(if operators.is_empty() {
                "`$filter`.".to_owned()
            } else {
                format!("`$filter`: {}.", operators.join(", "))
            })
        },
    }
    /// `$orderby` can sort by it.
    OrderBy {
        phrases: [Anywhere "$orderby" even conditional],
        unless: [],
        term: "@edmark.v1.Sortable",
        sentence: |facts, code| say(facts.order_by.as_ref().is_some_and(|fact| fact.value), "`$orderby`."),
    }
    /// `$search` finds it.
    Search {
        phrases: [Anywhere "$search" even conditional],
        unless: [],
        term: "@edmark.v1.Searchable",
        sentence: |facts, code| say(facts.search.as_ref().is_some_and(|fact| fact.value), "`$search`."),
    }
    /// `$expand` adds it.
    Expand {
        phrases: [Anywhere "$expand" even conditional],
        unless: [],
        term: "@edmark.v1.Expandable",
        sentence: |facts, code| say(facts.expand.as_ref().is_some_and(|fact| fact.value), "`$expand`."),
    }
}

fn returned(facts: &Facts) -> Option<Returned> {
    facts.returned.as_ref().map(|fact| fact.value)
}

impl Fact {
    /// Whether a sentence, in lower case, states it.
    pub(crate) fn is_stated(self, sentence: &str) -> bool {
        self.phrases().iter().any(|phrase| phrase.stands_in(sentence))
            && !self.denials().iter().any(|denial| sentence.contains(denial))
    }
}
