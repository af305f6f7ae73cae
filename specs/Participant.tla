---------------------------- MODULE Participant -----------------------------
(***************************************************************************)
(* One endpoint of several. A protocol with more than one endpoint, or     *)
(* with messages that are no numbers, has an INSTANCE of this module for   *)
(* each endpoint, with the endpoint's own variables for those of Endpoint. *)
(* `budget` belongs to all of them.                                        *)
(***************************************************************************)
EXTENDS Guarantees, Documents

=============================================================================
