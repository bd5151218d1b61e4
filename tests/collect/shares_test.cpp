#include "collect/shares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::collect {
namespace {

using testing::ElementsAre;

sources::Item item(std::size_t offset, std::size_t length) {
  sources::Item out;
  out.offset = offset;
  out.length = length;
  return out;
}

struct Shared {
  std::vector<std::string> raws;
  std::string frame;  // the page without the items, a place written as [item]
};

Shared share(std::string_view page, const std::vector<sources::Item>& items) {
  const Shares shares(items);
  std::deque<std::string> joined;
  Shared out;
  for (const auto raw : shares.raws(page, joined)) out.raws.emplace_back(raw);
  std::size_t at = 0;
  std::string together;
  std::vector<std::size_t> taken(items.size(), 0);
  for (const auto& one : shares.in_order()) {
    out.frame += page.substr(at, one.offset - at);
    together += page.substr(at, one.offset - at);
    out.frame += "[" + std::to_string(one.item) + "]";
    const auto bytes = out.raws[one.item].substr(taken[one.item], one.length);
    EXPECT_EQ(one.is_part, bytes.size() != out.raws[one.item].size());
    together += bytes;
    taken[one.item] += one.length;
    at = one.offset + one.length;
  }
  out.frame += page.substr(at);
  together += page.substr(at);
  EXPECT_EQ(together, page);
  return out;
}

TEST(Shares, GiveItemsThatStandBesideEachOtherTheirBytes) {
  const auto shared = share("[{a},{b}]", {item(1, 3), item(5, 3)});
  EXPECT_THAT(shared.raws, ElementsAre("{a}", "{b}"));
  EXPECT_EQ(shared.frame, "[[0],[1]]");
}

TEST(Shares, GiveAnItemInsideAnotherItsBytesAndTheOuterOneTheRest) {
  const auto shared =
      share("[{a{b{c}d}e{f}g}h{i}]", {item(1, 15), item(3, 7), item(5, 3), item(11, 3), item(17, 3)});
  EXPECT_THAT(shared.raws, ElementsAre("{aeg}", "{bd}", "{c}", "{f}", "{i}"));
  EXPECT_EQ(shared.frame, "[[0][1][2][1][0][3][0]h[4]]");
}

TEST(Shares, GiveAnItemWithoutAPlaceNothing) {
  const auto shared = share("x{a}", {item(0, 0), item(1, 3)});
  EXPECT_THAT(shared.raws, ElementsAre("", "{a}"));
}

TEST(Shares, TakeItemsThatBeginOrEndTogether) {
  const auto shared = share("{{a}}", {item(0, 5), item(1, 3)});
  EXPECT_THAT(shared.raws, ElementsAre("{}", "{a}"));
  const auto same = share("{a}", {item(0, 3), item(0, 3)});
  EXPECT_THAT(same.raws, ElementsAre("", "{a}"));
}

}  // namespace
}  // namespace muniment::collect
