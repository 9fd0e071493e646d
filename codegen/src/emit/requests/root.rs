//! The root of the tree: what a client is made into.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::code::ident;
use crate::service::Service;

/// How the service is reached.
#[derive(Hash)]
pub(super) struct Root {
    /// Its address, where that is known.
    address: Option<String>,
    /// The form of keys, where the protocol is not the one that a client has anyway.
    keys: Option<&'static str>,
}

impl Root {
    pub(super) fn of(service: &Service) -> Self {
        let keys = if service.has_keys_in_parentheses() { "Parentheses" } else { "Segment" };
        let is_usual = service.is_microsoft_graph() && !service.has_keys_in_parentheses();
        Root { address: service.root.clone(), keys: (!is_usual).then_some(keys) }
    }
}

/// The constructors of the root; where the address of the service is known, that is a constant.
pub(super) fn constructors(Root { address, keys }: &Root) -> TokenStream {
    let protocol = keys.map(|keys| {
        let keys = ident(keys);
        quote! {
            /// How the service wants its requests written.
            pub const PROTOCOL: rt::Protocol = rt::Protocol::new().keys(rt::KeyForm::#keys);
        }
    });
    let with_protocol = keys.map(|_| quote!(.with_protocol(Self::PROTOCOL)));
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
        #protocol
        /// The service, by a transport that sends its requests.
        pub fn new(#parameter #comma transport: impl rt::Transport) -> Self {
            Self::from_client(rt::Client::new(#url, transport)#with_protocol)
        }
        /// Requests as values only: they can be looked at, and sent by other means.
        pub fn offline(#parameter) -> Self {
            Self::from_client(rt::Client::offline(#url)#with_protocol)
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
