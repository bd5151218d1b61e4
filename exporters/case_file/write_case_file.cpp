#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

#include "case_page.hpp"
#include "muniment/exporters.hpp"

namespace muniment::exporters {
namespace {

namespace json = boost::json;

// What is not known is left out.
void put(json::object& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out[json::string_view(name.data(), name.size())] = value;
}

json::object version_json(const CaseVersion& version) {
  json::object out{{"seq", version.seq}, {"kind", version.kind}, {"leaf", version.leaf_hash}};
  put(out, "sealed", version.sealed);
  put(out, "fetched", version.fetched);
  put(out, "posted", version.posted);
  put(out, "edited", version.edited);
  put(out, "written", version.written);
  put(out, "actor", version.entered);
  put(out, "written.by", version.written_by);
  put(out, "late.why", version.late);
  put(out, "recipient", version.spoken_to);
  if (!version.supplied.empty())
    out["supplied"] = json::array(version.supplied.begin(), version.supplied.end());
  put(out, "source", version.source);
  put(out, "exchange", version.exchange);
  put(out, "summary", version.summary);
  put(out, "text", version.text);
  if (version.disposed) out["disposed"] = true;
  return out;
}

json::object record_json(const CaseRecord& record) {
  json::object out;
  put(out, "id", record.id);
  put(out, "id.local", record.local);
  put(out, "platform", record.platform);
  put(out, "type", record.type);
  put(out, "url", record.url);
  put(out, "visibility", record.visibility);
  put(out, "author.name", record.author_name);
  put(out, "author.handle", record.author_handle);
  put(out, "reply.to", record.reply_to);
  put(out, "repost.of", record.repost_of);
  put(out, "repost.author.name", record.repost_author_name);
  put(out, "repost.author.handle", record.repost_author_handle);
  put(out, "quote.of", record.quote_of);
  put(out, "thread", record.thread);
  json::array versions;
  for (const auto& version : record.versions) versions.push_back(version_json(version));
  out["versions"] = std::move(versions);
  return out;
}

std::string case_json(const CaseFile& file) {
  json::object out{{"v", 1}, {"title", file.title}, {"origin", file.origin}, {"made", file.made}};
  put(out, "authority", file.authority);
  put(out, "actor", file.actor);
  put(out, "agent", file.agent);
  json::array records;
  for (const auto& record : file.records) records.push_back(record_json(record));
  out["records"] = std::move(records);
  json::array coverage;
  for (const auto& c : file.coverage)
    coverage.push_back({{"source", c.source},
                        {"from", c.from},
                        {"to", c.to},
                        {"polls", c.polls},
                        {"incomplete", c.incomplete}});
  out["coverage"] = std::move(coverage);
  return json::serialize(out) + "\n";
}

}  // namespace

Status write_case_file(const CaseFile& file, Sink& sink) {
  if (auto written = sink.file("case.json", case_json(file)); !written) return written;
  return sink.file("index.html", case_page(file));
}

}  // namespace muniment::exporters
