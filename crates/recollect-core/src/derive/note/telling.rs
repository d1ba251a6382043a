//! The words by which people say what they decided, found out or left.
//!
//! Tables and nothing else: phrases as [`Words`] spells them, without apostrophes
//! and with a space for a hyphen. Phrases of scripts without spaces stand
//! anywhere in a sentence.

use crate::derive::commit::words::{FIRST_UNSPACED, Words};

/// What a sentence, a label or a heading tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    Decision,
    Finding,
    Left,
}

/// By which a text is a decision, wherever they stand.
#[rustfmt::skip]
pub(super) const DECISIONS: &[&str] = &[
    "decided", "decision", "we decide", "we chose", "i chose", "chose to", "we choose", "lets use",
    "let us use", "we will use", "well use", "we use", "going with", "we go with", "agreed to",
    "agreed on", "settled on", "we picked", "we prefer", "instead of", "rather than", "we dropped",
    "went with", "gone with", "opted for", "opted to", "opting for", "went for", "settled for",
    "stick with", "sticking with", "stuck with", "stick to", "landed on", "committed to using",
    "in favor of", "in favour of", "standardized on", "standardised on", "ruled out", "i picked",
    "ended up using", "we adopted", "we will keep", "we are keeping", "well keep", "made the call",
    "resolved to", "final choice", "from now on we", "weve chosen", "have chosen", "ended up with",
    "going forward", "moving forward", "the plan is to", "lets go with", "we agreed", "agreed that",
    "sticking to", "well stay", "we will stay", "we stay with", "we are staying", "id rather keep",
    "we switched from", "we switched to", "we moved away from", "our pick", "our choice", "wed rather",
    "we would rather", "we wont support", "we wont use", "we will not support", "we will not use",
    "voted for", "voted to", "final answer", "going for", "we go for", "we stay on", "well stick", "we stick",
    "were using", "were not using", "well go", "were going for", "i would use", "i recommend using",
    "made up our mind", "made up our minds", "finally chose", "id go with", "ill go with", "we will not ship",
    "we wont ship", "we wont do", "not going to use", "we are not using", "the choice is", "the choice fell", "the winner is", "consensus", "we committed to",
    "were committing to", "we rejected", "we discarded", "we abandoned", "we gave up on", "we said no to",
    "we selected", "the team chose", "were choosing", "were betting on", "we bet on", "standardizing on",
    "we standardize", "agree that", "came to the conclusion to", "as of today", "from today on", "henceforth",
    "starting now", "lets drop", "lets not", "lets stay", "went all in on", "the verdict is",
    "were going to stay", "we are going to stay", "were going to use", "we are going to use",
    "were keeping", "lets keep", "well go with", "we will go with",
    "entschieden", "entschlossen", "entscheidung", "beschlossen", "wir nehmen", "nehmen wir",
    "wir bleiben bei", "bleiben wir bei", "bleiben bei", "wir verwenden", "wir nutzen",
    "anstelle von", "anstatt", "geeinigt", "einigten uns", "setzen auf", "fiel die wahl",
    "die wahl fiel", "festgelegt", "vereinbart",
    "wir behalten", "wir wählen", "haben wir gewählt", "gewählt", "wir setzen", "wir wechseln zu", "steigen auf",
    "bleibt bei", "wir lassen", "beibehalten", "wir entscheiden", "verworfen", "wir verzichten", "haben uns für",
    "décidé", "décidons", "décision", "avons choisi", "jai choisi", "a choisi", "choisi de",
    "opté pour", "optons pour", "nous gardons", "on garde", "part sur", "parti sur", "partis sur",
    "avons retenu", "plutôt que", "au lieu de", "convenu de", "convenus de", "tranché",
    "nous utiliserons", "on reste sur", "nous restons sur", "restons sur", "on prend", "on choisit",
    "nous prenons", "on va utiliser", "on abandonne", "nous passons à", "avons adopté",
    "le choix sest porté",
    "decidimos", "decidido", "decidí", "decidió", "decisión", "elegimos", "hemos elegido", "elegí",
    "optamos por", "opté por", "optado por", "nos quedamos con", "acordamos", "acordado",
    "escogimos", "en lugar de", "en vez de", "vamos a usar", "usaremos", "preferimos",
    "nos decantamos", "usamos", "iremos con", "cambiamos a", "mantenemos", "descartamos", "se acordó", "se eligió", "se optó por", "seguimos con", "seguiremos con",
    "decidi", "decidiu se", "decisão", "escolhemos", "escolhi", "optei por", "optou se",
    "ficamos com", "combinamos", "combinado", "em vez de", "ao invés de", "vamos usar",
    "vamos manter", "mantivemos", "adotamos", "mudamos para", "passamos a usar", "mantemos",
    "foi acordado", "escolheu se", "seguimos com", "vamos ficar com",
    "决定", "決定", "选择了", "選擇了", "我们选择", "我們選擇", "选用", "選用", "采用", "採用", "改用", "最终选",
    "最終選", "商定", "敲定", "而不是", "放弃了", "放棄了", "选定", "選定", "达成一致", "達成共識", "决策",
    "決策", "统一使用", "統一使用", "统一用", "統一用", "不再使用", "不再用", "今后一律", "今後一律", "沿用", "一律", "统一存", "就用", "还是用", "必须使用", "禁止使用", "不要使用", "换成", "切换到", "弃用", "优先使用", "全部使用", "我们使用 ", "我们用 ", "那就 ", "不用 ", "保留 ", "決めた", "決めました", "決まりました", "ことにした", "ことにしました", "ことにする", "ことにします",
    "選んだ", "選びました", "選択しま", "選択した", "方針", "見送", "代わりに", "合意し", "にすることに",
    "今後は", "使わないこと", "使うこと", "でいきます", "でいく", "を使います", "を使う ", "は使わない", "は使いません", "をやめる", "に切り替えます", "に移行する", "は残します", "を維持する", "を廃止する", "で保存する", "にします", "統一し",
    "결정", "선택했", "하기로",
];

