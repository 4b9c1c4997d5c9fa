#include "slave_info.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "support.hpp"
#include "wire.hpp"

namespace {

// A resource and an attribute number the kinds of value differently.
struct Numbers {
  int set, text;
};
constexpr Numbers inResource = {5, 0}, inAttribute = {6, 5};

void encode(wire::Writer& out, const std::string& name, const Value& value, Numbers numbers) {
  out.bytes(1, name);
  out.varint(2, value.type);
  wire::Writer inner;
  switch (value.type) {
    case Value::Scalar:
      inner.real(1, value.scalar);
      out.bytes(3, inner.data);
      break;
    case Value::Ranges:
      for (const auto& [begin, end] : value.ranges) {
        wire::Writer range;
        range.varint(1, begin);
        range.varint(2, end);
        inner.bytes(1, range.data);
      }
      out.bytes(4, inner.data);
      break;
    case Value::Set:
      for (const std::string& item : value.items) inner.bytes(1, item);
      out.bytes(numbers.set, inner.data);
      break;
    case Value::Text:
      inner.bytes(1, value.text);
      out.bytes(numbers.text, inner.data);
  }
}

Value decodeValue(const wire::Fields& fields, Numbers numbers) {
  Value value;
  value.type = Value::Type(wire::required(fields, 2).number);
  const auto inner = [&](int number) { return wire::read(wire::required(fields, number).bytes); };
  switch (value.type) {
    case Value::Scalar: {
      const uint64_t bits = wire::required(inner(3), 1).number;
      std::memcpy(&value.scalar, &bits, sizeof bits);
      break;
    }
    case Value::Ranges:
      for (const wire::Field& field : inner(4)) {
        const wire::Fields range = wire::read(field.bytes);
        value.ranges.emplace_back(wire::required(range, 1).number, wire::required(range, 2).number);
      }
      break;
    case Value::Set:
      for (const wire::Field& field : inner(numbers.set)) value.items.push_back(field.bytes);
      break;
    case Value::Text: value.text = wire::required(inner(numbers.text), 1).bytes; break;
    default: throw Error(wire::unreadable);
  }
  return value;
}

std::string debug(const std::string& title, const std::string& name, const Value& value, const std::string& role) {
  static const char* const types[] = {"SCALAR", "RANGES", "SET", "TEXT"};
  std::string text = title + " {\n  name: \"" + name + "\"\n  type: " + types[value.type] + "\n";
  switch (value.type) {
    case Value::Scalar: text += "  scalar {\n    value: " + number(value.scalar) + "\n  }\n"; break;
    case Value::Ranges:
      text += "  ranges {\n";
      for (const auto& [begin, end] : value.ranges) {
        text += "    range {\n      begin: " + std::to_string(begin) + "\n      end: " + std::to_string(end) +
                "\n    }\n";
      }
      text += "  }\n";
      break;
    case Value::Set:
      text += "  set {\n";
      for (const std::string& item : value.items) text += "    item: \"" + item + "\"\n";
      text += "  }\n";
      break;
    case Value::Text: text += "  text {\n    value: \"" + value.text + "\"\n  }\n";
  }
  return text + (role.empty() ? "" : "  role: \"" + role + "\"\n") + "}\n";
}

// Sums scalars and gathers ranges and items by what else tells two resources apart.
std::map<std::string, std::set<std::string>> canonical(const std::vector<Resource>& resources) {
  std::map<std::string, long long> sums;
  std::map<std::string, std::set<std::string>> result;
  for (const Resource& resource : resources) {
    std::string key = resource.name + "\n" + resource.role + "\n" + std::to_string(resource.value.type);
    for (const auto& [number, bytes] : resource.others) key += "\n" + std::to_string(number) + "=" + bytes;
    const Value& value = resource.value;
    if (value.type == Value::Scalar) sums[key] += std::llround(value.scalar * 1000);
    for (const auto& [begin, end] : value.ranges) {
      result[key].insert(std::to_string(begin) + "-" + std::to_string(end));
    }
    result[key].insert(value.items.begin(), value.items.end());
  }
  for (const auto& [key, sum] : sums) {
    if (sum == 0) result.erase(key);
    else result[key] = {std::to_string(sum)};
  }
  return result;
}

std::set<std::string> canonical(const std::vector<Attribute>& attributes) {
  std::set<std::string> result;
  for (const Attribute& attribute : attributes) result.insert(attribute.name + ":" + attribute.value.print());
  return result;
}

Value fromJson(const Json& json) {
  Value value;
  const std::string& type = json.at("type").text;
  if (type == "SCALAR") {
    value.scalar = json.at("scalar").at("value").number;
  } else if (type == "RANGES") {
    value.type = Value::Ranges;
    for (const Json& range : json.at("ranges").at("range").items) {
      value.ranges.emplace_back(uint64_t(range.at("begin").number), uint64_t(range.at("end").number));
    }
  } else if (type == "SET") {
    value.type = Value::Set;
    for (const Json& item : json.at("set").at("item").items) value.items.push_back(item.text);
  } else {
    throw Error("Failed to find enum for '" + type + "'");
  }
  return value;
}

}  // namespace

std::string Value::print() const {
  std::vector<std::string> parts;
  switch (type) {
    case Scalar: return number(std::round(scalar * 1000) / 1000);
    case Ranges:
      for (const auto& [begin, end] : ranges) parts.push_back(std::to_string(begin) + "-" + std::to_string(end));
      return "[" + join(parts, ", ") + "]";
    case Set: return "{" + join(items, ", ") + "}";
    case Text: return text;
  }
  return "";
}

