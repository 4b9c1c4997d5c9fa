# Writes numbered keys to Redis until /root/stop is there, one at a time; prints what became of them:
# acknowledged keys in /root/acknowledged, and errors and the longest time without an answer as JSON.
import json, os, socket, time

number = errors = 0
longest, last, link = 0.0, time.monotonic(), None
with open('/root/acknowledged', 'w') as acknowledged:
    while not os.path.exists('/root/stop'):
        number += 1
        key = b'key:%d' % number
        try:
            if link is None:
                link = socket.create_connection(('127.0.0.1', 6379), 1)
            link.sendall(b'*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$1\r\nx\r\n' % (len(key), key))
            answer = link.recv(64)
            if answer != b'+OK\r\n':
                raise OSError('answer %r' % answer)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
            acknowledged.write('key:%d\n' % number)
            time.sleep(0.0005)  # leaves the processor to others
        except OSError:
            errors += 1
            link = None
            time.sleep(0.001)
print(json.dumps({'errors': errors, 'silentMs': round(longest * 1000)}))
