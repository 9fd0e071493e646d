//! Query options of collections.

use edmark_runtime::query::Filter;
use edmark_runtime::{Date, DateTimeOffset, Decimal, Guid, TimeOfDay};
use harbour_sdk::{Entries, Harbour, Ships};

use crate::{BIG, Outcome, harbour, ship, unique};

/// Ships that only one test uses, identified by their registry.
struct Fleet {
    harbour: Harbour,
    registry: Guid,
}

impl Fleet {
    async fn of(ships: impl IntoIterator<Item = Ships>) -> Outcome<Fleet> {
        let fleet = Fleet { harbour: harbour()?, registry: crate::guid() };
        for ship in ships {
            let ship = Ships { registry: Some(fleet.registry.clone()), ..ship };
            fleet.harbour.ships().create(&ship).send().await?;
        }
        Ok(fleet)
    }

    /// The names of the ships that meet a condition, in alphabetical order.
    async fn named(&self, condition: Filter<Ships>) -> Outcome<Vec<String>> {
        let shown = condition.to_string();
        let own = Ships::REGISTRY.eq(self.registry.clone());
        let list = self.harbour.ships().list().filter(own).filter(condition).orderby(Ships::NAME).select(Ships::NAME);
        let found = list.send().await.map_err(|error| format!("{shown}: {error}"))?;
        Ok(found.value.into_iter().filter_map(|ship| ship.name).collect())
    }
}

#[tokio::test]
async fn filters_of_every_type() -> Outcome {
    let entry = Entries { number: Some(1), text: Some("fog".to_owned()), ..Entries::default() };
    let a = Ships {
        crew: Some(5),
        decks: Some(2),
        cabins: Some(10),
        tonnage: Some(BIG),
        worth: Some(Decimal::from("1000000000000.0001")),
        draught: Some(2.5),
        afloat: Some(true),
        launched: Some(Date::from("1999-12-31")),
        curfew: Some(TimeOfDay::from("22:00:00")),
        surveyed: Some(DateTimeOffset::from("2024-01-01T00:00:00Z")),
        rigging: Some("sloop".to_owned()),
        class: Some(1),
        nicknames: Some(vec!["Tub".to_owned()]),
        entries: Some(vec![entry]),
        ..ship("a")
    };
    let id = a.id.clone().ok_or("no key")?;
    let b = Ships { tonnage: Some(BIG - 1), afloat: Some(false), ..ship("b") };
    let fleet = Fleet::of([a, b]).await?;
    let only_a: Vec<Filter<Ships>> = vec![
        Ships::ID.eq(id),
        Ships::CREW.eq(5_i16),
        Ships::DECKS.ge(2),
        Ships::CABINS.lt(11),
        Ships::TONNAGE.eq(BIG),
        Ships::TONNAGE.gt(BIG - 1),
        Ships::WORTH.ge(Decimal::from("1000000000000")),
        Ships::DRAUGHT.eq(2.5),
        Ships::AFLOAT.eq(true),
        Ships::AFLOAT.ne(false),
        Ships::LAUNCHED.le(Date::from("1999-12-31")),
        Ships::CURFEW.eq(TimeOfDay::from("22:00:00")),
        Ships::SURVEYED.gt(DateTimeOffset::from("2023-12-31T23:59:59Z")),
        Ships::RIGGING.eq("sloop"),
        Ships::CLASS.is_in([1, 2]),
        Ships::CREW.is_not_null(),
        Ships::NAME.starts_with("a").and(Ships::NAME.ends_with("a")),
        Ships::NAME.contains("a").or(Ships::CREW.eq(77_i16)),
        !Ships::NAME.eq("b"),
        Ships::NAME.length().eq(1).and(Ships::CABINS.is_not_null()),
        Ships::ENTRIES.any(|entry| entry.then(Entries::TEXT).eq("fog")),
    ];
    for filter in only_a {
        let shown = filter.to_string();
        assert_eq!(fleet.named(filter).await?, ["a"], "{shown}");
    }
    Ok(())
}

