//! Uploads a large file to the user's drive, and continues after an interruption.
//!
//! `upload_file FILE PATH-IN-THE-DRIVE`
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::env;

use edmark_examples::{Result, graph};
use edmark_runtime::{Error, FileSource};
use graph_sample::DriveItem;
use graph_sample::requests::DriveItemCreateUploadSessionParameters;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let (Some(file), Some(path)) = (env::args().nth(1), env::args().nth(2)) else {
        return Err("usage: upload_file FILE PATH-IN-THE-DRIVE".into());
    };
    let graph = graph()?;
    let parameters = DriveItemCreateUploadSessionParameters::default();
    let session = graph.me().drive().root().by_path(&path).create_upload_session(&parameters).send().await?;

    let mut upload = graph
        .client()
        .upload::<DriveItem>(&session, FileSource::open(file)?)?
        .on_progress(|arrived, total| println!("{arrived} of {total} bytes"));
    let uploaded = match upload.send().await {
        Err(Error::Transport { .. }) => upload.send().await?,
        uploaded => uploaded?,
    };
    let id = uploaded.item.and_then(|item| item.id);
    println!("{}", id.as_deref().unwrap_or("the file is there"));
    Ok(())
}
