//! For each rule how to draw a secret, and texts that only look like one.

#![allow(dead_code)]

use super::random;

use random::ALNUM;
pub use random::Random;

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &str = "0123456789abcdef";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT: &str = "0123456789";

pub struct Secret {
    pub text: String,
    /// The part that must go.
    pub needle: String,
}

/// Makes something of random numbers.
type Draw<T> = Box<dyn Fn(&mut Random) -> T>;

pub struct Case {
    pub rule: &'static str,
    pub make: Draw<Secret>,
    pub near: Draw<Vec<String>>,
}

/// A fixed beginning and so many characters.
fn token(rule: &'static str, prefix: &'static str, alphabet: &'static str, length: usize) -> Case {
    Case {
        rule,
        make: Box::new(move |random| {
            let text = format!("{prefix}{}", random.of(alphabet, length));
            Secret {
                needle: text.clone(),
                text,
            }
        }),
        near: Box::new(move |random| {
            vec![
                format!("{prefix}{}", random.of(alphabet, 6)),
                format!("{prefix}{}", "x".repeat(length)),
                format!("{prefix} is how it begins"),
                format!("{prefix}<your key>"),
            ]
        }),
    }
}

/// A text around a value that is drawn; `{}` stands for it. Digits stand within, since a
/// value that its place alone tells is left where its letters read like words by chance;
/// how often that is, `npm run quality -- secrets` says.
fn around(
    rule: &'static str,
    text: &'static str,
    alphabet: &'static str,
    length: usize,
    near: &'static [&'static str],
) -> Case {
    Case {
        rule,
        make: Box::new(move |random| {
            let needle = "9e2a".to_owned() + &random.of(alphabet, length - 6) + "7f";
            Secret {
                text: text.replace("{}", &needle),
                needle,
            }
        }),
        near: Box::new(move |_| near.iter().map(|&text| text.to_owned()).collect()),
    }
}

fn block(label: &'static str) -> Case {
    Case {
        rule: "private-key",
        make: Box::new(move |random| {
            let lines: Vec<String> = (0..4).map(|_| random.of(BASE64, 64)).collect();
            let dashes = "-----";
            let text = format!(
                "{dashes}BEGIN {label}{dashes}\n{}\n{dashes}END {label}{dashes}",
                lines.join("\n")
            );
            Secret {
                text,
                needle: lines[2].clone(),
            }
        }),
        near: Box::new(|random| {
            let body = random.of(BASE64, 64);
            let dashes = "-----";
            vec![
                format!("{dashes}BEGIN PUBLIC KEY{dashes}\n{body}\n{dashes}END PUBLIC KEY{dashes}"),
                format!("{dashes}BEGIN CERTIFICATE{dashes}\n{body}"),
                "the private key begins with dashes".to_owned(),
            ]
        }),
    }
}

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        token("github-token", "ghp_", ALNUM, 36),
        token("github-token", "ghs_", ALNUM, 36),
        token("github-pat", "github_pat_", ALNUM, 82),
        token("gitlab-token", "glpat-", URL_SAFE, 20),
        token("gitlab-token", "glrt-", URL_SAFE, 20),
        token("anthropic-key", concat!("sk-", "ant-api03-"), URL_SAFE, 95),
        token(
            "anthropic-key",
            concat!("sk-", "ant-admin01-"),
            URL_SAFE,
            95,
        ),
        token("openai-key", concat!("sk-", "proj-"), URL_SAFE, 120),
        token("openai-key", concat!("sk-", "svcacct-"), URL_SAFE, 120),
        token("openrouter-key", concat!("sk-", "or-v1-"), HEX, 64),
        token("google-api-key", "AIza", ALNUM, 35),
        token("slack-token", "xoxb-", ALNUM, 48),
        token("slack-token", "xapp-", ALNUM, 60),
        token("stripe-key", "sk_live_", ALNUM, 24),
        token("stripe-key", "rk_live_", ALNUM, 24),
        token("stripe-key", "whsec_", ALNUM, 32),
        token("npm-token", "npm_", ALNUM, 36),
        token("pypi-token", "pypi-AgEIcHlwaS5vcmc", URL_SAFE, 120),
        token("twilio-key", "SK", HEX, 32),
        token("mailgun-key", "key-", HEX, 32),
        token("huggingface-token", "hf_", ALNUM, 34),
        token("replicate-token", "r8_", ALNUM, 37),
        token("groq-key", "gsk_", ALNUM, 52),
        token("perplexity-key", "pplx-", ALNUM, 48),
        token("digitalocean-token", "dop_v1_", HEX, 64),
        token("heroku-key", "HRKU-", ALNUM, 60),
        token("fly-token", "fo1_", ALNUM, 43),
        token("fly-token", "fm2_", BASE64, 120),
        token("netlify-token", "nfp_", ALNUM, 36),
        token("vault-token", "hvs.", ALNUM, 90),
        token("doppler-token", "dp.pt.", ALNUM, 43),
        token("age-key", "AGE-SECRET-KEY-1", UPPER, 58),
        token("1password-token", "ops_eyJ", ALNUM, 250),
        token("shopify-token", "shpat_", HEX, 32),
        token("databricks-token", "dapi", HEX, 32),
        token("sentry-token", "sntrys_", ALNUM, 80),
        token("grafana-token", "glsa_", ALNUM, 41),
        token("grafana-token", "glc_", ALNUM, 60),
        token("newrelic-key", "NRAK-", UPPER, 27),
        token("linear-key", "lin_api_", ALNUM, 40),
        token("notion-token", "ntn_", ALNUM, 46),
        token("postman-key", "PMAK-", HEX, 59),
        block("PRIVATE KEY"),
        block("RSA PRIVATE KEY"),
        block("OPENSSH PRIVATE KEY"),
        block("PGP PRIVATE KEY BLOCK"),
    ];
    cases.extend(shaped());
    cases.extend(placed());
    cases
}

