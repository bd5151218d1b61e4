#include "foi/searched.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bundle/words.hpp"
#include "foi/as_disclosed.hpp"
#include "ledger/disposals.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {
namespace {

bool holds(const Seqs& seqs, ledger::Seq seq) {
  return std::ranges::binary_search(seqs, seq);
}

// What is left out, and why.
std::map<ledger::Seq, std::string> left_out(const Selection& selection) {
  std::map<ledger::Seq, std::string> out;
  for (const auto& rule : selection.left_out)
    for (const auto seq : rule.records) {
      std::set<std::string> codes;
      add_codes(out[seq], codes);
      add_codes(rule.code, codes);
      out[seq] = joined_codes(codes);
    }
  return out;
}

Result<Seqs> all_hits(ledger::Reader& reader, const Selection& selection) {
  Seqs out;
  for (const auto seq : selection.searches) {
    const auto search = read_search(reader, seq);
    if (!search) return search.error();
    out.insert(out.end(), search->hits.begin(), search->hits.end());
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string records_text(const Seqs& seqs) {
  constexpr std::size_t kLongest = 200;
  auto list = numbers_text(seqs);
  if (list.size() > kLongest) list = list.substr(0, list.rfind(',', kLongest)) + ", …";
  return (seqs.size() == 1 ? "record " : "records ") + list;
}

Status accounted(const Seqs& hits, const Seqs& records, const std::map<ledger::Seq, std::string>& left) {
  Seqs forgotten;
  for (const auto seq : hits)
    if (!holds(records, seq) && !left.contains(seq)) forgotten.push_back(seq);
  if (!forgotten.empty())
    return Error{Code::kInvalid,
                 records_text(forgotten) +
                     " of the search: found, and neither disclosed nor left out; nothing was recorded",
                 "add to --records, or say why not: --leave-out " + std::to_string(forgotten.front()) +
                     "=out-of-scope, or the exemption"};
  for (const auto& [seq, code] : left)
    for (const auto reason : {kOutOfScope, kNotHeld})
      if (code != reason && code.find(reason) != std::string::npos)
        return Error{Code::kInvalid,
                     "--leave-out gives record " + std::to_string(seq) + " both as " + std::string(reason) +
                         " and for another reason; nothing was recorded",
                     "decide which"};
  Seqs strange;
  Seqs both;
  for (const auto& [seq, code] : left) {
    if (!holds(hits, seq)) strange.push_back(seq);
    if (holds(records, seq)) both.push_back(seq);
  }
  if (!strange.empty())
    return Error{
        Code::kInvalid,
        "--leave-out names " + records_text(strange) + ", which no search given with --search found; " +
            "nothing was recorded",
        "leave out of --records what is not to be disclosed; only what a search found has to be listed"};
  if (!both.empty())
    return Error{
        Code::kInvalid,
        "--leave-out names " + records_text(both) + ", which --records names, too; nothing was recorded",
        "decide which"};
  return {};
}

using Letters = std::vector<std::pair<std::u32string, std::string>>;  // of a withheld word, and where

Letters withheld_letters(const Plan& plan) {
  Letters out;
  const auto add = [&](const bundle::Needle& needle) {
    for (const auto& word : bundle::words_of(needle.value))
      out.emplace_back(bundle::letters_of(needle.value, word), needle.from);
  };
  for (const auto& needle : plan.words.names) add(needle);
  for (const auto& needle : plan.words.runs)
    if (needle.kind == bundle::NeedleKind::kHandle) add(needle);
  for (const auto& passage : plan.words.passages)
    for (const auto& telling : passage.telling) add(telling.needle);
  return out;
}

// "Achterb*" finds Achterberg.
std::string begun_in(std::string_view query, const Letters& wanted) {
  constexpr std::size_t kShortest = 3;
  for (const auto& word : bundle::words_of(query)) {
    if (word.length < kShortest || !query.substr(word.end).starts_with('*')) continue;
    const auto letters = bundle::letters_of(query, word);
    for (const auto& [whole, from] : wanted)
      if (whole.starts_with(letters)) return from;
  }
  return {};
}

// "not-held" says that nothing is there to be judged.
Status are_not_held(ledger::Reader& reader, const std::map<ledger::Seq, std::string>& left) {
  for (const auto& [seq, code] : left) {
    if (code != kNotHeld) continue;
    const auto body = reader.body(seq);
    if (!body && body.error().code == Code::kNotFound) {
      auto missing = ledger::missing_words(reader, seq, "nothing was recorded");
      if (missing.code == Code::kNotFound) continue;
      return missing;
    }
    if (!body) return body.error();
    return Error{Code::kInvalid,
                 "--leave-out says that record " + std::to_string(seq) +
                     " is not held, and it is; nothing was recorded",
                 "disclose it, or leave it out under an exemption, or as out-of-scope"};
  }
  return {};
}

}  // namespace

Result<Searched> read_search(ledger::Reader& reader, ledger::Seq seq) {
  const auto entry = reader.entry(seq);
  if (!entry) return entry.error();
  if (entry->kind != ledger::kind::kSearch)
    return Error{Code::kInvalid,
                 "entry " + std::to_string(seq) + " is no search, but of the kind " + entry->kind +
                     "; nothing was recorded",
                 "`muniment search QUERY --for REF` records one, and prints its number"};
  const auto body = reader.body(seq);
  if (!body) return body.error();
  return Searched{std::string(records::value_of(*body, "request").value_or("")),
                  numbers_of(ranges_of(records::value_of(*body, "hits.list").value_or("")))};
}

Result<Seqs> found_by(ledger::Reader& reader, const Selection& selection) {
  auto hits = all_hits(reader, selection);
  if (!hits) return hits;
  const auto left = left_out(selection);
  std::erase_if(*hits, [&](ledger::Seq seq) { return left.contains(seq); });
  return hits;
}

Status account_for_hits(ledger::Reader& reader, const Selection& selection, Plan& plan) {
  for (const auto seq : selection.searches) {
    const auto search = read_search(reader, seq);
    if (!search) return search.error();
    if (search->request != plan.request)
      return Error{Code::kInvalid,
                   "the search of entry " + std::to_string(seq) + " was recorded for the request " +
                       search->request + ", not for this one; nothing was recorded",
                   "search again with --for " + plan.request};
  }
  const auto hits = all_hits(reader, selection);
  if (!hits) return hits.error();
  const auto left = left_out(selection);
  if (selection.searches.empty() && left.empty()) return {};
  if (auto fine = accounted(*hits, selection.records, left); !fine) return fine;
  if (auto fine = are_not_held(reader, left); !fine) return fine;
  for (const auto& [seq, code] : left) {
    const auto leaf = reader.leaf(seq);
    if (!leaf) return leaf.error();
    plan.left_out.push_back({seq, *leaf, code});
  }
  return {};
}

void doubt_cut_words(Plan& plan) {
  const auto wanted = withheld_letters(plan);
  for (const auto& entry : plan.entries) {
    if (entry.entry.kind != ledger::kind::kSearch) continue;
    for (const auto& planned : entry.fields) {
      if (logical_name(planned.field.name) != "query" || planned.shows_nothing() || planned.kept) continue;
      const auto from = begun_in(planned.shown(), wanted);
      if (!from.empty())
        plan.doubtful.push_back(
            {entry.entry.seq,
             planned.field.name,
             {},
             "what was searched for is shown, and is the beginning of a word withheld in " + from});
    }
  }
}

void doubt_shown_queries(Plan& plan) {
  for (const auto& entry : plan.entries) {
    if (entry.entry.kind != ledger::kind::kSearch) continue;
    const auto query = std::ranges::find_if(entry.fields, [](const PlannedField& planned) {
      return logical_name(planned.field.name) == "query" && !planned.shows_nothing();
    });
    if (query == entry.fields.end()) continue;
    const auto hits = numbers_of(ranges_of(entry.value("hits.list")));
    const auto left = std::ranges::find_if(plan.left_out, [&](const LeftOutRecord& one) {
      return is_exemption(one.code) && holds(hits, one.seq);
    });
    if (left == plan.left_out.end()) continue;
    plan.doubtful.push_back({entry.entry.seq,
                             "query",
                             {},
                             "what was searched for is shown, and record " + std::to_string(left->seq) +
                                 ", which it found, is left out under " + left->code +
                                 ": does it say what is withheld? --redact " +
                                 std::to_string(entry.entry.seq) + ":query:*=" + left->code +
                                 " withholds it"});
  }
}

Status doubt_unnamed_searches(Plan& plan, const Selection& selection, ledger::Reader& reader,
                              const std::function<Result<Seqs>()>& searches) {
  const auto all = searches();
  if (!all) return all.error();
  for (const auto seq : *all) {
    if (holds(selection.searches, seq)) continue;
    const auto body = held_body(reader, seq);
    if (!body) return body.error();
    if (*body && records::value_of(**body, "request").value_or("") == plan.request)
      plan.doubtful.push_back(
          {seq,
           "hits",
           {},
           "a search was recorded for this request, and the bundle does not account for what "
           "it found: --search " +
               std::to_string(seq) + " does"});
  }
  return {};
}

}  // namespace muniment::foi
