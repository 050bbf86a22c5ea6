wrk.method = "PUT"
wrk.body = string.rep("y", 1000)
wrk.headers["Content-Type"] = "application/json"
