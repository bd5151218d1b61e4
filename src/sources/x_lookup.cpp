// Answers of X's older interface to statuses/lookup with map=true: {"id": {"12": post, "13": null}}.  What is
// null was not to be had; why is not said.
#include "base/so_many.hpp"
#include "sources/beginning.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/x_status.hpp"

namespace muniment::sources {
namespace {

Status read_map(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  std::size_t absent = 0;
  for (JsonFields field(page->root().field("id")); field; field.next()) {
    const auto status = field.value();
    if (!status) {
      ++absent;
    } else if (!is_x_status(status)) {
      ++out.others;
    } else {
      auto item = item_at(page->slice(status));
      read_x_status(status, status.field("user"), nullptr, item);
      out.items.push_back(std::move(item));
    }
  }
  if (absent != 0)
    out.remarks.push_back(base::so_many(absent, "post that was asked for was not to be had; why is not said",
                                        "posts that were asked for were not to be had; why is not said"));
  return {};
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// {"id": {"12":
bool is_map(const Beginning& it) {
  if (!it.is_json() || !it.has({"id"}) || it.top_names() != 1) return false;
  const auto text = it.text();
  const auto open = text.find('{', 1);
  if (open == std::string_view::npos) return false;
  const auto from = text.find('"', open);
  if (from == std::string_view::npos) return false;
  return is_digits(text.substr(from + 1, text.find('"', from + 1) - from - 1));
}

}  // namespace

const SavedFormat kXLookup = {"x-lookup", "posts of X by their numbers, as its older interface gives them",
                              is_map, read_map};

}  // namespace muniment::sources
