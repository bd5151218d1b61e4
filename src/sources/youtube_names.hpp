// What the API of YouTube and its exports have in common.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

inline std::string youtube_comment_url(std::string_view video, std::string_view comment) {
  return "https://www.youtube.com/watch?v=" + std::string(video) + "&lc=" + std::string(comment);
}

inline std::string youtube_channel_url(std::string_view channel) {
  return "https://www.youtube.com/channel/" + std::string(channel);
}

// Texts may end in U+FEFF.
inline std::string without_mark(std::string text) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  while (text.ends_with(kMark)) text.resize(text.size() - kMark.size());
  return text;
}

}  // namespace muniment::sources
