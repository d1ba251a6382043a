//! Prints for each text, a JSON string a line on standard input, the numbers of the
//! features that tell its sector; above them how many of the numbers are classes of
//! words. `npm run quality -- --fit-sectors` fits the weights to them.

use std::io::{BufRead, stdin};

use recollect_core::weigh::sector::{CLASSES, features};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{CLASSES}");
    for line in stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        println!("{}", serde_json::to_string(&features(&text))?);
    }
    Ok(())
}
