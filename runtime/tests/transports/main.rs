//! The bundled transports with servers on this machine, most of which misbehave.
#![allow(clippy::unwrap_used, reason = "what the test plays itself is as it should be, or the test fails")]

mod failures;
mod kinds;
mod retries;
mod secrets;
mod server;
