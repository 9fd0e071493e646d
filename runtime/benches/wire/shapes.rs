//! One shape, three ways: as edmark emits it, derived, and derived with `flatten`.

#![allow(unused_imports, reason = "a type without properties of other types imports none")]

use serde::{Deserialize, Serialize};

/// Defines a type three times from one list of properties, sorted by their names in JSON.
macro_rules! structured {
    ($type:ident, $full:literal, { $($index:literal $field:ident: $value:ty = $name:literal,)* }) => {
        pub(crate) mod ours {
            use super::values::ours::*;
            use edmark_runtime::{Additional, Members, Slot, Structured, TypeInfo, Value, View, wire};
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            #[derive(Clone, Default, PartialEq)]
            pub(crate) struct $type {
                $(pub(crate) $field: Option<$value>,)*
                pub(crate) additional: Additional,
            }
            impl Structured for $type {
                fn type_info(&self) -> &'static TypeInfo {
                    static INFO: TypeInfo = TypeInfo::new($full, &[$($name),*]);
                    &INFO
                }
                fn view(&self, index: usize) -> View<'_> {
                    match index {
                        $($index => self.$field.view(),)*
                        _ => View::None,
                    }
                }
                fn offer(&self, members: &mut dyn Members) -> bool {
                    true $(&& self.$field.offer($index, members))*
                }
                fn slot(&mut self, index: usize) -> Slot<'_> {
                    match index {
                        $($index => self.$field.slot(),)*
                        _ => Slot::None,
                    }
                }
                fn additional(&self) -> &Additional {
                    &self.additional
                }
                fn additional_mut(&mut self) -> &mut Additional {
                    &mut self.additional
                }
            }
            impl Value for $type {
                fn blank() -> Self {
                    Self::default()
                }
                fn view(&self) -> View<'_> {
                    View::Object(self)
                }
                fn slot(&mut self) -> Slot<'_> {
                    Slot::Object(self)
                }
            }
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    wire::write(self, serializer)
                }
            }
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    wire::read(deserializer)
                }
            }
        }

        pub(crate) mod derived {
            use super::values::derived::*;
            use serde::{Deserialize, Serialize};

            #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
            pub(crate) struct $type {
                $(
                    #[serde(rename = $name, skip_serializing_if = "Option::is_none")]
                    pub(crate) $field: Option<$value>,
                )*
            }
        }

        pub(crate) mod flattened {
            use super::values::flattened::*;
            use serde::{Deserialize, Serialize};

            #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
            pub(crate) struct $type {
                $(
                    #[serde(rename = $name, skip_serializing_if = "Option::is_none")]
                    pub(crate) $field: Option<$value>,
                )*
                #[serde(flatten)]
                pub(crate) additional: serde_json::Map<String, serde_json::Value>,
            }
        }
    };
}

/// An open enum as derive users write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DerivedAgeGroup {
    NotAdult,
    Adult,
    #[serde(untagged)]
    Other(String),
}

pub(crate) mod age_group {
    use edmark_runtime::{OpenEnum, Slot, Value, View};

    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum AgeGroup {
        NotAdult,
        Adult,
        Other(Box<str>),
    }
    impl OpenEnum for AgeGroup {
        fn as_str(&self) -> &str {
            match self {
                Self::NotAdult => "notAdult",
                Self::Adult => "adult",
                Self::Other(name) => name,
            }
        }
        fn from_name(name: &str) -> Self {
            match name {
                "notAdult" => Self::NotAdult,
                "adult" => Self::Adult,
                _ => Self::Other(name.into()),
            }
        }
    }
    impl Value for AgeGroup {
        fn blank() -> Self {
            Self::from_name("")
        }
        fn view(&self) -> View<'_> {
            View::Str(self.as_str())
        }
        fn slot(&mut self) -> Slot<'_> {
            Slot::Scalar(self)
        }
    }
}

