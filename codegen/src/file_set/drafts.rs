//! Files whose texts are made only when they are needed.

use crate::hashing::HashSet;
use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::lock::Lock;
use super::marker::{Author, author, sealed, unsealed, with_line_feeds};
use super::staged::{self, Staged};
use super::written::{Written, WrittenFile, content_hash};
use super::{
    Difference, Edits, FileSet, Owned, WriteError, WriteReport, diff, folder_of, links, place, remove_empty_folders,
};
use crate::ordered;
use crate::parallel;

/// A file to write: a function that makes its text, and a hash of everything the text depends on,
/// which shows if it has to be made again.
pub(crate) struct Draft<'a> {
    path: Cow<'a, str>,
    input: u128,
    text: Text<'a>,
}

enum Text<'a> {
    Made(Cow<'a, str>),
    ToMake(Box<dyn Fn() -> String + Send + Sync + 'a>),
}

impl<'a> Draft<'a> {
    /// The file at `path`; `text` must return the same text for the same `input`.
    pub(crate) fn new(path: String, input: u128, text: impl Fn() -> String + Send + Sync + 'a) -> Self {
        Draft { path: path.into(), input, text: Text::ToMake(Box::new(text)) }
    }

    /// The file at `path` with a text that was made already.
    pub(crate) fn made(path: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        Draft { path: path.into(), input: xxh3_128(text.as_bytes()), text: Text::Made(text) }
    }

    fn text(&self) -> Cow<'_, str> {
        match &self.text {
            Text::Made(text) => Cow::Borrowed(text),
            Text::ToMake(make) => Cow::Owned(make()),
        }
    }
}

/// The files of an output, sorted by path.
pub(crate) struct Drafts<'a> {
    drafts: Vec<Draft<'a>>,
    owned: Owned,
}

impl<'a> Drafts<'a> {
    pub(crate) fn new(mut drafts: Vec<Draft<'a>>, owned: Owned) -> Self {
        ordered::sort_by(&mut drafts, |a, b| a.path.cmp(&b.path));
        Drafts { drafts, owned }
    }

    /// Makes the texts of all files.
    pub(crate) fn make(&self) -> FileSet {
        let texts = parallel::map(&self.drafts, |draft| (draft.path.to_string(), draft.text().into_owned()));
        FileSet { files: texts.into_iter().collect(), owned: self.owned.clone() }
    }

    /// Writes the files to `dir`, and returns the state on disk afterwards. `earlier` is the state
    /// after an earlier run: files that have not changed since, and whose inputs have not changed,
    /// are not made again. No other run can write while files are compared and written.
    ///
    /// # Errors
    /// Those of [`FileSet::write_over`].
    pub(crate) fn write(
        &self,
        dir: &Path,
        edits: Edits,
        earlier: &Written,
    ) -> Result<(WriteReport, Written), WriteError> {
        let mut staged = Staged::default();
        staged.create_folder(dir)?;
        let paths = self.paths();
        links::stay_inside(dir, &paths, &self.owned)?;
        let lock = Lock::of(dir);
        let (compared, found) = parallel::both(|| self.compare(dir, earlier), || self.owned.search(dir, &paths));
        let (changed, written) = compared?;
        for file in &changed {
            match file.state {
                State::Foreign => return Err(WriteError::NotOurs { path: place(dir, file.path) }),
                State::OtherRun => return Err(WriteError::OtherRun { path: place(dir, file.path) }),
                State::Missing | State::Stale | State::Edited => {}
            }
        }
        let found = found?;
        if edits == Edits::Keep {
            let edited = changed.iter().filter(|file| file.state == State::Edited).map(|file| file.path);
            let edited = ordered::unique(edited.chain(found.edited.iter().map(String::as_str)));
            if !edited.is_empty() {
                return Err(WriteError::Edited { paths: edited.into_iter().map(|path| place(dir, path)).collect() });
            }
        }
        if lock.is_held() {
            for path in &found.temporary {
                staged::remove(path).map_err(|source| WriteError::write(path, source))?;
            }
        }
        let files: Vec<_> = changed.iter().map(|file| (place(dir, file.path), file.text.as_bytes())).collect();
        staged.add_folders(&files)?;
        staged.add(&files)?;
        staged.commit()?;
        let mut removed: Vec<String> = [found.extra, found.edited].concat();
        ordered::sort(&mut removed);
        for path in &removed {
            let path = place(dir, path);
            fs::remove_file(&path).map_err(|source| WriteError::write(&path, source))?;
        }
        remove_empty_folders(dir, &removed);
        let report = WriteReport {
            unchanged: self.drafts.len() - changed.len(),
            written: changed.into_iter().map(|file| file.path.to_owned()).collect(),
            removed,
        };
        Ok((report, written))
    }