/// By which a sentence sets a rule, wherever they stand.
#[rustfmt::skip]
pub(super) const RULES: &[&str] = &[
    "must not", "mustnt", "must never", "must always", "from now on", "never again",
    "is no longer supported", "are no longer supported", "is no longer needed",
    "are no longer needed", "is no longer used", "are no longer used", "is no longer allowed",
    "are no longer allowed", "is no longer required", "are no longer required", "we no longer",
    "no longer support", "no longer use", "no longer allow", "no longer need", "no longer require",
    "darf nicht", "dürfen nicht", "ab jetzt", "ab sofort", "künftig",
    "ne doit pas", "ne doivent pas", "désormais", "dorénavant",
    "no debe", "no deben", "de ahora en adelante", "a partir de ahora",
    "não deve", "não devem", "de agora em diante", "a partir de agora",
];

/// How a sentence begins that says what is to be done, or what somebody settled.
#[rustfmt::skip]
const DIRECTIONS: &[&str] = &[
    "we", "i", "lets", "let us", "do not", "dont", "never", "always", "only", "no", "use", "keep",
    "pin", "avoid", "prefer", "run", "build", "deploy", "ship", "publish", "store", "save", "write",
    "read", "call", "set", "put", "leave", "make", "require", "allow", "forbid", "disable", "enable",
    "turn", "drop", "remove", "replace", "switch", "stay", "stop", "start", "limit", "restrict",
    "send", "return", "retry", "cache", "check", "test", "release", "support", "skip", "ignore",
];

/// By which such a sentence gives the reason, or says what it does not do.
#[rustfmt::skip]
const REASONS: &[&str] = &["because", "so that", "instead of", "rather than", "only on", "only in", "only for"];

/// What stands second in a sentence that tells what somebody saw and directs nothing.
#[rustfmt::skip]
const SEEN: &[&str] = &[
    "saw", "see", "got", "get", "had", "lost", "fails", "fail", "broke", "breaks", "hit", "was", "were",
    "is", "are", "think", "guess", "spent", "thought", "found", "wrote", "made", "ran", "crashes",
    "hangs", "misses", "takes", "needs", "happens", "works", "runs",
];

