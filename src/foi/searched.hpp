// The searches that a request relied on: every record that one of them found is disclosed, or is listed with
// the reason why it is not.
#pragma once

#include <functional>
#include <string>

#include "foi/plan.hpp"

namespace muniment::foi {

struct Searched {
  std::string request;
  Seqs hits;  // ascending
};

// kInvalid: the entry is no search.  kNotFound: there is none, or its words were disposed of.
Result<Searched> read_search(ledger::Reader& reader, ledger::Seq seq);

// Of the records that these searches found, those that are not left out: what is disclosed when nothing else
// is said.  Errors as read_search.
Result<Seqs> found_by(ledger::Reader& reader, const Selection& selection);

// Lists in the plan what is left out, when the searches of the selection account for it.
//
// kInvalid: a search for another request; a record that was found and is neither disclosed nor left out; one
// that is left out and was not found, or is disclosed, or for two reasons that exclude each other.  Nothing
// was recorded then.
Status account_for_hits(ledger::Reader& reader, const Selection& selection, Plan& plan);

// Adds to plan.doubtful the searches of the plan whose words are shown while records that they found are left
// out under an exemption: who is searched for may be what the records are left out for.
void doubt_shown_queries(Plan& plan);

// And those that show the beginning of a withheld word ("Achterb*").
void doubt_cut_words(Plan& plan);

// Adds to plan.doubtful the searches recorded for this request that the selection does not name.  `searches`:
// the entries of that kind.
Status doubt_unnamed_searches(Plan& plan, const Selection& selection, ledger::Reader& reader,
                              const std::function<Result<Seqs>()>& searches);

}  // namespace muniment::foi
