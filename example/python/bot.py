"""The example bot in Python, with the standard library alone: what an app must do to fit, and nothing else.

GET /health answers 200 while the loop runs, whatever the broker does: a broker's outage is no reason to replace the machine.
GET /version says which bot it is. SIGTERM closes the positions and ends the process within the stop time.
"""
import http.server
import os
import signal
import sys
import threading
import time

VERSION = os.environ.get("BOT_VERSION", "1.0-python")
# The loop must come round this often, or the bot hangs.
MOST_SECONDS = 30
PAUSE_SECONDS = 1


class Bot:
    def __init__(self, account):
        self.account = account
        self.stopping = threading.Event()
        self.last_round = time.monotonic()

    def run(self):
        while not self.stopping.is_set():
            self.trade()
            self.last_round = time.monotonic()
            self.stopping.wait(PAUSE_SECONDS)
        # Here a real bot closes its positions, and waits for the broker's word that they are closed.
        print(f"bot {VERSION}: positions closed", flush=True)

    def trade(self):
        """One round. A broker that does not answer is logged and asked again in the next one."""

    def is_alive(self):
        return time.monotonic() - self.last_round < MOST_SECONDS


def handler(bot):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/health":
                self.answer(200 if bot.is_alive() else 503, "trading\n" if bot.is_alive() else "the loop hangs\n")
            elif self.path == "/version":
                self.answer(200, VERSION + "\n")
            else:
                self.answer(404, "")

        def answer(self, status, text):
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    return Handler


def main():
    account = os.environ.get("BROKER_ACCOUNT")
    if not account:
        print(f"bot {VERSION}: KeyError: 'BROKER_ACCOUNT'", file=sys.stderr)
        return 1
    bot = Bot(account)
    # As process 1 Python takes SIGTERM only where a handler is set.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: bot.stopping.set())
    server = http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), handler(bot))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"bot {VERSION}: trading", flush=True)
    bot.run()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
