----------------------------- MODULE Documents -----------------------------
(***************************************************************************)
(* Documents with a version, and writes that check it (optimistic          *)
(* concurrency). A document is a record with a field `version`. A slot     *)
(* that has loaded one keeps its copy under the name of the store.         *)
(*                                                                         *)
(* A protocol says which variable holds the document. So a write has two   *)
(* halves: `Commits` says what happens to the slot and to the history, and *)
(* `Committed` is what the store holds afterwards:                         *)
(*                                                                         *)
(*     /\ Commits(s, "order", order, new, {"lines"}, "Publish")            *)
(*     /\ order' = Committed(s, "order", order, new)                       *)
(*                                                                         *)
(* In an EXCEPT, pass the document by its name and not as @: TLC evaluates *)
(* arguments late, and takes the @ for the one of another EXCEPT.          *)
(*                                                                         *)
(* Left out: writes of several documents in one transaction. A protocol    *)
(* that has them builds them from the same words.                          *)
(***************************************************************************)
EXTENDS Endpoint

\* The document has not changed since slot s loaded it.
IsCurrent(s, store, stored) == slots[s][store].version = stored.version

\* `document` as the next version of what is stored.
NextVersion(stored, document) ==
    [document EXCEPT !.version = stored.version + 1]

\* What is stored after the write of `document`: nothing new if the slot's copy
\* is not current.
Committed(s, store, stored, document) ==
    IF IsCurrent(s, store, stored) THEN NextVersion(stored, document) ELSE stored

\* The message of slot s enters the history if a field of `business` changes.
Records(s, business, stored, document) ==
    hist' = IF \E field \in business : document[field] # stored[field]
            THEN Append(hist, slots[s].message) ELSE hist

\* Writes `document` without a check, and goes on to `next`.
Overwrites(s, store, stored, document, business, next) ==
    /\ Records(s, business, stored, document)
    /\ Proceeds(s, next, store :> NextVersion(stored, document))

\* Writes `document` if the slot's copy is current; if not, the handler gives
\* its message back.
Commits(s, store, stored, document, business, next) ==
    IF IsCurrent(s, store, stored)
    THEN Overwrites(s, store, stored, document, business, next)
    ELSE GivesBack(s) /\ UNCHANGED hist

=============================================================================
