"""Opens N long polls and says what they cost: waiting.py PORT PID N"""
import socket
import sys
import time

port, pid, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(line.split()[1] for line in status if line.startswith("VmRSS"))


def get(path):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while not answer.endswith((b"\n", b"}")) or b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
        return answer.split(b"\r\n\r\n", 1)[1].decode().strip()


print("before:", get("/report"), "resident KB", resident())
waiting = []
for _ in range(count):
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
    waiting.append(connection)
report = get("/report")
while not report.startswith(f"{count} "):
    time.sleep(0.2)
    report = get("/report")
print("with:", report, "resident KB", resident())
began = time.time()
get("/open")
answered = sum(connection.recv(4096).startswith(b"HTTP/1.1 200") for connection in waiting)
print("answered:", answered, "in %.2f s" % (time.time() - began))
