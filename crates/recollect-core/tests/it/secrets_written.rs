//! The ways in which people and programs write a secret down, one a line, and
//! the lines that are only like them.
//!
//! `<X>` stands for a secret, which is drawn at run time, so that this file holds none.

#![allow(clippy::unwrap_used, missing_docs)]

use crate::secrets::cases;

use cases::Random;
use recollect_core::intake::privacy::redact;

/// What a machine draws, and what a person chooses.
fn secrets(random: &mut Random) -> Vec<String> {
    let drawn = format!("{}7Kq", random.word(14));
    vec![
        drawn,
        ["hun", "ter2"].concat(),
        ["Sun", "shine", "42!"].concat(),
    ]
}

/// The lines in which a secret is left, with what became of them.
fn kept<'a>(lines: &[&'a str], secrets: &[String]) -> Vec<(&'a str, String)> {
    let mut kept = Vec::new();
    for line in lines {
        for secret in secrets {
            let text = line.replace("<X>", secret);
            let left = redact(&text).text.into_owned();
            if left.contains(secret.as_str()) {
                kept.push((*line, left));
            }
        }
    }
    kept
}

#[track_caller]
fn assert_gone(lines: &[&str]) {
    let kept = kept(lines, &secrets(&mut Random::new(11)));
    assert!(kept.is_empty(), "{kept:#?}");
}

#[track_caller]
fn assert_gone_if(lines: &[&str], secrets: &[String]) {
    let kept = kept(lines, secrets);
    assert!(kept.is_empty(), "{kept:#?}");
}

#[test]
fn a_long_value_goes_to_its_end() {
    let mut random = Random::new(5);
    for length in [257, 618, 900, 2_000] {
        let secret = random.word(length);
        for line in [
            "export AWS_SESSION_TOKEN=<X>",
            "{\"SessionToken\":\"<X>\"}",
            "{\"refresh_token\":\"<X>\",\"n\":1}",
            "GOOGLE_CREDENTIALS_BASE64_SECRET=<X>",
            "access_token: <X>",
            "https://api.test/cb?access_token=<X>&state=1",
            "Authorization: Bearer <X>",
            "client_secret = '<X>'",
            "curl -u joe:<X> https://a.test",
            "datadog <X>",
            "Heroku: <X>",
            "my password is <X>",
            "{\\\"id_token\\\":\\\"<X>\\\"}",
        ] {
            let left = redact(&line.replace("<X>", &secret)).text.into_owned();
            let end = &secret[secret.len() - 12..];
            assert!(!left.contains(end), "{length} of {line}: {left}");
            assert!(!left.contains(&secret[..12]), "{length} of {line}: {left}");
        }
    }
}

#[test]
fn the_name_tells() {
    assert_gone(&[
        "DB_PASS=<X>",
        "smtp_pass = \"<X>\"",
        "{\"dbPass\":\"<X>\"}",
        "PGPASSWORD=<X> psql -h db",
        "export REDIS_PW=<X>",
        "admin_pw: <X>",
        "ftpPwd = '<X>'",
        "MYSQL_ROOT_PASSWORD: \"<X>\"",
        "spring.datasource.password=<X>",
        "db.password: <X>",
        "$env:DB_PASSWORD = \"<X>\"",
        "set DB_PASSWORD=<X>",
        "DB_PASSPHRASE=<X>",
        "const adminPassword = \"<X>\";",
        "DJANGO_SUPERUSER_PASSWORD='<X>'",
    ]);
    let pins = ["4711", "84913027"].map(String::from);
    assert_gone_if(
        &[
            "pin: <X>",
            "SIM_PIN=<X>",
            "{\"pin\":\"<X>\"}",
            "cardPin = \"<X>\"",
            "the pin is <X>",
            "my PIN is <X>.",
            "door pin is <X>, do not tell",
        ],
        &pins,
    );
}

