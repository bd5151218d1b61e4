#include "sources/feed_scope.hpp"

#include "records/made_name.hpp"
#include "sources/feed_address.hpp"

namespace muniment::sources {
namespace {

// RFC 4151: "tag:town.example,2024:1", "tag:jo@town.example,2024-05:1".
std::string tagging_host(std::string_view tag) {
  tag.remove_prefix(std::string_view("tag:").size());
  tag = tag.substr(0, tag.find(','));
  return std::string(tag.substr(tag.find('@') + 1));
}

std::string without_www(std::string host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

}  // namespace

std::string name_beside(const records::Interaction& entry) {
  if (entry.url.empty() || entry.id == entry.url) return {};
  return entry.id + "#" + records::made_mark(entry.url);
}

std::string scope_beside(const records::Interaction& entry, std::string_view scope) {
  const std::string_view id = entry.id;
  if (id.starts_with(scope) && id.substr(scope.size()).starts_with('#')) return {};
  const auto host = without_www(id.starts_with("tag:") ? tagging_host(id) : host_of(id));
  return !host.empty() && host == without_www(host_of(scope)) ? std::string() : std::string(scope);
}

}  // namespace muniment::sources