Value Value::parse(const std::string& text) {
  Value value;
  if (text.size() > 1 && text.front() == '[' && text.back() == ']') {
    value.type = Ranges;
    for (const std::string& part : split(text.substr(1, text.size() - 2), ", ")) {
      const auto ends = split(part, "-");
      if (ends.size() != 2) throw Error("Expecting one or more \"ranges\"");
      value.ranges.emplace_back(uint64_t(parseNumber(ends[0])), uint64_t(parseNumber(ends[1])));
    }
  } else if (text.size() > 1 && text.front() == '{' && text.back() == '}') {
    value.type = Set;
    value.items = split(text.substr(1, text.size() - 2), ", ");
  } else {
    char* end = nullptr;
    value.scalar = std::strtod(text.c_str(), &end);
    if (text.empty() || *end) value.type = Text, value.text = text;
  }
  return value;
}

std::string SlaveInfo::encode() const {
  wire::Writer out;
  out.bytes(1, hostname);
  for (const Resource& resource : resources) {
    wire::Writer inner;
    ::encode(inner, resource.name, resource.value, inResource);
    inner.bytes(6, resource.role);
    for (const auto& [number, bytes] : resource.others) inner.bytes(number, bytes);
    out.bytes(3, inner.data);
  }
  for (const Attribute& attribute : attributes) {
    wire::Writer inner;
    ::encode(inner, attribute.name, attribute.value, inAttribute);
    out.bytes(5, inner.data);
  }
  if (!id.empty()) {
    wire::Writer inner;
    inner.bytes(1, id);
    out.bytes(6, inner.data);
  }
  out.varint(7, checkpoint);
  out.varint(8, uint64_t(port));
  return out.data;
}

SlaveInfo SlaveInfo::decode(const std::string& bytes) {
  SlaveInfo info;
  const wire::Fields fields = wire::read(bytes);
  info.hostname = wire::required(fields, 1).bytes;
  info.checkpoint = false;
  for (const wire::Field& field : fields) {
    if (field.id == 7) info.checkpoint = field.number != 0;
    if (field.id == 8) info.port = int(field.number);
    if (field.id == 6) info.id = wire::required(wire::read(field.bytes), 1).bytes;
    if (field.id != 3 && field.id != 5) continue;
    const wire::Fields inner = wire::read(field.bytes);
    const std::string name = wire::required(inner, 1).bytes;
    if (field.id == 5) {
      info.attributes.push_back({name, decodeValue(inner, inAttribute)});
      continue;
    }
    Resource resource = {name, decodeValue(inner, inResource), "*", {}};
    for (const wire::Field& more : inner) {
      if (more.id == 6) resource.role = more.bytes;
      if (more.id >= 7 && more.id <= 9) resource.others[more.id] = more.bytes;
    }
    info.resources.push_back(resource);
  }
  return info;
}

std::string SlaveInfo::debug() const {
  std::string text = "hostname: \"" + hostname + "\"\n";
  for (const Resource& resource : resources) {
    text += ::debug("resources", resource.name, resource.value, resource.role);
  }
  for (const Attribute& attribute : attributes) text += ::debug("attributes", attribute.name, attribute.value, "");
  if (!id.empty()) text += "id {\n  value: \"" + id + "\"\n}\n";
  return text + "checkpoint: " + (checkpoint ? "true" : "false") + "\nport: " + std::to_string(port) + "\n";
}

bool SlaveInfo::operator==(const SlaveInfo& other) const {
  return hostname == other.hostname && port == other.port && id == other.id && checkpoint == other.checkpoint &&
         canonical(resources) == canonical(other.resources) && canonical(attributes) == canonical(other.attributes);
}

std::string print(const std::vector<Resource>& resources) {
  std::vector<std::string> parts;
  for (const Resource& resource : resources) {
    parts.push_back(resource.name + "(" + resource.role + "):" + resource.value.print());
  }
  return join(parts, "; ");
}

std::vector<Resource> parseResources(const std::string& text, const std::string& defaultRole) {
  std::vector<Resource> resources;
  if (startsWith(trim(text), "[")) {
    for (const Json& item : Json::parse(text).items) {
      const Json* role = item.find("role");
      resources.push_back({item.at("name").text, fromJson(item), role ? role->text : defaultRole, {}});
    }
    return resources;
  }
  for (const std::string& token : split(text, ";\n")) {
    const auto pair = split(token, ":");
    if (pair.size() != 2) throw Error("Bad value for resources, missing or extra ':' in " + token);
    std::string name = trim(pair[0]), role = defaultRole;
    const size_t open = name.find('(');
    if (open != std::string::npos) {
      if (name.back() != ')') throw Error("Bad value for resources, mismatched parentheses in " + token);
      role = trim(name.substr(open + 1, name.size() - open - 2));
      name = trim(name.substr(0, open));
    }
    const Value value = Value::parse(trim(pair[1]));
    if (value.type == Value::Text) throw Error("Bad resource type for '" + name + "'");
    resources.push_back({name, value, role, {}});
  }
  return resources;
}

std::vector<Attribute> parseAttributes(const std::string& text) {
  std::vector<Attribute> attributes;
  for (const std::string& token : split(text, ";\n")) {
    const size_t colon = token.find(':');
    if (colon == std::string::npos) throw Error("Invalid attribute key:value pair '" + token + "'");
    attributes.push_back({trim(token.substr(0, colon)), Value::parse(trim(token.substr(colon + 1)))});
  }
  return attributes;
}
