//! The URLs that the generated code of a service sends.

use edmark_runtime::Request;
use edmark_tests::fixtures::shop::requests::Shop;

const ROOT: &str = "https://services.contoso.com/odata/v4/shop";

fn shop() -> Shop {
    Shop::offline()
}

/// The path and query of a request, below the service root.
fn sent<R, K>(request: Request<R, K>) -> String {
    let http = request.http().expect("the request can be made");
    let url = http.uri().to_string();
    url.strip_prefix(ROOT).expect("the root").to_owned()
}

#[test]
fn keys_have_the_type_of_the_key_property() {
    let order = || shop().customers().id("it's").orders().id(7);
    assert_eq!(sent(order().get()), "/Customers('it%27%27s')/orders(7)");
    assert_eq!(sent(shop().orders().id(7).get()), "/Orders(7)");
    let parcel = "6fd2c87f-b296-42f0-b197-1e91e994b900";
    assert_eq!(sent(shop().tracking().id(parcel).get()), format!("/tracking({parcel})"));
    // A text that is not a GUID makes the request an error.
    assert!(shop().tracking().id("1) or (true").get().http().is_err());
}

#[test]
fn parts_of_keys_and_alternate_keys_have_the_types_of_their_properties() {
    assert_eq!(sent(shop().order_lines().order_id_and_line(7, 2).get()), "/orderLines(orderId=7,line=2)");
    let reference = "6fd2c87f-b296-42f0-b197-1e91e994b900";
    assert_eq!(sent(shop().orders().reference(reference).get()), format!("/Orders(reference={reference})"));
}
