//! The root of the tree: what a client is made into.

use proc_macro2::TokenStream;
use quote::quote;

/// The constructors of the root; where the address of the service is known, that is a constant.
pub(super) fn constructors(address: Option<&str>) -> TokenStream {
    let (constant, parameter, url) = match address {
        Some(address) => (
            quote! {
                /// Where the service answers.
                pub const BASE_URL: &'static str = #address;
            },
            quote!(),
            quote!(Self::BASE_URL),
        ),
        None => (quote!(), quote!(base_url: &str), quote!(base_url)),
    };
    let comma = address.is_none().then(|| quote!(,));
    quote! {
        #constant
        /// The service, by a transport that sends its requests.
        pub fn new(#parameter #comma transport: impl rt::Transport) -> Self {
            Self::from_client(rt::Client::new(#url, transport))
        }
        /// Requests as values only: they can be looked at, and sent by other means.
        pub fn offline(#parameter) -> Self {
            Self::from_client(rt::Client::offline(#url))
        }
        /// The service, by a client that is there already.
        pub fn from_client(client: rt::Client) -> Self {
            Self(rt::At::root(client))
        }
        /// What sends the requests.
        pub fn client(&self) -> &rt::Client {
            self.0.client()
        }
    }
}
