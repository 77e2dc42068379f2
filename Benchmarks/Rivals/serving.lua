-- Asks one question after another, for serving.py: QUESTIONS is a file of them, encoded, a line each; REQUEST is the address
-- with '%s' for the question; FIRST is the first line to ask. The result is printed as one line of JSON.

local paths = {}
local place = tonumber(os.getenv("FIRST"))

function init()
    for line in io.lines(os.getenv("QUESTIONS")) do
        paths[#paths + 1] = wrk.format("GET", (os.getenv("REQUEST"):gsub("%%s", line:gsub("%%", "%%%%"))))
    end
end

function request()
    place = place % #paths + 1
    return paths[place]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n', summary.requests,
        summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
