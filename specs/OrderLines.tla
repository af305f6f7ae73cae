----------------------------- MODULE OrderLines -----------------------------
(***************************************************************************)
(* The example of several protocols: each command adds one line to an      *)
(* order, and must lead to one event, LineAdded, that says how many lines  *)
(* the order then had. Commands arrive more than once.                     *)
(*                                                                         *)
(* A protocol says what else the order holds, what other stores there are, *)
(* and in which steps a handler works.                                     *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLE
    order       \* the one document: its lines, and what the protocol keeps there

OrderTypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == Recalled(s, "order", order)

\* Slot s writes `document`, made from its copy of the order, and goes on to
\* `next`; it gives its message back if the copy is not current.
Writes(s, document, next) ==
    /\ Commits(s, "order", order, document, {"lines"}, next)
    /\ order' = Committed(s, "order", order, document)

\* Publishes the event about the line that command m has added.
Announces(m, event) == Emits(m, "LineAdded", event, event.lines)

NoLostOutput == NoLostOutputOf({"LineAdded"})

=============================================================================