#[test]
fn several_words_in_quotes_are_a_password_and_those_of_a_form_are_none() {
    let words = ["correct", "horse", "battery", "staple"];
    let secrets = [
        words[..3].join(" "),
        words.join(" "),
        format!("{}42 blue", words[1]),
    ];
    assert_gone_if(
        &[
            "password = \"<X>\"",
            "password: '<X>'",
            "{\"password\":\"<X>\"}",
            "passphrase = \"<X>\"",
            "DB_PASSWORD=\"<X>\"",
            "  password: \"<X>\" # of the box",
            "{\"name\":\"password\",\"value\":\"<X>\"}",
        ],
        &secrets,
    );
    for line in [
        "password: \"Enter your password\"",
        "password: \"must have at least eight characters\"",
        "\"password\": \"does not match\"",
        "password = \"too short or missing\"",
        "passwordHint: \"correct horse battery\"",
        "token = \"correct horse battery\"",
        "password: \"Contraseña de la cuenta\"",
        "password = \"\" if correct horse battery \"\"",
    ] {
        assert_eq!(redact(line).text, line);
    }
}

#[test]
fn a_sentence_tells() {
    assert_gone(&[
        "my password is <X>",
        "My password is: <X>",
        "the password for the staging box is <X>",
        "the root password was changed to <X>",
        "the wifi password is `<X>`",
        "use password <X> to log in",
        "log in with the password \"<X>\"",
        "password is <X>, user is joe",
        "The passphrase is <X>.",
        "Das Passwort lautet <X>",
        "mein Passwort ist <X>",
        "le mot de passe est <X>",
        "la contraseña es <X>",
        "a senha é <X>",
        "密码是 <X>",
        "パスワードは<X>です",
    ]);
}

#[test]
fn a_command_tells() {
    assert_gone(&[
        "ConvertTo-SecureString \"<X>\" -AsPlainText -Force",
        "$pw = ConvertTo-SecureString -String '<X>' -AsPlainText",
        "npm config set //registry.npmjs.org/:_authToken <X>7Kq2Wm9Zr4Tv",
        "mysql -uroot -p<X>",
        "mysql -u root -p'<X>' shop",
        "mysql -h db -u root --password=<X> -e 'select 1'",
        "mysqldump -uroot -p<X> shop > a.sql",
        "sqlcmd -S db -U sa -P '<X>'",
        "sqlcmd -U sa -P <X> -Q \"select 1\"",
        "curl -ujoe:<X> https://a.test",
        "curl -u joe:<X> https://a.test",
        "curl -u \"joe:<X>\" https://a.test",
        "curl --user=joe:<X> https://a.test",
        "curl --user joe:<X> https://a.test",
        "curl -sSLu joe:<X> https://a.test",
        "docker login -u joe -p <X>",
        "docker login -u joe -p<X> registry.test",
        "docker login --username joe --password <X>",
        "podman login -u joe -p '<X>' quay.test",
        "openssl enc -aes-256-cbc -in a -out b -passin pass:<X>",
        "openssl rsa -in k.pem -passout pass:<X>",
        "openssl pkcs12 -export -password pass:<X>",
        "echo <X> | docker login -u joe --password-stdin",
        "echo '<X>' | docker login -u joe --password-stdin",
        "printf '%s' \"<X>\" | helm registry login --password-stdin",
        "echo -n <X> | gh secret set DB_PASSWORD",
        "echo \"joe:<X>\" | chpasswd",
        "echo <X> | sudo -S apt update",
        "docker login --password-stdin <<< <X>",
        "az login -u joe -p <X>",
        "az login --service-principal -u id -p <X> --tenant t",
        "htpasswd -b f me <X>",
        "htpasswd -bc .htpasswd me <X>",
        "htpasswd -nb me <X>",
        "sshpass -p <X> ssh joe@host",
        "sshpass -p'<X>' scp a b:",
        "redis-cli -h r -a <X> ping",
        "mongosh -u joe -p <X> --host db",
        "wget --user=joe --password=<X> https://a.test",
        "wget --http-password=<X> https://a.test",
        "gh secret set DB_PASSWORD --body <X>",
        "gh secret set DB_PASSWORD -b'<X>'",
        "echo '<X>' | npx wrangler secret put DB_PASSWORD",
        "curl -su 'joe:<X>' https://a.test",
        "kubectl create secret generic db --from-literal=password=<X>",
        "gh auth login --with-token <<< <X>",
        "7z x -p<X> a.7z",
        "unzip -P <X> a.zip",
        "ldapsearch -D cn=admin -w <X> -b dc=test",
        "smbclient //nas/share -U joe%<X>",
        "sqlplus scott/<X>@db",
        "PGPASSWORD=<X> pg_dump shop",
        "$ mysql -uroot -p<X>",
        "RUN mysql -uroot -p<X> < a.sql",
        "sudo mysql -uroot -p<X>",
    ]);
}

