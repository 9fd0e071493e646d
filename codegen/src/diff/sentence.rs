//! Writes a change as a sentence. Names and types are in backticks.

use std::fmt;

use super::{Change, Comparison, Grade, Step, What};

/// The maximum number of types that are named for a shared change.
const NAMED: usize = 3;

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(item) = &self.item {
            write!(f, "{} `{}` ", item.kind.name(), item.name)?;
        }
        match &self.what {
            What::Added { signature } => {
                f.write_str("added")?;
                typed(f, ": ", signature)?;
            }
            What::Removed { signature } => {
                f.write_str("removed")?;
                typed(f, ", was ", signature)?;
            }
            What::Renamed { from, certain: true } => write!(f, "renamed, was `{from}`")?,
            What::Renamed { from, certain: false } => write!(f, "renamed, it seems, from `{from}`")?,
            What::Retyped { from, to } => write!(f, "has another type: `{from}` became `{to}`")?,
            What::Rebased { from, to } if to.is_empty() => write!(f, "no longer derives from `{from}`")?,
            What::Rebased { from, to } => write!(f, "no longer derives from `{from}`, but from `{to}`")?,
            What::ReadOnly => f.write_str("is read-only now")?,
            What::Writable => f.write_str("is no longer read-only")?,
            What::Rewired { from, to } => write!(f, "stands for `{to}`, not `{from}`")?,
            What::Deprecated { reason } => {
                f.write_str("deprecated")?;
                typed(f, ": ", &quoted(reason))?;
            }
            What::Undeprecated => f.write_str("no longer deprecated")?,
            What::Documented => f.write_str("has another documentation")?,
        }
        several(f, "; so in ", &self.also_in)?;
        several(f, "; with it ", &self.with)
    }
}

/// Names the first of some types, and says how many there are beside them.
fn several(f: &mut fmt::Formatter<'_>, before: &str, types: &[String]) -> fmt::Result {
    if types.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = types.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    write!(f, "{before}{}", named.join(", "))?;
    match types.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

fn typed(f: &mut fmt::Formatter<'_>, before: &str, signature: &str) -> fmt::Result {
    match signature {
        "" => Ok(()),
        signature => write!(f, "{before}`{signature}`"),
    }
}

/// Makes a text of a page fit between backticks on one line.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c == '`' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Comparison {
    /// The numbers of changes and the resulting version step, in one line: `2 breaking, 1 minor and
    /// 0 documentation changes: …`.
    pub fn summary(&self) -> String {
        if self.types.is_empty() {
            return "the API is the same".to_owned();
        }
        let [breaking, minor, documentation] =
            [Grade::Breaking, Grade::Minor, Grade::Documentation].map(|grade| self.count(grade));
        let (step, before_1) = (self.step(), self.step_before_1());
        let zero = if step == before_1 { String::new() } else { format!(" ({before_1} while it is 0.x)") };
        debug_assert_ne!(step, Step::None);
        format!(
            "{breaking} breaking, {minor} minor and {documentation} documentation changes in {} types: the next version is a {step} one{zero}",
            self.types.len()
        )
    }
}