mod profile {
    pub(crate) mod values {
        pub(crate) mod ours {}
        pub(crate) mod derived {}
        pub(crate) mod flattened {}
    }
    structured!(PasswordProfile, "microsoft.graph.passwordProfile", {
        0 force_change_password_next_sign_in: bool = "forceChangePasswordNextSignIn",
        1 password: String = "password",
        2 password_policies: String = "passwordPolicies",
    });
}

mod license {
    pub(crate) mod values {
        pub(crate) mod ours {
            pub(crate) use edmark_runtime::Guid;
        }
        pub(crate) mod derived {
            pub(crate) type Guid = Box<str>;
        }
        pub(crate) use derived as flattened;
    }
    structured!(AssignedLicense, "microsoft.graph.assignedLicense", {
        0 disabled_plans: Vec<Guid> = "disabledPlans",
        1 sku_id: Guid = "skuId",
    });
}

mod values {
    pub(crate) mod ours {
        pub(crate) use super::super::age_group::AgeGroup;
        pub(crate) use super::super::license::ours::AssignedLicense;
        pub(crate) use super::super::profile::ours::PasswordProfile;
        pub(crate) use edmark_runtime::DateTimeOffset;
    }
    pub(crate) mod derived {
        pub(crate) use super::super::DerivedAgeGroup as AgeGroup;
        pub(crate) use super::super::license::derived::AssignedLicense;
        pub(crate) use super::super::profile::derived::PasswordProfile;
        pub(crate) type DateTimeOffset = Box<str>;
    }
    pub(crate) mod flattened {
        pub(crate) use super::super::DerivedAgeGroup as AgeGroup;
        pub(crate) use super::super::license::flattened::AssignedLicense;
        pub(crate) use super::super::profile::flattened::PasswordProfile;
        pub(crate) type DateTimeOffset = Box<str>;
    }
}

structured!(User, "microsoft.graph.user", {
    0 account_enabled: bool = "accountEnabled",
    1 age_group: AgeGroup = "ageGroup",
    2 assigned_licenses: Vec<AssignedLicense> = "assignedLicenses",
    3 business_phones: Vec<String> = "businessPhones",
    4 city: String = "city",
    5 company_name: String = "companyName",
    6 country: String = "country",
    7 created_date_time: DateTimeOffset = "createdDateTime",
    8 creation_type: String = "creationType",
    9 department: String = "department",
    10 display_name: String = "displayName",
    11 employee_hire_date: DateTimeOffset = "employeeHireDate",
    12 employee_id: String = "employeeId",
    13 given_name: String = "givenName",
    14 id: String = "id",
    15 job_title: String = "jobTitle",
    16 last_password_change_date_time: DateTimeOffset = "lastPasswordChangeDateTime",
    17 mail: String = "mail",
    18 mail_nickname: String = "mailNickname",
    19 mobile_phone: String = "mobilePhone",
    20 office_location: String = "officeLocation",
    21 on_premises_sync_enabled: bool = "onPremisesSyncEnabled",
    22 other_mails: Vec<String> = "otherMails",
    23 password_policies: String = "passwordPolicies",
    24 password_profile: Box<PasswordProfile> = "passwordProfile",
    25 postal_code: String = "postalCode",
    26 preferred_language: String = "preferredLanguage",
    27 rank: i64 = "rank",
    28 state: String = "state",
    29 surname: String = "surname",
    30 user_principal_name: String = "userPrincipalName",
    31 user_type: String = "userType",
});

/// The page around them.
#[derive(Serialize, Deserialize)]
pub(crate) struct Page<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    #[serde(rename = "@odata.deltaLink", skip_serializing_if = "Option::is_none")]
    delta_link: Option<String>,
}

/// The page around them, with what else it holds.
#[derive(Serialize, Deserialize)]
pub(crate) struct FlattenedPage<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    #[serde(rename = "@odata.deltaLink", skip_serializing_if = "Option::is_none")]
    delta_link: Option<String>,
    #[serde(flatten)]
    additional: serde_json::Map<String, serde_json::Value>,
}
