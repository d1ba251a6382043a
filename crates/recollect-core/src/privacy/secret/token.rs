//! Secrets that a fixed beginning gives away: what may follow it, and how much.

use super::scan::{ALNUM, BASE64, Class, HEX, Scan, UPPER, URL_SAFE, WORD, entropy, holds};

/// One published format of a secret.
pub(super) struct Token {
    /// Name in the marker.
    pub rule: &'static str,
    /// How it begins, in the right letter case.
    pub prefix: &'static str,
    /// What follows.
    class: Class,
    /// Fewest characters that follow.
    min: usize,
    /// Most characters that follow.
    max: usize,
    /// Whether it must be a word of its own, for beginnings that words have.
    is_word: bool,
}

/// Bits per character below which it is a placeholder such as `ghp_xxxx…`.
const MIN_ENTROPY: f64 = 2.5;

/// Characters after which it is known what something is.
const LOOK: usize = 128;

const fn token(rule: &'static str, prefix: &'static str, class: Class, min: usize) -> Token {
    Token {
        rule,
        prefix,
        class,
        min,
        max: usize::MAX,
        is_word: false,
    }
}

impl Token {
    const fn at_most(self, max: usize) -> Self {
        Self { max, ..self }
    }

    const fn whole_word(self) -> Self {
        Self {
            is_word: true,
            ..self
        }
    }

    /// Where the secret ends whose beginning stands at a place, if it is one.
    pub fn end(&self, scan: &Scan<'_>, start: usize) -> Option<usize> {
        let body = start + self.prefix.len();
        if scan.slice(start, body) != self.prefix || self.is_word && !scan.is_word_start(start) {
            return None;
        }
        let (length, looked) = scan.run(body, self.class, LOOK.min(self.max.saturating_add(1)));
        if length < self.min || length > self.max {
            return None;
        }
        let said = scan.slice(body, looked);
        if entropy(said) < MIN_ENTROPY || holds(said, "example") || holds(said, "xxxxxx") {
            return None;
        }
        // What else hangs on to it is taken for a part of it.
        Some(scan.end_of(
            looked,
            if self.max == usize::MAX {
                self.class
            } else {
                WORD
            },
        ))
    }
}

const DOTTED: Class = URL_SAFE.and(".");
const BASE64_ANY: Class = BASE64.and("-_");

/// Google's keys have one length, so a longer word that begins so is none.
const GOOGLE: usize = 35;
/// A UUID without hyphens, an MD5 sum, a hexadecimal key of 128 bits.
const HEX_128: usize = 32;

pub(super) const TOKENS: &[Token] = &[
    token("github-token", "ghp_", ALNUM, 36),
    token("github-token", "gho_", ALNUM, 36),
    token("github-token", "ghu_", ALNUM, 36),
    token("github-token", "ghs_", ALNUM, 36),
    token("github-token", "ghr_", ALNUM, 36),
    token("github-pat", "github_pat_", WORD, 36),
    token("gitlab-token", "glpat-", DOTTED, 20),
    token("gitlab-token", "gldt-", DOTTED, 20),
    token("gitlab-token", "glrt-", DOTTED, 20),
    token("gitlab-token", "glptt-", DOTTED, 20),
    token("gitlab-token", "glsoat-", DOTTED, 20),
    token("gitlab-token", "glcbt-", DOTTED, 20),
    token("google-api-key", "AIza", URL_SAFE, GOOGLE)
        .at_most(GOOGLE)
        .whole_word(),
    token("stripe-key", "sk_live_", ALNUM, 16),
    token("stripe-key", "rk_live_", ALNUM, 16),
    token("stripe-key", "sk_test_", ALNUM, 16),
    token("stripe-key", "rk_test_", ALNUM, 16),
    token("stripe-key", "whsec_", BASE64, 24),
    token("npm-token", "npm_", ALNUM, 36),
    token("pypi-token", "pypi-AgEIcHlwaS5vcmc", URL_SAFE, 50),
    token("twilio-key", "SK", HEX, HEX_128)
        .at_most(HEX_128)
        .whole_word(),
    token("mailgun-key", "key-", HEX, HEX_128)
        .at_most(HEX_128)
        .whole_word(),
    token("huggingface-token", "hf_", ALNUM, 30).whole_word(),
    token("replicate-token", "r8_", ALNUM, 32).whole_word(),
    token("groq-key", "gsk_", ALNUM, 40).whole_word(),
    token("perplexity-key", "pplx-", ALNUM, 40),
    token("digitalocean-token", "dop_v1_", HEX, 64),
    token("digitalocean-token", "doo_v1_", HEX, 64),
    token("digitalocean-token", "dor_v1_", HEX, 64),
    token("heroku-key", "HRKU-", URL_SAFE, 36),
    token("fly-token", "fo1_", URL_SAFE, 40).whole_word(),
    token("fly-token", "fm1r_", BASE64_ANY, 80).whole_word(),
    token("fly-token", "fm2_", BASE64_ANY, 80).whole_word(),
    token("netlify-token", "nfp_", ALNUM, 36),
    token("vault-token", "hvs.", URL_SAFE, 24).whole_word(),
    token("vault-token", "hvb.", URL_SAFE, 24).whole_word(),
    token("doppler-token", "dp.pt.", ALNUM, 40).whole_word(),
    token("doppler-token", "dp.st.", DOTTED, 40).whole_word(),
    token("doppler-token", "dp.sa.", ALNUM, 40).whole_word(),
    token("age-key", "AGE-SECRET-KEY-1", UPPER, 50),
    token("1password-token", "ops_eyJ", BASE64_ANY, 100),
    token("1password-token", "A3-", UPPER.and("-"), 30).whole_word(),
    token("shopify-token", "shpat_", HEX, HEX_128),
    token("shopify-token", "shpss_", HEX, HEX_128),
    token("databricks-token", "dapi", HEX, HEX_128)
        .at_most(HEX_128)
        .whole_word(),
    token("sentry-token", "sntrys_", BASE64_ANY, 40),
    token("sentry-token", "sntryu_", HEX, 64),
    token("grafana-token", "glsa_", WORD, 40),
    token("grafana-token", "glc_", BASE64, 32).whole_word(),
    token("newrelic-key", "NRAK-", UPPER, 27),
    token("linear-key", "lin_api_", ALNUM, 40),
    token("notion-token", "ntn_", ALNUM, 40),
    token("postman-key", "PMAK-", HEX.and("-"), 50),
    token("slack-token", "xoxa-", URL_SAFE, 20),
    token("slack-token", "xoxb-", URL_SAFE, 20),
    token("slack-token", "xoxe-", URL_SAFE, 20),
    token("slack-token", "xoxe.", DOTTED, 20),
    token("slack-token", "xoxo-", URL_SAFE, 20),
    token("slack-token", "xoxp-", URL_SAFE, 20),
    token("slack-token", "xoxr-", URL_SAFE, 20),
    token("slack-token", "xoxs-", URL_SAFE, 20),
    token("slack-token", "xapp-", URL_SAFE, 20),
    token("anthropic-key", "sk-ant-", URL_SAFE, 40),
    token("openai-key", "sk-proj-", URL_SAFE, 40),
    token("openai-key", "sk-svcacct-", URL_SAFE, 40),
    token("openai-key", "sk-admin-", URL_SAFE, 40),
    token("openrouter-key", "sk-or-", URL_SAFE, 40),
];
