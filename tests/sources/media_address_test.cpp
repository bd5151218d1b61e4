#include "sources/media_address.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace muniment::sources {
namespace {

TEST(MediaAddress, IsTheOneThatTheItemNames) {
  EXPECT_EQ(media_address("https://a.example/1.png", ""), "https://a.example/1.png");
  EXPECT_EQ(media_address("http://a.example/1.png", "https://b.example"), "http://a.example/1.png");
  for (const auto* name : {"", "photos/1.jpg", "cid:part1@mail", "file:///etc/passwd", "ftp://a.example/1",
                           "at://did:plc:a/app.bsky.feed.post/3k"})
    EXPECT_EQ(media_address(name, "https://b.example"), "") << name;
}

TEST(MediaAddress, OfABlobIsItsServersMethod) {
  EXPECT_EQ(media_address("at://did:plc:a/blob/bafkreia", "https://bsky.app/profile/a.example"),
            "https://bsky.social/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Aa&cid=bafkreia");
  EXPECT_EQ(media_address("at://did:plc:a/blob/bafkreia",
                          "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=a.example"),
            "https://bsky.social/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Aa&cid=bafkreia")
      << "a view of everybody's posts holds no files";
  EXPECT_EQ(media_address("at://did:plc:a/blob/b&c",
                          "https://pds.example/xrpc/app.bsky.feed.getAuthorFeed?actor=a.example"),
            "https://pds.example/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Aa&cid=b%26c");
}

// The CID of "hello", as other programs compute it: raw bytes, SHA-256, base32.
TEST(MediaAddress, ABlobIsTheFileThatItsNamePromises) {
  const std::string named = "at://did:plc:a/blob/bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";
  EXPECT_TRUE(is_file_named(named, base::sha256("hello")));
  EXPECT_FALSE(is_file_named(named, base::sha256("hullo")));
  EXPECT_TRUE(is_file_named("https://a.example/1.png", base::sha256("hello")))
      << "an address promises nothing";
}

}  // namespace
}  // namespace muniment::sources