#[test]
fn a_name_and_its_value_may_stand_apart() {
    assert_gone(&[
        "{\"name\":\"DB_PASSWORD\",\"value\":\"<X>\"}",
        "{\"value\":\"<X>\",\"name\":\"DB_PASSWORD\"}",
        "- name: DB_PASSWORD\n  value: <X>",
        "- name: DB_PASSWORD\n  value: \"<X>\"",
        "{\"key\":\"db.password\",\"type\":\"string\",\"value\":\"<X>\"}",
        "<add key=\"DbPassword\" value=\"<X>\" />",
        "<property name=\"password\" value=\"<X>\"/>",
        "<name>password</name>\n<value><X></value>",
        "{\"ParameterKey\":\"DBPassword\",\"ParameterValue\":\"<X>\"}",
        "{\"password\":{\"value\":\"<X>\"}}",
        "password:\n  value: <X>",
        "{\"secret\": {\"plaintext\": \"<X>\"}}",
        "{\"passwords\":[\"<X>\"]}",
        "{\"passwords\": [\"a1b2\", \"<X>\"]}",
        "passwords:\n  - <X>",
        "**Password:** <X>",
        "**Password**: <X>",
        "- **Admin password:** `<X>`",
        "| Password | <X> |",
        "password\u{ff1a}<X>",
        "密码\u{ff1a}<X>",
        "DB_PASSWORD\u{ff1d}<X>",
        "[db]\npassword = <X>",
        "[db]\r\nuser = joe\r\npassword = <X>\r\n",
        "password=<X>",
        "password = '<X>' # prod",
        "#define PASSWORD \"<X>\"",
        "#define WIFI_PASSWORD  \"<X>\"",
        "#  define DB_PASS \"<X>\"",
        "password:\n  <X>",
        "password: |\n  <X>",
        "Password:\n<X>\n",
        "CREATE USER joe IDENTIFIED BY '<X>'",
        "ALTER USER 'joe'@'%' IDENTIFIED WITH caching_sha2_password BY '<X>';",
        "create role joe login password '<X>';",
        "ALTER USER joe WITH PASSWORD '<X>'",
        "GRANT ALL ON *.* TO 'joe'@'%' IDENTIFIED BY \"<X>\"",
        "SET PASSWORD FOR 'joe'@'%' = PASSWORD('<X>')",
        "CREATE LOGIN joe WITH PASSWORD = '<X>'",
        "machine api.test login joe password <X>",
        "machine api.test\n  login joe\n  password <X>",
        "default login joe password <X>",
        "db.test:5432:shop:joe:<X>",
        "localhost:5432:*:postgres:<X>",
        "*:*:*:joe:<X>",
        "<password><X></password>",
        "password => \"<X>\"",
        "ENV DB_PASSWORD <X>",
    ]);
}

