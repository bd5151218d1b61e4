#include "support/fake_transport.hpp"

#include <gtest/gtest.h>

namespace muniment::support {

void FakeTransport::serve(const std::string& url, net::Response response) {
  answers_[url].push_back(std::move(response));
}

void FakeTransport::serve(const std::string& url, int status, const std::string& body, net::Headers headers) {
  net::Response response;
  response.status = status;
  response.body = body;
  response.headers = std::move(headers);
  response.final_url = url;
  response.peer = "192.0.2.1:443";
  response.tls = "TLSv1.3, certificate of a test, verified";
  serve(url, std::move(response));
}

void FakeTransport::fail(const std::string& url, Error error) {
  answers_[url].push_back(std::move(error));
}

Result<net::Response> FakeTransport::get(const net::Request& request) {
  asked_.push_back(request);
  const auto found = answers_.find(request.url);
  if (found == answers_.end()) {
    ADD_FAILURE() << "nobody said what " << request.url << " answers";
    return Error{Code::kInternal, "nobody said what " + request.url + " answers"};
  }
  auto answer = found->second.front();
  if (found->second.size() > 1) found->second.pop_front();
  if (answer) answer->started = answer->finished = clock_.now();
  return answer;
}

std::vector<std::string> FakeTransport::asked_urls() const {
  std::vector<std::string> urls;
  for (const auto& request : asked_) urls.push_back(request.url);
  return urls;
}

}  // namespace muniment::support
