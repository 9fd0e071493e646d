//! Generates the constructors of the root builder, which is made from a client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::code::ident;
use crate::service::{BatchUrls, DurationLiterals, EnumLiterals, InLists, Protocol, Service};

/// How the service is reached, as far as it is known.
#[derive(Hash)]
pub(super) struct Root {
    /// The address of the service root, if it is known.
    address: Option<String>,
    /// The protocol choices of the service, if they are not the client's defaults.
    protocol: Option<Spoken>,
}

/// The form of keys, and all other protocol choices.
#[derive(Hash)]
struct Spoken {
    keys: &'static str,
    choices: Protocol,
}

impl Root {
    pub(super) fn of(service: &Service) -> Self {
        let keys = if service.has_keys_in_parentheses() { "Parentheses" } else { "Segment" };
        let protocol = service.needs_protocol().then(|| Spoken { keys, choices: service.protocol.clone() });
        Root { address: service.root.clone(), protocol }
    }
}

/// `rt::Protocol::new().keys(rt::KeyForm::Parentheses)`
fn spoken(Spoken { keys, choices }: &Spoken) -> TokenStream {
    let keys = ident(keys);
    let enums = choices.enums.filter(|form| *form != EnumLiterals::Short);
    let enums = enums.map(|_| quote!(.enums(rt::EnumLiterals::Qualified)));
    let durations = choices.durations.filter(|form| *form != DurationLiterals::Prefixed);
    let durations = durations.map(|_| quote!(.durations(rt::DurationLiterals::Short)));
    let lists = choices.in_lists.filter(|form| *form != InLists::Operator);
    let lists = lists.map(|_| quote!(.in_lists(rt::InLists::WrittenOut)));
    let batch_urls = choices.batch_urls.filter(|form| *form != BatchUrls::Relative);
    let batch_urls = batch_urls.map(|_| quote!(.batch_urls(rt::BatchUrls::Slash)));
    let batch_limit = choices.batch_limit.map(Literal::u32_unsuffixed).map(|steps| quote!(.batch_limit(#steps)));
    let exact = choices.exact_numbers.filter(|exact| *exact).map(|exact| quote!(.exact_numbers(#exact)));
    let version = choices.max_version.as_ref().map(|version| quote!(.max_version(#version)));
    let consistency = choices.consistency().map(|(name, value)| quote!(.consistency(#name, #value)));
    let request_id = choices.request_id.as_ref().map(|header| quote!(.request_id(#header)));
    let prefer = choices.prefer.as_ref().map(|preferences| quote!(.prefer(#preferences)));
    quote! {
        rt::Protocol::new().keys(rt::KeyForm::#keys)
            #enums #durations #lists #batch_urls #batch_limit #exact #version #consistency #request_id #prefer
    }
}

/// The constructors of the root. Those that take no address of the service are added if it is
/// known, so that a service whose address becomes known keeps the others.
pub(super) fn constructors(Root { address, protocol }: &Root) -> TokenStream {
    let constant = protocol.as_ref().map(|protocol| {
        let spoken = spoken(protocol);
        quote! {
            /// The protocol options of the service, for clients that have none of their own.
            pub const PROTOCOL: rt::Protocol = #spoken;
        }
    });
    let or_protocol = protocol.as_ref().map(|_| quote!(.or_protocol(Self::PROTOCOL)));
    let base_url = address.as_ref().map(|address| {
        quote! {
            /// The address of the service root.
            pub const BASE_URL: &'static str = #address;
        }
    });
    let at_base_url = address.as_ref().map(|_| {
        quote! {
            /// The service, with a transport that sends its requests.
            pub fn new(transport: impl rt::Transport) -> Self {
                Self::new_at(Self::BASE_URL, transport)
            }
            /// The service without a transport: requests can be inspected, and sent by other means.
            pub fn offline() -> Self {
                Self::offline_at(Self::BASE_URL)
            }
        }
    });
    quote! {
        #base_url
        #constant
        #at_base_url
        /// The service at an address, with a transport that sends its requests.
        pub fn new_at(base_url: &str, transport: impl rt::Transport) -> Self {
            Self::from_client(rt::Client::new(base_url, transport))
        }
        /// The service at an address, without a transport: requests can be inspected, and sent by
        /// other means.
        pub fn offline_at(base_url: &str) -> Self {
            Self::from_client(rt::Client::offline(base_url))
        }
        /// The service, with an existing client.
        pub fn from_client(client: rt::Client) -> Self {
            Self(rt::At::root(client #or_protocol))
        }
        /// The client that sends the requests.
        pub fn client(&self) -> &rt::Client {
            self.0.client()
        }
    }
}
