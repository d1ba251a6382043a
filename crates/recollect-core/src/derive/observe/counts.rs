//! How many tests ran, and which failed, as the usual runners tell.

use crate::text::{cut, one_line};

const MAX_FAILING: usize = 5;
const MAX_NAME_BYTES: usize = 200;

/// Counts of tests.
#[derive(Debug, Default)]
pub(super) struct Tests {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// Names of failing ones, at most five.
    pub failing: Vec<String>,
}

impl Tests {
    pub fn have_run(&self) -> bool {
        self.passed + self.failed > 0 || !self.failing.is_empty()
    }

    pub fn have_failed(&self) -> bool {
        self.failed > 0 || !self.failing.is_empty()
    }

    /// `12 passed, 1 failed, 3 skipped`.
    pub fn counts(&self) -> String {
        let mut counts = String::new();
        for (count, word) in [
            (self.passed, " passed"),
            (self.failed, " failed"),
            (self.skipped, " skipped"),
        ] {
            if count > 0 {
                if !counts.is_empty() {
                    counts.push_str(", ");
                }
                counts.push_str(&count.to_string());
                counts.push_str(word);
            }
        }
        counts
    }
}

impl Tests {
    /// Reads a line of output.
    pub fn read(&mut self, line: &str) {
        if let Some(name) = failing(line)
            && self.failing.len() < MAX_FAILING
        {
            let name = cut(&one_line(name), MAX_NAME_BYTES).into_owned();
            // Once in the list while they run and once in the list at the end.
            if !self.failing.contains(&name) {
                self.failing.push(name);
            }
        }
        if line.starts_with("--- PASS: ") {
            self.passed += 1;
        } else if line.starts_with("--- FAIL: ") {
            self.failed += 1;
        } else if is_summary(line) {
            let (passed, failed, skipped) = counts(line);
            self.passed += passed;
            self.failed += failed;
            self.skipped += skipped;
        }
    }
}

/// Whether a line sums tests up.
fn is_summary(line: &str) -> bool {
    let line = unmarked(line);
    let first = line.split([' ', ':', '(']).next().unwrap_or("");
    let is_count = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    match first {
        // Of files, not of tests.
        "Test" | "Snapshots" => line.starts_with("Test run"),
        "Tests" | "Failed!" | "Passed!" | "<summary" | "FAILED" | "Ran" => true,
        "test" => line.starts_with("test result"),
        "pass" | "fail" | "skipped" => line.split(' ').count() == 2,
        "Passed" | "Failed" => line.contains(", "),
        _ if is_count => {
            let second = line.split(' ').nth(1).unwrap_or("");
            matches!(
                second.trim_end_matches([',', ';']),
                "passed"
                    | "failed"
                    | "passing"
                    | "failing"
                    | "pending"
                    | "examples"
                    | "pass"
                    | "fail"
            ) && !line.contains("file")
        }
        _ => false,
    }
}

/// A line without the marks that runners put before a summary.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches(['=', ' ', '#', 'ℹ', '-'])
}

/// Passed, failed and skipped tests of a line: `3 passed`, `Failures: 1`, `fail 2`.
fn counts(line: &str) -> (u64, u64, u64) {
    let words: Vec<&str> = unmarked(line)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let (mut passed, mut failed, mut skipped, mut all) = (0, 0, 0, None);
    // In `Tests run: 3, Failures: 1` the number follows, in `1 failed, 3 passed`
    // it stands before.
    let follows = line.contains("ailures: ")
        || line.contains("=") && !line.starts_with('=')
        || line.contains("assed: ")
        || number(1).is_some() && words.len() == 2;
    for (at, word) in words.iter().enumerate() {
        let count = match follows {
            true => number(at + 1),
            false => at.checked_sub(1).and_then(number),
        };
        let Some(count) = count else { continue };
        match word.to_ascii_lowercase().as_str() {
            "passed" | "passing" | "pass" => passed += count,
            "failed" | "failing" | "fail" | "failures" | "failure" | "errors" => failed += count,
            "skipped" | "ignored" | "pending" | "todo" => skipped += count,
            "run" | "examples" | "tests" => all = Some(count),
            _ => {}
        }
    }
    if let Some(all) = all
        && passed == 0
        && (follows || line.contains("examples") || line.starts_with("Ran "))
    {
        passed = all.saturating_sub(failed + skipped);
    }
    (passed, failed, skipped)
}

