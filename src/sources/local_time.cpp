#include "sources/local_time.hpp"

#include "base/time.hpp"

namespace muniment::sources {

std::string in_archives_zone(std::string shown, const SavedContext& context) {
  // Beyond these years a zone would lead out of what can be written.
  if (shown.starts_with("0000") || shown.starts_with("0001") || shown.starts_with("9999")) return shown;
  const auto local = base::from_leaf_time(shown);
  return local && context.zone.to_utc ? base::to_rfc3339(context.zone.to_utc(*local)) : shown;
}

std::string archives_time(const SavedContext& context) {
  return context.zone.to_utc ? "the time of " + context.zone.name : "UTC";
}

}  // namespace muniment::sources