/// Known by more than a beginning.
fn shaped() -> Vec<Case> {
    vec![
        Case {
            rule: "aws-access-key",
            make: Box::new(|random| {
                let text = format!("AKIA{}", random.of(UPPER, 16));
                Secret {
                    needle: text.clone(),
                    text,
                }
            }),
            near: Box::new(|random| {
                vec![
                    format!("AKIA{}", random.of(UPPER, 12)),
                    ["AKIAIOSFODNN7", "EXAMPLE"].concat(),
                    format!("AKIA{}", "A".repeat(16)),
                    format!("{}AKIA{}", random.of(UPPER, 5), random.of(UPPER, 16)),
                ]
            }),
        },
        Case {
            rule: "aws-secret-key",
            make: Box::new(|random| {
                let needle = random.of(BASE64, 37) + "aZ9";
                let text = format!("AKIA{}, {needle}", random.of(UPPER, 16));
                Secret { text, needle }
            }),
            near: Box::new(|random| {
                let hash = random.of(HEX, 40);
                vec![
                    format!("commit {hash}"),
                    random.of(BASE64, 40),
                    format!("sha1 {hash} beside AKIA"),
                ]
            }),
        },
        Case {
            rule: "openai-key",
            make: Box::new(|random| {
                let (first, second) = (random.of(ALNUM, 20), random.of(ALNUM, 20));
                let text = format!("sk-{first}{}{second}", ["T3Blbk", "FJ"].concat());
                Secret {
                    needle: text.clone(),
                    text,
                }
            }),
            near: Box::new(|_| {
                ["sk-", "sk-learn and task-runner", "risk-free"]
                    .map(String::from)
                    .into()
            }),
        },
        Case {
            rule: "sk-key",
            make: Box::new(|random| {
                let text = format!("sk-{}", random.word(32));
                Secret {
                    needle: text.clone(),
                    text,
                }
            }),
            near: Box::new(|random| {
                vec![
                    "sk-circle-fade-dot-animation-delay-1".to_owned(),
                    format!("task-{}", random.of(HEX, 32)),
                    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".to_owned(),
                ]
            }),
        },
        Case {
            rule: "jwt",
            make: Box::new(|random| {
                let needle = random.of(URL_SAFE, 43);
                let (head, body) = (random.of(ALNUM, 17), random.of(ALNUM, 60));
                Secret {
                    text: format!("eyJ{head}.eyJ{body}.{needle}"),
                    needle,
                }
            }),
            near: Box::new(|random| {
                vec![
                    "eyJhbGciOiJIUzI1NiJ9".to_owned(),
                    format!("eyJ{}.short", random.of(ALNUM, 20)),
                    "they.were.eyJ".to_owned(),
                ]
            }),
        },
        Case {
            rule: "sendgrid-key",
            make: Box::new(|random| {
                let (first, second) = (random.of(URL_SAFE, 22), random.of(URL_SAFE, 43));
                let text = format!("SG.{first}.{second}");
                Secret {
                    needle: text.clone(),
                    text,
                }
            }),
            near: Box::new(|_| {
                ["SG.example.com", "SG.", "MSG.sent.today"]
                    .map(String::from)
                    .into()
            }),
        },
        Case {
            rule: "telegram-token",
            make: Box::new(|random| {
                let needle = format!("AA{}", random.of(URL_SAFE, 33));
                let text = format!("1{}:{needle}", random.of(DIGIT, 8));
                Secret { text, needle }
            }),
            near: Box::new(|random| {
                vec![
                    "12:AA".to_owned(),
                    format!("123456789:AB{}", random.of(ALNUM, 33)),
                    format!("1234:AA{}", random.of(ALNUM, 33)),
                ]
            }),
        },
        Case {
            rule: "azure-secret",
            make: Box::new(|random| {
                let text = format!("{}8Q~{}", random.of(ALNUM, 3), random.of(ALNUM, 34));
                Secret {
                    needle: text.clone(),
                    text,
                }
            }),
            near: Box::new(|_| {
                ["8Q~", "abc8Q~short", "FAQ~ is a word"]
                    .map(String::from)
                    .into()
            }),
        },
    ]
}

