#include "net/proxy.hpp"

#include <gtest/gtest.h>

#include <map>

namespace muniment::net {
namespace {

Environment with(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
}

std::string proxy(const char* url, std::map<std::string, std::string> values) {
  return proxy_for(*read_url(url), with(std::move(values)));
}

TEST(Proxy, IsChosenByScheme) {
  const std::map<std::string, std::string> values = {{"http_proxy", "http://p:1"},
                                                     {"HTTPS_PROXY", "http://p:2"}};
  EXPECT_EQ(proxy("http://a.example/", values), "http://p:1");
  EXPECT_EQ(proxy("https://a.example/", values), "http://p:2");
  EXPECT_EQ(proxy("https://a.example/", {{"all_proxy", "http://p:3"}}), "http://p:3");
  EXPECT_EQ(proxy("https://a.example/", {}), "");
}

TEST(Proxy, IgnoresTheUpperCaseNameAClientsHeaderCouldSet) {
  EXPECT_EQ(proxy("http://a.example/", {{"HTTP_PROXY", "http://evil:1"}}), "");
}

TEST(Proxy, IsNotUsedForExemptHostsNorThisMachine) {
  const std::map<std::string, std::string> values = {{"http_proxy", "http://p:1"},
                                                     {"no_proxy", "intranet.example, .town.example"}};
  EXPECT_EQ(proxy("http://intranet.example/", values), "");
  EXPECT_EQ(proxy("http://www.town.example/", values), "");
  EXPECT_EQ(proxy("http://hometown.example/", values), "http://p:1");
  EXPECT_EQ(proxy("http://localhost/", values), "");
  EXPECT_EQ(proxy("http://127.0.0.1:8/", values), "");
  EXPECT_EQ(proxy("http://a.example/", {{"http_proxy", "http://p:1"}, {"no_proxy", "*"}}), "");
}

}  // namespace
}  // namespace muniment::net
