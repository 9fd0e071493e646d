//! Reading and writing a page of 1,000 users: the shared reader and writer against serde_derive of the same shape (which drops unknown
//! members), against serde_derive with `flatten` (which keeps them), and against `serde_json::Value`.
//!
//! `cargo bench -p edmark-runtime`

mod page;
mod shapes;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use edmark_runtime::{Collection, Json};
use page::{documented, selected, unknown};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shapes::{FlattenedPage, Page, derived, flattened, ours};

fn main() {
    divan::main();
}

fn read<T: DeserializeOwned>(bencher: Bencher<'_, '_>, text: &str) {
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| serde_json::from_str::<T>(black_box(text)).expect("the page is good"));
}

fn write<T: Serialize + DeserializeOwned + Sync>(bencher: Bencher<'_, '_>, text: &str) {
    let value: T = serde_json::from_str(text).expect("the page is good");
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let mut out = Vec::with_capacity(text.len() + 1024);
        serde_json::to_writer(&mut out, black_box(&value)).expect("writing to memory");
        out
    });
}

macro_rules! cases {
    ($($module:ident: $page:expr;)*) => {$(
        mod $module {
            use super::*;

            #[divan::bench]
            fn read_1_derive(bencher: Bencher<'_, '_>) {
                read::<Page<derived::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_2_ours(bencher: Bencher<'_, '_>) {
                read::<Collection<ours::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_3_flatten(bencher: Bencher<'_, '_>) {
                read::<FlattenedPage<flattened::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn read_4_value(bencher: Bencher<'_, '_>) {
                read::<Json>(bencher, &$page);
            }
            #[divan::bench]
            fn write_1_derive(bencher: Bencher<'_, '_>) {
                write::<Page<derived::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_2_ours(bencher: Bencher<'_, '_>) {
                write::<Collection<ours::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_3_flatten(bencher: Bencher<'_, '_>) {
                write::<FlattenedPage<flattened::User>>(bencher, &$page);
            }
            #[divan::bench]
            fn write_4_value(bencher: Bencher<'_, '_>) {
                write::<Json>(bencher, &$page);
            }
        }
    )*};
}

cases! {
    documented_only: documented();
    selected_only: selected();
    nulls_and_unknown_members: unknown();
}