/// Known by the place they stand in.
fn placed() -> Vec<Case> {
    const HOOKS: &[&str] = &[
        "https://hooks.slack.com/services/",
        "https://discord.com/api/webhooks/<id>/<token>",
        "https://team.webhook.office.com/webhookb2/",
    ];
    const HEADERS: &[&str] = &[
        "Authorization: Bearer <token>",
        "authorization: Bearer ${token}",
        "The Authorization header takes a bearer token.",
        "Authorization: Basic authentication is used",
        "headers.authorization = request.headers.authorization",
    ];
    const ADDRESSES: &[&str] = &[
        "postgres://user:password@localhost/db",
        "https://host.test/a?mail=b@c.test",
        "redis://app:${REDIS}@db.test",
        "git+ssh://git@host.test/a/b.git",
        "http://localhost:8080/@scope/name",
    ];
    const NAMES: &[&str] = &[
        "password = \"changeme\"",
        "api_key: process.env.API_KEY",
        "token = tokens.next()",
        "max_tokens: 128000, token_count = 4096",
        "const token = cancellationToken;",
        "secret: ${{ secrets.DEPLOY_KEY2 }}",
        "the password is checked against the hash",
        "\"publicKeyToken\": \"b77a5c561934e089\"",
        "\"integrity\": \"sha512-abc123abc123abc123abc123==\"",
        "keyboard: a1b2c3d4e5f6g7h8i9",
    ];
    vec![
        around(
            "webhook",
            "https://hooks.slack.com/services/T0AB1CD2E/B0AB1CD2E/{}",
            ALNUM,
            24,
            HOOKS,
        ),
        around(
            "webhook",
            "https://discord.com/api/webhooks/123456789012345678/{}",
            URL_SAFE,
            68,
            HOOKS,
        ),
        around(
            "webhook",
            concat!(
                "https://team.webhook.office.com",
                "/webhookb2/1b2c@4e5f/IncomingWebhook/{}"
            ),
            HEX,
            32,
            HOOKS,
        ),
        around(
            "azure-key",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey={}==",
            BASE64,
            86,
            &[
                "AccountKey=",
                "AccountKey=<key>",
                "the AccountKey is in the vault",
            ],
        ),
        around(
            "azure-signature",
            "https://a.blob.test/c?sv=2024&sig={}%3D",
            BASE64,
            43,
            &["sig=", "sig=short", "the sig= parameter"],
        ),
        around(
            "gcp-key-id",
            "\"private_key_id\": \"{}\"",
            HEX,
            40,
            &[
                "\"private_key_id\": \"<id>\"",
                "private_key_id",
                "private_key_id: 12ab",
            ],
        ),
        around(
            "npm-token",
            "//registry.test/:_authToken={}",
            ALNUM,
            36,
            &[
                "_authToken=${NPM_TOKEN}",
                "_authToken",
                "_authToken=<token>",
            ],
        ),
        around(
            "authorization",
            "Authorization: Bearer {}",
            ALNUM,
            40,
            HEADERS,
        ),
        around(
            "authorization",
            "Authorization: Basic {}=",
            ALNUM,
            23,
            HEADERS,
        ),
        around("authorization", "authorization: token {}", HEX, 40, HEADERS),
        around(
            "cookie",
            "Cookie: theme=dark; sessionid={}",
            ALNUM,
            32,
            &[
                "Cookie: theme=dark",
                "Set-Cookie: a=b; Path=/; HttpOnly",
                "a cookie: it keeps a session",
            ],
        ),
        around(
            "cookie",
            "Set-Cookie: connect.sid=s%3A{}; Path=/",
            ALNUM,
            40,
            &["cookie: theme", "cookies are set", "Cookie: ${cookie}"],
        ),
        around(
            "command-password",
            "curl -u ann:{} https://a.test",
            ALNUM,
            14,
            &[
                "curl -u $LOGIN https://a.test",
                "docker exec -u root:root a",
                "id -u ann",
            ],
        ),
        around(
            "url-password",
            "postgres://app:{}@db.test:5432/app",
            ALNUM,
            14,
            ADDRESSES,
        ),
        around(
            "url-password",
            "https://{}@git.test/a/b.git",
            ALNUM,
            30,
            ADDRESSES,
        ),
        around("secret", "DB_PASSWORD={}", ALNUM, 16, NAMES),
        around("secret", "\"clientSecret\": \"{}\"", ALNUM, 32, NAMES),
        around("secret", "api_key = '{}'", ALNUM, 24, NAMES),
        around(
            "secret",
            "config[\"auth_token\"] = \"{}\"",
            ALNUM,
            24,
            NAMES,
        ),
        around("secret", "const API_KEY: &str = \"{}\";", ALNUM, 24, NAMES),
        around("secret", "password: {}", ALNUM, 16, NAMES),
        around("secret", "deploy --token {} --yes", ALNUM, 32, NAMES),
        around("secret", "<password>{}</password>", ALNUM, 16, NAMES),
        around(
            "secret",
            "https://a.test/?access_token={}",
            ALNUM,
            32,
            NAMES,
        ),
    ]
}

/// A text without the escapes of JSON.
pub fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace('\\', "")
}