/// By which a text tells what somebody found out.
#[rustfmt::skip]
pub(super) const DISCOVERIES: &[&str] = &[
    "learned", "learnt", "turns out", "turned out", "til", "note that", "found out", "discovered",
    "it seems", "interesting", "beware", "remember that", "gotcha", "figured out", "realized that",
    "realised that", "noticed that", "revealed that", "worth knowing", "worth noting", "it appears",
    "as it happens",
    "lesson learned", "key insight", "takeaway",
    "stellte sich heraus", "stellt sich heraus", "herausgestellt", "herausgefunden", "festgestellt",
    "zeigte sich", "zu beachten", "gelernt",
    "sest avéré", "sest avérée", "il savère", "savère que", "avons découvert", "jai découvert",
    "a découvert", "avons constaté", "jai constaté", "a constaté", "rendu compte", "avons appris",
    "jai appris", "il se trouve que",
    "resultó que", "resulta que", "descubrimos", "descubrí", "hemos descubierto", "encontramos que",
    "nos dimos cuenta", "me di cuenta", "aprendimos", "aprendí",
    "acontece que", "descobriu se", "descobrimos", "descobri", "verificou se", "constatamos",
    "percebemos", "percebi", "notamos que", "aprendemos", "revelou se", "verificamos que",
    "原来", "原來", "发现", "發現", "事实证明", "事實證明", "注意到", "意识到", "意識到", "得知",
    "判明", "わかった", "わかりました", "分かった", "分かりました", "気づ", "発見し", "突き止め",
    "알고 보니", "밝혀졌", "발견했",
];

/// By which a sentence gives a cause, which is a finding where it closes a session.
#[rustfmt::skip]
const CAUSES: &[&str] = &[
    "root cause", "the cause", "caused by", "culprit", "the reason", "because", "due to",
    "the problem was", "the problem is", "the issue was", "the issue is", "the bug was",
    "the bug is", "the real issue", "the real problem", "the underlying", "found that", "i found",
    "we found", "realized", "realised", "traced to", "traced it", "traced back", "stems from",
    "stemmed from", "boils down to", "boiled down to", "comes down to", "came down to",
    "explains why", "apparently", "the fix was", "confirmed that", "was to blame", "the catch is",
    "the trick is", "the trick was", "keep in mind", "important to know", "caveat", "conclusion",
    "the explanation", "responsible for the", "the problem lies", "the issue lies", "the bug lies",
    "comes from a", "comes from the", "came from a", "came from the", "bug comes from",
    "error comes from", "problem comes from", "issue comes from", "the leak is", "the error was",
    "the failure was", "the real reason", "found it", "found the bug", "found the cause", "found the problem", "found the issue",
    "found the culprit", "thats why it", "thats why the", "that is why the", "which is why the",
    "happens when", "happens because", "occurs only", "only happens", "triggered by", "was down to", "traces back",
    "tracked it down", "tracked down", "narrowed it down", "pinned it down", "blames", "the logs show",
    "profiling shows", "measurements show", "the profile shows", "all along", "the answer is", "bug is in",
    "bug sits in", "stems from the", "must have been", "as suspected", "surprisingly", "to my surprise", "watch out",
    "be aware", "be careful", "good to know", "didnt know", "it is clear that", "its clear that", "became clear",
    "it looks like", "the fault lies", "at fault", "to blame", "blame the", "it was the", "its a race", "a race condition", "is a race", "it was dns", "understand why", "interestingly", "showed that", "has shown that", "we concluded", "concluded that",
    "ursache", "grund ist", "grund war", "der grund", "grund dafür", "lag daran", "liegt daran",
    "lag an", "liegt an", "weil", "schuld war", "schuld ist", "das problem war", "das problem ist",
    "der fehler war", "der fehler lag", "wegen", "verursacht", "ausgelöst durch", "zeigt sich",
    "offenbar", "sich zeigte", "hat sich gezeigt", "achtung", "ist schuld", "war schuld", "deshalb schlug", "darum schlug", "kommt daher",
    "der fehler liegt", "der fehler steckt", "der fehler kommt", "das problem liegt", "tritt nur", "sich herausstellte",
    "die messung zeigt", "es war der",
    "la cause", "cause racine", "cause profonde", "le problème était", "le problème venait",
    "le problème vient", "le problème est", "venait de", "provenait de", "la raison", "parce que",
    "en raison de", "à cause de", "dû à", "due à", "causé par", "causée par", "le coupable",
    "en fait", "en réalité", "cétait le", "cest pourquoi le", "cest le", "lerreur vient", "le bug vient", "se situe dans",
    "les mesures montrent",
    "la causa", "causa raíz", "el problema era", "el problema es", "el problema fue",
    "el problema estaba", "la razón", "el motivo", "porque", "debido a", "se debe a", "se debía a",
    "causado por", "causada por", "el culpable", "ya que", "por culpa de",
    "en realidad", "era el", "por eso fallaba", "el error viene", "el fallo está", "se produce por", "resulta ser",
    "encontré la causa", "los registros muestran",
    "a causa", "causa raiz", "o problema era", "o problema é", "o problema foi",
    "o problema estava", "a razão", "o motivo", "devido a", "devido ao", "devido à",
    "por causa de", "por causa do", "por causa da", "o culpado",
    "na verdade", "era o", "por isso o", "o erro vem", "o erro está", "o problema está", "encontrei a causa",
    "os logs mostram",
    "原因", "罪魁祸首", "罪魁禍首", "因为", "因為", "由于", "由於", "结果是", "結果是", "问题出在", "問題出在",
    "问题在于", "問題在於", "导致", "導致", "结论", "結論", "学到", "學到", "找到了", "根源", "错误来自", "日志显示", "的问题 ", "问题是", "理由は", "だったため", "ためです",
    "ためでした", "が原因", "からです", "からでした", "見つか", "どうやら", "実は", "せいで", "調査の結果", "の問題でした", "から来ている", "ログによると", "特定しました", "其实", "其實", "学んだ", "学びました",
    "때문",
];

