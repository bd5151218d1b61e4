#include "sources/meta_owners.hpp"

#include "sources/beginning.hpp"
#include "sources/json_page.hpp"
#include "sources/meta_text.hpp"

namespace muniment::sources {

void learn_facebook_owner(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (!it.has({"profile_v2.name"}) && !it.has({"profile.name"})) return;
  auto page = JsonPage::parse(bytes);
  if (!page) return;
  auto profile = page->root().field("profile_v2");
  if (!profile) profile = page->root().field("profile");
  records::Account owner;
  owner.name = meta_text(profile.field("name").field("full_name").text());
  owner.handle = profile.field("username").text();
  owner.url = profile.field("profile_uri").text();
  owner.id = owner.url;
  if (!owner.name.empty()) context.owners.emplace("facebook", std::move(owner));
}

void learn_instagram_owner(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (!it.has({"profile_user.string_map_data"})) return;
  auto page = JsonPage::parse(bytes);
  if (!page) return;
  const auto map = JsonList(page->root().field("profile_user")).value().field("string_map_data");
  records::Account owner;
  owner.handle = map.field("Username").field("value").text();
  owner.name = meta_text(map.field("Name").field("value").text());
  if (owner.name.empty()) owner.name = owner.handle;
  if (owner.handle.empty()) return;
  owner.url = "https://www.instagram.com/" + owner.handle + "/";
  owner.id = owner.url;
  context.owners.emplace("instagram", std::move(owner));
}

}  // namespace muniment::sources
