//! Exercise 14: tokens. Edit this file and no other; `tandem exercise check tokens` judges it.

use tandem_models::kit::document::{Identity, Versioned};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::token_deduplication::{AddLine, Order, TOKENS};

/// Gets a token for the event that is about to be published. The order, with its pending event, is
/// saved already; an attempt that died may have been here before.
pub fn token(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow<Identity> {
    // TODO: use `order.saved_token(command)` and `order.save_token(command, token)`.
    let _ = (command, order);
    let token: Identity = io.fresh_id()?;
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    Ok(token)
}