/// By which a line names what is left to do.
#[rustfmt::skip]
const LEFT: &[&str] = &[
    "next step", "next steps", "still to do", "remaining", "left to do", "todo", "follow up",
    "follow ups", "not yet", "still need", "still needs",
    "nächste schritte", "nächster schritt", "noch offen", "steht noch aus", "noch zu tun",
    "prochaines étapes", "prochaine étape", "reste à faire", "il reste à",
    "próximos pasos", "siguiente paso", "siguientes pasos", "queda pendiente", "falta por hacer",
    "próximos passos", "próximo passo", "falta fazer", "ainda falta",
    "下一步", "待办", "待辦", "尚未", "后续工作", "後續工作", "次のステップ", "残作業", "残タスク", "未対応", "今後の",
];

/// Labels and headings of each.
#[rustfmt::skip]
const LABELS: [(Telling, &[&str]); 3] = [
    (Telling::Decision, &[
        "decision", "decisions", "decided", "resolution", "verdict", "choice", "agreed",
        "decision made", "decisions made", "settled", "final answer", "rule", "convention", "recommendation",
        "recommended", "approved", "consensus", "direction", "approach", "standard",
        "conventions", "policy",
        "entscheidung", "entscheidungen", "beschluss", "beschlüsse", "entschieden",
        "regel", "regeln", "konvention", "vereinbarung", "règle", "règles", "accord", "regla", "reglas",
        "convención", "acuerdo", "regra", "regras", "convenção", "acordo",
        "décision", "décisions", "choix", "décidé", "decisión", "decisiones", "elección",
        "decisão", "decisões", "escolha",
        "决定", "決定", "决策", "決策", "決定事項", "方針", "规则", "規則", "约定", "約定", "规范", "規範", "ルール", "規約", "合意", "选择", "결정",
    ]),
    (Telling::Finding, &[
        "root cause", "root causes", "cause", "finding", "findings", "found", "learned", "learnings",
        "learning", "lesson", "lessons", "lesson learned", "lessons learned", "note", "notes", "nb",
        "important", "caveat", "caveats", "gotcha", "gotchas", "warning", "reason", "reasons", "why",
        "rationale", "trade off", "trade offs", "tradeoff", "tradeoffs", "conclusion", "conclusions",
        "insight", "insights", "takeaway", "takeaways", "discovery", "discoveries", "diagnosis",
        "explanation", "culprit", "why it failed", "why it broke", "why this happened", "tl dr", "tldr", "bottom line", "fyi", "heads up", "remember", "solved", "mystery solved", "observation", "root cause analysis", "rca",
        "pitfall", "watch out", "good to know", "be careful", "the answer", "found", "that is why it failed", "thats why it failed",
        "ursache", "ursachen", "grund", "hinweis", "hinweise", "erkenntnis", "erkenntnisse", "befund",
        "fazit", "achtung", "begründung", "wichtig", "merke", "problem", "vorsicht", "lösung", "gefunden",
        "cause racine", "raison", "remarque", "constat", "constats", "attention", "à noter",
        "découverte", "découvertes", "trouvé", "explication",
        "causa", "causa raíz", "razón", "motivo", "nota", "hallazgo", "hallazgos", "conclusión",
        "importante", "descubrimiento", "ojo", "explicación", "encontrado",
        "causa raiz", "razão", "descoberta", "descobertas", "conclusão", "observação", "achado", "atenção", "explicação",
        "原因", "根本原因", "根因", "注意", "备注", "備註", "结论", "結論", "发现", "發現", "说明", "說明", "理由",
        "注", "発見", "備考", "メモ", "補足", "わかったこと", "원인", "참고", "결론",
    ]),
    (Telling::Left, &[
        "next", "next step", "next steps", "todo", "todos", "to do", "remaining", "left", "left to do",
        "follow up", "follow ups", "still open", "open",
        "nächste schritte", "nächster schritt", "offen", "noch offen", "prochaines étapes",
        "prochaine étape", "reste à faire", "à faire", "próximos pasos", "siguiente paso", "pendiente",
        "pendientes", "próximos passos", "próximo passo", "pendente", "pendentes",
        "下一步", "后续", "後續", "待办", "待辦", "次のステップ", "残作業", "残タスク", "今後",
    ]),
];