#[test]
fn a_connection_string_tells() {
    assert_gone(&[
        "postgres://joe:a/<X>@db.test/shop",
        "postgres://joe:<X>@db.test:5432/shop",
        "mysql://joe:<X>/b@db.test/shop",
        "amqp://joe:<X>@mq.test/%2f",
        "mongodb+srv://joe:<X>@c.test/?retryWrites=true",
        "redis://:<X>@r.test:6379/0",
        "jdbc:postgresql://db.test/shop?user=joe&password=<X>",
        "jdbc:mysql://db.test/shop?password=<X>&user=joe",
        "host=db.test user=joe password=<X> dbname=shop",
        "host=db.test password='two <X>' dbname=shop",
        "Server=db;User Id=sa;Password=<X>;Encrypt=yes",
        "Server=db;Uid=sa;Pwd=<X>;",
        "jdbc:oracle:thin:scott/<X>@//db.test:1521/orcl",
        "jdbc:oracle:thin:scott/<X>@db.test:1521:orcl",
        "jdbc:sqlserver://db.test:1433;user=sa;password=<X>;encrypt=true",
        "https://joe:<X>@git.test/a/b.git",
        "smtp://joe%40a.test:<X>@mail.test:587",
        "user=joe;password=\"two <X>\";server=db",
    ]);
}

#[test]
fn an_encoded_text_tells() {
    assert_gone(&[
        "%7B%22password%22%3A%22<X>%22%7D",
        "data=%7B%22db%22%3A%7B%22password%22%3A%22<X>%22%7D%7D",
        "%7b%22password%22%3a%20%22<X>%22%7d",
        "{&quot;password&quot;:&quot;<X>&quot;}",
        "password=&quot;<X>&quot;",
        "password=&#34;<X>&#34;",
        "<input name=\"password\" value=\"<X>\">",
        "{\\\"password\\\":\\\"<X>\\\"}",
        "{\\\\\\\"password\\\\\\\":\\\\\\\"<X>\\\\\\\"}",
        "\\u0022password\\u0022:\\u0022<X>\\u0022",
        "user%3Djoe%26password%3D<X>%26x%3D1",
    ]);
    let mut random = Random::new(21);
    for (prefix, length) in [
        ("ghp%5F", 36),
        ("sk%5Flive%5F", 24),
        ("npm%5F", 36),
        ("hf%5F", 34),
    ] {
        let secret = random.word(length);
        let left = redact(&format!("x={prefix}{secret}&y=1")).text.into_owned();
        assert!(!left.contains(&secret), "{prefix}: {left}");
    }
}

/// A private key's lines, drawn.
fn key_lines(random: &mut Random, label: &str) -> String {
    let lines: Vec<String> = (0..4).map(|_| random.word(64)).collect();
    let name = [label, "PRIVATE", " KEY"].concat();
    format!(
        "-----BEGIN {name}-----\n{}\n-----END {name}-----\n",
        lines.join("\n")
    )
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            bits << 8 | usize::from(group.get(at).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let sign = SIGNS[bits >> (18 - 6 * place) & 63];
            text.push(if place > group.len() {
                '='
            } else {
                char::from(sign)
            });
        }
    }
    text
}

#[test]
fn a_private_key_in_base64_goes_at_each_offset() {
    let mut random = Random::new(9);
    for label in ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "] {
        let key = key_lines(&mut random, label);
        for before in ["", "\n", "ab", "# k\n"] {
            let encoded = base64(format!("{before}{key}").as_bytes());
            let middle = &encoded[120..160];
            let wrapped = encoded
                .as_bytes()
                .chunks(76)
                .map(|line| format!("    {}\n", String::from_utf8_lossy(line)))
                .collect::<String>();
            for text in [
                format!("tls.key: {encoded}"),
                format!("{{\"tls.key\":\"{encoded}\"}}"),
                format!("KEY_B64={encoded}"),
                format!("echo {encoded} | base64 -d"),
                format!("tls.key: |\n{wrapped}"),
            ] {
                let left = redact(&text).text.into_owned();
                assert!(!left.contains(middle), "{label}{before:?}: {left}");
            }
        }
    }
}

