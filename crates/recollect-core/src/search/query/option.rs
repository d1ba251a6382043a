//! Options of command lines among the words of a query: `gcc -Wall`, `ls -la`.
//!
//! A minus leaves a word out, and it begins an option. Which of the two is told by
//! the shape of the word and by a command in front of it:
//!
//! | is an option | wherever it stands | behind the name of a command |
//! | --- | --- | --- |
//! | one ASCII letter: `-f` `-C` | yes | yes |
//! | with a `=`: `-std=c++17` | yes | yes |
//! | known by itself: `-Wall` `-fPIC` `-O2` `-Xmx2g` `-I/usr` | yes | yes |
//! | up to five consonants: `-rf` `-xvf` | yes | yes |
//! | two small letters: `-it` `-la` | where nothing else is asked | yes |
//! | three small letters: `-vvv` `-aux` | | yes |
//! | letters of both cases: `-avzP` `-eLf` | | yes |
//! | a letter and a number: `-p8080` `-n10` | | yes |
//! | a definition: `-DDEBUG` | | yes |
//! | a long word known as one: `find . -name`, `java -jar` | | yes |
//! | `-Recurse` | | of PowerShell: `Remove-Item` |
//!
//! No word that people write is one: `-svn`, `-css`, `-http`.

/// Whether `-word` is an option wherever that can be.
pub(super) fn may_be_option(word: &str) -> bool {
    let line = CommandLine {
        has_command: true,
        has_cmdlet: true,
    };
    line.is_option(word, true)
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CommandLine {
    /// The name of a command.
    has_command: bool,
    /// A command of PowerShell.
    has_cmdlet: bool,
}

impl CommandLine {
    /// Takes note of a word without a sign.
    pub(super) fn note(&mut self, word: &str) {
        let name = word.rsplit('/').next().unwrap_or(word);
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || "-.".contains(c));
        let name = name.strip_suffix(".exe").unwrap_or(name);
        self.has_command |= has(COMMANDS, name);
        self.has_cmdlet |= is_cmdlet(word);
    }

    /// Whether `-word` is an option. `is_alone` says that nothing else is asked.
    pub(super) fn is_option(self, word: &str, is_alone: bool) -> bool {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || "_-=./:,+@%".contains(c);
        let word = word.trim_end_matches([',', '.', ':', '?', '!', ';']);
        if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(is_sign) {
            return false;
        }
        let is_cluster = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_small = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_after_command = self.has_command || self.has_cmdlet;
        if word.len() == 1 || word.contains('=') || is_known(word) {
            return true;
        }
        if is_cluster && is_small && !has(WORDS, word) {
            let is_short = word.len() <= 3 && is_after_command || word.len() == 2 && is_alone;
            return is_short
                || !word.contains(['a', 'e', 'i', 'o', 'u'])
                || self.has_command && has(LONG, word);
        }
        self.has_command
            && (is_mixed(word) || is_numbered(word) || is_definition(word) || has(LONG, word))
            || self.has_cmdlet && is_capitalised(word)
    }
}

