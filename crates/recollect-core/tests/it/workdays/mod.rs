//! Made-up work with patterns planted in it: 40 sessions of 500 events, one for
//! each working day of eight weeks, the same for the same seed.
//!
//! What is not planted is drawn independently: which file is edited, which command
//! runs, whether the tests pass and what they say if not. So whatever else a miner
//! finds in it is a mistake, except for parts of what is planted.

use recollect_core::UnixMillis;
use recollect_core::log::record::Event;
use serde_json::{Value, json};

/// One session.
pub struct Workday {
    /// Its key.
    pub key: String,
    /// What happened, and when.
    pub events: Vec<(UnixMillis, Event)>,
}

/// What is planted, as the beginning of the sentence about it.
pub const PLANTED: [&str; 9] = [
    "Editing a .prisma file, then running npx prisma generate, then running npm run \
     migrate is followed by running npm run seed: ",
    "Running git pull, then running npm install is followed by running npm run dev: ",
    "Committing is followed by running git push: ",
    "src/api/user.ts and src/ui/UserForm.tsx change together: ",
    "package-lock.json and package.json change together: ",
    "When npm test fails with “TypeError: client.send is not a function”, a change of \
     src/api/client.ts mends it: ",
    "When the build fails with “error TS2307: cannot find module '@app/config'”, a change of \
     tsconfig.json mends it: ",
    "Running npm run deploy happens mostly on Friday afternoons: ",
    "Running npm audit happens mostly on Mondays: ",
];

/// Events of a session.
const EVENTS: usize = 500;

/// The sessions of a seed.
pub fn workdays(seed: u64) -> Vec<Workday> {
    let mut dice = Dice(seed);
    (0..40).map(|day| workday(day, &mut dice)).collect()
}

/// A small generator of random numbers: "Fast splittable pseudorandom number
/// generators", Steele et al., 2014.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn is_below(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    /// Low ones more often, as some files are touched daily and most rarely.
    fn skewed(&mut self, sides: usize) -> usize {
        self.roll(sides).min(self.roll(sides))
    }
}

struct Writer<'a> {
    dice: &'a mut Dice,
    at: i64,
    events: Vec<(UnixMillis, Event)>,
}

/// What the sessions are expected to do, each at the given event.
struct Plan {
    at: usize,
    what: &'static str,
}

fn workday(day: usize, dice: &mut Dice) -> Workday {
    const DAY: i64 = 86_400_000;
    // 2026-01-05 is a Monday; work begins at half past eight, give or take.
    let monday = 20_458 * DAY;
    let begin = monday + (day / 5 * 7 + day % 5) as i64 * DAY + 8 * 3_600_000 + 1_800_000;
    let plans = plans(day, dice);
    let mut writer = Writer {
        at: begin + dice.roll(1_800) as i64 * 1_000,
        dice,
        events: Vec::new(),
    };
    let mut plans = plans.into_iter().peekable();
    while writer.events.len() < EVENTS {
        match plans.next_if(|plan| plan.at <= writer.events.len()) {
            Some(plan) => {
                writer.planted(plan.what);
                // What is planned for the same time must not seem to follow from it.
                (0..6).for_each(|_| writer.noise());
            }
            None => writer.noise(),
        }
    }
    writer.events.truncate(EVENTS);
    Workday {
        key: format!("day-{day:02}"),
        events: writer.events,
    }
}

fn plans(day: usize, dice: &mut Dice) -> Vec<Plan> {
    let mut plans = vec![];
    let mut plan = |from: usize, to: usize, what, dice: &mut Dice| {
        let at = from + dice.roll(to - from);
        plans.push(Plan { at, what });
    };
    if day % 4 != 3 {
        plan(0, 480, "update", dice);
    }
    if day % 5 < 3 {
        plan(40, 200, "schema", dice);
        plan(220, 440, "schema", dice);
    }
    for begin in (20..440).step_by(60) {
        plan(begin, begin + 30, "commit", dice);
    }
    if day.is_multiple_of(3) {
        plan(20, 400, "packages", dice);
    }
    for begin in [60, 260] {
        if dice.is_below(70) {
            plan(begin, begin + 180, "user", dice);
        }
    }
    if day % 7 == 2 {
        plan(20, 400, "client", dice);
    }
    if day % 9 == 4 {
        plan(20, 400, "module", dice);
    }
    // Half past one and later.
    if day % 5 == 4 && day != 14 {
        plan(330, 450, "deploy", dice);
    }
    if day.is_multiple_of(5) || day == 17 {
        plan(10, 450, "audit", dice);
    }
    plans.sort_by_key(|plan| plan.at);
    plans
}

