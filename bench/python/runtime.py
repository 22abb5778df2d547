"""The loop of a custom runtime: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

import http.client
import json
import os
import sys
import time
import traceback

from settings import Settings


class Context:
    def __init__(self, deadline_ms):
        self._deadline = deadline_ms / 1000

    def remaining(self):
        return self._deadline - time.time()


def log(message, **facts):
    print(json.dumps({"level": "INFO", "message": message, **facts}), flush=True)


def compose():
    settings = Settings.read(os.environ)
    match os.environ.get("_HANDLER"):
        case "Refresh":
            from refresh import Refresh

            return Refresh(settings, log).handle
        case "Lifecycle":
            from lifecycle import Lifecycle

            return Lifecycle(settings, log).handle
        case "Notify":
            from notify import Notify

            return Notify(settings, log).handle
        case other:
            raise ValueError(f"_HANDLER is '{other}': the function's Handler must be Refresh, Lifecycle or Notify.")


def error_of(error):
    return {
        "errorType": type(error).__name__,
        "errorMessage": str(error),
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def main():
    host = os.environ["AWS_LAMBDA_RUNTIME_API"]
    api = http.client.HTTPConnection(host)

    def call(method, path, document=None, headers=()):
        body = None if document is None else json.dumps(document)
        api.request(method, "/2018-06-01/runtime/" + path, body, {"Content-Type": "application/json", **dict(headers)})
        response = api.getresponse()
        return response.headers, response.read()

    try:
        handle = compose()
    except Exception as error:
        call("POST", "init/error", error_of(error), {"Lambda-Runtime-Function-Error-Type": type(error).__name__})
        raise

    while True:
        headers, body = call("GET", "invocation/next")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            report = handle(json.loads(body), Context(int(headers["Lambda-Runtime-Deadline-Ms"])))
        except Exception as error:
            log(str(error), error=traceback.format_exc())
            call("POST", f"invocation/{request_id}/error", error_of(error),
                 {"Lambda-Runtime-Function-Error-Type": type(error).__name__})
        else:
            call("POST", f"invocation/{request_id}/response", report)


if __name__ == "__main__":
    sys.exit(main())
