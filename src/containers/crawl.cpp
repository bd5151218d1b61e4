#include "containers/crawl.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/utf8.hpp"
#include "containers/http_body.hpp"

namespace muniment::containers {
namespace {

constexpr std::size_t kMostHeadBytes = 256U << 10;
constexpr std::size_t kChunk = 64U << 10;

using Headers = std::map<std::string, std::string, std::less<>>;

class Crawl : public Container {
 public:
  Crawl(base::ByteStream& stream, const Limits& limits) : stream_(stream), limits_(limits), content_({}) {}

  Result<std::optional<Entry>> next() override {
    for (;;) {
      auto headers = head();
      if (!headers) return headers.error();
      if (headers->empty()) return std::optional<Entry>();
      if (++entries_ > limits_.entries)
        return Error{Code::kInvalid, "the crawl holds more records than are taken",
                     "What was read before that is kept."};
      const auto length = number(*headers, "content-length");
      if (!length) return broken("a record does not say how long it is");
      const auto type = (*headers)["warc-type"];
      const auto address = target(*headers);
      const bool is_wanted = type == "response" || type == "resource";
      if (!is_wanted || *length > limits_.record_bytes) {
        if (is_wanted) find(address, "it is larger than is taken");
        if (auto skipped = skip(*length); !skipped) return skipped.error();
        continue;
      }
      auto block = take(static_cast<std::size_t>(*length));
      if (!block) return block.error();
      if (give(type, address, *std::move(block))) return std::optional(Entry{address, address});
    }
  }

  base::ByteStream& content() override { return content_; }

 private:
  Error broken(const std::string& why) const {
    return {Code::kInvalid, "the crawl cannot be read at record " + std::to_string(entries_ + 1) + ": " + why,
            "What was read before that is kept."};
  }

  // wget writes <http://…>.
  static std::string target(const Headers& headers) {
    const auto found = headers.find("warc-target-uri");
    if (found == headers.end()) return {};
    std::string_view uri = found->second;
    if (uri.starts_with("<")) uri.remove_prefix(1);
    if (uri.ends_with(">")) uri.remove_suffix(1);
    return base::to_valid_utf8(uri.substr(0, 4'096));
  }

  static std::optional<std::uint64_t> number(const Headers& headers, std::string_view name) {
    const auto found = headers.find(name);
    if (found == headers.end()) return std::nullopt;
    std::uint64_t value = 0;
    const auto& text = found->second;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
  }

  // True: there is something to give out.
  bool give(const std::string& type, const std::string& address, std::string block) {
    if (type == "resource") {
      content_ = base::MemoryStream(std::move(block));
      return true;
    }
    auto answer = read_http(block, limits_.record_bytes);
    if (!answer) {
      find(address, answer.error().what);
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

  // The lines up to an empty one, names in lower case; nothing at the end of the crawl.
  Result<Headers> head() {
    for (;;) {
      held_.erase(0, std::min(held_.find_first_not_of("\r\n"), held_.size()));
      const auto end = end_of_head();
      if (end != std::string::npos) return parse(end);
      if (held_.size() > kMostHeadBytes) return broken("its headers do not end");
      const auto came = more();
      if (!came) return came.error();
      if (*came) continue;
      if (held_.find_first_not_of("\r\n") == std::string::npos) return Headers();
      return broken("it breaks off in its headers");
    }
  }

  std::size_t end_of_head() const {
    const auto crlf = held_.find("\r\n\r\n");
    if (crlf != std::string::npos) return crlf + 4;
    const auto lf = held_.find("\n\n");
    return lf == std::string::npos ? lf : lf + 2;
  }

  Result<Headers> parse(std::size_t end) {
    std::string_view text(held_.data(), end);
    if (!text.starts_with("WARC/")) return broken("a record does not begin with WARC/");
    Headers headers;
    while (!text.empty()) {
      const auto stop = std::min(text.find('\n'), text.size() - 1);
      auto line = text.substr(0, stop);
      text.remove_prefix(stop + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      std::string name(line.substr(0, colon));
      for (auto& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      auto value = line.substr(colon + 1);
      value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
      headers[name] = value;
    }
    headers["warc"] = "1";
    held_.erase(0, end);
    return headers;
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
};

}  // namespace

bool is_crawl(std::string_view beginning) {
  return beginning.starts_with("WARC/1.") || beginning.starts_with("WARC/0.");
}

Result<std::unique_ptr<Container>> open_crawl(base::ByteStream& stream, const Limits& limits) {
  return std::unique_ptr<Container>(std::make_unique<Crawl>(stream, limits));
}

}  // namespace muniment::containers
