#include "containers/crawl.hpp"

#include <algorithm>

#include "containers/crawl_head.hpp"
#include "containers/http_body.hpp"

namespace muniment::containers {
namespace {

constexpr std::size_t kMostHeadBytes = 256U << 10;
constexpr std::size_t kChunk = 64U << 10;

class Crawl : public Container {
 public:
  Crawl(base::ByteStream& stream, const Limits& limits) : stream_(stream), limits_(limits), content_({}) {}

  Result<std::optional<Entry>> next() override {
    for (;;) {
      auto read = head();
      if (!read) return read.error();
      if (!*read) return std::optional<Entry>();
      if (++entries_ > limits_.entries)
        return Error{Code::kInvalid, "the crawl holds more records than are taken", kKeptBefore};
      const auto record = **std::move(read);
      if (!record.gives || record.length > limits_.record_bytes) {
        if (record.gives) find(record.address, "it is larger than is taken");
        if (auto skipped = skip(record.length); !skipped) return skipped.error();
        continue;
      }
      auto block = take(static_cast<std::size_t>(record.length));
      if (!block) return block.error();
      if (give(record, *std::move(block)))
        return std::optional(Entry{record.address, record.address, record.date});
    }
  }

  base::ByteStream& content() override { return content_; }

 private:
  Error broken(const std::string& why) const {
    return {Code::kInvalid, "the crawl cannot be read at record " + std::to_string(entries_ + 1) + ": " + why,
            kKeptBefore};
  }

  // True: there is something to give out.
  bool give(const CrawlHead& record, std::string block) {
    if (!record.is_http) {
      content_ = base::MemoryStream(std::move(block));
      return true;
    }
    auto answer = read_http(block, limits_.record_bytes);
    if (!answer) {
      find(record.address, answer.error().what);
      return false;
    }
    if (answer->status != 200 || answer->body.empty()) return false;
    content_ = base::MemoryStream(std::move(answer->body));
    return true;
  }

  // More of the stream; false at its end.
  Result<bool> more() {
    std::string chunk(kChunk, '\0');
    const auto count = stream_.read(chunk);
    if (!count) return count.error();
    held_.append(chunk, 0, *count);
    return *count != 0;
  }

  // Nothing at the end of the crawl.
  Result<std::optional<CrawlHead>> head() {
    for (;;) {
      held_.erase(0, std::min(held_.find_first_not_of("\r\n"), held_.size()));
      if (entries_ == 0 && held_.size() >= kArcBegins.size()) is_arc_ = held_.starts_with(kArcBegins);
      if (const auto end = end_of_head(held_, is_arc_); end != std::string::npos) return parse(end);
      if (held_.size() > kMostHeadBytes) return broken("its headers do not end");
      const auto came = more();
      if (!came) return came.error();
      if (*came) continue;
      if (held_.empty()) return std::optional<CrawlHead>();
      return broken("it breaks off in its headers");
    }
  }

  Result<std::optional<CrawlHead>> parse(std::size_t end) {
    std::string_view why;
    auto record = read_crawl_head(std::string_view(held_).substr(0, end), is_arc_, why);
    if (!record) return broken(std::string(why));
    held_.erase(0, end);
    return record;
  }

  Result<std::string> take(std::size_t length) {
    while (held_.size() < length) {
      const auto came = more();
      if (!came) return came.error();
      if (!*came) return broken("it is shorter than it says");
    }
    std::string out = held_.substr(0, length);
    held_.erase(0, length);
    return out;
  }

  Status skip(std::uint64_t length) {
    while (length > 0) {
      const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(length, held_.size()));
      held_.erase(0, now);
      length -= now;
      if (length == 0) break;
      const auto came = more();
      if (!came) return came.error();
      if (!*came) return broken("it is shorter than it says");
    }
    return {};
  }

  base::ByteStream& stream_;
  Limits limits_;
  base::MemoryStream content_;
  std::string held_;
  std::uint64_t entries_ = 0;
  bool is_arc_ = false;
};

}  // namespace

bool is_crawl(std::string_view beginning) {
  return beginning.starts_with("WARC/1.") || beginning.starts_with("WARC/0.") ||
         beginning.starts_with(kArcBegins);
}

Result<std::unique_ptr<Container>> open_crawl(base::ByteStream& stream, const Limits& limits) {
  return std::unique_ptr<Container>(std::make_unique<Crawl>(stream, limits));
}

}  // namespace muniment::containers
