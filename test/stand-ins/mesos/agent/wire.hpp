// protobuf's wire format: just the encoding, no schemas.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "support.hpp"

namespace wire {

inline const char* const unreadable = "Failed to deserialize message";

struct Writer {
  std::string data;

  void raw(uint64_t value) {
    for (; value > 127; value >>= 7) data += char(value | 128);
    data += char(value);
  }
  void varint(int id, uint64_t value) { raw(uint64_t(id) << 3), raw(value); }
  void real(int id, double value) {
    raw(uint64_t(id) << 3 | 1);
    data.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void bytes(int id, const std::string& value) {
    raw(uint64_t(id) << 3 | 2), raw(value.size());
    data += value;
  }
};

struct Field {
  int id;
  uint64_t number;
  std::string bytes;
};
using Fields = std::vector<Field>;

inline Fields read(const std::string& data) {
  Fields fields;
  size_t at = 0;
  const auto take = [&](size_t count) {
    if (count > data.size() - at) throw Error(unreadable);
    return (at += count) - count;
  };
  const auto varint = [&] {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const unsigned char byte = static_cast<unsigned char>(data[take(1)]);
      value |= uint64_t(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw Error(unreadable);
  };
  while (at < data.size()) {
    const uint64_t tag = varint();
    Field field = {int(tag >> 3), 0, ""};
    switch (tag & 7) {
      case 0: field.number = varint(); break;
      case 1: std::memcpy(&field.number, data.data() + take(8), 8); break;
      case 2: {
        const size_t size = varint();
        field.bytes = data.substr(take(size), size);
        break;
      }
      case 5: std::memcpy(&field.number, data.data() + take(4), 4); break;
      default: throw Error(unreadable);
    }
    fields.push_back(field);
  }
  return fields;
}

inline const Field& required(const Fields& fields, int id) {
  for (const Field& field : fields) {
    if (field.id == id) return field;
  }
  throw Error(unreadable);
}

}  // namespace wire
