#include "collect/pages_read.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "base/sha256.hpp"

namespace muniment::collect {
namespace {

constexpr std::string_view kPage = "a page";

std::string digest_of(std::string_view page) {
  return base::to_hex(base::sha256(page));
}

TEST(PagesRead, KnowsAPageByItsBytesAndByWhatItWasReadAs) {
  PagesRead pages;
  EXPECT_FALSE(pages.has(kPage, 7));
  pages.add(digest_of(kPage), kPage.size(), 7, 100);
  EXPECT_TRUE(pages.has(kPage, 7));
  EXPECT_FALSE(pages.has("a pagf", 7));
  EXPECT_FALSE(pages.has(kPage, 8)) << "the same bytes may be other items, in another export";
}

TEST(PagesRead, ForgetsWhatWasNeverWritten) {
  PagesRead pages;
  pages.add(digest_of(kPage), kPage.size(), 7, 100);
  pages.add(digest_of("other"), 5, 7, 101);
  pages.forget_from(101);
  EXPECT_TRUE(pages.has(kPage, 7));
  EXPECT_FALSE(pages.has("other", 7));
}

}  // namespace
}  // namespace muniment::collect
