// A small HTTP/1.1 server, one thread a connection, and the plain socket that an agent holds open
// to its master.
#pragma once

#include <functional>
#include <string>

struct Request {
  std::string method, path, body;
};

struct Response {
  int status = 200;
  std::string body = "";
  std::string type = "text/plain; charset=utf-8";
};

// May keep the connection for itself: returns status 0 after it is done with `fd`.
using Handler = std::function<Response(const Request&, int fd)>;

// Throws Error with the system's reason; serves from then on, in the background.
void serve(const std::string& ip, int port, Handler handler);

// -1 when nobody listens there.
int connectTo(const std::string& host, int port);
bool sendAll(int fd, const std::string& bytes);
// One line without its end; false at the end of the stream. `rest` keeps what was read too far.
bool readLine(int fd, std::string& rest, std::string& line);
