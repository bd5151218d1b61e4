// Platforms, and the names that accounts are known by.
#include "index/fold.hpp"
#include "index/writer.hpp"

namespace muniment::index {

Status Writer::write_names(const Gathered& gathered) {
  for (const auto& name : gathered.platforms) {
    if (platforms_.contains(name)) continue;
    if (auto added = sql_.add_platform.bind_text(1, name).run(); !added) return added;
    platforms_.insert(name);
  }
  for (const auto& one : gathered.accounts) {
    const std::string_view handle = one.handle;
    for (const auto name : {std::string_view(one.id), handle, std::string_view(one.name),
                            handle.substr(0, handle.find('@', 1))})
      if (auto added = add_name(one.account, name); !added) return added;
  }
  return {};
}

Status Writer::add_name(std::int64_t account, std::string_view name) {
  const auto folded = fold_name(tokenizer_, name);
  if (!folded) return folded.error();
  if (folded->empty()) return {};
  return sql_.add_account_name.bind_text(1, *folded).bind(2, account).run();
}

}  // namespace muniment::index
