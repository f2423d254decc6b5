import TestSupport
import Testing

struct ServeCommandTests {
    @Test func `it serves, and ends well when it is asked to`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.shell(
            """
            "$atlas" serve --port 0 --log json >told 2>log & pid=$!
            for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
            port=$(sed 's/.*://' told)
            exec 3<>"/dev/tcp/127.0.0.1/$port"
            printf 'GET /collections/innovation-cities/items/ic-bitgaram HTTP/1.1\\r\\nHost: a\\r\\nX-Request-Id: word\\r\\nConnection: close\\r\\n\\r\\n' >&3
            head -1 <&3
            kill -TERM $pid
            wait $pid
            echo "code $?"
            grep -c '"request":"word"' log
            """)
        #expect(outcome.output == "HTTP/1.1 200 OK\r\ncode 0\n1\n", "\(outcome.errors)")
    }

    @Test func `requests are followed through the log, and counted with all else`() throws {
        let outcome = try CommandRunner().shell(
            """
            "$atlas" serve --port 0 --log json >told 2>log & pid=$!
            for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
            get() {
                exec 3<>"/dev/tcp/127.0.0.1/$(sed 's/.*://' told)"
                printf 'GET %s HTTP/1.1\\r\\nHost: a\\r\\n%sConnection: close\\r\\n\\r\\n' "$1" "$2" >&3
                cat <&3
            }
            trace=4bf92f3577b34da6a3ce929d0e0e4736
            get /conformance "traceparent: 00-$trace-00f067aa0ba902b7-01"$'\\r\\n' >/dev/null
            get /conformance "traceparent: 00-$trace-00f067aa0ba902b7-00"$'\\r\\n' >/dev/null
            get /conformance "" >/dev/null
            get /metrics "" | grep -E '^clusteratlas_(requests_total|jobs_(accepted|running|ended))'
            kill -TERM $pid
            wait $pid
            grep '"message":"answered"' log | grep -c "$trace"
            grep '"message":"worked"' log | grep "$trace" | grep -c '"part":"conformance"'
            grep -cE '"trace":"[0-9a-f]{32}"' log
            """)
        #expect(
            outcome.output == """
                clusteratlas_jobs_accepted_total 0
                clusteratlas_jobs_ended_total{state="dismissed"} 0
                clusteratlas_jobs_ended_total{state="failed"} 0
                clusteratlas_jobs_ended_total{state="successful"} 0
                clusteratlas_jobs_running 0
                clusteratlas_requests_total{route="conformance",status="200"} 3
                2
                1
                5

                """, "\(outcome.errors)")
    }

    @Test(arguments: [
        (["--host", "0.0.0.0"], 64, "needs --keys"), (["--port", "99999"], 64, "from 0 to 65535"),
        (["--keys", "no-such-file"], 1, "no-such-file"),
        (["--keys", "labs.geojson"], 1, "SHA-256"),
        (["--address", "maps.example.kr"], 64, "http://"),
        (["--address", "https://maps.example.kr"], 64, "needs --keys"),
    ])
    func `what is unsafe or wrong is refused before it listens`(
        words: [String], code: Int, says: String
    ) throws {
        let outcome = try CommandRunner().run(["serve"] + words)
        #expect(outcome.code == code)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `a folder that holds something else is not taken for jobs, and left as it is`()
        throws
    {
        let runner = try CommandRunner()
        let outcome = try runner.shell(
            """
            mkdir -p own/jobs/running && echo mine > own/jobs/running/file && echo mine > own/notes.txt
            "$atlas" serve --quiet --port 0 --jobs own
            echo "code $?"
            cat own/jobs/running/file own/notes.txt
            """)
        #expect(outcome.output == "code 1\nmine\nmine\n")
        #expect(outcome.errors.contains("notes.txt"), "\(outcome.errors)")
    }

    @Test func `a port that is taken is told`() throws {
        let outcome = try CommandRunner().shell(
            """
            "$atlas" serve --port 0 --quiet >told & pid=$!
            for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
            "$atlas" serve --quiet --port "$(sed 's/.*://' told)"
            echo "code $?"
            kill -TERM $pid
            wait $pid
            """)
        #expect(outcome.output == "code 1\n")
        #expect(outcome.errors.contains("in use"), "\(outcome.errors)")
    }
}
