//! INSERT … RETURNING through every door, against plain rusqlite on a second copy.

use rusqlite::types::Value;
use sqlitenow_runtime::{Error, Executor};

use crate::cells::{assert_same, plain, rows, statement_of};
use crate::generated::{ChinookDatabase, invoices};
use crate::sample::{Sample, block_on};

rows! {
    invoices::AddRow {
        invoice_id: i64, customer_id: i64, invoice_date: String, billing_address: Option<String>,
        billing_city: Option<String>, billing_state: Option<String>, billing_country: Option<String>,
        billing_postal_code: Option<String>, total: f64,
    }
    invoices::OfCustomerRow { invoice_id: i64, invoice_date: String, billing_city: Option<String>, total: f64 }
}

const CUSTOMER: i64 = 23;

/// One invoice for each door; the column NUMERIC(10,2) keeps the second and the third total as integers.
fn invoices() -> [invoices::AddParams; 4] {
    let totals = [13.86, 12.0, -3.0, 0.1 + 0.2];
    totals.map(|total| invoices::AddParams {
        customer_id: CUSTOMER,
        date: "2025-12-24 18:00:00".to_owned(),
        city: (total > 0.0).then(|| "São Paulo".to_owned()),
        country: None,
        total,
    })
}

fn parameters(invoice: &invoices::AddParams) -> Vec<(&'static str, Value)> {
    let city = invoice.city.clone();
    vec![
        (":customer_id", Value::Integer(invoice.customer_id)),
        (":date", Value::Text(invoice.date.clone())),
        (":city", city.map_or(Value::Null, Value::Text)),
        (":country", Value::Null),
        (":total", Value::Real(invoice.total)),
    ]
}

fn add_through_every_door(db: &ChinookDatabase) -> Vec<invoices::AddRow> {
    let [first, second, third, fourth] = invoices();
    let blocking = db.blocking_write(|on| on.invoices().add(&first).one());
    let others = block_on(async {
        let awaited = db.invoices().add(&second).one().await?;
        let block =
            async |tx: crate::generated::ChinookTransaction| tx.invoices().add(&third).one().await;
        let inside: Result<_, Error> = db.transaction(block).await;
        let closure = db.write(move |on| on.invoices().add(&fourth).one()).await?;
        Ok::<_, Error>([awaited, inside?, closure])
    });
    [vec![blocking.unwrap()], others.unwrap().into()].concat()
}

#[test]
fn an_insert_returns_what_was_stored() {
    let (sample, twin) = (Sample::new(), Sample::new());
    let plainly = twin.plain();
    let statement = statement_of::<invoices::Add<'_>>();
    let add = |invoice| plain(&plainly, statement, &parameters(&invoice));
    let found: Vec<_> = invoices().into_iter().flat_map(add).collect();

    let db = sample.open(Executor::Auto);
    let rows = add_through_every_door(&db);
    assert_eq!(rows.len(), 4);
    let widened = assert_same(&rows, &found, statement);
    assert!(
        widened.into_iter().eq(["Total"]),
        "12 and -3 are INTEGER in the file"
    );

    let statement = statement_of::<invoices::OfCustomer>();
    let found = plain(
        &plainly,
        statement,
        &[(":customer_id", Value::Integer(CUSTOMER))],
    );
    let rows = block_on(db.invoices().of_customer(CUSTOMER).list()).unwrap();
    let blocking = db.blocking_read(|on| on.invoices().of_customer(CUSTOMER).list());
    assert_eq!(blocking.unwrap(), rows);
    let widened = assert_same(&rows, &found, statement);
    assert!(widened.into_iter().eq(["Total"]));
    assert!(rows.len() > 4, "old ones and new ones");
}

#[test]
fn the_foreign_keys_of_the_sample_hold() {
    let sample = Sample::new();
    let db = sample.open(Executor::Auto);
    let [mut invoice, ..] = invoices();
    invoice.customer_id = -1;
    let refused = block_on(db.invoices().add(&invoice).one());
    assert!(
        matches!(refused, Err(Error::Constraint { .. })),
        "{refused:?}"
    );
    let rows = block_on(db.invoices().of_customer(-1).list()).unwrap();
    assert_eq!(rows, []);
}
