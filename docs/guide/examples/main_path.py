"""Build, sweep, leaderboard, train, signals: python3 main_path.py [http://127.0.0.1:8001]"""
import json
import sys
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

host = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8001"
model = "spx_eq_swing_daily"


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(host + path, data, {"Content-Type": "application/json"}, method=method)) as reply:
            return json.load(reply)
    except HTTPError as error:
        sys.exit(f"{method} {path}: {json.load(error)['error']['message']}")


window = {"start": "2010-01-04", "end": "2014-12-31"}
matrix = call("POST", "/matrix/build", {"model_id": model, "date_window": window})
print("matrix", matrix["matrix_sha"][:12], "with", matrix["rows"], "rows")

variants = {"threshold_variants": ["0.50", "0.52,0.55"], "splits": 3}
sweep = call("POST", "/sweeps/run", {"model_id": model, "risk_profile": "balanced", "sweep": variants})["sweep_id"]
while (state := call("GET", f"/sweeps/{sweep}/status"))["status"] in ("queued", "running"):
    time.sleep(0.5)
print("sweep", sweep, state["status"], state["progress"])

best = call("GET", f"/leaderboard?model_id={model}&sweep_id={sweep}&order_by=sharpe")["rows"][0]
print("best", best["config"]["value"], "sharpe", best["metrics"]["sharpe"], "gate", best["gate"])

# A row that fails its gate is trained only with an override and a tag that says why: here to show the path, not to trade.
job = {"override": True, "tag": "example", **{key: best[key] for key in ("model_id", "config", "lineage")}}
job_id = call("POST", "/train/batch", {"jobs": [job]})["job_ids"][0]
while (done := next(row for row in call("GET", "/train/jobs")["rows"] if row["job_id"] == job_id))["status"] in ("queued", "running"):
    time.sleep(0.5)
signals = call("POST", "/signals/generate", {"model_id": model, "start": "2014-12-01", "end": "2014-12-31"})
print("train", done["status"], "signals", signals["count"])
