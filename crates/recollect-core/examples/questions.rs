//! Asks the questions of a folder with histories: `cargo run -p recollect-core --example questions -- DIR`.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use recollect_core::derive::commit::Commit;
use recollect_core::log::record::Renamed;
use recollect_core::search::answer::Ask;
use recollect_core::search::question::Question;
use recollect_core::{Project, Store, UnixMillis};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

fn lines(path: &str) -> Vec<Value> {
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}
fn s(v: &Value) -> String {
    v.as_str().unwrap_or("").to_owned()
}

fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let only = std::env::args().nth(2);
    let show = std::env::args().nth(3).is_some();
    let mut all: BTreeMap<String, Vec<(f64, f64, f64, bool)>> = BTreeMap::new();
    let mut names: Vec<String> = std::fs::read_dir(&dir)
        .unwrap()
        .filter_map(|e| e.unwrap().file_name().into_string().ok())
        .filter_map(|n| n.strip_suffix(".questions.jsonl").map(str::to_owned))
        .collect();
    names.sort();
    for name in names {
        let commits = lines(&format!("{dir}/{name}.jsonl"));
        let by_n: HashMap<i64, &Value> = commits
            .iter()
            .map(|c| (c["n"].as_i64().unwrap(), c))
            .collect();
        let hash_n: HashMap<String, i64> = commits
            .iter()
            .map(|c| (s(&c["hash"]), c["n"].as_i64().unwrap()))
            .collect();
        let mut store = Store::new([1; 32], "0.0.0").unwrap();
        let project = Project::of(None, &format!("file:///{name}"));
        let mut drafts: Vec<Commit> = commits
            .iter()
            .map(|c| {
                let files = c["files"].as_array().unwrap();
                let of = |st: &str| -> Vec<String> {
                    files
                        .iter()
                        .filter(|f| s(&f["status"]) == st)
                        .map(|f| s(&f["path"]))
                        .collect()
                };
                Commit {
                    hash: s(&c["hash"]),
                    message: format!("{}\n\n{}", s(&c["subject"]), s(&c["body"])),
                    at: c["at"].as_i64().unwrap(),
                    committed_at: c["committed"].as_i64(),
                    author: Some(s(&c["author"])),
                    files: files.iter().map(|f| s(&f["path"])).collect(),
                    parents: c["parents"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|p| s(&by_n[&p.as_i64().unwrap()]["hash"]))
                        .collect(),
                    added: of("A"),
                    deleted: of("D"),
                    renamed: files
                        .iter()
                        .filter(|f| s(&f["status"]) == "R")
                        .map(|f| Renamed {
                            from: s(&f["from"]),
                            to: s(&f["path"]),
                        })
                        .collect(),
                    tags: c["tags"]
                        .as_array()
                        .map(|t| t.iter().map(s).collect())
                        .unwrap_or_default(),
                }
            })
            .collect();
        drafts.reverse();
        for group in drafts.chunks(100) {
            let now = UnixMillis(1_790_000_000_000);
            store.learn(&project, group.to_vec(), now).unwrap();
            while let Some(f) = store.next_flush(now) {
                store.flushed(f.name.as_str()).unwrap();
            }
        }
        for q in lines(&format!("{dir}/{name}.questions.jsonl")) {
            if let Some(only) = &only
                && !(s(&q["id"]) == *only
                    || s(&q["category"]).starts_with(only.as_str())
                    || only == "all"
                    || only == "bad")
            {
                continue;
            }
            let at = moment(&q["at"]);
            let answer = store
                .index()
                .ask(&Ask {
                    question: Question {
                        text: s(&q["question"]),
                        now: at,
                        projects: vec![project.id.clone()],
                        ..Question::default()
                    },
                    earlier: q["earlier"].as_str().map(str::to_owned),
                    is_as_of: true,
                    limit: 10,
                    ..Ask::default()
                })
                .unwrap();
            let mut seen = Vec::new();
            for hit in &answer.hits {
                let m = store.index().memory(hit.id).unwrap().unwrap();
                if let Some(n) = m.commit.as_ref().and_then(|h| hash_n.get(h))
                    && !seen.contains(n)
                {
                    seen.push(*n);
                }
            }
            let kind = s(&q["kind"]);
            let gold: HashMap<i64, i64> = q["gold"]
                .as_array()
                .unwrap()
                .iter()
                .map(|g| (g["n"].as_i64().unwrap(), g["grade"].as_i64().unwrap()))
                .collect();
            let latest = q["latest"].as_bool().unwrap_or(false);
            let time = |n: &i64| by_n[n]["at"].as_i64().unwrap();
            let useful = match kind.as_str() {
                "answer" => {
                    answer.is_answered && seen.iter().take(3).any(|n| gold.get(n) == Some(&3))
                }
                "none" => !answer.is_answered,
                _ => {
                    let five: Vec<i64> = seen.iter().take(5).copied().collect();
                    let inn = five.iter().filter(|n| gold.contains_key(n)).count();
                    let need = if gold.len() < 5 {
                        gold.len().saturating_sub(1)
                    } else {
                        4
                    };
                    let mut ok = inn >= need;
                    if latest && !five.is_empty() {
                        ok &= five
                            .windows(2)
                            .all(|w| time(&w[0]) + 86_400_000 >= time(&w[1]));
                        let mut g: Vec<i64> = gold.keys().copied().collect();
                        g.sort_by_key(|n| -time(n));
                        ok &= g.iter().take(3).any(|n| *n == five[0]);
                    }
                    ok && answer.is_answered
                }
            };
            let hit1 = seen.first().is_some_and(|n| gold.get(n) == Some(&3));
            let dcg = |v: &[i64]| -> f64 {
                v.iter()
                    .enumerate()
                    .map(|(i, g)| ((1i64 << g) - 1) as f64 / ((i + 2) as f64).log2())
                    .sum()
            };
            let got: Vec<i64> = seen
                .iter()
                .map(|n| gold.get(n).copied().unwrap_or(0))
                .collect();
            let mut best: Vec<i64> = gold.values().copied().collect();
            best.sort_by_key(|g| -g);
            best.truncate(10);
            let ndcg = if best.is_empty() {
                0.0
            } else {
                dcg(&got) / dcg(&best)
            };
            all.entry(s(&q["category"])).or_default().push((
                f64::from(u8::from(useful)),
                f64::from(u8::from(hit1)),
                ndcg,
                kind == "none",
            ));
            if show || only.as_deref() == Some("bad") && !useful {
                println!(
                    "{} {} [{}] {}{}",
                    if useful { "ok " } else { "BAD" },
                    s(&q["id"]),
                    s(&q["category"]),
                    s(&q["question"]),
                    q["earlier"]
                        .as_str()
                        .map(|e| format!("   << {e}"))
                        .unwrap_or_default()
                );
                println!(
                    "     {:?} subject={:?} fitting={} answered={} notes={:?}",
                    answer
                        .understood
                        .iter()
                        .map(|u| format!("{:?}:{}={}", u.aspect, u.text, u.value))
                        .collect::<Vec<_>>(),
                    answer.subject,
                    answer.fitting,
                    answer.is_answered,
                    answer.notes
                );
                for (i, hit) in answer.hits.iter().take(4).enumerate() {
                    let m = store.index().memory(hit.id).unwrap().unwrap();
                    let n = m
                        .commit
                        .as_ref()
                        .and_then(|h| hash_n.get(h))
                        .copied()
                        .unwrap_or(0);
                    println!(
                        "       {} g{} #{} {} {} ({:.2})",
                        i + 1,
                        gold.get(&n).copied().unwrap_or(0),
                        n,
                        hit.at,
                        hit.title,
                        hit.rank.map_or(0.0, |r| r.score)
                    );
                }
                for (n, g) in gold.iter().filter(|(_, g)| **g == 3).take(3) {
                    println!(
                        "       gold {g} #{n} {} {}",
                        UnixMillis(time(n)),
                        s(&by_n[n]["subject"])
                    );
                }
            }
        }
    }
    let mut sum = Vec::new();
    for (category, list) in &all {
        line(category, list);
        sum.extend(list.iter().copied());
    }
    line("ALL", &sum);
}
fn moment(at: &Value) -> UnixMillis {
    at.as_i64()
        .map(UnixMillis)
        .or_else(|| {
            recollect_core::search::query::Moment::parse(at.as_str()?)
                .map(|m| m.resolve(UnixMillis(0), recollect_core::Zone::utc()))
        })
        .unwrap()
}
fn line(name: &str, list: &[(f64, f64, f64, bool)]) {
    let n = list.len() as f64;
    let scored: Vec<_> = list.iter().filter(|l| !l.3).collect();
    let m = (scored.len() as f64).max(1.0);
    println!(
        "{name:24} n={:3} useful {:5.1} hit1 {:5.1} ndcg {:5.1}",
        list.len(),
        100.0 * list.iter().map(|l| l.0).sum::<f64>() / n,
        100.0 * scored.iter().map(|l| l.1).sum::<f64>() / m,
        100.0 * scored.iter().map(|l| l.2).sum::<f64>() / m
    );
}
