//! Does not answer.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return Ok(());
    }
    cart.submitted = true;
    let order = Order::of(io, cart.id)?;
    let writes = vec![cart.checked()?, order.checked()?];
    io.commit_all("Submit", writes)?.0.or_unanswered()
}
