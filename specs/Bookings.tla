------------------------------ MODULE Bookings ------------------------------
(***************************************************************************)
(* The shop's documents about its bookings at the courier. The document of *)
(* a command holds the URLs that attempts have registered, the URL that    *)
(* was selected, and whether the courier's answer is saved.                *)
(*                                                                         *)
(* A slot that works on a command knows its copy of this document. A       *)
(* protocol says in which order the steps are taken.                       *)
(***************************************************************************)
EXTENDS Guarantees, Documents, Courier

CONSTANTS
    Copies,     \* copies of every command at the start
    Attempts    \* how many attempts at a command may be registered at a time

VARIABLES
    bookings,   \* command |-> URLs registered, the one selected, is it answered?
    errors      \* messages that could not be handled

ours == <<bookings, errors>>
theirs == <<provider, late>>
stores == <<ours, theirs>>

BookingsTypeOK ==
    /\ \A m \in Messages :
        /\ \A url \in bookings[m].attempts : IsUrl(url)
        /\ "url" \in DOMAIN bookings[m] => IsUrl(bookings[m].url)
        /\ bookings[m].answered \in BOOLEAN
    /\ errors \subseteq Messages

BookingsInit ==
    /\ bookings = [m \in Messages |-> [version |-> 0, attempts |-> {}, answered |-> FALSE]]
    /\ errors = {}

\* The command that slot s works on, and the slot's copy of its booking.
Command(s) == slots[s].message
Known(s) == slots[s].bookings

\* A message about booking b is the follow-up: a URL is selected, and no other
\* attempt is registered any more.
IsFollowUp(b) == "url" \in DOMAIN b /\ b.attempts = {}

\* The URLs of other attempts that slot s has deleted, and those that it has yet
\* to delete when it knows booking b.
Deleted(s) == Recalled(s, "deleted", {})
Left(s, b) ==
    IF "url" \in DOMAIN b THEN b.attempts \ ({b.url} \cup Deleted(s)) ELSE {}

\* A request to the URL that is selected, or that this attempt has registered.
To(s, ask) ==
    [ask |-> ask,
     url |-> IF "url" \in DOMAIN Known(s) THEN Known(s).url ELSE slots[s].attempt]

=============================================================================