#[test]
fn keys_in_files_of_their_own_go() {
    let mut random = Random::new(13);
    let secret = random.word(43);
    let (x, y) = (random.word(43), random.word(43));
    for text in [
        format!(
            "{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{x}\",\"y\":\"{y}\",\"d\":\"{secret}\"}}"
        ),
        format!("{{\"kty\":\"OKP\",\"d\":\"{secret}\",\"crv\":\"Ed25519\",\"x\":\"{x}\"}}"),
        format!("{{\n  \"d\": \"{secret}\",\n  \"kty\": \"EC\"\n}}"),
        format!(
            "{{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"{x}\",\"d\":\"{secret}\",\"p\":\"{y}\"}}"
        ),
        format!("{{\"kty\":\"oct\",\"k\":\"{secret}\",\"alg\":\"HS256\"}}"),
    ] {
        let left = redact(&text).text.into_owned();
        assert!(!left.contains(&secret), "{left}");
    }
    let primes = random.word(120);
    let jwk = format!(
        "{{\"kty\":\"RSA\",\"n\":\"{x}\",\"e\":\"AQAB\",\"d\":\"{secret}\",\"p\":\"{primes}\",\"dp\":\"{y}\"}}"
    );
    let left = redact(&jwk).text.into_owned();
    assert!(!left.contains(&primes) && !left.contains(&y), "{left}");
    let public = format!("{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{x}\",\"y\":\"{y}\"}}");
    assert_eq!(redact(&public).text, public, "a public key stays");
    for text in [
        "{\"d\": \"2026-11-29\"}",
        "{\"p\":\"a/b\",\"k\":\"v\"}",
        "path d=\"M10 20L30 40\"",
    ] {
        assert_eq!(redact(text).text, text);
    }
    let lines = [random.word(64), random.word(64), random.word(22)];
    for version in [2, 3] {
        let text = format!(
            "PuTTY-User-Key-File-{version}: ssh-ed25519\nEncryption: none\nComment: joe\nPublic-Lines: 1\nAAAAC3Nz\nPrivate-Lines: 3\n{}\nPrivate-MAC: {}\nmore",
            lines.join("\n"),
            "0f".repeat(32)
        );
        for text in [
            text.clone(),
            text.replace('\n', "\\n"),
            text.replace('\n', "\r\n"),
        ] {
            let left = redact(&text).text.into_owned();
            for line in &lines {
                assert!(!left.contains(line), "{left}");
            }
            assert!(left.ends_with("more"), "{left}");
        }
    }
    for text in ["Private-Lines: 3", "count Private-Lines: 8 of the file"] {
        assert_eq!(redact(text).text, text);
    }
    let number = (0..19)
        .map(|_| char::from(b'1' + random.below(9) as u8))
        .collect::<String>();
    let number = base64(number.as_bytes());
    let number = number.trim_end_matches('=');
    let bot = format!("{number}.{}.{}", random.word(6), random.word(38));
    for text in [
        bot.clone(),
        format!("client.login(\"{bot}\")"),
        format!("Authorization: Bot {bot}"),
        format!("DISCORD={bot}"),
        format!("I started it with {bot} today"),
    ] {
        let left = redact(&text).text.into_owned();
        assert!(!left.contains(&bot[27..]), "{left}");
    }
    for text in [
        number.to_owned(),
        format!("{number}.abcdef"),
        format!("{number}.abcdef.{number}"),
    ] {
        assert_eq!(redact(&text).text, text);
    }
}