/// Words that a label may have besides, such as "Final decision" or "Decision 2".
const MAX_LABEL_WORDS: usize = 4;
const MAX_LABEL_BYTES: usize = 60;

/// What a sentence tells of, by its words; a question and a condition tell nothing.
pub(crate) fn told(sentence: &str) -> Option<Telling> {
    let is_question = sentence.trim_end().ends_with(['?', '？']);
    let words = Words::of(sentence);
    if is_question
        || words.starts_with_any(&[
            "if",
            "should",
            "would you",
            "let me know",
            "do you",
            "shall",
            "falls",
            "si vous",
            "si tu",
        ])
    {
        return None;
    }
    // In Spanish and Portuguese it means "all".
    let is_all = words.has_any(&[
        "em todo",
        "todo el",
        "todo lo",
        "todo o",
        "de todo",
        "sobre todo",
        "todo está",
    ]);
    if !is_all && words.has_any(LEFT) {
        return Some(Telling::Left);
    }
    // "Chose Vite over Webpack."
    let is_choice = words.starts_with_any(&["chose", "picked", "selected", "picking", "choosing"])
        && words.has_any(&["over"]);
    let is_choice = is_choice || orders(&words) || chooses(sentence, &words) || binds(&words);
    if words.has_any(DECISIONS) || is_choice || states_decision(sentence) {
        return Some(Telling::Decision);
    }
    (words.has_any(DISCOVERIES) || words.has_any(CAUSES)).then_some(Telling::Finding)
}

/// Whether a sentence says what is never or always to be done: "Never call it from a view."
fn orders(words: &Words) -> bool {
    #[rustfmt::skip]
    const OTHERS: [&str; 6] = [
        "never mind", "never again", "always happy", "always glad", "always open", "always a",
    ];
    #[rustfmt::skip]
    const ALWAYS: [&str; 19] = [
        "never", "always", "immer", "nie", "niemals", "toujours", "ne jamais", "siempre", "nunca",
        "sempre", "jamais", "dont use", "do not use", "dont store", "do not store", "dont cache",
        "do not cache", "no usar", "não usar",
    ];
    let is_order =
        words.starts_with_any(&ALWAYS) && !words.starts_with_any(&OTHERS) && words.count() >= 3;
    is_order
        || ["常に", "必ず"]
            .iter()
            .any(|word| words.find(word) == Some(1))
}

/// Whether a sentence binds all of a kind: "All times must be UTC."
fn binds(words: &Words) -> bool {
    #[rustfmt::skip]
    const ALL: [&str; 11] = [
        "all", "every", "each", "no", "alle", "jede", "jeder", "toutes", "tous", "todas", "todos",
    ];
    #[rustfmt::skip]
    const MUST: [&str; 10] = [
        "must", "shall", "are to be", "müssen", "muss", "doivent", "doit", "deben", "devem", "deve",
    ];
    words.starts_with_any(&ALL) && words.has_any(&MUST)
}

