------------------------------ MODULE Network -------------------------------
(* How envelopes get from one actor to another, in the three ways that        *)
(* Stateright has. A duplicating network remembers there what it delivered    *)
(* last; here that is left out, as the actors of these models tell it too.    *)
EXTENDS Naturals, Sequences, TLC
CONSTANT NetworkKind  \* "ordered", "nonduplicating" or "duplicating"
VARIABLE network      \* the envelopes on their way, in sequences by channel; none is empty

Envelope(from, to, message) == [from |-> from, to |-> to, msg |-> message]
Reply(envelope, message) == <<Envelope(envelope.to, envelope.from, message)>>
Broadcast(from, recipients, message) ==
    [n \in DOMAIN recipients |-> Envelope(from, recipients[n], message)]

(* What cannot overtake one another shares a channel: on an ordered network all from one actor to *)
(* another, otherwise only what is alike, where no more than the number matters.                  *)
Channel(envelope) ==
    IF NetworkKind = "ordered" THEN <<envelope.from, envelope.to>> ELSE envelope

Deliverable == {Head(network[channel]) : channel \in DOMAIN network}

RECURSIVE Sent(_, _)
Sent(channels, envelopes) ==
    IF envelopes = <<>> THEN channels
    ELSE LET envelope == Head(envelopes)
             channel == Channel(envelope)
             one == (channel :> <<envelope>>) @@ channels
             another == [channels EXCEPT ![channel] = Append(@, envelope)]
         IN  Sent(CASE channel \notin DOMAIN channels -> one
                    [] NetworkKind = "duplicating" -> channels
                    [] OTHER -> another,
                Tail(envelopes))

(* Without the first envelope of a channel. *)
Without(envelope) ==
    LET channel == Channel(envelope)
        others == [c \in DOMAIN network \ {channel} |-> network[c]]
        rest == Tail(network[channel])
    IN  IF rest = <<>> THEN others ELSE (channel :> rest) @@ others

(* An envelope arrives, and its recipient sends others. *)
Deliver(envelope, envelopes) ==
    network' = Sent(IF NetworkKind = "duplicating" THEN network ELSE Without(envelope), envelopes)

Lose(envelope) == network' = Without(envelope)
=============================================================================
