#include "json.hpp"

#include <cstdio>
#include <cstdlib>

#include "support.hpp"

namespace {

class Reader {
public:
  explicit Reader(const std::string& text) : text_(text) {}

  Json document() {
    Json value = this->value();
    skip();
    if (at_ != text_.size()) fail();
    return value;
  }

private:
  [[noreturn]] void fail() const {
    int line = 1;
    for (size_t i = 0; i < at_ && i < text_.size(); i++) line += text_[i] == '\n';
    const std::string rest = text_.substr(std::min(at_, text_.size()));
    throw Error("syntax error at line " + std::to_string(line) + " near: " + rest.substr(0, rest.find('\n')));
  }

  void skip() {
    while (at_ < text_.size() && std::string(" \t\r\n").find(text_[at_]) != std::string::npos) at_++;
  }

  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    return true;
  }

  bool word(const char* expected) {
    if (text_.compare(at_, std::string(expected).size(), expected) != 0) return false;
    at_ += std::string(expected).size();
    return true;
  }

  Json value() {
    skip();
    if (take('{')) return object();
    if (take('[')) return array();
    if (take('"')) return string();
    if (word("true")) return true;
    if (word("false")) return false;
    if (word("null")) return {};
    const char* from = text_.c_str() + at_;
    char* end = nullptr;
    const double number = std::strtod(from, &end);
    if (end == from || isalpha(*from)) fail();
    at_ += size_t(end - from);
    return number;
  }

  Json object() {
    Json result = Json::object();
    if (take('}')) return result;
    do {
      if (!take('"')) fail();
      const std::string key = string();
      if (!take(':')) fail();
      result.set(key, value());
    } while (take(','));
    if (!take('}')) fail();
    return result;
  }

  Json array() {
    Json result = Json::array();
    if (take(']')) return result;
    do result.push(value());
    while (take(','));
    if (!take(']')) fail();
    return result;
  }

  std::string string() {
    std::string result;
    for (; at_ < text_.size() && text_[at_] != '"'; at_++) {
      if (text_[at_] != '\\') {
        result += text_[at_];
        continue;
      }
      if (++at_ >= text_.size()) fail();
      switch (text_[at_]) {
        case 'n': result += '\n'; break;
        case 't': result += '\t'; break;
        case 'r': result += '\r'; break;
        case 'b': result += '\b'; break;
        case 'f': result += '\f'; break;
        case 'u': unicode(result); break;
        default: result += text_[at_];
      }
    }
    if (at_++ >= text_.size()) fail();
    return result;
  }

  void unicode(std::string& result) {
    const unsigned code = unsigned(std::strtoul(text_.substr(at_ + 1, 4).c_str(), nullptr, 16));
    at_ += 4;
    if (code < 0x80) {
      result += char(code);
    } else if (code < 0x800) {
      result += {char(0xc0 | code >> 6), char(0x80 | (code & 63))};
    } else {
      result += {char(0xe0 | code >> 12), char(0x80 | (code >> 6 & 63)), char(0x80 | (code & 63))};
    }
  }

  const std::string& text_;
  size_t at_ = 0;
};

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      result += escape;
    } else {
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace

Json Json::parse(const std::string& text) { return Reader(text).document(); }

std::string Json::dump() const {
  std::vector<std::string> parts;
  switch (kind) {
    case Null: return "null";
    case Boolean: return truth ? "true" : "false";
    case Number: return ::number(number);
    case String: return quoted(text);
    case Array:
      for (const Json& item : items) parts.push_back(item.dump());
      return "[" + join(parts, ",") + "]";
    case Object:
      for (const auto& [key, value] : members) parts.push_back(quoted(key) + ":" + value.dump());
      return "{" + join(parts, ",") + "}";
  }
  return "";
}

const Json* Json::find(const std::string& key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Json& Json::at(const std::string& key) const {
  static const Json absent;
  const Json* found = find(key);
  return found ? *found : absent;
}

void Json::set(const std::string& key, Json value) {
  for (auto& [name, old] : members) {
    if (name != key) continue;
    old = std::move(value);
    return;
  }
  members.emplace_back(key, std::move(value));
}

const char* Json::kindName() const {
  static const char* const names[] = {"null", "boolean", "number", "string", "array", "object"};
  return names[kind];
}
