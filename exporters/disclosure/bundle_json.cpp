#include "bundle_json.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>
#include <boost/json/value.hpp>

namespace muniment::exporters {
namespace {

void append_text(std::string& out, std::string_view text) {
  out += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out.append("\"").append(name).append("\":");
  append_text(out, text);
}

void append_list(std::string& out, const std::vector<std::string>& texts) {
  out.push_back('[');
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_text(out, texts[i]);
  }
  out.push_back(']');
}

struct ContentWriter {
  std::string& out;

  void operator()(const Whole& whole) const {
    append_member(out, "seed", whole.seed);
    out += ",\"segs\":[";
    for (std::size_t i = 0; i < whole.segments.size(); ++i) {
      out += i > 0 ? ",{" : "{";
      append_member(out, "v", whole.segments[i]);
      out += "}";
    }
    out += "]";
  }
  void operator()(const Parts& parts) const {
    out += "\"segs\":[";
    for (std::size_t i = 0; i < parts.segments.size(); ++i) {
      out += i > 0 ? ",{" : "{";
      if (const auto* shown = std::get_if<ShownSegment>(&parts.segments[i])) {
        append_member(out, "salt", shown->salt);
        out += ",";
        append_member(out, "v", shown->text);
      } else {
        append_member(out, "c", std::get<WithheldSegment>(parts.segments[i]).commitment);
      }
      out += "}";
    }
    out += "]";
  }
  void operator()(const Withheld& withheld) const { append_member(out, "digest", withheld.digest); }
};

void append_entry(std::string& out, const DisclosedEntry& entry) {
  out += "{";
  append_member(out, "leaf", entry.leaf);
  out += ",\n \"proof\":";
  append_list(out, entry.proof);
  if (entry.seq > 0) {
    out += ",\n \"consistency\":";
    append_list(out, entry.consistency);
  }
  out += ",\n \"fields\":[";
  for (std::size_t i = 0; i < entry.fields.size(); ++i) {
    out += i > 0 ? ",\n  {" : "\n  {";
    append_member(out, "name", entry.fields[i].name);
    out += ",";
    std::visit(ContentWriter{out}, entry.fields[i].content);
    out += "}";
  }
  out += "]}";
}

}  // namespace

std::string bundle_json(const Disclosure& disclosure) {
  std::string out = "{\"v\":1,\n";
  append_member(out, "checkpoint", disclosure.checkpoint);
  out += ",\n\"entries\":[";
  for (std::size_t i = 0; i < disclosure.entries.size(); ++i) {
    out += i > 0 ? ",\n" : "\n";
    append_entry(out, disclosure.entries[i]);
  }
  out += "],\n\"anchors\":[],\n";
  append_member(out, "release", disclosure.release);
  return out + "}\n";
}

}  // namespace muniment::exporters
