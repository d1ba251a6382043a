//! Services whose keys carry no mark: there only the service's name before the value tells.

/// Names, as single words.
pub(super) const NAMES: &[&str] = &[
    "adafruit",
    "adobe",
    "airtable",
    "algolia",
    "alibaba",
    "amplitude",
    "anthropic",
    "asana",
    "assemblyai",
    "atlassian",
    "auth0",
    "aws",
    "azure",
    "beamer",
    "bitbucket",
    "bittrex",
    "bugsnag",
    "buildkite",
    "circleci",
    "clearbit",
    "clickhouse",
    "cloudflare",
    "cloudinary",
    "codecov",
    "cohere",
    "coinbase",
    "confluent",
    "contentful",
    "coveralls",
    "datadog",
    "deepgram",
    "deepseek",
    "digitalocean",
    "discord",
    "dnsimple",
    "droneci",
    "dropbox",
    "elevenlabs",
    "etsy",
    "facebook",
    "fastly",
    "figma",
    "finicity",
    "finnhub",
    "firebase",
    "flickr",
    "flyio",
    "freshbooks",
    "freshdesk",
    "gemini",
    "giphy",
    "gitter",
    "gocardless",
    "grafana",
    "groq",
    "heroku",
    "honeybadger",
    "honeycomb",
    "hubspot",
    "huggingface",
    "infura",
    "intercom",
    "ipinfo",
    "jenkins",
    "jfrog",
    "jira",
    "klaviyo",
    "kraken",
    "kucoin",
    "langsmith",
    "launchdarkly",
    "linear",
    "linkedin",
    "lob",
    "logdna",
    "loggly",
    "looker",
    "mailchimp",
    "mailgun",
    "mailjet",
    "mandrill",
    "mapbox",
    "mattermost",
    "meraki",
    "messagebird",
    "mistral",
    "mixpanel",
    "netlify",
    "newrelic",
    "notion",
    "npmjs",
    "nytimes",
    "okta",
    "openai",
    "openweather",
    "openweathermap",
    "opsgenie",
    "optimizely",
    "pagerduty",
    "paypal",
    "perplexity",
    "pinecone",
    "plaid",
    "planetscale",
    "postmark",
    "posthog",
    "privateai",
    "pusher",
    "quay",
    "rapidapi",
    "razorpay",
    "recaptcha",
    "replicate",
    "rollbar",
    "salesforce",
    "segment",
    "sendbird",
    "sendgrid",
    "sendinblue",
    "sentry",
    "shodan",
    "shopify",
    "sidekiq",
    "slack",
    "snyk",
    "sonar",
    "sonarqube",
    "sourcegraph",
    "sparkpost",
    "splunk",
    "spotify",
    "square",
    "squarespace",
    "stripe",
    "sumo",
    "sumologic",
    "supabase",
    "telegram",
    "terraform",
    "todoist",
    "travisci",
    "trello",
    "twilio",
    "twitch",
    "twitter",
    "typeform",
    "vercel",
    "virustotal",
    "vultr",
    "wakatime",
    "weatherapi",
    "webex",
    "yandex",
    "zapier",
    "zendesk",
    "zoom",
];

use super::Span;
use super::letters::{ALNUM, BLANK, Class, QUOTE, SPACE, URL_SAFE, WORD, entropy};
use super::scan::Scan;
use super::shape::push;
use super::value::{self, Look};

/// Longest rest of a name behind the service's: `datadog_eu`, `datadog app`.
const NAME: usize = 24;

/// A long random value behind a service's name, with or without a sign between them.
pub(super) fn service(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let is_part = |byte: u8| byte.is_ascii_lowercase() && scan.back(start, 1).is_ascii_lowercase();
    if is_part(scan.byte(start)) {
        return 0;
    }
    let (_, behind) = scan.run(end, const { WORD.and("-.") }, NAME);
    let mut at = behind;
    let mut has_sign = false;
    for _ in 0..8 {
        match scan.byte(at) {
            b':' | b'=' | b'>' => has_sign = true,
            byte if QUOTE.has(byte)
                || BLANK.has(byte)
                || byte == b'*'
                || byte == b'('
                || byte == b',' => {}
            _ => break,
        }
        at += 1;
    }
    if at == behind {
        return 0;
    }
    const VALUE: Class = URL_SAFE.and("+/=");
    let (length, looked) = scan.run(at, VALUE, value::LOOK);
    let said = scan.slice(at, looked);
    let after = scan.byte(looked);
    // What is longer than what decides goes on.
    let ends = length == value::LOOK
        || after == 0
        || SPACE.has(after)
        || QUOTE.has(after)
        || b",;.)<}]&|*".contains(&after);
    let digits = said.bytes().filter(u8::is_ascii_digit).count();
    let joints = said.bytes().filter(|byte| !ALNUM.has(*byte)).count();
    let is_uuid = length == 36 && joints == 4;
    let is_key = length >= if has_sign { 16 } else { 20 }
        && ends
        && digits >= 2
        && (is_uuid || joints * 6 <= length)
        && entropy(said) >= 3.0
        && scan.look(said) == Look::Drawn;
    if !is_key {
        return 0;
    }
    let end = scan.end_of(looked, VALUE);
    push(found, "secret", at, end)
}
