#include "app/notify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temp_folder.hpp"

namespace muniment::app {
namespace {

using testing::HasSubstr;

TEST(Notify, GivesTheMessageOnStandardInputAndNowhereElse) {
  const support::TempFolder folder;
  const auto file = (folder / "told").string();
  const std::string message = "it's $(touch " + (folder / "never").string() + ") `id` ; \"quoted\"\n";
  const auto told = notify("cat > '" + file + "'", message);
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_EQ(support::contents(file), message);
  EXPECT_FALSE(std::filesystem::exists(folder / "never"));
}

TEST(Notify, SaysWhenTheCommandFailed) {
  const auto told = notify("exit 3", "message");
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, Code::kUnavailable);
  EXPECT_THAT(told.error().what, HasSubstr("ended with code 3"));
}

TEST(Notify, DoesNotWaitForACommandThatNeverReads) {
  EXPECT_TRUE(notify("true", std::string(1 << 20, 'x')));
}

TEST(Notify, EndsACommandThatTakesTooLong) {
  const auto told = notify("sleep 600 & wait", "message", std::chrono::milliseconds{100});
  ASSERT_FALSE(told);
  EXPECT_THAT(told.error().what, HasSubstr("was ended"));
}

}  // namespace
}  // namespace muniment::app
