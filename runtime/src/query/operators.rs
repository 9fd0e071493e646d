//! The operators and functions of values, which property constants, paths and expressions share
//! (OData URL Conventions 4.01, section 5.1.1).

use super::Text;
use super::expression::Expression;
use super::filter::{Binding, Filter};
use super::operand::{Operand, Term};
use super::orderby::Order;
use super::primitive::{Numeric, Ordered, Primitive};
use crate::{Date, DateTimeOffset, Decimal, Duration, Flags, OpenEnum, Property, TimeOfDay, ValueFor};

/// Comparisons with a value, and with the value of another property or expression.
///
/// The values' trait is a bound of each method, and not of the `impl`: then the compiler shows the
/// trait's own message where a value cannot be compared, and does not only say that the bounds of
/// the method are not satisfied.
macro_rules! comparisons {
    ($owner:ident, $value:ident: $bound:ident; $($(#[$meta:meta])* $name:ident $other:ident $doc:literal;)*) => {$(
        $(#[$meta])*
        pub fn $name(self, value: impl ValueFor<$value>) -> Filter<$owner>
        where
            $value: $bound,
        {
            Filter::comparison(side(self), stringify!($name), value.into_value().literal())
        }

        #[doc = concat!("The same as [`", stringify!($name), "`](Self::", stringify!($name), ") of ", $doc, " of another property or expression.")]
        pub fn $other(self, other: impl Term<$owner, $value>) -> Filter<$owner>
        where
            $value: $bound,
        {
            Filter::comparison(side(self), stringify!($name), other.into_expression().into_side())
        }
    )*};
}

/// Functions with no other argument.
macro_rules! functions {
    ($owner:ident: $($(#[$meta:meta])* $name:ident = $function:literal -> $result:ty;)*) => {$(
        $(#[$meta])*
        pub fn $name(self) -> Expression<$owner, $result> {
            Expression::call($function, [argument(self)])
        }
    )*};
}

/// Arithmetic with a value, and with the value of another property or expression.
macro_rules! arithmetic {
    ($owner:ident, $value:ty: $($(#[$meta:meta])* $name:ident $other:ident $operator:literal $binding:ident;)*) => {$(
        $(#[$meta])*
        #[allow(clippy::should_implement_trait, reason = "named as OData names it, and the other side is a value of the type")]
        pub fn $name(self, value: impl ValueFor<$value>) -> Expression<$owner, $value> {
            let value = super::expression::value(value);
            Expression::operation(self.into_expression(), $operator, value, Binding::$binding)
        }

        #[doc = concat!("The same as [`", stringify!($name), "`](Self::", stringify!($name), ") with what another property or expression has.")]
        pub fn $other(self, other: impl Term<$owner, $value>) -> Expression<$owner, $value> {
            Expression::operation(self.into_expression(), $operator, other.into_expression(), Binding::$binding)
        }
    )*};
}

macro_rules! operators {
    ($kind:ident) => {
        impl<T, V> $kind<T, V> {
            comparisons! { T, V: Primitive;
                /// The value is equal to this one.
                eq eq_value_of "the value";
                /// The value is not equal to this one.
                ne ne_value_of "the value";
            }

            /// The value is null.
            pub fn is_null(self) -> Filter<T>
            where
                V: Primitive,
            {
                Filter::comparison(side(self), "eq", "null")
            }

            /// The value is not null.
            pub fn is_not_null(self) -> Filter<T>
            where
                V: Primitive,
            {
                Filter::comparison(side(self), "ne", "null")
            }

            /// The value is one of these; always false if there are none (section 5.1.1.1.12). For
            /// services without the operator `in` it is written with `or`.
            pub fn is_in<I: ValueFor<V>>(self, values: impl IntoIterator<Item = I>) -> Filter<T>
            where
                V: Primitive,
            {
                Filter::one_of(side(self), values.into_iter().map(|value| value.into_value().literal()).collect())
            }

            /// In ascending order.
            pub fn asc(self) -> Order<T>
            where
                V: Primitive,
            {
                Order::new(argument(self), false)
            }

            /// In descending order.
            pub fn desc(self) -> Order<T>
            where
                V: Primitive,
            {
                Order::new(argument(self), true)
            }

            comparisons! { T, V: Ordered;
                /// The value is greater than this one.
                gt gt_value_of "the value";
                /// The value is greater than this one or equal to it.
                ge ge_value_of "the value";
                /// The value is less than this one.
                lt lt_value_of "the value";
                /// The value is less than this one or equal to it.
                le le_value_of "the value";
            }
        }

        impl<T, V: Numeric> $kind<T, V> {
            arithmetic! { T, V:
                /// The sum.
                add add_value_of "add" Sum;
                /// The difference.
                sub sub_value_of "sub" Sum;
                /// The product.
                mul mul_value_of "mul" Product;
                /// The quotient; that of integers is an integer.
                div div_value_of "div" Product;
                /// The remainder of a division.
                modulo modulo_value_of "mod" Product;
            }

            /// The quotient with decimal places (`divby`, OData 4.01).
            pub fn div_by(self, value: impl ValueFor<V>) -> Expression<T, Decimal> {
                let value: Expression<T, V> = super::expression::value(value);
                Expression::operation(self.into_expression(), "divby", value, Binding::Product)
            }

            /// The negated number.
            pub fn negated(self) -> Expression<T, V> {
                let mut text = Text::from("-");
                text.append(self.into_expression().into_tight());
                Expression::new(text, Binding::Tight)
            }
        }

        impl<T, E: OpenEnum> $kind<T, Flags<E>> {
            /// The member is in the set (section 5.1.1.1.11).
            pub fn has(self, member: E) -> Filter<T> {
                Filter::comparison(side(self), "has", member.literal())
            }
        }

        impl<T> $kind<T, String> {
            /// The text begins with this one.
            pub fn starts_with(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("startswith", argument(self), text.into().literal())
            }

            /// The text ends with this one.
            pub fn ends_with(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("endswith", argument(self), text.into().literal())
            }

            /// The text contains this one.
            pub fn contains(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("contains", argument(self), text.into().literal())
            }

            /// The text matches this regular expression of ECMAScript (`matchesPattern`, OData
            /// 4.01).
            pub fn matches_pattern(self, pattern: impl Into<String>) -> Filter<T> {
                Filter::call("matchesPattern", argument(self), pattern.into().literal())
            }

            functions! { T:
                /// The number of characters.
                length = "length" -> i32;
                /// In lower case.
                to_lower = "tolower" -> String;
                /// In upper case.
                to_upper = "toupper" -> String;
                /// Without the white space around it.
                trim = "trim" -> String;
            }

            /// The position of this text within the value, from 0; -1 if the value does not contain
            /// it.
            pub fn index_of(self, text: impl Into<String>) -> Expression<T, i32> {
                Expression::call("indexof", [argument(self), text.into().literal().into()])
            }

            /// The text from a position on, counted from 0.
            pub fn substring(self, start: u32) -> Expression<T, String> {
                Expression::call("substring", [argument(self), start.into()])
            }

            /// A number of characters of the text from a position on, counted from 0.
            pub fn substring_of(self, start: u32, length: u32) -> Expression<T, String> {
                Expression::call("substring", [argument(self), start.into(), length.into()])
            }

            /// The text followed by this one.
            pub fn concat(self, text: impl Into<String>) -> Expression<T, String> {
                Expression::call("concat", [argument(self), text.into().literal().into()])
            }

            /// The text followed by that of another property or expression.
            pub fn concat_value_of(self, other: impl Term<T, String>) -> Expression<T, String> {
                Expression::call("concat", [argument(self), argument(other)])
            }
        }

        operators!(@date $kind DateTimeOffset);
        operators!(@date $kind Date);
        operators!(@time $kind DateTimeOffset);
        operators!(@time $kind TimeOfDay);

        impl<T> $kind<T, DateTimeOffset> {
            functions! { T:
                /// The date, in the value's own offset.
                date = "date" -> Date;
                /// The time of day, in the value's own offset.
                time = "time" -> TimeOfDay;
                /// The offset from UTC in minutes.
                total_offset_minutes = "totaloffsetminutes" -> i32;
            }
        }

        impl<T> $kind<T, Duration> {
            functions! { T:
                /// The length in seconds.
                total_seconds = "totalseconds" -> Decimal;
            }
        }

        operators!(@round $kind f64);
        operators!(@round $kind Decimal);
    };
    (@date $kind:ident $value:ident) => {
        impl<T> $kind<T, $value> {
            functions! { T:
                /// The year.
                year = "year" -> i32;
                /// The month, from 1 to 12.
                month = "month" -> i32;
                /// The day of the month, from 1.
                day = "day" -> i32;
            }

            /// The point in time that is later by a duration.
            pub fn plus(self, duration: impl ValueFor<Duration>) -> Expression<T, $value> {
                let duration: Expression<T, Duration> = super::expression::value(duration);
                Expression::operation(self.into_expression(), "add", duration, Binding::Sum)
            }

            /// The point in time that is earlier by a duration.
            pub fn minus(self, duration: impl ValueFor<Duration>) -> Expression<T, $value> {
                let duration: Expression<T, Duration> = super::expression::value(duration);
                Expression::operation(self.into_expression(), "sub", duration, Binding::Sum)
            }

            /// The duration since the value of another property or expression.
            pub fn since(self, other: impl Term<T, $value>) -> Expression<T, Duration> {
                Expression::operation(self.into_expression(), "sub", other.into_expression(), Binding::Sum)
            }
        }
    };
    (@time $kind:ident $value:ident) => {
        impl<T> $kind<T, $value> {
            functions! { T:
                /// The hour, from 0 to 23.
                hour = "hour" -> i32;
                /// The minute.
                minute = "minute" -> i32;
                /// The second, without its fraction.
                second = "second" -> i32;
                /// The fraction of the second.
                fractional_seconds = "fractionalseconds" -> Decimal;
            }
        }
    };
    (@round $kind:ident $value:ident) => {
        impl<T> $kind<T, $value> {
            functions! { T:
                /// The nearest integer.
                round = "round" -> $value;
                /// The greatest integer that is not greater than the value.
                floor = "floor" -> $value;
                /// The least integer that is not less than the value.
                ceiling = "ceiling" -> $value;
            }
        }
    };
}

operators!(Property);
operators!(Operand);
operators!(Expression);

/// The text of a term as an operand of a comparison.
fn side<T, V>(term: impl Term<T, V>) -> Text {
    term.into_expression().into_side()
}

/// The text of a term, as an argument of a function.
fn argument<T, V>(term: impl Term<T, V>) -> Text {
    term.into_expression().into_text()
}
