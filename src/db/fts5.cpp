#include "db/fts5.hpp"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace muniment::db {
namespace {

Result<fts5_api*> api_of(Database& database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.handle(), "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr)
    return Error{Code::kInternal, "this SQLite has no full-text engine (FTS5)",
                 "install a SQLite that was built with FTS5"};
  return api;
}

int visit_token(void* context, int, const char* token, int size, int begin, int end) {
  const auto& visit = *static_cast<const Tokenizer::Visit*>(context);
  visit({token, static_cast<std::size_t>(size)}, static_cast<std::size_t>(begin),
        static_cast<std::size_t>(end));
  return SQLITE_OK;
}

// More occurrences than this add next to nothing, and a hostile text may hold thousands.
constexpr int kMostCounted = 16;

void relevance(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* answer, int arguments,
               sqlite3_value** values) {
  if (arguments != 1) return sqlite3_result_error(answer, "relevance takes the weights", -1);
  const void* blob = sqlite3_value_blob(values[0]);
  const auto bytes = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  double score = 0;
  for (int phrase = 0; phrase < api->xPhraseCount(row); ++phrase) {
    const std::size_t at = static_cast<std::size_t>(phrase) * sizeof(float);
    if (at + sizeof(float) > bytes) break;
    float weight = 0;
    std::memcpy(&weight, static_cast<const char*>(blob) + at, sizeof weight);
    if (weight <= 0) continue;
    Fts5PhraseIter iterator;
    int column = 0;
    int offset = 0;
    int count = 0;
    if (api->xPhraseFirst(row, phrase, &iterator, &column, &offset) != SQLITE_OK) break;
    for (; column >= 0 && count < kMostCounted; ++count) api->xPhraseNext(row, &iterator, &column, &offset);
    score += static_cast<double>(weight) * count / (count + 1.2);
  }
  sqlite3_result_double(answer, score);
}

}  // namespace

struct Tokenizer::State {
  fts5_tokenizer methods{};
  Fts5Tokenizer* instance = nullptr;
  ~State() {
    if (instance != nullptr) methods.xDelete(instance);
  }
};

Tokenizer::Tokenizer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Result<Tokenizer> Tokenizer::open(Database& database) {
  const auto api = api_of(database);
  if (!api) return api.error();
  auto state = std::make_unique<State>();
  void* context = nullptr;
  const char* arguments[] = {"remove_diacritics", "2"};
  if ((*api)->xFindTokenizer(*api, "unicode61", &context, &state->methods) != SQLITE_OK ||
      state->methods.xCreate(context, arguments, 2, &state->instance) != SQLITE_OK)
    return Error{Code::kInternal, "the full-text engine has no unicode61 tokenizer"};
  return Tokenizer(std::move(state));
}

Status Tokenizer::each(std::string_view text, const Visit& visit) const {
  if (text.size() > 0x7FFF'FFFF) return Error{Code::kInvalid, "a text of more than 2 GiB cannot be searched"};
  const int result =
      state_->methods.xTokenize(state_->instance, const_cast<Visit*>(&visit), FTS5_TOKENIZE_AUX, text.data(),
                                static_cast<int>(text.size()), &visit_token);
  if (result != SQLITE_OK) return Error{Code::kInternal, "the tokenizer failed"};
  return {};
}

Status add_relevance(Database& database) {
  const auto api = api_of(database);
  if (!api) return api.error();
  if ((*api)->xCreateFunction(*api, "relevance", nullptr, &relevance, nullptr) != SQLITE_OK)
    return Error{Code::kInternal, "the ranking function could not be added"};
  return {};
}

}  // namespace muniment::db