impl Writer<'_> {
    fn event(&mut self, event_type: &str, file: Option<&str>, metadata: Value) {
        self.at += 10_000 + self.dice.roll(100_000) as i64;
        let event = Event {
            event_type: event_type.to_owned(),
            file: file.map(str::to_owned),
            metadata: metadata.as_object().cloned().unwrap_or_default(),
            ..Event::default()
        };
        self.events.push((UnixMillis(self.at), event));
    }

    fn edit(&mut self, file: &str) {
        if self.dice.is_below(60) {
            self.event("file_open", Some(file), json!({}));
        }
        for _ in 0..=self.dice.roll(3) {
            self.event(
                "code_edit",
                Some(file),
                json!({ "linesAdded": self.at % 9 }),
            );
        }
        if self.dice.is_below(80) {
            self.event("file_save", Some(file), json!({}));
        }
    }

    fn command(&mut self, command: &str) {
        let metadata = json!({ "command": command, "exitCode": 0 });
        self.event("terminal_command", None, metadata);
    }

    /// Sometimes something else gets in between.
    fn maybe_noise(&mut self) {
        if self.dice.is_below(30) {
            self.noise();
        }
    }

    fn planted(&mut self, what: &str) {
        match what {
            "update" => {
                for command in ["git pull", "npm install", "npm run dev -- --open"] {
                    self.command(command);
                    self.maybe_noise();
                }
            }
            "schema" => {
                self.edit("prisma/schema.prisma");
                for command in ["npx prisma generate", "npm run migrate", "npm run seed"] {
                    self.maybe_noise();
                    self.command(command);
                }
            }
            "commit" => {
                self.event("git_commit", None, json!({ "branch": "main" }));
                self.maybe_noise();
                if self.dice.is_below(90) {
                    self.command("git push");
                }
            }
            "packages" => self.both("package.json", "package-lock.json"),
            "user" => self.both("src/api/user.ts", "src/ui/UserForm.tsx"),
            "client" => {
                let error = "TypeError: client.send is not a function";
                self.run("test_run", Some("npm test"), Some(error));
                self.pause();
                self.edit("src/api/client.ts");
                self.pause();
                self.run("test_run", Some("npm test"), None);
            }
            "module" => {
                let error = "error TS2307: cannot find module '@app/config'";
                self.run("build", None, Some(error));
                self.pause();
                self.edit("tsconfig.json");
                self.pause();
                self.run("build", None, None);
            }
            "deploy" => self.command("npm run deploy"),
            _ => self.command("npm audit --omit=dev"),
        }
    }

    fn both(&mut self, first: &str, second: &str) {
        self.edit(first);
        self.pause();
        self.edit(second);
    }

    /// Enough other steps that what follows is not next to what was before.
    fn pause(&mut self) {
        for _ in 0..6 {
            self.quiet_noise();
        }
    }

    fn run(&mut self, event_type: &str, task: Option<&str>, error: Option<&str>) {
        let mut metadata = json!({ "exitCode": u8::from(error.is_some()), "durationMs": 3_100 });
        if let Some(task) = task {
            metadata["task"] = json!(task);
        }
        if let Some(error) = error {
            metadata["error"] = json!(error);
        }
        self.event(event_type, None, metadata);
    }

    fn file(&mut self) -> String {
        match self.dice.roll(20) {
            0..8 => format!("src/api/handler{}.ts", self.dice.skewed(20)),
            8..13 => format!("src/ui/View{}.tsx", self.dice.skewed(15)),
            13..15 => format!("src/native/lib{}.rs", self.dice.skewed(8)),
            15..18 => format!("tests/unit/case{}.test.ts", self.dice.skewed(12)),
            _ => format!("docs/page{}.md", self.dice.skewed(6)),
        }
    }

    fn read(&mut self) {
        let file = self.file();
        self.event(
            "file_open",
            Some(&file),
            json!({ "language": "typescript" }),
        );
        if self.dice.is_below(50) {
            self.event("file_close", Some(&file), json!({}));
        }
    }

    fn noise(&mut self) {
        match self.dice.roll(10) {
            0 => {
                let error = self.error();
                match self.dice.is_below(80) {
                    true => self.run("test_run", Some("npm test"), error.as_deref()),
                    false => self.run("build", None, error.as_deref()),
                }
            }
            _ => self.quiet_noise(),
        }
    }

    /// Anything but a run that passes or fails.
    fn quiet_noise(&mut self) {
        match self.dice.roll(36) {
            0..16 => {
                let file = self.file();
                self.edit(&file);
            }
            16..24 => self.read(),
            24..28 => self.event("search", None, json!({ "query": "handler" })),
            28 => self.event("debug_start", None, json!({ "session": "node" })),
            29 => self.event("debug_stop", None, json!({})),
            30 => {
                let file = self.file();
                let message = format!("'value{}' is never read", self.dice.roll(9));
                self.event("error", Some(&file), json!({ "message": message }));
            }
            31 => {
                let file = self.file();
                self.event("refactor", Some(&file), json!({ "kind": "rename" }));
            }
            _ => {
                let commands = [
                    "git status",
                    "git diff",
                    "ls -la",
                    "npm run lint",
                    "git log -3",
                ];
                let command = commands[self.dice.roll(commands.len())];
                self.command(command);
            }
        }
    }

    /// What a run says that fails, as every third does.
    fn error(&mut self) -> Option<String> {
        let count = self.dice.roll(90);
        self.dice.is_below(33).then(|| {
            format!(
                "AssertionError in case{}: expected {count}",
                self.dice.skewed(12)
            )
        })
    }
}
