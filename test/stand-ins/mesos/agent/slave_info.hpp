// What an agent says of itself, and that record on the wire: SlaveInfo in protobuf's encoding.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "json.hpp"

struct Value {
  enum Type { Scalar, Ranges, Set, Text };
  Type type = Scalar;
  double scalar = 0;
  std::vector<std::pair<uint64_t, uint64_t>> ranges;
  std::vector<std::string> items;
  std::string text;

  std::string print() const;
  static Value parse(const std::string& text);
};

struct Resource {
  std::string name;
  Value value;
  std::string role = "*";
  // Fields that only pass through (disk, reservation, revocable), by number, as bytes.
  std::map<int, std::string> others;
};

struct Attribute {
  std::string name;
  Value value;
};

struct SlaveInfo {
  std::string hostname;
  std::vector<Resource> resources;
  std::vector<Attribute> attributes;
  std::string id;
  bool checkpoint = true;
  int port = 5051;

  std::string encode() const;
  // Throws Error("Failed to deserialize message").
  static SlaveInfo decode(const std::string& bytes);
  // protobuf's text form.
  std::string debug() const;
  // Resources and attributes as sets, scalars to three decimals.
  bool operator==(const SlaveInfo& other) const;
};

std::string print(const std::vector<Resource>& resources);
std::vector<Resource> parseResources(const std::string& text, const std::string& defaultRole);
std::vector<Attribute> parseAttributes(const std::string& text);
