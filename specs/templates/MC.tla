{{ rule_above }} MODULE MC{{ module }} {{ rule_above }}
(* {{ protocol }}:{{ variant }}, {{ bounds }}.
   Rendered by Tandem: `cargo run -- show {{ protocol }}:{{ variant }}`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MC{{ module }}
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS {{ module }}

\* How often each fault may happen.
MCBudget == [{% for fault in faults %}{{ fault.name }} |-> {{ fault.count }}{% if not loop.last %}, {% endif %}{% endfor %}]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
{%- if not has_witnesses %}
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
{%- endif %}
{%- for fault in faults %}{% if fault.count > 0 %}
{{ fault.witness }} == AtRest /\ budget.{{ fault.name }} = 0{% endif %}{% endfor %}

{% for witness in witnesses %}Not{{ witness }} == ~{{ witness }}
{% endfor %}
{{ rule_below }}
