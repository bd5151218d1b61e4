// Doubts of one kind, as many as an officer can go through.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "foi/plan.hpp"

namespace muniment::foi {

class DoubtList {
 public:
  // Adds to plan.doubtful at most so many; the next one says that there are more, the others are left out.
  DoubtList(Plan& plan, std::size_t most, std::string_view more = "; more such places are not named")
      : plan_(plan), most_(most), more_(more) {}

  void add(Remark remark) {
    if (is_full()) return;
    if (++count_ > most_) remark.what += more_;
    plan_.doubtful.push_back(std::move(remark));
  }

  bool is_full() const { return count_ > most_; }

 private:
  Plan& plan_;
  std::size_t most_;
  std::string_view more_;
  std::size_t count_ = 0;
};

}  // namespace muniment::foi
