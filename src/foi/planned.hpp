// An entry on its way into a disclosure: of each of its fields and words, under which exemption it is
// withheld.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/reader.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {

// "s40(2);s41" is two codes; joined_codes is the way back.
void add_codes(std::string_view joined, std::set<std::string>& out);
std::string joined_codes(const std::set<std::string>& codes);

// A field is withheld because somebody asked for it, or because it follows from what was asked.  What is
// asked for twice has both exemptions; what follows never changes what was asked for.
struct PlannedField {
  records::Field field;
  std::string whole;               // the exemptions when all of it is withheld; else empty
  std::vector<std::string> parts;  // those of each segment, empty where shown; or no parts at all
  bool kept = false;               // the officer says that it may be shown
  bool followed = false;           // something of it is withheld although nobody asked
  bool handed_out = false;         // of raw bytes: the officer wants them in the bundle

  bool out_of_scope() const { return whole == kOutOfScope; }
  bool shown_whole() const { return whole.empty() && parts.empty(); }
  bool shows_nothing() const;
  const std::string& code_at(std::size_t segment) const;
  std::string shown() const;  // a line feed in place of each withheld segment

  void ask(const std::string& code);
  void ask(std::size_t segment, const std::string& code);
  void follow(const std::string& code);
  void follow(std::size_t segment, const std::string& code);

 private:
  void spread();
  void tidy();
};

struct PlannedEntry {
  ledger::Entry entry;
  base::Hash leaf{};
  bool record = false;  // asked for; else it is there to support
  std::vector<PlannedField> fields;

  // Under an exemption: what is out of scope counts for neither.
  bool withholds() const;
  std::string codes() const;  // all, sorted, joined by ';'
  PlannedField* find(std::string_view name);
  const PlannedField* find(std::string_view name) const;
  std::string_view value(std::string_view name) const;  // empty when there is no such field
};

// "3-5,9": the segments withheld under `code`.
std::string ranges_text(const PlannedField& field, const std::string& code);

// A field of an account: "author.handle" for ".handle"; so too of the one spoken to, and of the author of
// what is repeated.
bool is_of_account(std::string_view field, std::string_view part);
// Texts in which people write words; their words are shown or withheld one by one.
bool is_text_field(std::string_view name);
// "text.0003" is part of "text".
std::string_view logical_name(std::string_view field);
// The indices of the fields that make up the text `name` of an entry, in order, and that text.
std::vector<std::size_t> parts_of(const PlannedEntry& entry, std::string_view name);
std::string text_of(const PlannedEntry& entry, const std::vector<std::size_t>& parts);

// Each segment that holds any of these bytes of the text that `parts` make up: (field, its index there).
void each_segment(PlannedEntry& entry, const std::vector<std::size_t>& parts, std::size_t begin,
                  std::size_t end, const std::function<void(PlannedField&, std::size_t)>& visit);

}  // namespace muniment::foi