/// Options that are no words, whatever command they are of.
fn is_known(word: &str) -> bool {
    let begins = |start: &str, names: &str| {
        word.strip_prefix(start).is_some_and(|rest| {
            let name = rest.split(['-', '=', ',']).next().unwrap_or(rest);
            has(names, name)
        })
    };
    let levels = [
        "O0", "O1", "O2", "O3", "Os", "Oz", "Og", "Ofast", "g3", "m32", "m64",
    ];
    levels.contains(&word)
        || begins("W", WARNINGS)
        || begins("f", FEATURES)
        || begins("m", MACHINE)
        || begins("l", "pthread m ssl crypto dl rt stdc++ curl sqlite3")
        || begins("X", "lint mx ms ss")
        || word.starts_with("XX:")
        || ["Xmx", "Xms", "Xss", "j"].iter().any(|start| {
            let rest = word.strip_prefix(start);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        || word.starts_with(['I', 'L']) && word[1..].starts_with(['/', '.'])
}

/// A small letter and capitals behind it, and no name: `avzP`, `eLf`, `sSL`.
fn is_mixed(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() <= 5
        && bytes.iter().all(u8::is_ascii_alphabetic)
        && bytes[0].is_ascii_lowercase()
        && bytes.iter().any(u8::is_ascii_uppercase)
        && !has("eBPF gRPC iOS iPad macOS mTLS", word)
}

/// A letter and a number: `p8080`, `n10`; but no name such as `s3` or `v2`.
fn is_numbered(word: &str) -> bool {
    word.len() > 2 && word[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// `DNDEBUG`, `DskipTests`, `UDEBUG`; but no name in capitals of four letters or fewer.
fn is_definition(word: &str) -> bool {
    let Some(name) = word.strip_prefix(['D', 'U']) else {
        return false;
    };
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_macro = name.len() > 3 && name.bytes().all(is_upper);
    let is_property = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.contains(|c: char| c.is_ascii_uppercase() || c == '.');
    is_macro || is_property
}

/// `Recurse`, and no `AND`.
fn is_capitalised(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'Z', b'a'..=b'z', ..])
}

/// `Get-ChildItem`, `Remove-Item`.
fn is_cmdlet(word: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    word.split_once('-')
        .is_some_and(|(verb, noun)| has(VERBS, verb) && is_name(noun))
}

/// Whether one of the names, which spaces part, is this.
fn has(names: &str, name: &str) -> bool {
    !name.is_empty() && names.split_ascii_whitespace().any(|one| one == name)
}

/// Commands whose options people note; none that is a stop word.
const COMMANDS: &str = "
    adb ansible apk apt apt-get ar awk az base64 bash bazel brew bun bunx bundle bundler c++ cargo cat cc
    cd chmod chown clang clang++ clippy cmake code composer conda convert cp cmd cpp crontab curl cut date
    dd deno df diff dig dmesg dnf docker docker-compose dotnet du echo emacs env eslint exec exiftool export
    ffmpeg ffprobe find firewall-cmd flutter g++ gcc gcloud gdb gem gh git go gofmt gpg gradle gradlew grep
    gunzip gzip head helm heroku htop iconv ifconfig ip iptables java javac jest jobs journalctl jq k9s
    kill killall kotlinc kubectl ld ldd less ln lldb ls lsblk lsof make man mkdir mkfs mount mvn mvnw mv
    mypy mysql mysqldump nano nasm nc netcat netstat nginx ninja nm nmap node nohup npm npx nslookup nvim
    objdump openssl packer pacman patch perl pg_dump pgrep php ping pip pip3 pipx pkill pnpm podman poetry
    powershell prettier ps psql pulumi pwsh pytest python qemu rails rake readelf redis-cli rg rm rmdir
    rsync ruby rustc rustup sar scp screen sed seq service sftp sh shellcheck skopeo sort source split
    sqlcmd sqlite3 ss ssh ssh-add ssh-keygen strace strip su sudo svn swift sysctl systemctl tail tar tcpdump
    tee terraform tmux top touch tr traceroute tree tsc ufw uname uniq unzip uv uvicorn uvx vagrant valgrind
    vault vi vim vite vitest watch wc webpack wget which whoami wsl xargs xcodebuild xrandr xxd xz yarn yq yum
    zip zsh zstd";

/// Words of PowerShell's commands.
const VERBS: &str = "
    Add Clear Compress Convert ConvertFrom ConvertTo Copy Disable Enable Enter Expand Export Find Format Get
    Import Install Invoke Join Measure Move New Out Read Register Remove Rename Resolve Restart Resume Save
    Select Send Set Show Sort Split Start Stop Test Uninstall Update Wait Where Write";

/// Long words with one minus that are options of some command.
const LONG: &str = "
    name iname path type exec execdir maxdepth mindepth mtime mmin newer size perm print print0 prune depth
    regex empty delete user group not jar version classpath cp server client verbose help run bench race
    count cover short timeout tags ldflags auto-approve target var var-file upgrade reconfigure destroy in
    out nodes days newkey keyout subj noout text passin passout signkey connect servername showcerts req
    pedantic ansi shared static pthread rdynamic nostdlib save-temps scheme sdk workspace destination
    configuration resize quality crop vcodec acodec codec preset crf map filter_complex vf af ss pix_fmt
    nocapture tulpn tulnp antp auxf aux";

/// What follows `-W`.
const WARNINGS: &str = "
    all extra error no pedantic everything shadow conversion sign format unused unreachable uninitialized
    undef cast strict switch implicit missing return deprecated float null double overflow old maybe
    parentheses stack type vla write effc++ fatal l a p";

/// What follows `-f` of compilers.
const FEATURES: &str = "
    PIC pic PIE pie no sanitize openmp lto stack visibility exceptions rtti omit strict wrapv permissive
    diagnostics coroutines modules profile inline unroll tree";

/// What follows `-m` of compilers.
const MACHINE: &str = "
    arch tune fpu abi avx avx2 avx512f sse sse2 sse3 sse4 sse4.1 sse4.2 fma bmi bmi2 popcnt cpu thumb
    float-abi no-red-zone";

/// Short words that people leave out, so that they are no options.
const WORDS: &str = "
    no one two red day way use set get put see let you who may our any was not
    abi add adb ai all amd any api apk app apt arm art ast auth aws bad bash big bot box bug build bun bus
    byte c cad cat cd cdn ci cis cli cloud cmd cms cn code cpu cron crm crt cs csh csp csrf css csv ctf cve
    cvs cwd d3 day db ddl ddd de debt demo dev dht diff dll dml dns doc docs dom done draft dry dsl dto dx ec2
    ecs edge eks elk emacs en end env eof epub erp err error es esm etl eu eval event exe fail faq fast
    file fix flow flux fn form fr free ftp ftps fun gcc gcp gem gif git go gpg gpl gpt gpu grpc gtk gui hdd
    help hex hls home host hot http https html i18n iam ibm ide idea image img infra ini int ios iot ip ipc
    iso jpg js json jsx jvm jwt kde key kms kvm l10n lab lan ldap lib lint list llm llvm local log lru lsp ltr
    lts lua lxc mac main map md mdm mdx mean mit ml mobx mock mp3 mp4 mpl mqtt mssql mvc mvp mvvm mysql new
    nfs nginx nlp node none npm npx null nvim nx oci ocr odbc ok old oom oop open orm os pad page path pdf perf
    perl pg php pip pkg plan png pnpm pod post pr prod psql pub push pwa pwd py qa qt rack rag ram raw rds
    react read redis ref repo rest rfc rhel role root rpc rpm rss rtl run rust s3 saas sales sass saml scm
    scp scss sdk seo sftp sh shell site sla slack smb smtp sms snmp soap sort spa spam spec spy sql src sre ss
    ssd sse ssg ssh ssl sso ssr state std stdin sub sudo svc svg svn sync sys table tag task tcp tcl tdd team
    temp test text tgz time tls tmp tmpl todo tool tox trpc ts tsc tsx tty tui txt type ubi udp ui uml unix
    unit url urls usb user utf util uuid ux val vat vim vm vms vnc vpc vpn vps vue wap war web wiki win wip wsl
    www xhr xlsx xml xslt xss xyz yaml yarn yml zig zip zsh";
