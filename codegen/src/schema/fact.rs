//! The facts that pages state about properties. Each has the phrases that state it, the
//! corresponding term of OData's vocabularies, and the sentence in generated documentation.

use super::property::{Facts, Returned};
use crate::phrases::Haystack;
use crate::source::Span;
use crate::vocabulary;

/// The position of a phrase in its sentence. Sentences are compared in lower case. A "bare"
/// sentence is one without the punctuation around it.
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
    /// It is anywhere in the sentence.
    Anywhere,
}

/// A phrase that states a fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FactPhrase {
    /// Its words, in lower case.
    pub(crate) words: &'static str,
    /// The position of the words in the sentence.
    pub(crate) at: Where,
    /// Further words that the sentence must contain; empty if there are none.
    pub(crate) with: &'static str,
    /// True if it states the fact even in a sentence about some cases only ("if", "when").
    pub(crate) in_conditions: bool,
}

impl FactPhrase {
    /// Returns true if a sentence in lower case contains the phrase.
    pub(crate) fn stands_in(&self, sentence: &Haystack<'_>) -> bool {
        let text = sentence.text();
        let bare = || vocabulary::bare(text);
        let stands = match self.at {
            Where::Whole => bare() == self.words,
            Where::Start => text.starts_with(self.words),
            Where::BareStart => bare().starts_with(self.words),
            Where::End => text.ends_with(self.words),
            Where::BareEnd => bare().ends_with(self.words),
            Where::Anywhere => sentence.contains(self.words),
        };
        stands
            && (self.with.is_empty() || sentence.contains(self.with))
            && (self.in_conditions || !is_conditional(text))
    }
}

/// Returns true if a sentence in lower case is about some cases only.
pub(crate) fn is_conditional(lower: &str) -> bool {
    let anywhere = [" if ", " when ", " unless ", " for example", " once ", " after "];
    anywhere.iter().any(|word| lower.starts_with(&word[1..]) || lower.contains(word))
        || ["for a ", "for an ", "for on-premises"].iter().any(|start| lower.starts_with(start))
}

macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $variant:ident {
        phrases: [$($at:ident $words:literal $(with $with:literal)? $(even $even:ident)?),* $(,)?],
        unless: [$($unless:literal),*],
        term: $term:expr,
        $(mark: $mark:ident,)?
        sentence: |$facts:ident, $code:ident| $sentence:expr $(,)?
    })+) => {
        /// A fact that a page can state about a property, in the order of the sentences in
        /// generated documentation.
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

            /// Words that must not be in a sentence that states it.
            fn denials(self) -> &'static [&'static str] {
                match self { $(Fact::$variant => &[$($unless),*]),+ }
            }

            #[cfg(any(feature = "export", feature = "metadata"))]
            /// The vocabulary term that states it, as a member of CSDL JSON; empty if CSDL has a
            /// member of its own for it.
            pub(crate) fn term(self) -> &'static str {
                match self { $(Fact::$variant => $term),+ }
            }

            #[cfg(feature = "export")]
            /// Its meaning, in a sentence or two.
            pub(crate) fn meaning(self) -> &'static str {
                match self { $(Fact::$variant => concat!($($doc),+).trim_ascii()),+ }
            }

            /// The place in [`Facts`] of a fact without a value, which is stated or not; `None` for
            /// other facts.
            pub(crate) fn mark(self, facts: &Facts) -> Option<&Option<Span>> {
                match self { $(Fact::$variant => None$(.or(Some(&facts.$mark)))?),+ }
            }

            /// The same place, to be filled.
            pub(crate) fn mark_mut(self, facts: &mut Facts) -> Option<&mut Option<Span>> {
                match self { $(Fact::$variant => None$(.or(Some(&mut facts.$mark)))?),+ }
            }

            /// The sentence in generated documentation; `code` marks code. `None` if the fact is
            /// not stated.
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
        mark: key,
        sentence: |facts, code| say(facts.key.is_some(), "Key."),
    }
    /// Only the service sets it. A property that can be set once, on creation, is not read-only.
    ReadOnly {
        phrases: [
            Whole "read-only", Whole "read only", Whole "readonly", Whole "non-editable",
            Start "read-only.", Start "read only.", Start "read-only,", Start "read-only (", Start "readonly.",
            Start "read-only collection" even conditional, Start "read-only value" even conditional,
            Start "read only value" even conditional, Start "read-only property" even conditional,
            Anywhere "is read-only", Anywhere "is read only", Anywhere "is readonly", Anywhere "read-only property",
            Anywhere "is a read-only ", Anywhere "are currently read-only", Anywhere "nullable and read",
            Anywhere "be modified and is automatically" even conditional,
            Anywhere "be updated manually" even conditional,
            End "(read-only).", End "(read-only)", End ", read-only.", End " read-only.",
        ],
        unless: ["not read-only", "not read only", "whether ", "read-only for ", "determines "],
        term: "@Org.OData.Core.V1.Computed",
        mark: read_only,
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
            Anywhere "can't be null", Anywhere "cannot be empty or null", Anywhere "can't be empty or null",
            Anywhere "cannot be null or empty", Anywhere "can't be null or empty",
        ],
        unless: [],
        term: "",
        sentence: |facts, code| say(facts.nullable.as_ref().is_some_and(|fact| !fact.value), "Not nullable."),
    }
    /// It may be null. Generated code assumes this for all properties.
    Nullable {
        phrases: [
            Whole "nullable" even conditional, Anywhere "this property is nullable" even conditional,
            Whole "can be null" even conditional, BareEnd "read-only, nullable" even conditional,
            Anywhere "null if" even conditional, Anywhere "is null when" even conditional,
            Anywhere "is null if" even conditional, Anywhere "null when" even conditional,
            Anywhere "can be null" even conditional, Anywhere "is nullable" even conditional,
            Anywhere "value is null" even conditional, Anywhere "field is null" even conditional,
            Anywhere "this property is null" even conditional,
            Anywhere "it's null" even conditional, Anywhere "it is null" even conditional,
            Anywhere "will be null" even conditional, Anywhere "could be null" even conditional,
            Anywhere "null until" even conditional, Anywhere "null by default" even conditional,
            Anywhere "returns null" even conditional, Anywhere "null for " even conditional,
            Anywhere "or null " even conditional, Anywhere "or null," even conditional,
            Anywhere "or null." even conditional, BareEnd "or null" even conditional,
            Anywhere "values are: null" even conditional, Anywhere "values: null" even conditional,
            Anywhere "default is null" even conditional, Anywhere "defaults to null" even conditional,
        ],
        unless: ["null values", "not be null", "n't be null", "n't null", "not null", "non-null"],
        term: "",
        sentence: |_facts, code| None,
    }
    /// It is required when the entity is created.
    Required {
        phrases: [
            Whole "required" even conditional, Whole "required on create" even conditional,
            BareStart "required when creating" even conditional,
            BareStart "required when a " with " created" even conditional,
            Anywhere "required on create" even conditional,
            Anywhere "must be specified when" with "created" even conditional,
            Anywhere "required when creating" even conditional,
            Anywhere "this property is required when" with "created" even conditional,
            Whole "mandatory" even conditional, Anywhere "is a required property" even conditional,
            Anywhere "it's a required property" even conditional, BareStart "required when you create" even conditional,
            Anywhere "is a required field" even conditional, Anywhere "is a required value" even conditional,
            BareStart "required during the create" even conditional, BareStart "required for creation" even conditional,
            BareStart "required during creation" even conditional, BareStart "required at creation" even conditional,
            BareStart "required on creation" even conditional,
        ],
        unless: ["whether ", "not required", "n't required", "not a required"],
        term: "@edmark.v1.RequiredOnCreate",
        mark: required,
        sentence: |facts, code| say(facts.required.is_some(), "Required on create."),
    }
    /// It can be set when the entity is created, and not be changed later.
    Immutable {
        phrases: [
            Whole "immutable" even conditional, Anywhere "is immutable" even conditional,
            Anywhere "are immutable" even conditional, Anywhere "immutable after" even conditional,
            Anywhere "immutable thereafter" even conditional, Anywhere "immutable once" even conditional,
            Anywhere "not be changed after" with " creat" even conditional,
            Anywhere "n't be changed after" with " creat" even conditional,
            Anywhere "not be modified after" with " creat" even conditional,
            Anywhere "n't be modified after" with " creat" even conditional,
            Anywhere "not be updated after" with " creat" even conditional,
            Anywhere "n't be updated after" with " creat" even conditional,
            Anywhere "not be changed later" even conditional, Anywhere "n't be changed later" even conditional,
            Anywhere "not be changed once" even conditional, Anywhere "n't be changed once" even conditional,
            Anywhere "can be set only when creating" even conditional,
            Anywhere "can only be set when creating" even conditional,
            Anywhere "can only be set while creating" even conditional,
            Anywhere "can be set only as part of creation" even conditional,
            Anywhere "set during creation and can" with "changed" even conditional,
            Anywhere "but it cannot be updated" even conditional, Anywhere "but it can't be updated" even conditional,
            Start "once " with "can't be modified" even conditional,
            Start "once " with "cannot be modified" even conditional,
            Start "once " with "can't be changed" even conditional,
            Start "once " with "cannot be changed" even conditional,
            Start "after " with "can't be changed" even conditional,
            Start "after " with "cannot be changed" even conditional,
            Start "after " with "can't be updated" even conditional,
            Start "after " with "cannot be updated" even conditional,
        ],
        unless: ["if ", "unless ", "whether ", "not immutable", "can later be changed"],
        term: "@Org.OData.Core.V1.Immutable",
        mark: immutable,
        sentence: |facts, code| say(facts.immutable.is_some(), "Set on creation only."),
    }
    /// It is returned only if `$select` names it.
    OnSelect {
        phrases: [
            Anywhere "returned only on" with "$select" even conditional,
            Anywhere "only returned on" with "$select" even conditional,
            Anywhere "only returned if" with "$select" even conditional,
            Anywhere "only returned when" with "$select" even conditional,
            Anywhere "returned only if" with "$select" even conditional,
            Anywhere "not returned by default" even conditional, Anywhere "isn't returned by default" even conditional,
            Anywhere "returned only with" with "$select" even conditional,
            Anywhere "only returned with" with "$select" even conditional,
            Anywhere "requires $select" even conditional, Anywhere "requires `$select`" even conditional,
        ],
        unless: ["$expand"],
        term: "@edmark.v1.Returned",
        sentence: |facts, code| say(returned(facts) == Some(Returned::OnSelect), "Returned only on `$select`."),
    }
    /// It is returned by default.
    ByDefault {
        phrases: [
            BareStart "returned by default" even conditional, BareStart "always returned" even conditional,
            Anywhere "is returned by default" even conditional, Anywhere "are returned by default" even conditional,
            Anywhere "is always returned" even conditional, Anywhere "and returned by default" even conditional,
        ],
        unless: ["returned as null"],
        term: "@edmark.v1.Returned",
        sentence: |_facts, code| None,
    }
    /// Its value if none is given; the phrase is followed by the value.
    Default {
        phrases: [
            Anywhere "default value is " even conditional, Anywhere "the default is " even conditional, Anywhere "default is " even conditional, Anywhere "defaults to " even conditional,
            Anywhere "default value: " even conditional, Anywhere "default value is: " even conditional, Anywhere "default value of " even conditional, Anywhere "default: " even conditional,
            Anywhere "by default, the value is " even conditional,
            Anywhere "default set to " even conditional, Anywhere "default behavior is " even conditional,
            Anywhere "the default value " even conditional,
        ],
        unless: [],
        term: "",
        sentence: |facts, code| facts.default.as_ref().map(|default| format!("Default: {}.", code(&default.value))),
    }
    /// The maximum number of characters; the phrase is followed by the number. A number before
    /// "characters" in a sentence that sets a limit needs no phrase.
    MaxLength {
        phrases: [
            Anywhere "maximum length is ", Anywhere "maximum length of ", Anywhere "maximum length: ",
            Anywhere "max length is ", Anywhere "max length: ", Anywhere "maximum size ",
            Anywhere "maximum length for this property is ", Anywhere "maximum allowed size is ",
            Anywhere "maximum allowed length is ", Anywhere "maximum supported length is ",
            Anywhere "max allowed length is ", Anywhere "maximum length allowed for this property is ",
        ],
        unless: [],
        term: "",
        sentence: |facts, code| facts.max_length.as_ref().map(|length| format!("At most {} characters.", length.value)),
    }
    /// The support of `$filter`.
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
    /// `$orderby` is supported.
    OrderBy {
        phrases: [Anywhere "$orderby" even conditional, Anywhere "orderby" even conditional],
        unless: [],
        term: "@edmark.v1.Sortable",
        sentence: |facts, code| say(facts.order_by.as_ref().is_some_and(|fact| fact.value), "`$orderby`."),
    }
    /// `$search` is supported.
    Search {
        phrases: [Anywhere "$search" even conditional],
        unless: [],
        term: "@edmark.v1.Searchable",
        sentence: |facts, code| say(facts.search.as_ref().is_some_and(|fact| fact.value), "`$search`."),
    }
    /// `$expand` is supported.
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
    /// Words of which each phrase of a fact without a value contains one. Most sentences have none
    /// of them, and are compared with no phrase.
    pub(crate) const MARK_WORDS: &[&str] = &[
        "read",
        "requir",
        "key",
        "must be",
        "mandatory",
        "mutable",
        "changed",
        "modified",
        "updated",
        "set ",
        "editable",
    ];

    /// Returns true if a sentence in lower case states it.
    pub(crate) fn is_stated(self, sentence: &Haystack<'_>) -> bool {
        self.phrases().iter().any(|phrase| phrase.stands_in(sentence)) && !sentence.contains_any(self.denials())
    }

    /// Returns true if a text in lower case is one of the sentences that state nothing else.
    pub(crate) fn is_whole(self, text: &str) -> bool {
        self.phrases().iter().any(|phrase| phrase.at == Where::Whole && phrase.words == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_without_a_value_has_one_of_the_words_that_are_searched_first() {
        for fact in Fact::ALL.iter().filter(|fact| fact.mark(&Facts::default()).is_some()) {
            for phrase in fact.phrases() {
                let words = [phrase.words, phrase.with];
                let has_word = Fact::MARK_WORDS.iter().any(|word| words.iter().any(|words| words.contains(word)));
                assert!(has_word, "`{}` of {fact:?} has none of the words in MARK_WORDS", phrase.words);
            }
        }
    }
}
