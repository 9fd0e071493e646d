//! Types as edmark generates them, written by hand: a struct with every kind of property, a
//! recursive one, an open enum, flags, and a base type with derived types.
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part of what a generated crate would export")]

use std::fmt;

use edmark_runtime::{
    Additional, Date, DateTimeOffset, Decimal, Flags, Guid, Json, Members, OpenEnum, Property, Slot, Structured,
    TypeInfo, Untyped, Value, derived_from,
    kind::{Member, Object},
    wire,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! structured {
    ($(#[$meta:meta])* $type:ident, $full:literal $(, base of $derived:literal)?, { $($index:literal $field:ident: $value:ty = $name:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        pub struct $type {
            $(pub $field: Option<$value>,)*
            pub additional: Additional,
        }
        impl $type {
            pub const ODATA_TYPE: &'static str = concat!("#", $full);
        }
        impl Structured for $type {
            fn type_info(&self) -> &'static TypeInfo {
                static INFO: TypeInfo = TypeInfo::base($full, concat!($($name, " "),*), concat!($($derived)?));
                &INFO
            }
            fn offer<'a>(&'a self, members: &mut dyn Members<'a>) {
                $(self.$field.offer($index, members);)*
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
            type Kind = Object;
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                wire::debug(self, f)
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
    };
}

structured!(Thing, "sample.thing", {
    0 age: i32 = "age",
    1 any: Json = "any",
    2 anys: Vec<Json> = "anys",
    3 big: i64 = "big",
    4 born: Date = "born",
    5 color: Color = "color",
    6 colors: Vec<Color> = "colors",
    7 created: DateTimeOffset = "created",
    8 days: Flags<Day> = "days",
    9 enabled: bool = "enabled",
    10 guid: Guid = "guid",
    11 id: String = "id",
    12 manager: Box<Being> = "manager",
    13 names: Vec<String> = "names",
    14 numbers: Vec<i32> = "numbers",
    15 owner: Box<Node> = "owner",
    16 parts: Vec<Node> = "parts",
    17 price: Decimal = "price",
    18 ratio: f64 = "ratio",
    19 root: Untyped = "root",
    20 single: f32 = "single",
    21 staff: Vec<Being> = "staff",
});

structured!(City, "trips.City", {
    0 people: i64 = "People",
    1 region: String = "Region",
});

impl Thing {
    pub const ID: Property<Self, String> = Property::read_only("id");
    pub const AGE: Property<Self, i32> = Property::new("age");
    pub const BORN: Property<Self, Date> = Property::new("born");
    pub const COLOR: Property<Self, Color> = Property::new("color");
    pub const COLORS: Property<Self, Vec<Color>> = Property::new("colors");
    pub const CREATED: Property<Self, DateTimeOffset> = Property::new("created");
    pub const DAYS: Property<Self, Flags<Day>> = Property::new("days");
    pub const ENABLED: Property<Self, bool> = Property::new("enabled");
    pub const GUID: Property<Self, Guid> = Property::new("guid");
    pub const MANAGER: Property<Self, Being> = Property::new("manager");
    pub const NAMES: Property<Self, Vec<String>> = Property::new("names");
    pub const OWNER: Property<Self, Node> = Property::new("owner");
    pub const PARTS: Property<Self, Vec<Node>> = Property::new("parts");
    pub const RATIO: Property<Self, f64> = Property::new("ratio");
    pub const STAFF: Property<Self, Vec<Being>> = Property::new("staff");
}

structured!(Node, "sample.node", {
    0 children: Vec<Node> = "children",
    1 id: String = "id",
    2 next: Box<Node> = "next",
});

impl Node {
    pub const CHILDREN: Property<Self, Vec<Node>> = Property::new("children");
    pub const ID: Property<Self, String> = Property::new("id");
    pub const NEXT: Property<Self, Node> = Property::new("next");
}

structured!(Being, "sample.being", base of "sample.person sample.robot", {
    0 id: String = "id",
    1 weight: i64 = "weight",
});

impl Being {
    pub const ID: Property<Self, String> = Property::read_only("id");
    pub const WEIGHT: Property<Self, i64> = Property::new("weight");
}

structured!(Person, "sample.person", {
    0 boss: Box<Being> = "boss",
    1 id: String = "id",
    2 name: String = "name",
    3 nicknames: Vec<String> = "nicknames",
    4 weight: i64 = "weight",
});

impl Person {
    pub const BOSS: Property<Self, Being> = Property::new("boss");
    pub const NAME: Property<Self, String> = Property::new("name");
}

structured!(Robot, "sample.robot", {
    0 arms: i32 = "arms",
    1 id: String = "id",
    2 weight: i64 = "weight",
});

derived_from!(Person: Being);
derived_from!(Robot: Being);

macro_rules! open_enum {
    ($type:ident, $full:literal { $($variant:ident = $name:literal,)* }) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $type {
            $($variant,)*
            Other(Box<str>),
        }
        impl OpenEnum for $type {
            const TYPE_NAME: &'static str = $full;
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other(name) => name,
                }
            }
            fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ => Self::Other(name.into()),
                }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                edmark_runtime::open_enum::fmt(self, f)
            }
        }
        impl Value for $type {
            type Kind = Member;
        }
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                wire::write_value(self, serializer)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                wire::read_value(deserializer)
            }
        }
    };
}

open_enum!(Color, "sample.color" { Red = "red", Green = "green", });
open_enum!(Day, "sample.day" { Monday = "monday", Friday = "friday", });
