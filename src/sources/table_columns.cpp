#include "sources/table_columns.hpp"

#include <algorithm>

namespace muniment::sources {

std::size_t count_known(const TableHead& head) {
  const Names all[] = {kText,  kPosted, kId,    kChannel, kName, kHandle, kAccount,
                       kTitle, kUrl,    kReply, kThread,  kType, kLang,   kVisibility};
  return static_cast<std::size_t>(std::ranges::count_if(head.names, [&](const auto& name) {
    return std::ranges::any_of(all, [&](Names names) { return std::ranges::count(names, name) != 0; });
  }));
}

bool looks_like_table(std::string_view bytes) {
  const auto head = table_head(bytes);
  if (head.names.size() < 2) return false;
  const auto rows = first_rows(bytes, head);
  if (rows.count == 0 || rows.fit != rows.count) return false;
  return count_known(head) >= 2 || has_names_of_columns(bytes, head);
}

}  // namespace muniment::sources