#[test]
fn a_word_that_is_only_near_a_secrets_name_stays() {
    for line in [
        "Decision on password: Argon2id with 64MiB",
        "ConvertTo-SecureString and npm's config of a host take a secret",
        "use ConvertTo-SecureString -AsPlainText for it",
        "Decision on passwords: bcrypt with cost 12",
        "password hashing: scrypt N=16384",
        "the password is hashed with Argon2id",
        "Unexpected token: src/components/App2.tsx:14:7",
        "SyntaxError: Unexpected token: lib/parse5.js:3:1",
        "invalid token: crates/core/src/lib2.rs:10:4",
        "Unexpected token '<' in index.html",
        "auth: src/auth/Session2Handler.ts refactored",
        "auth: packages/auth/OAuth2Client.ts renamed",
        "fix(auth): move src/login/Login3Form.tsx",
        "token: crates/lexer/src/Token2.rs moved",
        "INVALID_TOKEN = \"ERR_INVALID_TOKEN_4001\"",
        "EXPIRED_TOKEN = \"E_TOKEN_EXPIRED_401\"",
        "const MISSING_SECRET = 'ERR_MISSING_SECRET_12';",
        "\"password\": \"errors.password.tooShort8\"",
        "\"password\": \"validation.password.min12\"",
        "\"secret\": \"messages.secret.notFound404\"",
        "passwordInput: \"#login-password-2\"",
        "password: \"#field-password-10\"",
        "passwordSelector: '.form .password-input-3'",
        "GOOGLE_APPLICATION_CREDENTIALS=keys/app-123.json",
        "GOOGLE_APPLICATION_CREDENTIALS=/etc/keys/app-123.json",
        "CREDENTIALS=./config/credentials2.json",
        "secret: grafana-admin-v2 is mounted",
        "secretName: postgres-credentials-v3",
        "secret: tls-cert-2026 is mounted at /etc/tls",
        "secrets: infra/prod/secrets2.yaml",
        "secrets: deploy/k8s/secrets.prod2.yml",
        "secrets = [\"infra/prod/db2.enc.yaml\"]",
        "http://localhost:3000?email=joe@example.org",
        "http://localhost:8080/?next=/u/joe@example.org",
        "http://127.0.0.1:5173/login?user=joe@example.org",
        "https://app.test:8443/?to=a@b.test",
        "Authorization: Digest username=\"user\"",
        "Authorization: Bearer <token>",
        "Authorization: Basic realm=\"shop\"",
        "WWW-Authenticate: Basic realm=\"a\"",
        "password reset works on iOS17",
        "the password field is tested in Chrome120",
        "the token is refreshed every 15min",
        "max_tokens: 4096",
        "tokens: 128000",
        "password: string",
        "password must be at least 12 characters",
        "pass: 14, fail: 2",
        "12 passed, 3 failed",
        "the pin is connected to GPIO17",
        "pin: GPIO4",
        "pass --password-stdin to docker login",
        "use curl -u user:password",
        "mysql -uroot -p",
        "docker login -u joe -p $TOKEN",
        "echo $TOKEN | docker login --password-stdin",
        "password: process.env.DB_PASSWORD",
        "Vec<private::Key> is a list",
        "template<private T> struct A {};",
        "grep -----BEGIN in the file and go on",
    ] {
        let left = redact(line).text.into_owned();
        assert_eq!(left, line);
    }
}

#[test]
fn a_function_is_given_a_password() {
    assert_gone(&[
        "user.setPassword(\"<X>\")",
        "user.set_password('<X>')",
        "await account.changePassword('<X>');",
        "builder.withPassword(\"<X>\").build()",
        "SetPassword(\"<X>\")",
        "admin.resetPassword(`<X>`)",
    ]);
}

#[test]
fn a_user_and_a_password_stand_in_one_value() {
    assert_gone(&[
        "credentials: joe:<X>",
        "Credentials: joe / <X>",
        "login: joe / <X>",
        "Login: joe@example.org / <X>",
        "login = joe:<X>",
        "LOGIN=joe:<X>",
        "{\"credentials\":\"joe:<X>\"}",
        "{\"login\": \"joe:<X>\", \"n\": 1}",
        "https://a.test/in?credentials=joe:<X>&n=1",
        "deploy --credentials joe:<X> --force",
        "deploy --creds=joe:<X>",
        "- **Login:** joe / <X>",
        "staging_login: joe:<X>",
    ]);
}

