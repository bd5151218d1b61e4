#include "app/media_supply.hpp"

#include <algorithm>
#include <map>

#include "app/known_media.hpp"
#include "base/stream.hpp"
#include "base/utf8.hpp"
#include "collect/saved_parts.hpp"
#include "containers/container.hpp"
#include "records/interaction.hpp"

namespace muniment::app {
namespace {

using collect::MediaStep;
using collect::WantedMedia;
using ledger::Seq;

constexpr std::size_t kBeginning = 512;
constexpr std::size_t kChunk = 256U << 10;
constexpr std::size_t kMostFaults = 20;

std::string without_root(std::string_view path) {
  while (path.starts_with('/') || path.starts_with("./")) path.remove_prefix(path.front() == '/' ? 1 : 2);
  return std::string(path);
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// What items call the files of one export.
class Names {
 public:
  void add(const records::Interaction& item, const std::string& named, const WantedMedia& wanted) {
    const bool is_address = named.starts_with("http://") || named.starts_with("https://");
    if (!is_address) return void(by_path_.emplace(without_root(named), wanted));
    by_path_.emplace(named, wanted);  // in a crawl, what answered at this address
    const auto last = last_part(std::string_view(named).substr(0, named.find('?')));
    if (last.empty() || item.platform != "x") return;
    for (const auto& number : {item.id, item.local})
      if (!number.empty()) by_name_.emplace(number + "-" + std::string(last), wanted);
  }

  // Of a file at this path in the export: those that name it by the longest part of it.
  std::vector<WantedMedia> of(std::string_view path) const {
    auto [first, end] = by_name_.equal_range(std::string(last_part(path)));
    for (auto rest = path; first == end && !rest.empty();) {
      std::tie(first, end) = by_path_.equal_range(std::string(rest));
      const auto slash = rest.find('/');
      rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    }
    std::vector<WantedMedia> out;
    for (; first != end; ++first) out.push_back(first->second);
    return out;
  }

 private:
  std::multimap<std::string, WantedMedia> by_path_, by_name_;
};

// Goes through the ledger once, for the items that each of these exports brought.
class Exports {
 public:
  explicit Exports(Archive& archive) : archive_(archive) {}

  Result<std::map<std::string, Names>> of(const std::vector<std::filesystem::path>& containers) {
    for (const auto& path : containers) names_[base::to_valid_utf8(path.filename().string())];
    const auto head = archive_.reader().head();
    if (!head) return head.error();
    auto read = archive_.reader().each(0, head->size, [&](const auto& entry, const records::Body* body) {
      if (body == nullptr) return true;
      if (entry.kind == ledger::kind::kExchange) exchange(entry.seq, *body);
      if (entry.kind == ledger::kind::kCapture || entry.kind == ledger::kind::kEdit)
        version(entry.seq, *body);
      return true;
    });
    if (!read) return read.error();
    return std::move(names_);
  }

 private:
  void exchange(Seq seq, const records::Body& body) {
    const auto url = records::bytes_of(body, "url").value_or("");
    const auto found = names_.find(url.substr(0, url.find(": ")));
    const bool is_file = !records::value_of(body, "source");
    if (is_file && found != names_.end()) exchanges_[std::to_string(seq)] = &found->second;
  }

  void version(Seq seq, const records::Body& body) {
    const auto exchange = exchanges_.find(records::value_of(body, "exchange").value_or(""));
    if (exchange == exchanges_.end()) return;
    const auto item = records::interaction_of(body);
    for (std::size_t i = 0; i < item.media.size(); ++i)
      if (!item.media[i].url.empty())
        exchange->second->add(item, item.media[i].url, {seq, static_cast<std::uint16_t>(i), 0});
  }

  Archive& archive_;
  std::map<std::string, Names> names_;
  std::map<std::string, Names*, std::less<>> exchanges_;
};

class Supply {
 public:
  Supply(const SupplyWishes& wishes, collect::MediaFetch& files) : wishes_(wishes), files_(files) {}

  Status from(const std::filesystem::path& path, const Names& names) {
    const auto name = base::to_valid_utf8(path.filename().string());
    auto stream = base::open_stream(path);
    if (!stream) return wrap(stream.error(), name);
    std::string beginning(kBeginning, '\0');
    const auto count = base::read_fully(**stream, beginning);
    if (!count) return wrap(count.error(), name);
    beginning.resize(*count);
    if (!containers::is_container(beginning))
      return Error{Code::kInvalid, name + " is no export that holds other files"};
    if (auto sought = (*stream)->seek(0); !sought) return wrap(sought.error(), name);
    return walk(**stream, beginning, name, names, 1);
  }

  SupplyAnswer answer;

 private:
  Status walk(base::ByteStream& stream, const std::string& beginning, const std::string& name,
              const Names& names, std::size_t depth) {
    auto container = containers::open_container(stream, beginning, {});
    if (!container) return wrap(container.error(), name);
    for (;;) {
      if (wishes_.stop != nullptr && wishes_.stop->load()) return {};
      const auto entry = (*container)->next();
      for (const auto& finding : (*container)->take_findings()) fault(finding.name + ": " + finding.why);
      if (!entry) return void(fault(name + ": " + entry.error().what)), Status();
      if (!*entry) return {};
      if (auto done = look_at(**entry, (*container)->content(), name, names, depth); !done) return done;
    }
  }

  Status look_at(const containers::Entry& entry, base::ByteStream& content, const std::string& within,
                 const Names& names, std::size_t depth) {
    const auto name = entry.name.empty() ? within : within + ": " + entry.name;
    std::string beginning(kBeginning, '\0');
    const auto count = base::read_fully(content, beginning);
    if (!count) return void(fault(name + ": " + count.error().what)), Status();
    beginning.resize(*count);
    base::RejoinedStream whole(beginning, content);
    if (depth < collect::kMostNesting && containers::is_container(beginning))
      return walk(whole, beginning, name, names, depth + 1);
    return one(name, names.of(entry.name), whole);
  }

  void fault(std::string words) {
    if (answer.faults.size() < kMostFaults) answer.faults.push_back(std::move(words));
  }

  // At most one more than may be kept.
  Result<std::string> bytes_of(base::ByteStream& content) const {
    std::string bytes;
    while (bytes.size() <= wishes_.most_file) {
      const auto before = bytes.size();
      bytes.resize(std::min<std::uint64_t>(before + kChunk, wishes_.most_file + 1));
      const auto count = base::read_fully(content, std::span(bytes).subspan(before));
      if (!count) return count.error();
      const bool ended = before + *count < bytes.size();
      bytes.resize(before + *count);
      if (ended) break;
    }
    return bytes;
  }

  Status one(const std::string& name, const std::vector<WantedMedia>& wanted, base::ByteStream& content) {
    if (wanted.empty()) return void(++answer.unnamed), Status();
    const auto read = bytes_of(content);
    if (!read) return void(fault(name + ": " + read.error().what)), Status();
    if (read->size() > wishes_.most_file) {
      ++answer.refused;
      fault(name + " is larger than " + std::to_string(wishes_.most_file >> 20U) + " MiB");
      return {};
    }
    for (const auto& file : wanted) {
      const auto outcome = files_.supply(file, {name, *read, wishes_.actor});
      if (!outcome) return outcome.error();
      answer.kept += outcome->step == MediaStep::kKept;
      answer.same += outcome->step == MediaStep::kSame;
      if (!outcome->fault) continue;
      ++answer.refused;
      fault(name + ": " + outcome->fault.words);
    }
    return {};
  }

  const SupplyWishes& wishes_;
  collect::MediaFetch& files_;
};

// Nothing is asked of anybody here.
class NoTransport final : public net::Transport {
 public:
  Result<net::Response> get(const net::Request&) override {
    return Error{Code::kInternal, "files that are supplied are not asked for"};
  }
};

}  // namespace

Result<SupplyAnswer> supply_media(Archive& archive, const SupplyWishes& wishes) {
  auto known = KnownMedia::open(archive);
  if (!known) return known.error();
  const auto names = Exports(archive).of(wishes.containers);
  if (!names) return names.error();
  NoTransport none;
  const collect::MediaRun run{
      none, archive.appender(), archive.reader(), *known, archive.clock(), archive.entropy(), wishes.stop};
  collect::MediaFetch files(run);
  Supply supply(wishes, files);
  Status status;
  for (const auto& path : wishes.containers)
    if (status = supply.from(path, names->at(base::to_valid_utf8(path.filename().string()))); !status) break;
  if (auto note = archive.sign(); !note && status) status = note.error();
  if (auto index = archive.projection(); !index && status) status = index.error();
  if (!status) return status.error();
  return std::move(supply.answer);
}

}  // namespace muniment::app
