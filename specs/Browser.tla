------------------------------ MODULE Browser -------------------------------
(***************************************************************************)
(* A user in front of a browser. Requests leave it from tabs; a tab waits  *)
(* for its reply. As long as one is missing the user may click again.      *)
(*                                                                         *)
(* The module has no endpoint, so that a protocol with several endpoints   *)
(* extends it too. The protocol says who gets a click, and who replies.    *)
(*                                                                         *)
(* Left out: which reply belongs to which tab, and what the user reads.    *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

VARIABLES
    replies,    \* bag of replies on their way to the browser
    browser     \* tabs that wait for a reply, clicks that are left

user == <<replies, browser>>

BrowserTypeOK(answers, tabs, clicks) ==
    /\ BagToSet(replies) \subseteq answers
    /\ browser.waiting \in 0..tabs
    /\ browser.clicks \in 0..clicks

\* So many tabs wait at the start, and so many further clicks are possible.
BrowserInit(tabs, clicks) ==
    /\ replies = EmptyBag
    /\ browser = [waiting |-> tabs, clicks |-> clicks]

\* Somebody sends a reply.
RepliesWith(reply) ==
    /\ replies' = replies (+) SetToBag({reply})
    /\ UNCHANGED browser

\* A reply arrives, and one tab less waits.
HearsReply ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) SetToBag({r})
    /\ browser' = [browser EXCEPT !.waiting = IF @ > 0 THEN @ - 1 ELSE 0]

\* A reply is lost, which the browser does not notice.
LosesReply ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) SetToBag({r})
    /\ UNCHANGED browser

\* The user clicks again, in any tab, as long as an answer is missing.
ClicksAgain ==
    /\ browser.waiting > 0
    /\ browser.clicks > 0
    /\ browser' = [browser EXCEPT !.clicks = @ - 1]
    /\ UNCHANGED replies

\* Where no fault has happened, requests are answered: every one if they are
\* handled one at a time, since then no version check refuses any.
AllAnswered(requests, answered, slots) ==
    /\ requests \subseteq answered
    /\ Cardinality(slots) = 1 => browser.waiting = 0

=============================================================================