/// Begins a few words that say what is taken or left, and that a name ends: "Keep SSR."
#[rustfmt::skip]
const TAKES: &[&str] = &[
    "use", "keep", "drop", "choose", "pick", "adopt", "stick with", "go with",
    "keeping", "choosing", "switched to", "moving to", "my vote goes to", "i recommend", "recommended",
    "ill use", "nutze", "verwende", "va pour", "ce sera", "on utilise", "pas de", "nada de", "vamos con",
    "vamos com", "vamos de", "vai ser", "usar", "usa",
    "utiliser", "utilisez", "usamos",
];

/// The same before a name alone.
#[rustfmt::skip]
const THEN: &[&str] = &["no", "only", "then", "so", "dann", "also", "será", "entonces", "fica", "então"];

/// Begins a few words that say so of anything: "Prefer composition over inheritance."
#[rustfmt::skip]
const PREFERS: &[&str] = &["prefer", "avoid", "switching to", "migrating to", "dropping", "lieber"];

/// Ends a few words that say the same: "Redis it is."
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "it is", "it is then", "stays", "stays in", "will do", "wins", "is enough for us", "has to go",
    "is the way to go", "bleibt",
];

/// Says that something holds in all places: "Use UTC everywhere."
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    "everywhere", "überall", "partout", "en todas partes", "em todo lugar", "em todos os lugares",
    "from now on",
];

/// What no such sentence holds: it speaks of what was said, of what happened, or to whom.
#[rustfmt::skip]
const POINTS: &[&str] = &[
    "the", "this", "that", "these", "it", "me", "your", "you", "below", "above", "there", "here", "what",
    "how", "whose", "who", "where", "as", "he", "she", "they", "works", "fails", "ran", "run",
];

/// Whether a few words take one thing or leave another: "Use UTC everywhere.", "Redis it is.",
/// "pnpm, not npm."
fn chooses(sentence: &str, words: &Words) -> bool {
    let count = words.count();
    if !(2..=7).contains(&count) {
        return false;
    }
    let all = words.as_str().trim_end();
    // The "it" of "Redis it is" is a part of the phrase.
    let taken = TAKEN
        .iter()
        .filter_map(|end| all.strip_suffix(end))
        .find(|rest| rest.ends_with(' '));
    let mut rest = taken.unwrap_or(all).split_ascii_whitespace();
    if rest.clone().any(|word| POINTS.contains(&word)) {
        return false;
    }
    if taken.is_some() {
        let last = rest.next_back().unwrap_or("so");
        return rest.count() < 3 && !["so", "then", "and", "but", "yes"].contains(&last);
    }
    let is_told = words.starts_with_any(TAKES);
    if words.has_any(EVERYWHERE) {
        let ends = ["verwenden", "nutzen", "speichern"];
        return is_told
            || words.starts_with_any(DIRECTIONS)
            || ends.iter().any(|verb| words.ends_with(verb));
    }
    let is_rather = match count {
        3 => words.has_any(&["over", "statt"]) || sentence.contains(", not "),
        _ => count == 4 && sentence.contains(", not "),
    };
    // What goes over a network, or is over.
    let other = [
        "over", "time", "http", "https", "ssh", "tcp", "usb", "there", "now", "yet",
    ];
    if is_rather && !other.iter().any(|end| words.ends_with(end)) {
        return true;
    }
    // A name has a capital; `CVEs` are things that were counted.
    let name = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let name = name.rsplit(' ').next().unwrap_or_default();
    let singular = name.strip_suffix('s').unwrap_or(name);
    let is_plural = singular.len() < name.len() && singular.ends_with(char::is_uppercase);
    let is_name = name.contains(char::is_uppercase) && !is_plural;
    let is_told = is_told && count <= 5 || words.starts_with_any(THEN) && count == 2;
    words.starts_with_any(PREFERS) || is_told && is_name
}

