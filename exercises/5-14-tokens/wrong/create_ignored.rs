//! Does not check whether the token was created.

use tandem_models::kit::document::{Identity, Versioned};
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::token_deduplication::{AddLine, Order, TOKENS};

pub fn token(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow<Identity> {
    if let Some(token) = order.saved_token(command) {
        return Ok(token);
    }
    let token: Identity = io.fresh_id()?;
    let _ = io.insert("CreateToken", TOKENS, token)?;
    order.save_token(command, token);
    io.commit("Checkpoint", order)?.or_give_back()?;
    Ok(token)
}
