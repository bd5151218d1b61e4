#include "bundle/punycode.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muniment::bundle {
namespace {

TEST(Punycode, ReadsTheLabelsOfHostsWhereverTheyStand) {
  EXPECT_EQ(without_punycode("see https://www.xn--mller-kva.example/a, @XN--MLLER-KVA.example"),
            "see https://www.müller.example/a, @müller.example");
}

TEST(Punycode, LeavesWhatIsNoLabelAsItIs) {
  for (const std::string text :
       {"", "xn--", "xn--.example", "xn--9999999999", "axn--mller-kva", "a -- b", "müller"})
    EXPECT_EQ(without_punycode(text), text);
  const std::string longer = "xn--" + std::string(5000, 'a');
  EXPECT_EQ(without_punycode(longer), longer);
}

}  // namespace
}  // namespace muniment::bundle
