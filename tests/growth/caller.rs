// A caller of the service before it grew, which has to compile with each of its changes: with all
// of the ways in which code names types, properties, members and calls.
use edmark_runtime::{Request, Update, With as _, query};

use super::graph::requests::{
    HarbourCloseParameters, HarbourRequests, PartyRequests, ShipRequests, ShipsOfHarbourRequests,
};
use super::graph::{Harbour, HarbourKind, Party, Place, Sea, Ship};

/// Values are built, and taken apart.
pub fn values() -> Harbour {
    let built = Harbour { name: Some("Hull".to_owned()), berths: Some(3), ..Default::default() };
    let Harbour { name, berths, kind, place, owner, ships, .. } = built;
    let coast = place.and_then(|place| place.coast);
    let owner: Option<Box<Party>> = owner;
    let ships: Option<Vec<Ship>> = ships;
    Harbour::default()
        .with(Harbour::NAME, name.unwrap_or_default())
        .with(Harbour::BERTHS, berths.unwrap_or_default())
        .with(Harbour::KIND, kind.unwrap_or(HarbourKind::Naval))
        .with(Harbour::PLACE, Place { coast, ..Default::default() })
        .with(Harbour::OWNER, owner.map_or_else(Party::default, |owner| *owner))
        .with(Harbour::SHIPS, ships.unwrap_or_default())
}

/// Members of an enum are told apart.
pub fn is_naval(kind: &HarbourKind) -> bool {
    match kind {
        HarbourKind::Naval => true,
        HarbourKind::Fishing => false,
        _ => false,
    }
}

/// Queries name properties, alone, in arrays and in tuples.
pub fn queries(service: &Sea) -> [String; 2] {
    let harbours = service.harbours();
    let listed = harbours
        .list()
        .select([Harbour::ID, Harbour::NAME])
        .select((Harbour::ID, Harbour::BERTHS, Harbour::KIND))
        .expand((Harbour::OWNER.expand().select([Party::ID, Party::NAME]), Harbour::SHIPS))
        .filter(Harbour::BERTHS.gt(2).and(Harbour::NAME.starts_with("H")).and(Harbour::KIND.eq(HarbourKind::Naval)))
        .filter(Harbour::PLACE.then(Place::COAST).eq("east").or(query::is_of::<Harbour, Harbour>()))
        .orderby((Harbour::NAME, Harbour::BERTHS.desc()));
    let one = harbours.id("7").get().select(Harbour::NAME);
    [listed.to_string(), one.to_string()]
}

/// Changes, actions and responses.
pub fn calls(harbour: &HarbourRequests) -> (Request<()>, String) {
    let change = Update::<Harbour>::new()
        .set(Harbour::NAME, "Hull")
        .set(Harbour::BERTHS, 4)
        .set(Harbour::ID, "7")
        .update(Harbour::PLACE, Update::new().set(Place::COAST, "east"))
        .bind(Harbour::OWNER, harbour)
        .clear(Harbour::KIND);
    let parameters = HarbourCloseParameters { reason: Some("rain".to_owned()), ..Default::default() };
    let owner: Request<Party, query::One<Party>> = harbour.owner().get();
    let waiting = harbour.queue(3).select(Ship::NAME);
    (harbour.close(&parameters), format!("{} {owner} {waiting}", harbour.update(&change)))
}

/// The service, at an address that is known to the caller alone.
pub fn service() -> Sea {
    Sea::offline_at("https://sea.example")
}

/// Builders are given to functions.
pub fn builders(harbour: &HarbourRequests) -> (PartyRequests, ShipsOfHarbourRequests, [ShipRequests; 2]) {
    (harbour.owner(), harbour.ships(), [harbour.ships().id("7"), harbour.largest()])
}
