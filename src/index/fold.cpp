#include "index/fold.hpp"

namespace muniment::index {

Result<std::string> fold_name(const db::Tokenizer& tokenizer, std::string_view name) {
  std::string folded;
  auto outcome = tokenizer.each(name.substr(0, 512), [&](std::string_view token, std::size_t, std::size_t) {
    if (!folded.empty()) folded.push_back(' ');
    folded.append(token);
  });
  if (!outcome) return outcome.error();
  return folded;
}

}  // namespace muniment::index
