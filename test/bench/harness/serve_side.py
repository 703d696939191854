"""The Python half of serve-side.ts: `serve(load)` answers the harness, one JSON a line."""
import json
import resource
import sys
import time


def serve(load):
    """`load(folder, options)` gives (version, round_of); `round_of(k)` gives a dict with `run` and, if wanted, `figures` and `output`."""
    def reply(message):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    folder, options = sys.argv[1], json.loads(sys.argv[2])
    try:
        version, round_of = load(folder, options)
    except ImportError as error:
        reply({"missing": str(error)})
        return
    reply({"ready": version})
    known, work = None, None
    for line in sys.stdin:
        request = json.loads(line)
        if "quit" in request:
            break
        if known != request["round"]:
            work = None
            known, work = request["round"], round_of(request["round"])
        run = work["run"]
        milliseconds = float("inf")
        for _ in range(request["repeats"]):
            began = time.perf_counter()
            run()
            milliseconds = min(milliseconds, (time.perf_counter() - began) * 1000)
        if request["outputTo"] is not None and "output" in work:
            work["output"]().astype("<f8").tofile(request["outputTo"])
        reply({"milliseconds": milliseconds, "figures": work["figures"]() if "figures" in work else {}})
    reply({"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})