/// How a text goes on behind a "since" that gives a reason.
const BEFORE_REASON: [&str; 16] = [
    "since it",
    "since its",
    "since they",
    "since these",
    "since those",
    "since there",
    "since nobody",
    "since nothing",
    "since no",
    "since not",
    "since both",
    "since all",
    "since most",
    "since we do",
    "since we need",
    "since we have",
];

/// Whether a text says "since" for a reason. A time follows it as well: "since 5.0",
/// "since May", "since the last release", "since we upgraded".
pub(crate) fn has_since_as_reason(words: &Words) -> bool {
    const OF_A_TIME: [&str; 4] = [
        "since it was",
        "since its first",
        "since its last",
        "since all of",
    ];
    words.has_any(&BEFORE_REASON) && !words.has_any(&OF_A_TIME)
}

/// Whether some sentence of a text may state a decision.
pub(super) fn may_state_decision(words: &Words) -> bool {
    words.has_any(RULES) || words.has_any(REASONS) || words.has_any(&BEFORE_REASON)
}

/// Whether a title, which says what a change does, gives its reason or sets a rule.
pub(crate) fn titles_decision(words: &Words) -> bool {
    words.has_any(RULES) || words.has_any(REASONS) || has_since_as_reason(words)
}

/// Whether a sentence sets a rule, or says with a reason what is to be done.
pub(crate) fn states_decision(sentence: &str) -> bool {
    let words = Words::of(sentence);
    if words.has_any(RULES) {
        return true;
    }
    let has_reason = words.has_any(REASONS) || has_since_as_reason(&words);
    if !has_reason || words.has_any(DISCOVERIES) {
        return false;
    }
    let mut begin = words.as_str().split_ascii_whitespace();
    let who = begin.next().unwrap_or_default();
    let verb = begin.next().unwrap_or_default();
    // "We added a retry because …" tells of the change more than of the choice.
    let is_past = matches!(who, "we" | "i") && verb.ends_with("ed");
    words.starts_with_any(DIRECTIONS) && !is_past && !SEEN.contains(&verb)
}

/// Whether a sentence says in so many words that something was decided.
pub(crate) fn says_decided(sentence: &str) -> bool {
    const DECIDED: [&str; 11] = [
        "we decided",
        "i decided",
        "it was decided",
        "the decision",
        "we chose",
        "i chose",
        "from now on",
        "we will use",
        "we no longer",
        "must never",
        "must always",
    ];
    Words::of(sentence).has_any(&DECIDED)
}

/// The sentences of a line.
pub(crate) fn sentences(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(['。', '！', '？'])
        .flat_map(|part| part.split_inclusive(". "))
        .flat_map(|part| part.split_inclusive("! "))
        .flat_map(|part| part.split_inclusive("? "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// Whether a line names what is left to do.
pub(crate) fn names_left(line: &str) -> bool {
    Words::of(line).has_any(LEFT)
}

/// What a line tells of that begins with a label, such as `Decision: keep it` or
/// `**Root cause** – the cache`, and what stands behind the label.
pub(crate) fn labelled(line: &str) -> Option<(Telling, &str)> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begin = &line[..line.floor_char_boundary(MAX_LABEL_BYTES)];
    let is_sign = |c: char| matches!(c, ':' | '：' | '|' | '–' | '—');
    let at = begin.find(is_sign).or_else(|| begin.find(" - "))?;
    let (label, rest) = line.split_at(at);
    let rest = rest
        .trim_start_matches(|c: char| {
            is_sign(c) || c.is_whitespace() || matches!(c, '-' | '*' | '_')
        })
        .trim_end_matches(['|', ' ']);
    label_of(label).map(|telling| (telling, rest))
}

/// What a label or the words of a heading tell of.
pub(crate) fn label_of(label: &str) -> Option<Telling> {
    let words = Words::of(label);
    let count = words.count();
    if count == 0 || count > MAX_LABEL_WORDS {
        return None;
    }
    LABELS.iter().find_map(|(telling, labels)| {
        let is_label = |label: &&str| match label.starts_with(|c| c >= FIRST_UNSPACED) {
            true => words.is(label),
            false => {
                words.ends_with(label) || words.find(label) == Some(1) && words.is_numbered(label)
            }
        };
        labels.iter().any(is_label).then_some(*telling)
    })
}

#[cfg(test)]
mod tests;
