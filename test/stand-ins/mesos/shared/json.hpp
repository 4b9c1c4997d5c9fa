// JSON, as little of it as flags, endpoints and the registry need.
#pragma once

#include <string>
#include <utility>
#include <vector>

struct Json {
  enum Kind { Null, Boolean, Number, String, Array, Object };

  Json() = default;
  Json(bool value) : kind(Boolean), truth(value) {}
  Json(int value) : kind(Number), number(value) {}
  Json(double value) : kind(Number), number(value) {}
  Json(const char* value) : kind(String), text(value) {}
  Json(std::string value) : kind(String), text(std::move(value)) {}
  static Json array() { return Json(Array); }
  static Json object(std::vector<std::pair<std::string, Json>> members = {}) {
    Json result(Object);
    result.members = std::move(members);
    return result;
  }

  // Throws Error("syntax error at line N near: ...").
  static Json parse(const std::string& text);
  std::string dump() const;

  const Json* find(const std::string& key) const;
  const Json& at(const std::string& key) const;
  void set(const std::string& key, Json value);
  void push(Json value) { items.push_back(std::move(value)); }
  // "string", "number", ...: the words of Mesos's type errors.
  const char* kindName() const;

  Kind kind = Null;
  bool truth = false;
  double number = 0;
  std::string text;
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

private:
  explicit Json(Kind kind) : kind(kind) {}
};
