#include "foi/shared_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::has;

class SharedNames : public testing::Test {
 protected:
  SharedNames() { desk_.occasion.authority = "Wexcombe Harbour Town Council"; }
  void post(const std::string& name, const std::string& text) {
    const auto number = std::to_string(++posts_);
    desk_.add(desk_.post(number, "user" + number, name, text));
  }
  Plan without_the_first() {
    Request typed;
    typed.redact = {"1:author.*:*=s40(2)"};
    return support::plan_of(desk_, typed);
  }
  support::ReleaseDesk desk_;
  int posts_ = 0;
};

TEST_F(SharedNames, AreDoubtedAfterATitleOrAFirstName) {
  post("Olwen Harbour", "Good morning.");
  post("Ben", "Ask Mrs Harbour about it.");
  post("Cat", "It was cold at the harbour.");
  post("Dan", "Wexcombe Harbour Town Council is late.");
  const auto plan = without_the_first();
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_FALSE(has(plan.doubtful, 3, "text"));
  EXPECT_FALSE(has(plan.doubtful, 4, "text"));
}

TEST_F(SharedNames, AreDoubtedOnceWhereTheyMayBeThePlace) {
  post("Olwen Harbour", "Good morning.");
  for (int i = 0; i < 4; ++i) post("Ben", "The Harbour is full, number " + std::to_string(i));
  const auto plan = without_the_first();
  const auto doubts =
      std::ranges::count_if(plan.doubtful, [](const Remark& one) { return one.field == "text"; });
  EXPECT_EQ(doubts, 1);
  const auto one = std::ranges::find(plan.doubtful, "text", &Remark::field);
  ASSERT_NE(one, plan.doubtful.end());
  EXPECT_NE(one->what.find("and in 3 more texts"), std::string::npos);
}

}  // namespace
}  // namespace muniment::foi
