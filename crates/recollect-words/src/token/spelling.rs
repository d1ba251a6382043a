//! English words that are spelled in two ways: `colour` and `color`.

/// Stems as they are spelled in Britain, and in America.
const SPELLINGS: &[(&[u8], &[u8])] = &[
    (b"analys", b"analyz"),
    (b"artefact", b"artifact"),
    (b"behaviour", b"behavior"),
    (b"catalogu", b"catalog"),
    (b"centr", b"center"),
    (b"colour", b"color"),
    (b"defenc", b"defens"),
    (b"dialogu", b"dialog"),
    (b"endeavour", b"endeavor"),
    (b"favour", b"favor"),
    (b"favourit", b"favorit"),
    (b"fibr", b"fiber"),
    (b"flavour", b"flavor"),
    (b"grei", b"grai"),
    (b"harbour", b"harbor"),
    (b"honour", b"honor"),
    (b"humour", b"humor"),
    (b"labour", b"labor"),
    (b"licenc", b"licens"),
    (b"neighbour", b"neighbor"),
    (b"offenc", b"offens"),
    (b"rumour", b"rumor"),
    (b"theatr", b"theater"),
    (b"vapour", b"vapor"),
];

/// Stems of words that end in `ise` in Britain and in `ize` in America.
const ISE: &str = "
    anonymis apologis authoris capitalis categoris centralis characteris containeris customis
    deserialis equalis finalis formalis generalis initialis internationalis localis materialis
    maximis memoris minimis modernis modularis monetis normalis optimis organis parallelis
    parameteris penalis personalis prioritis randomis realis recognis reorganis sanitis serialis
    specialis stabilis standardis summaris synchronis tokenis uninitialis utilis virtualis
    visualis";

/// Brings a stem to the spelling of America; whether its end may be cut once more.
pub(super) fn to_one(stem: &mut Vec<u8>) -> bool {
    let place = SPELLINGS.binary_search_by(|(one, _)| (*one).cmp(stem));
    if let Ok(place) = place {
        let other = SPELLINGS[place].1;
        stem.clear();
        stem.extend_from_slice(other);
    } else if stem.ends_with(b"is")
        && ISE
            .split_ascii_whitespace()
            .any(|one| one.as_bytes() == stem)
    {
        stem.pop();
        stem.extend_from_slice(b"ze");
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SPELLINGS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
