//! Derives the token and creates it at every dispatch.

use tandem_models::kit::document::{Identity, Versioned};
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::token_deduplication::{AddLine, Order, TOKENS};

pub fn token(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow<Identity> {
    let token = Identity::derived_from(command.id);
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    Ok(token)
}
