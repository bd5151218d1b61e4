// The fields of an object of which many are asked for: gone through once, and then each is found at once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sources/json_page.hpp"

namespace muniment::sources {

class JsonIndex {
 public:
  explicit JsonIndex(Json object) : object_(object), is_kept_(object.size() <= kMostFields) {
    if (!is_kept_) return;
    std::uint8_t count = 0;
    for (JsonFields fields(object); fields; fields.next()) {
      auto& last = last_[slot(fields.key())];
      keys_[count] = static_cast<std::uint32_t>(fields.key_.at_);
      before_[count] = last;
      last = ++count;
    }
  }

  JsonIndex(const JsonIndex&) = delete;
  JsonIndex& operator=(const JsonIndex&) = delete;

  Json object() const { return object_; }
  // As Json::field.
  Json field(std::string_view name) const {
    if (!is_kept_) return object_.field(name);
    for (auto at = last_[slot(name)]; at != 0; at = before_[at - 1U]) {
      const Json key(object_.tape_, object_.strings_, keys_[at - 1U]);
      if (key.text() == name) return {key.tape_, key.strings_, key.at_ + 1};
    }
    return {};
  }

 private:
  static constexpr std::size_t kMostFields = 200;
  static constexpr std::size_t kSlots = 256;

  static std::size_t slot(std::string_view name) {
    if (name.empty()) return 0;
    const auto letter = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(name[i]));
    };
    return (name.size() + letter(0) * 7 + letter(name.size() / 2) * 31 + letter(name.size() - 1) * 101) %
           kSlots;
  }

  Json object_;
  bool is_kept_;
  std::array<std::uint8_t, kSlots> last_{};       // of the fields in a slot, counted from 1; 0: there is none
  std::array<std::uint8_t, kMostFields> before_;  // each, in the same slot, likewise
  std::array<std::uint32_t, kMostFields> keys_;   // where each stands on the tape
};

}  // namespace muniment::sources
