//! One small protocol that uses all that actors can do.
//!
//! A sender has two parcels to deliver, one after the other. For each it may take the road or the
//! rail, and it sends again when a timer goes off. It saves how far it is, and both may crash, one
//! at a time. The receiver answers, and notes what came on which way.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{
    Actor, ActorModel, Envelope, Id, LossyNetwork, Network, Out, model_timeout,
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Message {
    Parcel(u8, &'static str),
    Receipt(u8),
}
use Message::{Parcel, Receipt};

/// Who is who.
#[derive(Clone)]
pub(crate) enum Person {
    Sender,
    Receiver,
}

/// How many parcels are delivered, and the way of the one under way or of the last one.
pub(crate) type Progress = (u8, Option<&'static str>);

/// How many of each parcel were sent and how many received.
pub(crate) type Book = [[u8; 2]; 2];

const PARCELS: u8 = 2;
const RECEIVER: usize = 1;

impl Actor for Person {
    type Msg = Message;
    type State = Progress;
    type Timer = &'static str;
    type Random = &'static str;
    type Storage = u8;

    fn on_start(&self, _id: Id, saved: &Option<u8>, out: &mut Out<Self>) -> Progress {
        let delivered = saved.unwrap_or(0);
        if matches!(self, Person::Sender) && delivered < PARCELS {
            out.choose_random("way", vec!["road", "rail"]);
        }
        out.set_timer("tea", model_timeout());
        (delivered, None)
    }

    fn on_random(
        &self,
        _id: Id,
        progress: &mut Cow<'_, Progress>,
        way: &&'static str,
        out: &mut Out<Self>,
    ) {
        // Meanwhile an old parcel may have arrived after all.
        if progress.0 < PARCELS {
            progress.to_mut().1 = Some(*way);
            out.send(Id::from(RECEIVER), Parcel(progress.0, way));
            out.set_timer("again", model_timeout());
        }
    }

    fn on_timeout(
        &self,
        _id: Id,
        progress: &mut Cow<'_, Progress>,
        timer: &&'static str,
        out: &mut Out<Self>,
    ) {
        out.set_timer(*timer, model_timeout());
        if let ("again", (next @ 0..PARCELS, Some(way))) = (*timer, **progress) {
            out.send(Id::from(RECEIVER), Parcel(next, way));
        }
    }

    fn on_msg(
        &self,
        _id: Id,
        progress: &mut Cow<'_, Progress>,
        from: Id,
        message: Message,
        out: &mut Out<Self>,
    ) {
        match message {
            Parcel(number, way) => {
                if number == progress.0 {
                    *progress.to_mut() = (number + 1, Some(way));
                    out.save(number + 1);
                }
                out.send(from, Receipt(number));
            }
            Receipt(number) if number == progress.0 => {
                *progress.to_mut() = (number + 1, None);
                out.save(number + 1);
                out.cancel_timer("again");
                if number + 1 < PARCELS {
                    out.choose_random("way", vec!["road", "rail"]);
                }
            }
            Receipt(_) => {}
        }
    }
}

fn noted(book: &Book, envelope: Envelope<&Message>, column: usize) -> Option<Book> {
    let Parcel(number, _) = envelope.msg else {
        return None;
    };
    let mut book = *book;
    book[usize::from(*number)][column] += 1;
    Some(book)
}

/// On this network. No more than so many messages are on their way, and none is sent so often
/// that a duplicating network would never end.
pub(crate) fn model(
    network: Network<Message>,
    lossy: LossyNetwork,
) -> ActorModel<Person, usize, Book> {
    ActorModel::new(2, Book::default())
        .actors([Person::Sender, Person::Receiver])
        .init_network(network)
        .lossy_network(lossy)
        .max_crashes(1)
        .record_msg_out(|_, book, envelope| noted(book, envelope, 0))
        .record_msg_in(|_, book, envelope| noted(book, envelope, 1))
        .within_boundary(|most, state| {
            let book = &state.history;
            state.network.len() <= *most && book.iter().flatten().all(|times| *times <= 2)
        })
        .property(
            Expectation::Always,
            "nothing comes from nowhere",
            |_, state| {
                state
                    .history
                    .iter()
                    .all(|[sent, received]| *received == 0 || *sent > 0)
            },
        )
        .property(Expectation::Sometimes, "all are delivered", |_, state| {
            state.actor_states[0].0 == PARCELS
        })
        .property(Expectation::Eventually, "somebody is up", |_, state| {
            state.crashed.contains(&false)
        })
}