#[test]
fn windows_is_told_a_password() {
    assert_gone(&[
        "net use \\\\srv01\\disk /user:joe <X>",
        "net use \\\\srv01\\disk <X> /user:joe",
        "net use Z: \\\\srv01\\disk /user:LAB\\joe <X> /persistent:yes",
        "net user joe <X> /add",
        "ConvertTo-SecureString \"<X>\" -AsPlainText -Force",
        "ConvertTo-SecureString <X> -AsPlainText -Force",
        "ConvertTo-SecureString -String '<X>' -AsPlainText -Force",
        "$c = New-Object PSCredential('joe', (ConvertTo-SecureString '<X>' -AsPlainText -Force))",
    ]);
}

#[test]
fn a_code_lets_somebody_in() {
    let mut random = Random::new(17);
    let digits = |random: &mut Random, count: usize| -> String {
        (0..count)
            .map(|_| char::from(b'0' + random.below(10) as u8))
            .collect()
    };
    for _ in 0..20 {
        let code = format!("7{}", digits(&mut random, 5));
        for line in [
            "Your verification code is <X>.",
            "Your verification code: <X>",
            "<X> is your verification code",
            "Use <X> as your one-time code.",
            "OTP: <X>",
            "the otp is <X>",
            "OTP=<X>",
            "{\"otp\":\"<X>\"}",
            "{\"verificationCode\": <X>}",
            "https://a.test/in?otp=<X>&n=1",
            "npm publish --otp=<X>",
            "npm publish --otp <X>",
            "mfa_code: <X>",
            "otp_code=<X>",
            "2FA code <X>",
        ] {
            let left = redact(&line.replace("<X>", &code)).text.into_owned();
            assert!(!left.contains(&code), "{left}");
        }
        let one = format!("{}-{}", digits(&mut random, 4), digits(&mut random, 4));
        let two = format!("a{}b-c{}d", digits(&mut random, 3), digits(&mut random, 3));
        for text in [
            "Recovery codes:\n<1>\n<2>\n",
            "recovery codes: <1>, <2>",
            "backup_codes = [\"<1>\", \"<2>\"]",
            "{\"recoveryCodes\":[\"<1>\",\"<2>\"]}",
            "## Backup codes\n\nbackup codes:\n1. <1>\n2. <2>\n",
            "recovery_codes:\n  - <1>\n  - <2>\n",
            "the recovery codes are <1> and my backup code is <2>",
        ] {
            let left = redact(&text.replace("<1>", &one).replace("<2>", &two))
                .text
                .into_owned();
            assert!(!left.contains(&one) && !left.contains(&two), "{left}");
        }
    }
}

#[test]
fn what_is_only_like_a_login_or_a_code_stays() {
    for line in [
        "login: pages/step2",
        "login: src/auth/Session2Handler.ts",
        "auth: nginx:1.25-alpine",
        "login: http://localhost:8080/in2",
        "credentials: arn:aws:iam::123456789012:role/x1",
        "login: 12:30",
        "credentials: same-origin",
        "creds: file:keys/app-123.json",
        "setPasswordVisible(\"field-2\")",
        "setPassword(\"newPassword1\")",
        "setPassword(event.target.value)",
        "net use \\\\srv01\\disk works again",
        "net use of energy fell by 20%",
        "net user growth rate",
        "Erlang/OTP 27.1.2",
        "OTP-18765 was closed",
        "otp: 26",
        "the verification code is sent in 30000 ms",
        "verification code: 6 digits",
        "VerificationCodeField 2026",
        "recovery codes are shown once",
        "recovery codes: 10 of 8 characters",
        "the backup code path was 1234 lines",
        "hotpink: 123456",
    ] {
        assert_eq!(redact(line).text, line);
    }
}

#[test]
fn a_key_with_a_slash_goes_whole_where_a_login_might_stand() {
    let mut random = Random::new(5);
    for _ in 0..20 {
        let (half, rest) = (format!("{}7Kq", random.word(20)), random.word(20));
        for text in [
            format!("https://host.test/p?auth={half}%2F{rest}4x&x=1"),
            format!("auth: {half}/{rest}4x"),
        ] {
            let left = redact(&text).text.into_owned();
            assert!(!left.contains(&half), "{left}");
        }
    }
}
