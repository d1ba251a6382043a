#[path = "../tests/it/common/mod.rs"]
mod common;
use common::*;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let piece = args[2].replace("\\n", "\n");
    let text = piece.repeat(64_000 / piece.len());
    let rounds: u32 = args[3].parse().unwrap();
    for _ in 0..rounds {
        let mut s = store(1);
        if args[1] == "sum" {
            keep(&mut s, vec![prompt("s", 1, "abc")], NOW);
        }
        if args[1] == "query" {
            s.remember(
                recollect_core::derive::note::Note {
                    text: text.clone(),
                    ..Default::default()
                },
                origin(),
                NOW,
            )
            .ok();
            flush(&mut s, NOW);
        }
        let t = Instant::now();
        match args[1].as_str() {
            "sum" => {
                s.summarise_session("s", Some(&text), NOW).unwrap();
            }
            "note" => {
                s.remember(
                    recollect_core::derive::note::Note {
                        text: text.clone(),
                        ..Default::default()
                    },
                    origin(),
                    NOW,
                )
                .ok();
                let a = t.elapsed();
                flush(&mut s, NOW);
                println!("before flush {a:?}");
            }
            "redact" => {
                recollect_core::intake::privacy::redact(&text);
            }
            _ => {}
        }
        println!("{:?}", t.elapsed());
    }
}