/// The name of a test that a line says has failed.
fn failing(line: &str) -> Option<&str> {
    if let Some(name) = line.strip_prefix("test ") {
        return name.strip_suffix(" ... FAILED");
    }
    if let Some(name) = line.strip_prefix("--- FAIL: ") {
        return name.split(" (").next();
    }
    if let Some(failure) = line.strip_prefix("<testFailure ") {
        return failure.split_once("name=\"")?.1.split('"').next();
    }
    if let Some(name) = line.strip_prefix("not ok ") {
        return name.split_once(" - ").map(|(_, name)| name);
    }
    let name = ["FAILED ", "● ", "✕ ", "✗ ", "✘ ", "× ", "✖ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?
        .trim();
    // The reason stands behind it, and the time.
    let name = name.split(" - ").next().unwrap_or(name);
    let name = match name.rsplit_once(" (") {
        Some((name, time)) if time.ends_with("ms)") || time.ends_with("s)") => name,
        _ => name,
    };
    let name = match name.rsplit_once(' ') {
        Some((name, time)) if time.ends_with("ms") && time.starts_with(char::is_numeric) => name,
        _ => name,
    };
    let is_name = name.len() > 2
        && !name.starts_with("failing tests")
        && !name.starts_with("Console")
        && !name.starts_with("(")
        && !name.contains("problem");
    is_name.then(|| name.trim_end())
}

#[cfg(test)]
mod tests {
    use super::Tests;

    fn tests(said: &str) -> Tests {
        let mut tests = Tests::default();
        said.lines().for_each(|line| tests.read(line.trim()));
        tests
    }

    #[test]
    fn tests_are_counted_for_the_usual_runners() {
        for (said, counts) in [
            (
                "test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured",
                "10 passed, 2 failed, 1 skipped",
            ),
            (
                "test result: ok. 3 passed; 0 failed\n\ntest result: ok. 4 passed; 0 failed",
                "7 passed",
            ),
            (
                "==== 2 failed, 10 passed in 1.23s ====",
                "10 passed, 2 failed",
            ),
            (
                "Test Suites: 1 failed, 2 passed, 3 total\nTests:       1 failed, 5 passed, 6 total",
                "5 passed, 1 failed",
            ),
            (
                " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 5 passed (6)",
                "5 passed, 1 failed",
            ),
            ("  5 passing (20ms)\n  1 failing", "5 passed, 1 failed"),
            (
                "--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.00s)",
                "1 passed, 1 failed",
            ),
            (
                "Tests run: 12, Failures: 1, Errors: 0, Skipped: 2",
                "9 passed, 1 failed, 2 skipped",
            ),
            (
                "Failed!  - Failed:     1, Passed:     5, Skipped:     0, Total:     6",
                "5 passed, 1 failed",
            ),
            ("10 examples, 2 failures", "8 passed, 2 failed"),
            ("# pass 12\n# fail 1", "12 passed, 1 failed"),
            ("ℹ pass 12\nℹ fail 0", "12 passed"),
            ("<summary passed=5 failed=1 />", "5 passed, 1 failed"),
            ("Copied 3 files, 2 failed", ""),
            ("3 files passed the check", ""),
        ] {
            assert_eq!(tests(said).counts(), counts, "of {said}");
        }
    }

    #[test]
    fn failing_tests_are_named() {
        for (said, name) in [
            ("test index::finds_a_word ... FAILED", "index::finds_a_word"),
            ("--- FAIL: TestParse/empty (0.01s)", "TestParse/empty"),
            (
                "FAILED tests/test_api.py::test_login - AssertionError: 401",
                "tests/test_api.py::test_login",
            ),
            (
                "  ✕ rejects an expired token (12 ms)",
                "rejects an expired token",
            ),
            (
                "  ● Auth › rejects an expired token",
                "Auth › rejects an expired token",
            ),
            (
                " × auth.test.ts > Auth > rejects 5ms",
                "auth.test.ts > Auth > rejects",
            ),
            ("not ok 3 - reads a range", "reads a range"),
            (
                "<testFailure name=\"reads a range\" path=\"/a/b.ts\">",
                "reads a range",
            ),
        ] {
            assert_eq!(tests(said).failing, [name], "of {said}");
        }
        assert!(tests("test a ... ok\nFAILED: see log").failing.len() < 2);
    }
}
