#include "records/interaction.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>

namespace muniment::records {
namespace {

// The fields that are one value, in one table for writing and reading.
struct Plain {
  std::string_view name;
  std::string Interaction::*member;
};
constexpr Plain kPlain[] = {
    {"platform", &Interaction::platform},
    {"id", &Interaction::id},
    {"id.local", &Interaction::local},
    {"url", &Interaction::url},
    {"type", &Interaction::type},
    {"posted", &Interaction::posted},
    {"edited", &Interaction::edited},
    {"lang", &Interaction::lang},
    {"visibility", &Interaction::visibility},
    {"reply.to", &Interaction::reply_to},
    {"thread", &Interaction::thread},
    {"quote.of", &Interaction::quote_of},
    {"repost.of", &Interaction::repost_of},
};

// Part of the content only where given, so that versions captured before these were known stay the same.
constexpr Plain kLater[] = {{"edit.of", &Interaction::edit_of}, {"revision", &Interaction::revision}};

struct AccountPlain {
  std::string_view name;
  std::string Account::*member;
};
constexpr AccountPlain kAccount[] = {
    {"author.id", &Account::id}, {"author.handle", &Account::handle}, {"author.url", &Account::url}};
constexpr std::string_view kOfOriginal = "repost.";  // before the same names: of the post that is repeated

struct List {
  std::string_view name;
  std::vector<std::string> Interaction::*member;
};
constexpr List kLists[] = {
    {"mentions", &Interaction::mentions}, {"tags", &Interaction::tags}, {"links", &Interaction::links}};

// A line an item; a line feed inside an item becomes a space, for it would make two of one.
std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out.push_back('\n');
    for (const char c : item) out.push_back(c == '\n' ? ' ' : c);
  }
  return out;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string media_name(std::size_t i, std::string_view part) {
  return "media." + std::to_string(i) + "." + std::string(part);
}

void append_part(std::string& out, std::string_view value) {
  char digits[20];
  const auto end = std::to_chars(digits, std::end(digits), value.size()).ptr;
  out.append(digits, end).push_back(':');
  out += value;
}

bool is_server_local(const Interaction& item, std::string Interaction::*member) {
  return !item.local.empty() && (member == &Interaction::local || member == &Interaction::reply_to);
}

}  // namespace

void add_fields(BodyBuilder& body, Interaction&& item) {
  for (const auto& [name, member] : kPlain) body.add(std::string(name), std::move(item.*member));
  for (const auto& [name, member] : kLater) body.add(std::string(name), std::move(item.*member));
  for (const auto& [name, member] : kAccount) body.add(std::string(name), std::move(item.author.*member));
  body.add_text("author.name", std::move(item.author.name));
  for (const auto& [name, member] : kAccount)
    body.add(std::string(kOfOriginal).append(name), std::move(item.repost_author.*member));
  body.add_text(std::string(kOfOriginal) + "author.name", std::move(item.repost_author.name));
  body.add_text("text", std::move(item.text));
  body.add_text("summary", std::move(item.summary));
  for (const auto& [name, member] : kLists) body.add(std::string(name), joined(item.*member));
  for (std::size_t i = 0; i < item.media.size(); ++i) {
    body.add(media_name(i, "url"), std::move(item.media[i].url));
    body.add(media_name(i, "type"), std::move(item.media[i].type));
    body.add_text(media_name(i, "alt"), std::move(item.media[i].alt));
  }
  for (const auto& [name, count] : item.counts) body.add_number("counts." + name, count);
}

Interaction interaction_of(const Body& body) {
  Interaction item;
  const auto get = [&](std::string_view name) { return std::string(value_of(body, name).value_or("")); };
  for (const auto& [name, member] : kPlain) item.*member = get(name);
  for (const auto& [name, member] : kLater) item.*member = get(name);
  for (const auto& [name, member] : kAccount) item.author.*member = get(name);
  for (const auto& [name, member] : kAccount)
    item.repost_author.*member = get(std::string(kOfOriginal).append(name));
  item.author.name = text_of(body, "author.name").value_or("");
  item.repost_author.name = text_of(body, std::string(kOfOriginal) + "author.name").value_or("");
  item.text = text_of(body, "text").value_or("");
  item.summary = text_of(body, "summary").value_or("");
  for (const auto& [name, member] : kLists) item.*member = lines(get(name));
  for (std::size_t i = 0; find(body, media_name(i, "url")) || find(body, media_name(i, "type")); ++i)
    item.media.push_back({get(media_name(i, "url")), get(media_name(i, "type")),
                          text_of(body, media_name(i, "alt")).value_or("")});
  for (const auto& field : body) {
    if (!field.name.starts_with("counts.")) continue;
    std::uint64_t count = 0;
    std::from_chars(field.value.data(), field.value.data() + field.value.size(), count);
    item.counts.emplace_back(field.name.substr(7), count);
  }
  return item;
}

void append_version_content(std::string& out, const Interaction& item) {
  for (const auto& [name, member] : kPlain)
    append_part(out, is_server_local(item, member) ? std::string_view() : item.*member);
  for (const auto& [name, member] : kAccount) append_part(out, item.author.*member);
  append_part(out, item.author.name);
  append_part(out, item.text);
  append_part(out, item.summary);
  for (const auto& [name, member] : kLists) append_part(out, joined(item.*member));
  for (const auto& media : item.media) {
    append_part(out, media.url);
    append_part(out, media.type);
    append_part(out, media.alt);
  }
  for (const auto& [name, member] : kLater) {
    if ((item.*member).empty()) continue;
    out.append(";").append(name).push_back('=');
    append_part(out, item.*member);
  }
}

bool leaves_out_only(const Interaction& item, const Interaction& other) {
  const auto as_there = [](const auto& one, const auto& there) { return one.empty() || one == there; };
  for (const auto& [name, member] : kPlain)
    if (!is_server_local(item, member) && !as_there(item.*member, other.*member)) return false;
  for (const auto& [name, member] : kLater)
    if (!as_there(item.*member, other.*member)) return false;
  for (const auto& [name, member] : kAccount)
    if (!as_there(item.author.*member, other.author.*member)) return false;
  for (const auto& [name, member] : kLists)
    if (!as_there(joined(item.*member), joined(other.*member))) return false;
  const auto same = [](const Media& a, const Media& b) {
    return a.url == b.url && a.type == b.type && a.alt == b.alt;
  };
  return as_there(item.author.name, other.author.name) && item.text == other.text &&
         item.summary == other.summary && std::ranges::equal(item.media, other.media, same);
}

std::string version_content(const Interaction& item) {
  std::string out;
  append_version_content(out, item);
  return out;
}

}  // namespace muniment::records
