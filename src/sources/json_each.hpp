// for (JsonEach one(value); one; one.next()) one.value()
#pragma once

#include "sources/json_page.hpp"

namespace muniment::sources {

// A value, or each of a list of them: many formats write a list of one thing as the thing.
class JsonEach {
 public:
  explicit JsonEach(Json value) : one_(value.is_list() ? Json() : value), list_(value) {}
  explicit operator bool() const { return one_ || list_; }
  Json value() const { return one_ ? one_ : list_.value(); }
  void next() {
    if (one_)
      one_ = Json();
    else
      list_.next();
  }

 private:
  Json one_;
  JsonList list_;
};

}  // namespace muniment::sources
