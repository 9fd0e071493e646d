//! The clouds of Microsoft Graph: the addresses of their services and of their identity platforms.

/// A cloud of Microsoft Graph. Its address, the address of its identity platform and the scope of
/// its tokens belong together.
///
/// ```
/// use edmark_runtime::Cloud;
/// assert_eq!(Cloud::UsGovernment.base("v1.0"), "https://graph.microsoft.us/v1.0");
/// assert_eq!(Cloud::UsGovernment.authority(), "https://login.microsoftonline.us");
/// assert_eq!(Cloud::UsGovernment.scope(), "https://graph.microsoft.us/.default");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The worldwide cloud, `graph.microsoft.com`.
    Global,
    /// The cloud of the government of the United States (L4), `graph.microsoft.us`.
    UsGovernment,
    /// The cloud of the Department of Defense of the United States (L5), `dod-graph.microsoft.us`.
    UsGovernmentDod,
    /// The cloud of China, operated by 21Vianet, `microsoftgraph.chinacloudapi.cn`.
    China,
}

impl Cloud {
    const ALL: [Self; 4] = [Self::Global, Self::UsGovernment, Self::UsGovernmentDod, Self::China];

    /// The service's address without a version: `https://graph.microsoft.com`.
    pub const fn service(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsGovernmentDod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The address of the identity platform.
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsGovernmentDod => "https://login.microsoftonline.us",
            Self::China => "https://login.chinacloudapi.cn",
        }
    }

    /// The service's address with a version, for a [`Client`](crate::Client).
    pub fn base(self, version: &str) -> String {
        format!("{}/{version}", self.service())
    }

    /// The scope of the tokens: all permissions that an application was granted.
    pub fn scope(self) -> String {
        format!("{}/.default", self.service())
    }

    /// The cloud that an address or a scope belongs to.
    pub(crate) fn of(address: &str) -> Option<Self> {
        let belongs = |known: &str| {
            let rest = address.get(..known.len()).filter(|start| start.eq_ignore_ascii_case(known));
            rest.is_some_and(|_| matches!(address.as_bytes().get(known.len()), None | Some(b'/' | b':')))
        };
        Self::ALL.into_iter().find(|cloud| belongs(cloud.service()))
    }
}