    /// Compares `dir` with the files and changes nothing.
    ///
    /// # Errors
    /// Those of [`FileSet::check`].
    pub(crate) fn check(&self, dir: &Path, earlier: &Written) -> Result<Vec<Difference>, WriteError> {
        let mut all = Vec::new();
        for file in self.compare(dir, earlier)?.0 {
            let path = file.path.to_owned();
            all.push(match file.state {
                State::Missing => Difference::Missing { path },
                State::Edited => Difference::Edited { path, diff: file.diff(dir)? },
                State::Stale | State::Foreign | State::OtherRun => Difference::Stale { path, diff: file.diff(dir)? },
            });
        }
        let found = self.owned.search(dir, &self.paths())?;
        all.extend([found.extra, found.edited].concat().into_iter().map(|path| Difference::Extra { path }));
        ordered::sort_by(&mut all, |a, b| a.path().cmp(b.path()));
        Ok(all)
    }

    fn paths(&self) -> HashSet<&str> {
        self.drafts.iter().map(|draft| &*draft.path).collect()
    }

    /// The files that are not up to date on disk, and the right state of all files.
    fn compare(&self, dir: &Path, earlier: &Written) -> Result<(Vec<Changed<'_>>, Written), WriteError> {
        let now = SystemTime::now();
        let drafts: Vec<&Draft<'_>> = self.drafts.iter().collect();
        let folders: HashSet<&str> = drafts.iter().map(|draft| folder_of(&draft.path)).collect();
        let missing: HashSet<&str> = folders.into_iter().filter(|folder| !place(dir, folder).exists()).collect();
        let compared = parallel::map(&drafts, |draft| {
            let is_in_new_folder = missing.contains(folder_of(&draft.path));
            compare(draft, &place(dir, &draft.path), is_in_new_folder, earlier, now)
        });
        let mut changed = Vec::new();
        let mut written = Written { owned: self.owned.clone(), ..Written::default() };
        for (draft, compared) in self.drafts.iter().zip(compared) {
            let (file, difference) = compared?;
            written.files.insert(draft.path.to_string(), file);
            changed.extend(difference);
        }
        Ok((changed, written))
    }
}

/// The state of a file to record when it is up to date, and the difference until then.
fn compare<'d>(
    draft: &'d Draft<'_>,
    place: &Path,
    is_in_new_folder: bool,
    earlier: &Written,
    now: SystemTime,
) -> Result<(WrittenFile, Option<Changed<'d>>), WriteError> {
    let path: &str = &draft.path;
    let known = earlier.files.get(path).filter(|file| file.input == draft.input);
    if let Some(file) = known.and_then(|file| file.still_at(place, now)) {
        return Ok((file, None));
    }
    let text = sealed(path, &draft.text());
    let file = WrittenFile { input: draft.input, content: content_hash(text.as_bytes()), state: None };
    let old = if is_in_new_folder { Err(io::ErrorKind::NotFound.into()) } else { fs::read(place) };
    let state = match old {
        Ok(old) if *with_line_feeds(&old) == *text.as_bytes() => return Ok((file, None)),
        Ok(old) => State::of(path, &old, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
        Err(error) => return Err(WriteError::read(place, error)),
    };
    Ok((file, Some(Changed { path, text, state })))
}

/// A file that is not up to date on disk.
struct Changed<'a> {
    path: &'a str,
    /// The right text, with its seal.
    text: String,
    state: State,
}

impl Changed<'_> {
    /// The difference of the texts without the seal, whose change is obvious.
    fn diff(&self, dir: &Path) -> Result<String, WriteError> {
        let place = place(dir, self.path);
        let old = fs::read(&place).map_err(|source| WriteError::read(&place, source))?;
        let (old_text, new_text) = (unsealed(&old), unsealed(self.text.as_bytes()));
        let same = old_text == new_text;
        let (old, new) = if same { (old, self.text.clone().into_bytes()) } else { (old_text, new_text) };
        Ok(diff(self.path, &String::from_utf8_lossy(&old), &String::from_utf8_lossy(&new)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Stale,
    Edited,
    OtherRun,
    Foreign,
}

impl State {
    fn of(path: &str, old: &[u8], new: &str) -> Self {
        match author(path, old) {
            Author::ThisRun => State::Stale,
            // The text is already right and only the seal is wrong, so nothing is lost.
            Author::Edited if unsealed(old) == unsealed(new.as_bytes()) => State::Stale,
            Author::Edited => State::Edited,
            Author::OtherRun => State::OtherRun,
            Author::Other => State::Foreign,
        }
    }
}
