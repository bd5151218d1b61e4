#include "sources/bluesky_repository.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/bytes.hpp"
#include "sources/car.hpp"
#include "sources/dag_cbor.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostTreeDepth = 64;
constexpr std::size_t kMostRecords = 10'000'000;
constexpr std::size_t kMostPath = 1'024;

std::string bytes_of(Json field) {
  std::string spelled(field.field("$bytes").text());
  while (spelled.size() % 4 != 0) spelled.push_back('=');
  return base::from_base64(spelled).value_or("");
}

// The tree of names (Merkle search tree): a node has entries, each a name that shares its beginning with the
// one before, and subtrees to the left of the first and to the right of each.
class Tree {
 public:
  Tree(std::string_view bytes, const Car& car, Repository& out) : bytes_(bytes), car_(car), out_(out) {}

  void walk(std::string_view cid, std::size_t depth) {
    if (cid.empty()) return;
    const auto found = car_.blocks.find(std::string(cid));
    if (found == car_.blocks.end()) {
      ++missing_;
      return;
    }
    if (depth > kMostTreeDepth || !seen_.insert(found->first).second) {
      ++broken_;
      return;
    }
    const auto json = json_of_cbor(bytes_.substr(found->second.offset, found->second.length));
    const auto page = json ? JsonPage::parse(*json) : Result<JsonPage>(json.error());
    if (!page || !page->root().field("e").is_list()) {
      ++broken_;
      return;
    }
    node(page->root(), depth);
  }

  void finish() {
    std::ranges::sort(out_.records, {}, [](const RepositoryRecord& one) { return one.place.offset; });
    if (missing_ != 0)
      out_.remarks.push_back(std::to_string(missing_) +
                             " blocks that the repository names are not in the file");
    if (broken_ != 0)
      out_.remarks.push_back(std::to_string(broken_) + " nodes of the repository's tree cannot be read");
  }

 private:
  void node(Json in, std::size_t depth) {
    walk(in.field("l").field("$link").text(), depth + 1);
    std::string path;
    for (JsonList one(in.field("e")); one && out_.records.size() < kMostRecords; one.next()) {
      const auto entry = one.value();
      path.resize(std::min<std::size_t>(path.size(), entry.field("p").number()));
      path += bytes_of(entry.field("k"));
      if (path.size() > kMostPath) {
        ++broken_;
        return;
      }
      record(path, std::string(entry.field("v").field("$link").text()));
      walk(entry.field("t").field("$link").text(), depth + 1);
    }
  }

  void record(const std::string& path, std::string cid) {
    const auto found = car_.blocks.find(cid);
    if (found == car_.blocks.end())
      ++missing_;
    else
      out_.records.push_back({path, std::move(cid), found->second});
  }

  std::string_view bytes_;
  const Car& car_;
  Repository& out_;
  std::unordered_set<std::string> seen_;
  std::size_t missing_ = 0;
  std::size_t broken_ = 0;
};

}  // namespace

Result<Repository> read_repository(std::string_view bytes) {
  const auto car = read_car(bytes);
  if (!car) return car.error();
  Repository out;
  const auto found = car->roots.empty() ? car->blocks.end() : car->blocks.find(car->roots.front());
  if (found == car->blocks.end())
    return Error{Code::kInvalid, "the repository is damaged: its first block is missing, or was changed"};
  const auto json = json_of_cbor(bytes.substr(found->second.offset, found->second.length));
  if (!json) return json.error();
  const auto commit = JsonPage::parse(*json);
  if (!commit || !commit->root().field("did").is_text())
    return Error{Code::kInvalid, "the CAR is not a repository of atproto: its root is no commit"};
  out.did = commit->root().field("did").text();
  if (car->mismatched != 0)
    out.remarks.push_back(std::to_string(car->mismatched) +
                          " blocks do not match their names and were left out");
  if (car->cut_short) out.remarks.push_back("the file ends within a block");
  Tree tree(bytes, *car, out);
  tree.walk(commit->root().field("data").field("$link").text(), 0);
  tree.finish();
  return out;
}

}  // namespace muniment::sources
