# Logs numbered messages through /dev/log until /root/stop is there, then prints how many: number-logger.py PAUSE_SECONDS
import os, socket, sys, time

pause, number, line = float(sys.argv[1]), 0, None
while not os.path.exists('/root/stop'):
    try:
        if line is None:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            line.connect('/dev/log')
        line.send(b'<13>numbers: message %d' % (number + 1))
        number += 1
    except OSError as error:
        # As syslog(3) does: connect anew, and try this one again.
        print('could not log %d: %s' % (number + 1, error), file=sys.stderr)
        line = None
    time.sleep(pause)
print(number)
