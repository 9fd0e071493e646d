//! `Edm.Duration`

use super::text::{InvalidText, text_type};
use crate::value_for::stand_for;

text_type! {
    /// `Edm.Duration`: days, hours, minutes and seconds, as in `-P1DT2H3M4.5S` (OData ABNF,
    /// `duration`).
    ///
    /// ```
    /// use edmark_runtime::Duration;
    /// let reminder = Duration::from("PT1H30M");
    /// assert_eq!(std::time::Duration::try_from(&reminder), Ok(std::time::Duration::from_secs(90 * 60)));
    /// assert!(std::time::Duration::try_from(&Duration::from("soon")).is_err());
    /// ```
    Duration, "a string (an ISO 8601 duration)"
}

/// A length of time with a sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) negative: bool,
    pub(crate) length: std::time::Duration,
}

impl Duration {
    fn invalid(&self) -> InvalidText {
        InvalidText::new("a duration", self.as_str())
    }

    pub(crate) fn span(&self) -> Result<Span, InvalidText> {
        parse(self.as_str()).ok_or_else(|| self.invalid())
    }
}

fn parse(text: &str) -> Option<Span> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix('P')?;
    let (days, time) = match text.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (text, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let mut seconds: u64 = 0;
    let mut nanos: u32 = 0;
    let mut add = |rest: &mut &str, unit: char, length: u64| -> Option<()> {
        if let Some((number, after)) = rest.split_once(unit) {
            let (whole, fraction) = match number.split_once('.') {
                Some((whole, fraction)) if unit == 'S' => (whole, Some(fraction)),
                Some(_) => return None,
                None => (number, None),
            };
            seconds = seconds.checked_add(digits(whole)?.checked_mul(length)?)?;
            if let Some(fraction) = fraction {
                digits(fraction.get(..1)?)?;
                let nine = format!("{fraction:0<9}");
                fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
                nanos = nine.get(..9)?.parse().ok()?;
            }
            *rest = after;
        }
        Some(())
    };
    let mut rest = days;
    add(&mut rest, 'W', 7 * 86_400)?;
    add(&mut rest, 'D', 86_400)?;
    if !rest.is_empty() {
        return None; // years and months have no length
    }
    rest = time;
    add(&mut rest, 'H', 3_600)?;
    add(&mut rest, 'M', 60)?;
    add(&mut rest, 'S', 1)?;
    rest.is_empty().then_some(Span { negative, length: std::time::Duration::new(seconds, nanos) })
}

fn digits(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn print(negative: bool, length: std::time::Duration) -> String {
    let (seconds, nanos) = (length.as_secs(), length.subsec_nanos());
    let mut text = String::from(if negative { "-P" } else { "P" });
    if seconds >= 86_400 {
        text.push_str(&format!("{}D", seconds / 86_400));
    }
    let (hours, minutes, seconds) = (seconds % 86_400 / 3_600, seconds % 3_600 / 60, seconds % 60);
    let whole = text.ends_with('D');
    if hours + minutes + seconds > 0 || nanos > 0 || !whole {
        text.push('T');
        if hours > 0 {
            text.push_str(&format!("{hours}H"));
        }
        if minutes > 0 {
            text.push_str(&format!("{minutes}M"));
        }
        if nanos > 0 {
            text.push_str(format!("{seconds}.{nanos:09}").trim_end_matches('0'));
            text.push('S');
        } else if seconds > 0 || hours + minutes == 0 {
            text.push_str(&format!("{seconds}S"));
        }
    }
    text
}

/// A negative duration is an error.
impl TryFrom<&Duration> for std::time::Duration {
    type Error = InvalidText;
    fn try_from(value: &Duration) -> Result<Self, InvalidText> {
        match value.span()? {
            Span { negative: true, length } if !length.is_zero() => Err(value.invalid()),
            Span { length, .. } => Ok(length),
        }
    }
}

stand_for! { Duration: std::time::Duration; }

impl From<std::time::Duration> for Duration {
    fn from(length: std::time::Duration) -> Self {
        print(false, length).into()
    }
}

#[cfg(feature = "time")]
mod time {
    use time::Duration as Signed;

    use super::{Duration, InvalidText};

    impl TryFrom<&Duration> for Signed {
        type Error = InvalidText;
        fn try_from(value: &Duration) -> Result<Self, InvalidText> {
            let span = value.span()?;
            let length = Signed::try_from(span.length).map_err(|_| value.invalid())?;
            Ok(if span.negative { -length } else { length })
        }
    }

    crate::value_for::stand_for! { Duration: Signed; }

    impl From<Signed> for Duration {
        fn from(value: Signed) -> Self {
            super::print(value.is_negative(), value.unsigned_abs()).into()
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::TimeDelta;

    use super::{Duration, InvalidText};

    impl TryFrom<&Duration> for TimeDelta {
        type Error = InvalidText;
        fn try_from(value: &Duration) -> Result<Self, InvalidText> {
            let span = value.span()?;
            let length = TimeDelta::from_std(span.length).map_err(|_| value.invalid())?;
            Ok(if span.negative { -length } else { length })
        }
    }

    crate::value_for::stand_for! { Duration: TimeDelta; }

    impl From<TimeDelta> for Duration {
        fn from(value: TimeDelta) -> Self {
            let length = value.abs().to_std().unwrap_or_default(); // an absolute value is not negative
            super::print(value < TimeDelta::zero(), length).into()
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use jiff::SignedDuration;

    use super::{Duration, InvalidText};

    impl TryFrom<&Duration> for SignedDuration {
        type Error = InvalidText;
        fn try_from(value: &Duration) -> Result<Self, InvalidText> {
            let span = value.span()?;
            let length = SignedDuration::try_from(span.length).map_err(|_| value.invalid())?;
            Ok(if span.negative { -length } else { length })
        }
    }

    crate::value_for::stand_for! { Duration: SignedDuration; }

    impl From<SignedDuration> for Duration {
        fn from(value: SignedDuration) -> Self {
            super::print(value.is_negative(), value.unsigned_abs()).into()
        }
    }
}
