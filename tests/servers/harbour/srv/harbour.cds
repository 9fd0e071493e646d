// A harbour: ships with what belongs to them, keys of every kind, actions and functions.

@path: '/odata/v4/harbour'
service harbour {
  type Rigging : String enum { sloop; ketch; schooner; }
  type Class : Integer enum { coaster = 1; feeder = 2; panamax = 5; }
  type Position { latitude : Double; longitude : Double; }
  type Address { street : String(80); town : String(60); place : Position; }

  /** A vessel that has called here. */
  entity Ships {
    key id : UUID;
    /** What is painted on the bow. */
    name : String(80) not null;
    call_sign : String(8) @assert.format: '[A-Z0-9]+';
    rigging : Rigging @assert.range;
    class : Class;
    crew : Int16;
    decks : UInt8;
    cabins : Int32;
    tonnage : Int64;
    worth : Decimal(24, 4);
    rate : Decimal;
    draught : Double;
    afloat : Boolean;
    launched : Date;
    curfew : Time;
    surveyed : DateTime;
    sighted : Timestamp;
    registry : UUID;
    seal : Binary(64);
    remarks : LargeString;
    extra : Map;
    @Core.MediaType: 'image/png'
    plan : LargeBinary;
    home : Address;
    nicknames : array of String;
    offices : array of Address;
    tug : Association to Ships;
    tows : Association to many Ships on tows.tug = $self;
    entries : Composition of many Entries on entries.ship = $self;
    @odata.etag
    changed : Timestamp @cds.on.insert: $now @cds.on.update: $now;
    @readonly
    number_of_calls : Integer;
  } actions {
    action christen(name: String not null, class: Class, words: many String) returns Ships;
    function hail(greeting: String, times: Integer) returns String;
    function latest(since: Timestamp) returns many Entries;
    function escort() returns Ships;
    action refit();
    @cds.odata.bindingparameter.collection
    action launchAll(rigging: Rigging) returns Integer;
    @cds.odata.bindingparameter.collection
    function heaviest() returns Ships;
  }

  /** One line of a ship's log. */
  entity Entries {
    key number : Int32;
    key ship : Association to Ships;
    text : String(400);
    miles : Decimal(12, 3);
    @odata.contained
    notes : Composition of many Notes on notes.entry = $self;
  } actions {
    action christen(by: String) returns Entries;
  }

  entity Notes {
    key id : UUID;
    entry : Association to Entries;
    text : String;
  }

  // Each with a key of another type.
  entity Containers { key number : Int64; content : String; }
  entity Tariffs { key weight : Decimal(18, 3); price : Decimal(9, 2); }
  entity Tides { key day : Date; height : Double; }
  entity Watches { key begins : Time; officer : String; }
  entity Sightings { key seen : Timestamp; what : String; }
  entity Pilots { key name : String(60); licence : Integer; }
  entity Berths { key pier : String(40); key slot : Integer; depth : Decimal(5, 2); }

  @readonly
  entity Flags { key code : String(2); country : String; }

  @Capabilities.InsertRestrictions.Insertable: false
  @Capabilities.DeleteRestrictions.Deletable: false
  @Capabilities.CountRestrictions.Countable: false
  @Capabilities.FilterRestrictions.NonFilterableProperties: [secret]
  @Capabilities.FilterRestrictions.RequiredProperties: [kind]
  @Capabilities.FilterRestrictions.FilterExpressionRestrictions: [{Property: width, AllowedExpressions: 'SingleRange'}]
  @Capabilities.SortRestrictions.NonSortableProperties: [secret]
  entity Buoys {
    key id : Integer;
    kind : String;
    width : Integer @assert.range: [1, 9];
    secret : String;
    @Core.Immutable
    moored : Date;
    ship : Association to Ships;
  }

  @odata.singleton
  entity Master { key id : Integer; name : String; since : Date; }

  function greet(name: String) returns String;
  function echoNumber(number: Int64) returns Int64;
  function echoAmount(amount: Decimal) returns Decimal;
  function echoMoment(at: Timestamp, day: Date, time: Time, id: UUID, sure: Boolean, share: Double) returns String;
  function office(name: String) returns Address;
  function crowd(least: Integer) returns many Ships;
  function words(text: String) returns many String;
  function tally(numbers: many Integer, address: Address) returns String;
  function nobody() returns Ships;
  action closeGates(reason: String, until: Timestamp, piers: many String, address: Address, numbers: many Int64) returns Integer;
  action ring();
  action refuse(status: Integer) returns String;
}
