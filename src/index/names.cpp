// Platforms and accounts: names that get numbers, so that a facet is a short token.
#include <functional>

#include "index/fold.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

// Accounts remembered between batches; when full it starts over, which costs look-ups and nothing else.
constexpr std::size_t kMostRemembered = 100'000;

// The number a SELECT finds, or the one an INSERT … RETURNING gives.
Result<std::int64_t> find_or_add(db::Statement& select, db::Statement& insert) {
  for (auto* statement : {&select, &insert}) {
    const auto found = statement->step();
    if (!found) return found.error();
    if (!*found) {
      statement->reset();
      continue;
    }
    const std::int64_t number = statement->integer(0);
    // An INSERT takes effect only when it has been stepped to its end.
    const auto end = statement->step();
    statement->reset();
    if (!end) return end.error();
    return number;
  }
  return Error{Code::kInternal, "the index gave no number to a new name"};
}

}  // namespace

Result<std::int64_t> Writer::platform_number(std::string_view name) {
  if (const auto known = platforms_.find(std::string(name)); known != platforms_.end()) return known->second;
  sql_.platform.bind_text(1, name);
  sql_.add_platform.bind_text(1, name);
  const auto number = find_or_add(sql_.platform, sql_.add_platform);
  if (number) platforms_.emplace(name, *number);
  return number;
}

Result<std::int64_t> Writer::source_number(std::string_view name) {
  if (const auto known = sources_.find(std::string(name)); known != sources_.end()) return known->second;
  sql_.source.bind_text(1, name);
  sql_.add_source.bind_text(1, name);
  const auto number = find_or_add(sql_.source, sql_.add_source);
  if (number) sources_.emplace(name, *number);
  return number;
}

Result<std::int64_t> Writer::account_number(const CaptureFields& fields) {
  const auto identity = fields.author_id.empty() ? fields.author_handle : fields.author_id;
  if (identity.empty() && fields.author_name.empty()) return 0;
  const auto key = keys_.account(fields.platform, identity.empty() ? fields.author_name : identity);
  const std::size_t names = std::hash<std::string_view>{}(fields.author_handle) * 31 +
                            std::hash<std::string_view>{}(fields.author_name);
  const auto known = accounts_.find(key);
  if (known != accounts_.end() && known->second.names == names) return known->second.number;
  sql_.account.bind(1, key);
  sql_.add_account.bind(1, key);
  const auto number = find_or_add(sql_.account, sql_.add_account);
  if (!number) return number;
  for (const auto name : {fields.author_id, fields.author_handle, fields.author_name,
                          fields.author_handle.substr(0, fields.author_handle.find('@', 1))})
    if (auto added = add_name(*number, name); !added) return added.error();
  if (accounts_.size() >= kMostRemembered) accounts_.clear();
  accounts_[key] = {*number, names};
  return number;
}

Status Writer::add_name(std::int64_t account, std::string_view name) {
  const auto folded = fold_name(tokenizer_, name);
  if (!folded) return folded.error();
  if (folded->empty()) return {};
  return sql_.add_account_name.bind_text(1, *folded).bind(2, account).run();
}

}  // namespace muniment::index
