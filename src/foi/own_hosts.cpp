#include "foi/own_hosts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "bundle/words.hpp"
#include "foi/doubt_list.hpp"
#include "foi/everyday_words.hpp"
#include "foi/looked_for.hpp"
#include "foi/named_in_address.hpp"
#include "foi/saying.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

constexpr std::size_t kMostDoubts = 100;

bool is_account(std::string_view field) {
  return is_of_account(field, ".handle") || is_of_account(field, ".id") || is_of_account(field, ".url");
}

bool is_host(std::string_view name) {
  return name.find('.') != std::string_view::npos && name.find_first_of("/:@ ") == std::string_view::npos;
}

std::string_view host_in(std::string_view value) {
  if (value.find("://") != std::string_view::npos) return bare_host(value);
  const auto at = value.rfind('@');
  return at == std::string_view::npos ? std::string_view() : value.substr(at + 1);
}

// "olwenharrow" of "www.olwenharrow.example"
void add_labels(std::string_view host, const std::string& from, std::vector<Needle>& out) {
  constexpr std::size_t kShortest = 4;
  constexpr std::string_view kNone[] = {"blog", "info", "mail", "social"};
  while (!host.empty()) {
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return;  // the last says nothing
    const auto label = host.substr(0, dot);
    if (label.size() >= kShortest && !is_everyday_word(label) &&
        std::ranges::find(kNone, label) == std::end(kNone))
      out.push_back({NeedleKind::kWords, std::string(label), from});
    host.remove_prefix(dot + 1);
  }
}

std::vector<Needle> own_hosts(const Plan& plan) {
  std::vector<Needle> out;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      const auto& [name, value, cuts] = planned.field;
      if (!is_account(name) || !planned.shows_nothing() || planned.out_of_scope()) continue;
      const auto from = label(entry, name);
      const auto host = host_in(value);
      if (is_host(host) && !is_everybodys_host(host))
        out.push_back({NeedleKind::kWords, std::string(host), from, true});
      if (is_of_account(name, ".handle") && is_host(value) && !is_everybodys_host(value))
        add_labels(value, from, out);
    }
  return out;
}

// Where others have accounts, too: "tk@mast.example" in what is shown of mentions.
void allow_hosts_of_others(bundle::Needles& needles, const Plan& plan) {
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!names_accounts(planned.field.name) || !planned.shown_whole()) continue;
      for (std::string_view rest = planned.field.value; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        if (line.find("://") == std::string_view::npos) needles.allow(host_in(line));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      }
    }
}

}  // namespace

void doubt_own_hosts(Plan& plan) {
  auto hosts = own_hosts(plan);
  if (hosts.empty()) return;
  bundle::Needles needles(std::move(hosts));
  allow_surroundings(needles, plan);
  allow_platform_hosts(needles, plan);
  allow_hosts_of_others(needles, plan);
  DoubtList doubts(plan, kMostDoubts);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      const auto& name = planned.field.name;
      if ((!entry.record && !is_text_field(name)) || planned.kept || planned.shows_nothing() ||
          repeats_everything(name) || saying_of(name) == Saying::kNothing)
        continue;
      const auto from = said_in(planned.shown(), needles);
      if (!from.empty())
        doubts.add({entry.entry.seq,
                    name,
                    {},
                    "it shows the host, or a part of the name, of the account withheld in " + from});
    }
}

}  // namespace muniment::foi
