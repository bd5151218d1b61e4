// Objects one after another: in lines, in a list at the top, or in the list that one field of an object at
// the top holds.  Whatever stands between them, and before them, is no record.
#pragma once

#include <string>

#include "sources/cut.hpp"

namespace muniment::sources {

class JsonCutter : public Cutter {
 public:
  // `list`: the field whose list holds the records; empty: they stand at the top.  An object at the top
  // without such a field is a record itself.
  explicit JsonCutter(std::string_view list) : list_(list) {}

  void look(std::string_view held, bool last, std::vector<Slice>& records) override;
  void drop(std::size_t count) override;
  std::size_t head() const override { return head_; }

 private:
  enum class In { kNothing, kText, kEscape };

  void mend(std::size_t at, std::vector<Slice>& records);
  void open(char c, std::size_t at);
  void close(char c, std::size_t at, std::vector<Slice>& records);
  void end_of_text(std::string_view held, std::size_t at);

  std::string list_;
  In in_ = In::kNothing;
  std::size_t at_ = 0;            // looked at up to here
  std::size_t depth_ = 0;         // lists and objects that are open
  std::size_t base_ = 0;          // at which depth records stand
  std::size_t record_ = 0;        // where the open record begins …
  std::size_t record_depth_ = 0;  // … and at which depth; 0: none is open
  std::size_t text_ = 0;          // where the open text begins
  char before_ = '\0';            // the last character that is not white space
  bool key_ = false;              // at depth 1 the last text was the list's name
  bool found_list_ = false;
  bool ended_ = false;
  std::size_t head_ = 0;
  bool has_head_ = false;
};

}  // namespace muniment::sources
