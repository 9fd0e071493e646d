//! `Edm.DateTimeOffset`, `Edm.Date` and `Edm.TimeOfDay`

use super::text::text_type;

text_type! {
    /// `Edm.DateTimeOffset`: a point in time, `2025-01-31T23:59:59.9999999Z`.
    ///
    /// It keeps its text, so two different texts of the same point in time are not equal. With the
    /// features `time`, `chrono` and `jiff` it converts from and to `time::OffsetDateTime`,
    /// `chrono::DateTime<FixedOffset>` (and `Utc`), `jiff::Timestamp`.
    ///
    /// ```
    /// use edmark_runtime::DateTimeOffset;
    /// let moment: DateTimeOffset = serde_json::from_str("\"2025-01-31T23:59:59.9999999Z\"")?;
    /// assert_eq!(serde_json::to_string(&moment)?, "\"2025-01-31T23:59:59.9999999Z\"");
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    DateTimeOffset, "a string (a date and time with offset)"
}

text_type! {
    /// `Edm.Date`: a calendar date, `2025-01-31`. With the features `time`, `chrono` and `jiff` it
    /// converts from and to `time::Date`, `chrono::NaiveDate`, `jiff::civil::Date`.
    Date, "a string (a date)"
}

text_type! {
    /// `Edm.TimeOfDay`: a time of day, `08:30:00.0000000`. With the features `time`, `chrono` and
    /// `jiff` it converts from and to `time::Time`, `chrono::NaiveTime`, `jiff::civil::Time`.
    TimeOfDay, "a string (a time of day)"
}

/// Implements the conversion of a text type to a type of another crate, with a function from `&str`
/// to a `Result`.
#[cfg(any(feature = "time", feature = "chrono", feature = "jiff"))]
macro_rules! try_from_text {
    ($from:ident, $kind:literal, $to:ty, $parse:expr) => {
        impl TryFrom<&$from> for $to {
            type Error = crate::InvalidText;
            fn try_from(value: &$from) -> Result<Self, crate::InvalidText> {
                $parse(value.as_str()).map_err(|_| crate::InvalidText::new($kind, value.as_str()))
            }
        }
    };
}

/// Shortens the fractional seconds to seven digits, which is the precision of services, and removes
/// trailing zeros.
#[cfg(any(feature = "time", feature = "chrono", feature = "jiff"))]
fn trimmed(text: &str) -> String {
    let Some((whole, rest)) = text.split_once('.') else { return text.to_owned() };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (fraction, offset) = rest.split_at(end);
    let fraction = fraction.get(..7).unwrap_or(fraction);
    match fraction.trim_end_matches('0') {
        "" => format!("{whole}{offset}"),
        fraction => format!("{whole}.{fraction}{offset}"),
    }
}

#[cfg(feature = "time")]
mod time {
    use time::format_description::well_known::{Iso8601, Rfc3339};
    use time::{OffsetDateTime, Time};

    use super::{Date, DateTimeOffset, TimeOfDay};
    use crate::InvalidText;
    use crate::value_for::stand_for;

    try_from_text!(DateTimeOffset, "a date and time", OffsetDateTime, |text| { OffsetDateTime::parse(text, &Rfc3339) });
    try_from_text!(Date, "a date", time::Date, |text| time::Date::parse(text, &Iso8601::DATE));
    try_from_text!(TimeOfDay, "a time of day", Time, |text| Time::parse(text, &Iso8601::TIME));

    /// Years beyond 9999 are an error.
    impl TryFrom<OffsetDateTime> for DateTimeOffset {
        type Error = InvalidText;
        fn try_from(value: OffsetDateTime) -> Result<Self, InvalidText> {
            value
                .format(&Rfc3339)
                .map(|text| super::trimmed(&text).into())
                .map_err(|_| InvalidText::new("a date and time", &value.to_string()))
        }
    }

    stand_for! { Date: time::Date; TimeOfDay: Time; }

    impl From<time::Date> for Date {
        fn from(value: time::Date) -> Self {
            value.to_string().into() // `Display` prints `[year]-[month]-[day]`
        }
    }

    impl From<Time> for TimeOfDay {
        fn from(value: Time) -> Self {
            let (hour, minute, second, nanosecond) = value.as_hms_nano();
            super::trimmed(&format!("{hour:02}:{minute:02}:{second:02}.{nanosecond:09}")).into()
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};

    use super::{Date, DateTimeOffset, TimeOfDay};
    use crate::value_for::stand_for;

    try_from_text!(DateTimeOffset, "a date and time", DateTime<FixedOffset>, DateTime::parse_from_rfc3339);
    try_from_text!(DateTimeOffset, "a date and time", DateTime<Utc>, |text| {
        DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc())
    });
    try_from_text!(Date, "a date", NaiveDate, |text| NaiveDate::parse_from_str(text, "%Y-%m-%d"));
    try_from_text!(TimeOfDay, "a time of day", NaiveTime, |text| {
        NaiveTime::parse_from_str(text, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
    });

    stand_for! { DateTimeOffset: DateTime<FixedOffset>, DateTime<Utc>; Date: NaiveDate; TimeOfDay: NaiveTime; }

    impl From<DateTime<FixedOffset>> for DateTimeOffset {
        fn from(value: DateTime<FixedOffset>) -> Self {
            super::trimmed(&value.to_rfc3339_opts(SecondsFormat::AutoSi, true)).into()
        }
    }

    impl From<DateTime<Utc>> for DateTimeOffset {
        fn from(value: DateTime<Utc>) -> Self {
            super::trimmed(&value.to_rfc3339_opts(SecondsFormat::AutoSi, true)).into()
        }
    }

    impl From<NaiveDate> for Date {
        fn from(value: NaiveDate) -> Self {
            value.to_string().into()
        }
    }

    impl From<NaiveTime> for TimeOfDay {
        fn from(value: NaiveTime) -> Self {
            super::trimmed(&value.to_string()).into()
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use jiff::Timestamp;
    use jiff::civil;

    use super::{Date, DateTimeOffset, TimeOfDay};
    use crate::value_for::stand_for;

    try_from_text!(DateTimeOffset, "a date and time", Timestamp, str::parse::<Timestamp>);
    try_from_text!(Date, "a date", civil::Date, str::parse::<civil::Date>);
    try_from_text!(TimeOfDay, "a time of day", civil::Time, str::parse::<civil::Time>);

    stand_for! { DateTimeOffset: Timestamp; Date: civil::Date; TimeOfDay: civil::Time; }

    impl From<Timestamp> for DateTimeOffset {
        fn from(value: Timestamp) -> Self {
            super::trimmed(&value.to_string()).into()
        }
    }

    impl From<civil::Date> for Date {
        fn from(value: civil::Date) -> Self {
            value.to_string().into()
        }
    }

    impl From<civil::Time> for TimeOfDay {
        fn from(value: civil::Time) -> Self {
            super::trimmed(&value.to_string()).into()
        }
    }
}