#[tokio::test]
async fn a_text_cannot_change_the_question() -> Outcome {
    let hostile = [
        "x' or name ne '",
        "'; drop table harbour_Ships; --",
        "a&$filter=true&$top=100",
        "a#b?c=d%27 or true",
        "%' or 1 eq 1 or '%",
        "back\\slash \"quoted\"",
        "née + \u{1f6a2}",
    ];
    let names: Vec<String> = hostile.iter().map(|name| unique(name)).collect();
    let fleet = Fleet::of(names.iter().map(|name| ship(name))).await?;
    for name in &names {
        assert_eq!(fleet.named(Ships::NAME.eq(name.as_str())).await?, [name.clone()]);
        assert_eq!(fleet.named(Ships::NAME.is_in([name.as_str()])).await?, [name.clone()]);
    }
    // For other types, such a text makes the request an error.
    for filter in [
        Ships::REGISTRY.eq(Guid::from("00000000-0000-4000-8000-000000000001 or true")),
        Ships::LAUNCHED.eq(Date::from("2024-01-01 or true")),
        Ships::SURVEYED.eq(DateTimeOffset::from("2024-01-01T00:00:00Z or true")),
        Ships::CURFEW.eq(TimeOfDay::from("12:00:00 or true")),
        Ships::WORTH.eq(Decimal::from("1 or true")),
    ] {
        assert!(fleet.harbour.ships().list().filter(filter).http().is_err());
    }
    assert!(fleet.harbour.tides().id("2024-01-01) or (true").get().http().is_err());
    Ok(())
}

#[tokio::test]
async fn pages_follow_their_links() -> Outcome {
    let names: Vec<String> = (0..10).map(|number| format!("page {number}")).collect();
    let fleet = Fleet::of(names.iter().map(|name| ship(name))).await?;
    let list =
        || fleet.harbour.ships().list().filter(Ships::REGISTRY.eq(fleet.registry.clone())).orderby(Ships::NAME.desc());
    // The service sends four items on each page.
    let first = list().count().send().await?;
    assert_eq!((first.value.len(), first.count), (4, Some(10)));
    let mut found = Vec::new();
    let mut items = list().items();
    while let Some(ship) = items.try_next().await? {
        found.extend(ship.name);
    }
    assert_eq!(found, names.iter().rev().cloned().collect::<Vec<_>>());
    let part = list().skip(2).top(3).send().await?;
    let part: Vec<_> = part.value.into_iter().filter_map(|ship| ship.name).collect();
    assert_eq!(part, ["page 7", "page 6", "page 5"]);
    let total = fleet.harbour.ships().count().filter(Ships::REGISTRY.eq(fleet.registry.clone()));
    assert_eq!(total.send().await?, 10);
    Ok(())
}

#[tokio::test]
async fn expansions_with_options_of_their_own() -> Outcome {
    let entry = |number, miles: &str| Entries {
        number: Some(number),
        text: Some(format!("day {number}")),
        miles: Some(Decimal::from(miles)),
        ..Entries::default()
    };
    let tug = ship("tug of the fleet");
    let tug_id = tug.id.clone();
    let towed = Ships { tug_id, entries: Some(vec![entry(1, "5"), entry(2, "50"), entry(3, "500")]), ..ship("towed") };
    let fleet = Fleet::of([tug, towed]).await?;
    let found = fleet
        .harbour
        .ships()
        .list()
        .filter(Ships::REGISTRY.eq(fleet.registry.clone()).and(Ships::NAME.eq("towed")))
        .select((Ships::ID, Ships::NAME))
        .expand((
            Ships::ENTRIES
                .expand()
                .filter(Entries::MILES.gt(Decimal::from("5")))
                .orderby(Entries::NUMBER.desc())
                .select((Entries::NUMBER, Entries::TEXT))
                .count()
                .top(1),
            Ships::TUG.expand().select(Ships::NAME),
        ))
        .send()
        .await?;
    let towed = found.value.first().ok_or("nothing found")?;
    let entries = towed.entries.as_ref().ok_or("no entries")?;
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [Some(3)]);
    assert_eq!(Ships::ENTRIES.count_in(towed), Some(2));
    assert!(entries[0].miles.is_none());
    assert_eq!(towed.tug.as_ref().and_then(|tug| tug.name.as_deref()), Some("tug of the fleet"));
    Ok(())
}

#[tokio::test]
async fn a_search() -> Outcome {
    let fleet = Fleet::of([ship("needle one"), ship("haystack")]).await?;
    let list = fleet.harbour.ships().list().filter(Ships::REGISTRY.eq(fleet.registry.clone())).search("needle one");
    let found = list.send().await?;
    assert_eq!(found.value.iter().filter_map(|ship| ship.name.as_deref()).collect::<Vec<_>>(), ["needle one"]);
    Ok(())
}
