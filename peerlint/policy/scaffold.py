"""A new ruleset to fill in: every key with a word on what belongs there, valid as it stands."""

from __future__ import annotations

import re

from peerlint.policy.errors import Problem, RulesetError
from peerlint.policy.load import load

_RULESET = """\
# {id}: what one payer's policy asks of peer support records. Check it with: peerlint rulesets validate {id}.yaml
id: {id}                         # the name of this file without .yaml
title: {id}, to be named         # payer, document and date, as a reader of a report should see it
policy: {id}                     # the policy's own number, as findings cite it
payer: {payer}
aliases: []                      # other names by which charts call the payer
jurisdiction: {jurisdiction}
status: draft                    # in force, draft, superseded
in_effect: {{}}                    # dates of service it binds, such as {{from: 2025-01-01, until: 2025-12-31}}
extends: {extends}                   # its requirements hold here too, unless this file says otherwise
drop: []                         # codes of inherited requirements that this payer does not have

# Every duty of the policy, in your own words, under its own section number.
#   kind: rule      a record can show it; name the rules that check it
#   kind: attest    only a person can answer it; it is listed in every report
#   kind: context   no duty; listed so that nothing in the source is lost
clauses:
  EXAMPLE-1:
    kind: rule
    rules: [N110]
    says: The note tells how the service helped.
  EXAMPLE-2:
    kind: attest
    says: Eligibility is verified before each service.

# One entry for each rule that a clause above names, and for each inherited one that differs here.
#   severity    error (not billable, money at risk), warning (to mend before an audit), info (quality)
#   clauses     sections of this policy, from the list above
#   citation    verified (read in the source) or unverified (remembered, second-hand)
#   parameters  the rule's options; "peerlint explain CODE" lists them
#   hard_stop   true where the contact cannot be billed without it
requirements:
  N110: {{severity: warning, clauses: [EXAMPLE-1], citation: unverified}}
"""

_CASES = """\
# Cases for {id}: records in plain words, and what each rule must say of them. Run: peerlint rulesets test {id}.yaml
# Verdicts: met, not_met, not_applicable, needs_review, not_evaluated. A line "---" begins another document.
as_of: 2025-06-30
cases:
  - name: a note that tells nothing of how the service helped
    records: |
      # Peer Support Service Note
      Member: Ana Ruiz
      Medicaid ID: 948217305K
      Date of service: 03/04/2025
      Purpose: Goal 1, job search
      Intervention: CPSS practised two interview questions with Ana and shared what helped in his own search.
      Response:
      Staff signature: /s/ Dana Wells, CPSS   Date: 03/04/2025
    expect: {{N110: not_met}}
"""


def scaffold(name: str, base: str) -> dict[str, str]:
    """The files of a new ruleset by their paths: the ruleset and its cases. Raises ``RulesetError``."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise RulesetError(Problem(name, 0, "", "a ruleset is named in small letters, digits and hyphens"))
    ruleset = load(base)
    words = {"id": name, "extends": base, "payer": ruleset.payer, "jurisdiction": ruleset.jurisdiction}
    return {f"{name}.yaml": _RULESET.format(**words), f"tests/{name}.yaml": _CASES.format(**words)}
