//! Prints made-up work, the same for the same seed, one event a line, for whoever
//! replays it: `cargo run -p recollect-core --example workdays -- 1 > days.jsonl`.

#[path = "../tests/it/workdays/mod.rs"]
mod workdays;

fn main() {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok());
    let days = workdays::workdays(seed.unwrap_or(1));
    eprintln!("planted:\n{}", workdays::PLANTED.join("\n"));
    for day in days {
        for (at, event) in day.events {
            println!(
                "{}",
                serde_json::json!({ "session": day.key, "at": at, "event": event })
            );
        }
    }
}
