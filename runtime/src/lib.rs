//! What the code that edmark generates needs beside serde.
