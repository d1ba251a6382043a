//! Other words for the same thing: people ask in words of their own, and commits are written in
//! those of the field.
//!
//! Each line is a group of words of which each may stand for the others. A word can be in
//! several groups. They are compared by the tokens that the index has of them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::search::expression::parts_of;

const GROUPS: &[&str] = &[
    // What is done to code.
    "remove delete drop eliminate discard prune strip purge discontinue retire rid throw thrown",
    "add introduce implement create support enable provide",
    "revert undo undone rollback restore",
    "deprecate obsolete legacy outdated superseded",
    "rename move relocate migrate",
    "replace swap switch substitute instead",
    "fix repair mend solve resolve correct patch",
    "refactor restructure reorganize clean simplify tidy rewrite",
    "optimize performance speed faster quick efficient slow slowly",
    "prevent avoid guard protect defend mitigate block stop reject refuse deny",
    "reject refuse deny forbid disallow",
    "allow permit accept enable",
    "ignore skip omit exclude",
    "enforce require mandatory must force",
    "prefer prioritize priority precedence",
    "validate check verify verification validation test",
    "parse parser read decode interpret",
    "split separate divide apart",
    "merge combine join unify consolidate",
    "upgrade update bump",
    "default fallback implicit automatic automatically",
    "improve enhance better",
    "keep preserve retain",
    "guess detect detection autodetect infer sniff",
    "slow slowly slowloris trickle",
    "wrong incorrect broken bad fault bug invalid",
    "crash panic segfault abort",
    "fail failure error exception",
    "hang freeze deadlock stuck block",
    "leak leaked unclosed",
    "close shutdown terminate dispose",
    "cancel abort interrupt cancellation",
    "wait delay timeout deadline",
    "retry repeat reconnect again",
    "expire expiry lifetime ttl validity maxage duration",
    // Parts of software.
    "example sample demo",
    "docs documentation readme guide manual",
    "changelog history",
    "config configuration settings options preferences",
    "setting option parameter flag",
    "argument parameter arg param",
    "flag switch option",
    "function method helper callback",
    "handler middleware callback listener",
    "array list slice",
    "map dictionary dict object",
    "string text str",
    "number integer int",
    "class type struct",
    "type typing annotation hint mypy",
    "module package library dependency",
    "dependency dependencies deps library package vendor",
    "plugin extension addon module",
    "interface api contract",
    "template view render engine",
    "prototype inherit inherited inheritance",
    "variable locals constant",
    "file document",
    "folder directory dir",
    "cache cached caching etag",
    "etag validator conditional fresh",
    "buffer memory ram",
    "stream streaming chunk chunked piece",
    "thread goroutine concurrency concurrent parallel race",
    "async asynchronous await",
    "database db sql storage store",
    "queue backlog buffer",
    "log logging logger logged",
    "format formatter encoder encoding",
    "metric metrics telemetry monitoring",
    "trace tracing span",
    "test tests spec suite",
    "fuzz fuzzing fuzzer random",
    "ci pipeline workflow job build",
    "linter lint style flake8 isort black ruff formatter",
    "script command cli",
    "container docker image",
    "signal sigterm sighup",
    "version release tag",
    "license licence copyright",
    "maintainer captain owner committee",
    "code source implementation",
    // The web.
    "client user visitor browser consumer customer",
    "server backend upstream host",
    "backend upstream",
    "proxy forward forwarded forwarding gateway",
    "endpoint route path url",
    "url uri link address",
    "address ip host hostname domain",
    "domain host hostname",
    "request call query",
    "response reply answer",
    "header headers metadata",
    "verb verbs method methods options",
    "redirect redirection location moved forward",
    "cookie session",
    "body payload content",
    "form multipart upload",
    "upload send file",
    "download attachment",
    "query querystring search param params",
    "cors origin cross",
    "website site page web",
    "socket connection connect",
    "websocket upgrade",
    "charset character encoding chardet charset_normalizer",
    "compress compression gzip brotli zstd deflate",
    "html markup page",
    "json serialize serialise serialization",
    "status code",
    "port listen listener bind",
    "dns resolver lookup srv",
    "load balance balancing balancer distribute selection",
    "balancing hash hashing rendezvous sticky",
    "healthy unhealthy health circuit breaker circuitbreaker failing",
    // Safety.
    "security vulnerability cve advisory exploit attack attacker unsafe",
    "attack attacker malicious",
    "auth authentication login credentials password authorization signin",
    "credentials password secret token",
    "encrypt encrypted encryption tls ssl https secure",
    "certificate cert certificates pki acme ca",
    "secure https tls hsts",
    "trust trusted believe believed",
    "permission access privilege",
    "sanitize escape clean",
    "hash digest checksum",
    // People and habits.
    "reason rationale because motivation",
    "decide decision choose choice pick",
    "prefer choice choose preferred",
    "wrong mistake oversight",
    "deprecated warning warn",
    "warn warning notice told notify",
    "maintain maintained unmaintained abandoned",
    "optional extra optionally",
    "mandatory required",
    "strict stricter strictness",
    "compatible compatibility backwards",
    "garbage __del__ finalizer destructor",
    "multiple several many",
    "nested inner recursive recursion",
    "overflow recursion depth",
    "synchronous sync",
    "iterate iterator loop",
    "empty blank missing null none",
    "missing absent lacking nonexistent notfound",
    "large big huge long",
    "small tiny little short",
    "start begin launch startup boot",
    "run execute invoke",
    "show display print",
    "hide conceal redact mask",
    "copy clone duplicate",
    "order sort sorting",
    "whitespace space blank newline",
    "quote quoted escape",
    "literal raw verbatim heredoc",
    "wildcard glob pattern regex",
    "count length size",
    "time date timestamp",
];

/// For each token, the tokens that may stand for it.
fn table() -> &'static HashMap<String, Vec<String>> {
    static TABLE: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        for group in GROUPS {
            let tokens: Vec<String> = group.split(' ').flat_map(parts_of).collect();
            for token in &tokens {
                let others = table.entry(token.clone()).or_default();
                for other in &tokens {
                    if other != token && !others.contains(other) {
                        others.push(other.clone());
                    }
                }
            }
        }
        table
    })
}

/// Tokens that may stand for one.
pub(crate) fn others(token: &str) -> &'static [String] {
    table().get(token).map_or(&[], Vec::as_slice)
}
