// Records of files that are text: messages of a mailbox, elements of an XML file.
#pragma once

#include "sources/cut.hpp"

namespace muniment::sources {

// RFC 4155: a message begins at a line "From ADDRESS DATE" at the top of the file or after an empty line. The
// line belongs to the record.
class MailCutter : public Cutter {
 public:
  void look(std::string_view held, bool last, std::vector<Slice>& records) override;
  void drop(std::size_t count) override;

 private:
  std::size_t at_ = 0;  // the lines before this were looked at
  std::size_t record_ = 0;
  bool open_ = false;
};

// Elements <item> that stand outside of CDATA sections and comments.  They hold no elements of that name.
class ElementCutter : public Cutter {
 public:
  void look(std::string_view held, bool last, std::vector<Slice>& records) override;
  void drop(std::size_t count) override;
  std::size_t head() const override { return head_; }

 private:
  std::size_t at_ = 0;
  std::size_t record_ = 0;
  std::size_t head_ = 0;
  bool open_ = false;
  bool found_ = false;
};

}  // namespace muniment::sources
