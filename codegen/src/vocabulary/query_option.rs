//! The system query options of OData.

macro_rules! query_options {
    ($($variant:ident = $name:literal $(, short: $short:ident)?;)+) => {
        /// A system query option (OData URL Conventions 4.01, 5.1).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum QueryOption {
            $($variant,)+
        }

        impl QueryOption {
            /// All of them.
            pub(crate) const ALL: &[QueryOption] = &[$(QueryOption::$variant),+];

            /// Its name: `$select`.
            pub(crate) fn name(self) -> &'static str {
                match self { $(QueryOption::$variant => $name),+ }
            }

            /// True if the name without the dollar sign means this option, too. `search` is not
            /// such a name, because it is often a custom query option.
            fn has_short_name(self) -> bool {
                match self { $(QueryOption::$variant => !concat!($(stringify!($short))?).is_empty()),+ }
            }
        }
    };
}

query_options! {
    Select = "$select", short: yes;
    Expand = "$expand", short: yes;
    Filter = "$filter", short: yes;
    OrderBy = "$orderby", short: yes;
    Search = "$search";
    Top = "$top", short: yes;
    Skip = "$skip", short: yes;
    Count = "$count", short: yes;
    Format = "$format";
    SkipToken = "$skiptoken";
    DeltaToken = "$deltatoken";
}

impl QueryOption {
    /// The option with this name, which includes the dollar sign; case does not matter.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|option| name.eq_ignore_ascii_case(option.name()))
    }

    /// The option that a name in a URL means: `$select`, or the short form of OData 4.01 without
    /// the dollar sign.
    pub(crate) fn in_url(name: &str) -> Option<Self> {
        Self::named(name).or_else(|| {
            let is_short =
                |option: &QueryOption| option.has_short_name() && name.eq_ignore_ascii_case(&option.name()[1..]);
            Self::ALL.iter().copied().find(is_short)
        })
    }
}
