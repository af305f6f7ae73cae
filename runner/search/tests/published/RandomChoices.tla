--------------------------- MODULE RandomChoices ----------------------------
(* An actor that answers questions in one of several ways, as                 *)
(* random_choices.rs says it.                                                 *)
EXTENDS Sequences, TLC
CONSTANT Questions
VARIABLES
    open,    \* of each question that is not answered yet, its answers
    answers  \* so far

OneQuestion == ("first" :> {"yes", "no", "perhaps"})
AQuestionReplaced == ("first" :> {"replace"}) @@ ("second" :> {"yes", "no"})

Init == open = Questions /\ answers = <<>>

(* The answer "replace" asks the second question once more, or instead of the first time. *)
Answer(question, answer) ==
    LET others == [q \in DOMAIN open \ {question} |-> open[q]]
    IN  /\ answers' = Append(answers, answer)
        /\ open' = IF answer = "replace" THEN ("second" :> {"no"}) @@ others ELSE others

Next == \E question \in DOMAIN open : \E answer \in open[question] : Answer(question, answer)
=============================================================================
