#include "http.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <thread>

#include "support.hpp"

namespace {

// A peer that vanished without a word (a power cut) is noticed within some twenty seconds.
void keepAlive(int fd) {
  const int on = 1, seconds = 5, count = 3;
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
}

bool readRequest(int fd, Request& request) {
  std::string rest, line;
  if (!readLine(fd, rest, line)) return false;
  const auto words = split(trim(line), " ");
  if (words.size() < 2) return false;
  request.method = words[0];
  request.path = words[1].substr(0, words[1].find('?'));
  for (size_t at; (at = request.path.find('%')) != std::string::npos && at + 2 < request.path.size();) {
    request.path.replace(at, 3, 1, char(std::strtol(request.path.substr(at + 1, 2).c_str(), nullptr, 16)));
  }
  size_t length = 0;
  while (readLine(fd, rest, line) && !trim(line).empty()) {
    const std::string header = lower(line);
    if (startsWith(header, "content-length:")) length = size_t(std::atol(header.c_str() + 15));
  }
  while (rest.size() < length) {
    char block[4096];
    const ssize_t n = read(fd, block, sizeof block);
    if (n <= 0) return false;
    rest.append(block, size_t(n));
  }
  request.body = rest.substr(0, length);
  return true;
}

void answer(int fd, const Handler& handler) {
  static const std::map<int, std::string> reasons = {
      {200, "OK"}, {400, "Bad Request"}, {404, "Not Found"}, {503, "Service Unavailable"}};
  Request request;
  if (readRequest(fd, request)) {
    const Response response = handler(request, fd);
    if (response.status) {
      sendAll(fd, "HTTP/1.1 " + std::to_string(response.status) + " " + reasons.at(response.status) +
                      "\r\nContent-Type: " + response.type +
                      "\r\nContent-Length: " + std::to_string(response.body.size()) +
                      "\r\nConnection: close\r\n\r\n" + response.body);
    }
  }
  shutdown(fd, SHUT_WR);
  close(fd);
}

}  // namespace

void serve(const std::string& ip, int port, Handler handler) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(uint16_t(port));
  if (inet_pton(AF_INET, ip.c_str(), &address.sin_addr) != 1) throw Error("Failed to parse the IP " + ip);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(fd, 64) != 0) {
    throw Error(std::strerror(errno));
  }
  std::thread([fd, handler = std::move(handler)] {
    for (;;) {
      const int peer = accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      keepAlive(peer);
      std::thread(answer, peer, std::cref(handler)).detach();
    }
  }).detach();
}

int connectTo(const std::string& host, int port) {
  addrinfo hints = {}, *found = nullptr;
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return -1;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit = {5, 0};
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
    close(fd);
    fd = -1;
  } else {
    keepAlive(fd);
  }
  freeaddrinfo(found);
  return fd;
}

bool sendAll(int fd, const std::string& bytes) {
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t n = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += size_t(n);
  }
  return true;
}

bool readLine(int fd, std::string& rest, std::string& line) {
  for (size_t end; (end = rest.find('\n')) == std::string::npos;) {
    char block[4096];
    const ssize_t n = read(fd, block, sizeof block);
    if (n <= 0) return false;
    rest.append(block, size_t(n));
  }
  const size_t end = rest.find('\n');
  line = rest.substr(0, end);
  rest.erase(0, end + 1);
  return true;
}
