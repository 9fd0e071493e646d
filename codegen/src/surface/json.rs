//! Surfaces in files, so that they can be compared without the pages they came from.

use serde_json::{Value, json};

use super::Surface;

/// The member that identifies the document, and the version of its format.
const FORM: (&str, &str) = ("edmark", "surface 2");

/// The reason why a text is not a surface.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurfaceError {
    /// It is not JSON, or its contents are not those of a surface.
    #[error("not a surface, as `edmark export --format surface` writes it: {0}")]
    Invalid(serde_json::Error),
    /// It is JSON of another kind, or of another version of the format.
    #[error("not a surface: there is no `\"{}\": \"{}\"` in it; write it with `edmark export --format surface`", FORM.0, FORM.1)]
    OtherForm,
}

impl Surface {
    /// The surface as JSON, for [`Surface::from_json`].
    pub fn to_json(&self) -> Value {
        let (name, form) = FORM;
        json!({ name: form, "types": self.types })
    }

    /// Reads the result of [`Surface::to_json`].
    ///
    /// # Errors
    /// [`SurfaceError`] for anything else, including the formats of other versions.
    ///
    /// ```
    /// use edmark::surface::Surface;
    ///
    /// let surface = Surface::default();
    /// assert_eq!(Surface::from_json(&surface.to_json().to_string()).ok(), Some(surface));
    /// assert!(Surface::from_json("{}").is_err());
    /// ```
    pub fn from_json(text: &str) -> Result<Self, SurfaceError> {
        let mut document: Value = serde_json::from_str(text).map_err(SurfaceError::Invalid)?;
        let (name, form) = FORM;
        match document.as_object_mut().and_then(|object| object.shift_remove(name)) {
            Some(known) if known == form => {}
            _ => return Err(SurfaceError::OtherForm),
        }
        let mut surface: Surface = serde_json::from_value(document).map_err(SurfaceError::Invalid)?;
        // The order may have been changed by hand or by other tools.
        surface.types.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(surface)
    }
}
