//! Conversions between the text types and types of other crates:
//! `cargo test -p edmark-runtime --all-features`.

#[cfg(feature = "time")]
mod time {
    use edmark_runtime::{Date, DateTimeOffset, Duration, TimeOfDay};

    #[test]
    fn there_and_back() {
        let moment = DateTimeOffset::from("2025-01-31T23:59:59.9999999+02:00");
        let time = time::OffsetDateTime::try_from(&moment).expect("a moment");
        assert_eq!((time.year(), time.nanosecond()), (2025, 999_999_900));
        assert_eq!(DateTimeOffset::try_from(time), Ok(moment));
        assert!(time::OffsetDateTime::try_from(&DateTimeOffset::from("datetime-value")).is_err());
        let day = time::Date::try_from(&Date::from("2025-02-28")).expect("a day");
        assert_eq!(Date::from(day), "2025-02-28");
        assert!(time::Date::try_from(&Date::from("2025-02-30")).is_err());
        let clock = time::Time::try_from(&TimeOfDay::from("08:30:00.0000000")).expect("a time of day");
        assert_eq!(TimeOfDay::from(clock), "08:30:00");
        let nanoseconds = time::OffsetDateTime::from_unix_timestamp_nanos(1_234_567_891).expect("a moment");
        assert_eq!(DateTimeOffset::try_from(nanoseconds).expect("a year"), "1970-01-01T00:00:01.2345678Z");
        let length = time::Duration::try_from(&Duration::from("-P1DT2.5S")).expect("a duration");
        assert_eq!(length, -time::Duration::milliseconds(86_402_500));
        assert_eq!(Duration::from(length), "-P1DT2.5S");
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
    use edmark_runtime::{Date, DateTimeOffset, Duration, TimeOfDay};

    #[test]
    fn there_and_back() {
        let moment = DateTimeOffset::from("2025-01-31T23:59:59.5Z");
        let fixed = DateTime::<FixedOffset>::try_from(&moment).expect("a moment");
        assert_eq!(DateTimeOffset::from(fixed), moment);
        assert_eq!(DateTimeOffset::from(DateTime::<Utc>::try_from(&moment).expect("a moment")), moment);
        let day = NaiveDate::try_from(&Date::from("2025-02-28")).expect("a day");
        assert_eq!(Date::from(day), "2025-02-28");
        let clock = NaiveTime::try_from(&TimeOfDay::from("08:30:00.0000000")).expect("a time of day");
        assert_eq!(TimeOfDay::from(clock), "08:30:00");
        for (nanoseconds, written) in [
            (123_456_789, "1970-01-01T00:00:00.1234567Z"),
            (120_000_000, "1970-01-01T00:00:00.12Z"),
            (99, "1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(DateTimeOffset::from(DateTime::<Utc>::from_timestamp_nanos(nanoseconds)), written);
        }
        let length = TimeDelta::try_from(&Duration::from("-PT90M")).expect("a duration");
        assert_eq!(length, TimeDelta::minutes(-90));
        assert_eq!(Duration::from(length), "-PT1H30M");
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use edmark_runtime::{Date, DateTimeOffset, Duration, TimeOfDay};
    use jiff::{SignedDuration, Timestamp, civil};

    #[test]
    fn there_and_back() {
        let moment = DateTimeOffset::from("2025-01-31T23:59:59.5Z");
        let timestamp = Timestamp::try_from(&moment).expect("a moment");
        assert_eq!(DateTimeOffset::from(timestamp), moment);
        let day = civil::Date::try_from(&Date::from("2025-02-28")).expect("a day");
        assert_eq!(Date::from(day), "2025-02-28");
        let clock = civil::Time::try_from(&TimeOfDay::from("08:30:00.0000000")).expect("a time of day");
        assert_eq!(TimeOfDay::from(clock), "08:30:00");
        let nanoseconds = Timestamp::from_nanosecond(123_456_789).expect("a moment");
        assert_eq!(DateTimeOffset::from(nanoseconds), "1970-01-01T00:00:00.1234567Z");
        let length = SignedDuration::try_from(&Duration::from("P2W")).expect("a duration");
        assert_eq!(length, SignedDuration::from_hours(14 * 24));
    }
}

#[cfg(feature = "uuid")]
#[test]
fn uuid() {
    let guid = edmark_runtime::Guid::from("87D349ED-44d7-43e1-9a83-5f2406dee5bd");
    let uuid = uuid::Uuid::try_from(&guid).expect("a GUID");
    assert_eq!(edmark_runtime::Guid::from(uuid), "87d349ed-44d7-43e1-9a83-5f2406dee5bd");
    assert!(uuid::Uuid::try_from(&edmark_runtime::Guid::from("{id}")).is_err());
}

#[test]
fn base64() {
    use edmark_runtime::Binary;
    let bytes = [0xFB_u8, 0xFF, 0xBF, 0x00];
    for text in ["+/+/AA==", "+/+/AA", "-_-_AA==", "-_-_AA"] {
        assert_eq!(Vec::try_from(&Binary::from(text)), Ok(bytes.to_vec()), "{text}");
    }
    assert_eq!(Binary::from(&bytes[..]), "+/+/AA==");
    assert!(Vec::<u8>::try_from(&Binary::from("base64Encoded-value!")).is_err());
}

#[test]
fn durations_without_features() {
    use edmark_runtime::Duration;
    let seconds =
        |text: &str| std::time::Duration::try_from(&Duration::from(text)).ok().map(|length| length.as_secs_f64());
    assert_eq!(seconds("P1DT2H3M4.5S"), Some(93_784.5));
    assert_eq!(seconds("PT0S"), Some(0.0));
    assert_eq!(seconds("-PT0S"), Some(0.0));
    for text in [
        "",
        "P",
        "PT",
        "P1",
        "P1Y",
        "P1M",
        "PT1.5H",
        "PT.5S",
        "PT5.S",
        "-PT1S",
        "PT1M1H",
        "P99999999999999999999D",
        "PT1.éS",
        "1D",
    ] {
        assert_eq!(seconds(text), None, "{text}");
    }
    for text in ["PT0S", "P1D", "PT1H30M", "P1DT0.000000001S", "PT1M1S"] {
        let length = std::time::Duration::try_from(&Duration::from(text)).expect(text);
        assert_eq!(Duration::from(length), text);
    }
}
