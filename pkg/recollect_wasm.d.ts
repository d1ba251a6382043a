/* tslint:disable */
/* eslint-disable */

/** Reads an image of the index from its beginning. */
export interface ImageReader {
    /** Bytes of the whole image. */
    readonly size: number;
    /**
     * The bytes that come next, at least one and at most so many; none behind the last. They are
     * done with when this is called again.
     */
    next(most: number): Uint8Array;
}


/**
 * A commit of a repository.
 */
export interface Commit {
    /**
     * Its hash.
     */
    hash: string;
    /**
     * Its whole message.
     */
    message: string;
    /**
     * When its author made it.
     */
    at: number;
    /**
     * When it was committed, where that is another time.
     */
    committedAt?: number;
    /**
     * Who made it.
     */
    author?: string;
    /**
     * Files it changed, relative to the repository, by their paths after it.
     */
    files: string[];
    /**
     * Hashes of the commits that it follows.
     */
    parents?: string[];
    /**
     * Those of the files that were not there before.
     */
    added?: string[];
    /**
     * Those of the files that are gone since.
     */
    deleted?: string[];
    /**
     * Those of the files that had another path before.
     */
    renamed?: Renamed[];
    /**
     * Names of the tags that stand at it; each becomes a memory of its release.
     */
    tags?: string[];
}

/**
 * A file that has another path since a commit.
 */
export interface Renamed {
    /**
     * The path before.
     */
    from: string;
    /**
     * The path since.
     */
    to: string;
}

/**
 * A kind of remembering.
 */
export type Sector = "episodic" | "semantic" | "procedural" | "emotional" | "reflective";

/**
 * A kind of what can be understood of a question.
 */
export type Aspect = "time" | "file" | "person" | "version" | "number" | "kind" | "order";

/**
 * A label of a context block and the memory behind it.
 */
export interface Citation {
    /**
     * Such as `m1`.
     */
    label: string;
    /**
     * The memory's id.
     */
    id: string;
    /**
     * Its title.
     */
    title: string;
}

/**
 * A line that was not taken, and why.
 */
export interface RefusedLine {
    /**
     * From 1, in the text that was given.
     */
    line: number;
    /**
     * What was wrong; never a part of the line.
     */
    problem: string;
}

/**
 * A memory that was found or listed: enough to choose by.
 */
export interface Hit {
    /**
     * Identity.
     */
    id: string;
    /**
     * What it is.
     */
    kind: MemoryKind;
    /**
     * Type of the observation or event.
     */
    type?: string;
    /**
     * One line, never empty.
     */
    title: string;
    /**
     * Where in the title what was looked for stands.
     */
    titleHighlights?: Range[];
    /**
     * When it happened.
     */
    at: number;
    /**
     * The project.
     */
    project: Project;
    /**
     * Key of the session.
     */
    session?: string;
    /**
     * Who or what wrote it.
     */
    provenance: Provenance;
    /**
     * How far it may be believed.
     */
    trust: Trust;
    /**
     * Why it is not recalled by itself, if so.
     */
    flag?: Flag;
    /**
     * Whether it is kept at hand.
     */
    isPinned: boolean;
    /**
     * Which kinds of remembering it is of, the primary first.
     */
    sectors: Sector[];
    /**
     * Estimated cost of the full memory in model tokens.
     */
    tokens: number;
    /**
     * Hash of the commit it was made from.
     */
    commit?: string;
    /**
     * Name of that commit's author.
     */
    author?: string;
    /**
     * Higher is better; comparable only within one search.
     */
    score?: number;
    /**
     * How the score came about, if it was asked.
     */
    explain?: Explanation;
    /**
     * Up to 200 characters around the match, on one line.
     */
    preview: string;
    /**
     * Where in the preview what was looked for stands.
     */
    previewHighlights?: Range[];
    /**
     * The whole memory, if the format asks for it.
     */
    memory?: Memory;
}

/**
 * A page of facts.
 */
export interface FactList {
    /**
     * The one that was used last first.
     */
    facts: Fact[];
    /**
     * How many there are on all pages.
     */
    total: number;
}

/**
 * A page of hits.
 */
export interface SearchResult {
    /**
     * The page.
     */
    hits: Hit[];
    /**
     * How many there are on all pages.
     */
    total: number;
    /**
     * Whether more follow.
     */
    hasMore: boolean;
    /**
     * Where a list without words goes on.
     */
    next?: string;
}

/**
 * A page of sessions.
 */
export interface SessionList {
    /**
     * The one with the newest record first.
     */
    sessions: Session[];
    /**
     * How many there are on all pages.
     */
    total: number;
}

/**
 * A part of a text, in UTF-16 code units as JavaScript counts them.
 */
export interface Range {
    /**
     * The first.
     */
    start: number;
    /**
     * Behind the last.
     */
    end: number;
}

/**
 * A project and what is remembered of it.
 */
export interface ProjectStats {
    /**
     * The project.
     */
    project: Project;
    /**
     * Memories.
     */
    memories: number;
    /**
     * When the oldest happened.
     */
    firstAt: number;
    /**
     * When the newest happened.
     */
    lastAt: number;
}

/**
 * A project.
 */
export interface Project {
    /**
     * The normalised git remote, such as `example.org/owner/name`, or the folder's URI.
     */
    id: string;
    /**
     * What people call it.
     */
    name: string;
}

/**
 * A session with what it amounted to.
 */
export interface SessionDetail {
    /**
     * The session.
     */
    session: Session;
    /**
     * Its latest summary.
     */
    summary?: Memory;
    /**
     * What was used in it.
     */
    context: SessionContext;
}

/**
 * A session, without what was recorded in it.
 */
export interface Session {
    /**
     * The key that its owner gave it.
     */
    key: string;
    /**
     * Id of its first `session` record, if it has one.
     */
    id?: string;
    /**
     * The project.
     */
    project: Project;
    /**
     * The assistant or editor that runs it.
     */
    source?: string;
    /**
     * Who works in it.
     */
    user?: string;
    /**
     * The editor's name.
     */
    ide?: string;
    /**
     * What it is about; the first prompt, if nobody said it.
     */
    title?: string;
    /**
     * When its first record happened.
     */
    startedAt: number;
    /**
     * When its last record happened.
     */
    lastAt: number;
    /**
     * When it ended; absent while it goes on.
     */
    endedAt?: number;
    /**
     * Whether it is kept at hand.
     */
    isPinned: boolean;
    /**
     * Whether it is put aside.
     */
    isArchived: boolean;
    /**
     * What happened in it, in numbers.
     */
    statistics: SessionStatistics;
}

/**
 * A text that a person typed or selected.
 */
export interface Note {
    /**
     * Its first line becomes the title unless there is one.
     */
    text: string;
    /**
     * Where it belongs.
     */
    origin: Origin;
    /**
     * A title.
     */
    title?: string;
    /**
     * What kind of work; found from the words unless told.
     */
    type?: ObservationType;
    /**
     * The file it was selected in.
     */
    file?: string;
    /**
     * Labels.
     */
    concepts?: string[];
}

/**
 * A time from one moment up to another, each of which may be open.
 */
export interface Period {
    /**
     * At this moment or later.
     */
    since?: number;
    /**
     * Earlier than this moment.
     */
    before?: number;
}

/**
 * A value that holds.
 */
export interface Fact {
    /**
     * Identity of this value; another one under the key has another.
     */
    id: string;
    /**
     * The project.
     */
    project: Project;
    /**
     * The key.
     */
    key: string;
    /**
     * The value.
     */
    value: string;
    /**
     * Anything else its sender said.
     */
    metadata: Record<string, unknown>;
    /**
     * When it was written.
     */
    at: number;
    /**
     * From when on it no longer holds, if ever.
     */
    expiresAt?: number;
    /**
     * Times it was given out before.
     */
    accessed: number;
    /**
     * When it was last given out before, or else written.
     */
    lastAccessed: number;
}

/**
 * Commits, in any order.
 */
export type CommitList = Commit[];

/**
 * Days until a memory that nobody uses is half as salient, by its sector; each from 1 to
 * 3650, and the documented one unless told.
 */
export interface HalfLives {
    /**
     * For what happened.
     */
    episodic?: number;
    /**
     * For what is so.
     */
    semantic?: number;
    /**
     * For how something is done.
     */
    procedural?: number;
    /**
     * For how somebody felt.
     */
    emotional?: number;
    /**
     * For what was thought of it.
     */
    reflective?: number;
}

/**
 * Everything of one memory.
 */
export interface Memory {
    /**
     * Identity.
     */
    id: string;
    /**
     * What it is.
     */
    kind: MemoryKind;
    /**
     * Type of the observation or event.
     */
    type?: string;
    /**
     * One line, never empty.
     */
    title: string;
    /**
     * A second line.
     */
    subtitle?: string;
    /**
     * The whole story, Markdown.
     */
    narrative?: string;
    /**
     * When it happened.
     */
    at: number;
    /**
     * The project.
     */
    project: Project;
    /**
     * Key of the session.
     */
    session?: string;
    /**
     * The prompt of the session that it belongs to, from 1.
     */
    promptNumber?: number;
    /**
     * Who or what wrote it.
     */
    provenance: Provenance;
    /**
     * How far it may be believed.
     */
    trust: Trust;
    /**
     * Why it is not recalled by itself, if so.
     */
    flag?: Flag;
    /**
     * Which kinds of remembering it is of, the primary first.
     */
    sectors: Sector[];
    /**
     * Whether it is kept at hand.
     */
    isPinned: boolean;
    /**
     * Whether it is put aside.
     */
    isArchived: boolean;
    /**
     * Whether its words are others than it was stored with.
     */
    isEdited: boolean;
    /**
     * Statements that stand alone.
     */
    facts: string[];
    /**
     * Labels.
     */
    concepts: string[];
    /**
     * Files that were looked at.
     */
    filesRead: string[];
    /**
     * Files that were changed or that it is about.
     */
    filesModified: string[];
    /**
     * Hash of the commit it was made from.
     */
    commit?: string;
    /**
     * Name of that commit's author.
     */
    author?: string;
    /**
     * Name of the tag, if it is of a release.
     */
    tag?: string;
    /**
     * The parts of a summary, if it is one.
     */
    summary?: SummaryParts;
    /**
     * When a fact no longer holds, if ever.
     */
    expiresAt?: number;
    /**
     * Estimated cost in model tokens.
     */
    tokens: number;
    /**
     * Everything but title and files as Markdown, for reading.
     */
    text: string;
}

/**
 * How a memory was used.
 */
export type UseOf = "recalled" | "reinforced";

/**
 * How a session ended.
 */
export interface EndedSession {
    /**
     * Its key.
     */
    key: string;
    /**
     * When.
     */
    endedAt: number;
    /**
     * Id of its latest summary; absent if there was nothing to say.
     */
    summary?: string;
    /**
     * Whether that summary was added now.
     */
    isSummaryNew: boolean;
    /**
     * What happened in it, in numbers.
     */
    statistics: SessionStatistics;
    /**
     * Whether it ended now; else it had ended before, and nothing was added.
     */
    isNew: boolean;
}

/**
 * How far a memory may be believed without a person looking at it.
 */
export type Trust = "high" | "low";

/**
 * How many memories name a file.
 */
export interface FileCount {
    /**
     * Its path, from the root of its repository.
     */
    path: string;
    /**
     * Memories.
     */
    count: number;
}

/**
 * How memories spread; what has none is left out.
 */
export interface Activity {
    /**
     * By the user's days, as in `2026-11-02`.
     */
    days: Record<string, number>;
    /**
     * By the files that they name, those with the most first.
     */
    files: FileCount[];
    /**
     * By kinds of remembering, primary or not.
     */
    sectors: Record<string, number>;
}

/**
 * How much a memory matters at a moment, and why.
 */
export interface Seen {
    /**
     * The memory.
     */
    id: string;
    /**
     * From 0 to 1: fades with time and rises with use, each use less than the one before.
     */
    salience: number;
    /**
     * When it was last used, or else the moment it is of.
     */
    lastSeen: number;
    /**
     * Times it was recalled.
     */
    recalled: number;
    /**
     * Times it was reinforced.
     */
    reinforced: number;
}

/**
 * How much memories matter.
 */
export type SeenList = Seen[];

/**
 * How much of each hit is wanted.
 */
export type Format = "index" | "full";

/**
 * How to search.
 */
export interface SearchRequest extends Filter {
    /**
     * The query language: words, `"phrases"`, `prefix*`, `-not`, `type:bugfix`
     * and the like; without words the newest are listed.
     */
    text?: string;
    /**
     * What the text means by the model of `setModel`, if there is one.
     */
    meant?: number[];
    /**
     * How much of each; `index` unless told.
     */
    format?: Format;
    /**
     * What comes first; `best` unless told. A list without words is the newest first.
     */
    order?: Order;
    /**
     * What is at hand.
     */
    near?: Near;
    /**
     * The moment of asking, for ages and for `since:7d`.
     */
    now?: number;
    /**
     * Where a list without words goes on, as `next` of the answer before said.
     */
    after?: string;
    /**
     * Whether the last word is still being typed.
     */
    isPrefix?: boolean;
    /**
     * Whether each hit says how its score came about.
     */
    isExplained?: boolean;
}

/**
 * Memories around an anchor.
 */
export interface TimelineResult {
    /**
     * Oldest first.
     */
    items: Hit[];
    /**
     * Id of the item it is around, if it is around one.
     */
    anchor?: string;
}

/**
 * Memories by their ids.
 */
export type MemoryList = Memory[];

/**
 * One part of a question that was understood.
 */
export interface Understood {
    /**
     * What it is.
     */
    aspect: Aspect;
    /**
     * The words that say it.
     */
    text: string;
    /**
     * What it was taken for: dates, a path, a name.
     */
    value: string;
}

/**
 * One piece of a session's context.
 */
export interface ContextPiece {
    /**
     * Path of the file, words of the search, the decision, or id of the memory;
     * a path that ends with `/` stands for files of that folder.
     */
    text: string;
    /**
     * Key of the memory.
     */
    key?: string;
    /**
     * How much it matters, from 0 to 1.
     */
    importance: number;
    /**
     * When it was last used.
     */
    at: number;
    /**
     * Place of that use among all of the session, from 1.
     */
    order: number;
    /**
     * Times it was used.
     */
    count: number;
    /**
     * Whether it is kept as it is.
     */
    isPinned: boolean;
    /**
     * Id of the record of its last use, by which it can be pinned.
     */
    record: string;
}

/**
 * One use of a tool, as its host tells it; may hold anything.
 *
 * Only TypeScript sees this type: as a draft it crosses as JSON text.
 */
export interface ToolUse {
    /**
     * The tool, such as `Edit`, `run_in_terminal` or `mcp__github__create_issue`.
     */
    name: string;
    /**
     * Its arguments.
     */
    input?: unknown;
    /**
     * What it gave back: an object, a list of texts or a text.
     */
    response?: unknown;
    /**
     * The folder in which the agent works.
     */
    cwd?: string;
    /**
     * The root of the working tree that this folder is in, in every spelling that is
     * known; files are named from there.
     */
    roots?: string[];
    /**
     * What the agent was asked, to tell the type of work by; none of it is kept.
     */
    prompt?: string;
    /**
     * The number of that prompt in its session.
     */
    promptNumber?: number;
}

/**
 * Patterns, the most salient first.
 */
export type PatternList = Pattern[];

/**
 * Projects, the most recently used first.
 */
export type ProjectList = ProjectStats[];

/**
 * Recalled memories, fenced as data for a model.
 */
export interface ContextBlock {
    /**
     * Wrapped in `<recollect-context>`, so that it is never stored again.
     */
    text: string;
    /**
     * What each label in the text stands for.
     */
    citations: Citation[];
}

/**
 * Somebody or something that what fits a question is of.
 */
export interface Counted {
    /**
     * As commits have it: of a person, or the path of a file.
     */
    name: string;
    /**
     * How many of the memories that fit.
     */
    memories: number;
}

/**
 * Something that recurs.
 */
export interface Pattern {
    /**
     * A UUID, the same whenever and wherever the same pattern is found.
     */
    id: string;
    /**
     * What recurs.
     */
    kind: PatternKind;
    /**
     * Id of the project it was found in.
     */
    project: string;
    /**
     * One sentence, with the counts.
     */
    description: string;
    /**
     * What the sentence is about: steps in their order; two files; a task and an error, of which
     * one may be empty, and the files that mend it; or an activity.
     */
    names: string[];
    /**
     * The day of a habit, from 0 for Monday, if it has one.
     */
    weekday?: number;
    /**
     * Its quarter of the day, from 0 for the night, if it has one.
     */
    quarter?: number;
    /**
     * Sessions it was seen in.
     */
    support: number;
    /**
     * Times it was seen.
     */
    count: number;
    /**
     * Share of cases in which it held, from 0 to 1.
     */
    confidence: number;
    /**
     * How many times as often as by chance.
     */
    lift: number;
    /**
     * Whether the cases are so few that it could still be chance.
     */
    isFew: boolean;
    /**
     * Keys of the newest sessions with it, newest first; at most 3.
     */
    sessions: string[];
    /**
     * Files it is about, if it is about single ones.
     */
    files: string[];
    /**
     * End of the session with which it had been seen often enough.
     */
    detectedAt: number;
    /**
     * End of the last session with it.
     */
    lastReinforced: number;
    /**
     * From 0 to 1: falls with time, rises when it is seen again.
     */
    salience: number;
}

/**
 * Something to be remembered. Texts may hold privacy tags: what is private is
 * dropped before anything else happens. `at` is when it happened, if not now.
 *
 * Only TypeScript sees this type: [`drafts`] reads what is of it.
 */
export type NewRecord = { kind: "session"; origin: Origin; at?: number; source?: string; user?: string; ide?: string; title?: string } | { kind: "session_end"; session: string; at?: number; statistics?: Record<string, unknown> } | { kind: "prompt"; origin: Origin; at?: number; number: number; text: string } | { kind: "observation"; origin: Origin; at?: number; type: ObservationType; title: string; subtitle?: string; narrative?: string; facts?: string[]; concepts?: string[]; filesRead?: string[]; filesModified?: string[]; promptNumber?: number; tokensSpent?: number } | { kind: "summary"; origin: Origin; at?: number; request?: string; investigated?: string; learned?: string; completed?: string; nextSteps?: string; notes?: string; facts?: string[]; concepts?: string[]; files?: string[] } | { kind: "event"; origin: Origin; at?: number; type: string; file?: string; content?: string; metadata?: Record<string, unknown> } | { kind: "context"; origin: Origin; at?: number; item: ContextItem } | { kind: "fact"; origin: Origin; at?: number; key: string; value: string; metadata?: Record<string, unknown>; ttlSeconds?: number } | { kind: "edit"; of: string; title?: string; subtitle?: string; narrative?: string; facts?: string[]; type?: ObservationType; concepts?: string[]; isPinned?: boolean; isArchived?: boolean; isRewriting?: boolean; isHarmless?: boolean };

/**
 * Something to say of an answer besides its hits.
 */
export type AnswerNote = { kind: "used_earlier" } | { kind: "unknown_word"; word: string } | { kind: "no_number"; number: string } | { kind: "nothing_then"; nearest?: number } | { kind: "nothing_with"; aspect: Aspect; others: number } | { kind: "elsewhere" } | { kind: "authors"; authors: Counted[] } | { kind: "files"; files: Counted[] };

/**
 * Texts for a model.
 */
export interface FetchedTexts {
    /**
     * The numbers of the rows they are of.
     */
    rows: number[];
    /**
     * As many texts.
     */
    texts: string[];
}

/**
 * The context of a session, each list in the order of last use.
 */
export interface SessionContext {
    /**
     * Files that were used.
     */
    files: ContextPiece[];
    /**
     * What was searched for.
     */
    searches: ContextPiece[];
    /**
     * What was decided.
     */
    decisions: ContextPiece[];
    /**
     * Memories that were used.
     */
    memories: ContextPiece[];
    /**
     * Pieces that are left out to save room.
     */
    leftOut: number;
    /**
     * Whether it is condensed, as it is above 32 KiB.
     */
    isCompressed: boolean;
    /**
     * Bytes of JSON of an object of the four lists, before it was condensed.
     */
    sizeBytes: number;
    /**
     * The same of what is left.
     */
    compressedBytes: number;
}

/**
 * The parts of a score: BM25, more where all terms are held, times one and the weighted sum of
 * recency, salience and nearness; then what the last three add.
 */
export interface Explanation {
    /**
     * Whether every word that is looked for is in it.
     */
    hasAllTerms: boolean;
    /**
     * Relevance of the words.
     */
    bm25: number;
    /**
     * Likeness to words that are spelled nearly so, if few hits have the very words.
     */
    trigram: number;
    /**
     * From 0 to 1, halved every 30 days.
     */
    recency: number;
    /**
     * From 0 to 1.
     */
    salience: number;
    /**
     * From 0 to 1: 1 in the file at hand, less in its folder and project.
     */
    nearness: number;
    /**
     * How near the words stand to each other, in parts of the relevance.
     */
    proximity: number;
    /**
     * From 0 to 1: how near it is to the question in what it means; 0 without the table of
     * word vectors.
     */
    meaning: number;
    /**
     * What the memories before and after it in the session lend it.
     */
    neighbours: number;
}

/**
 * The parts of a summary.
 */
export interface SummaryParts {
    /**
     * What was asked for.
     */
    request?: string;
    /**
     * What was looked into.
     */
    investigated?: string;
    /**
     * What was found out.
     */
    learned?: string;
    /**
     * What was done.
     */
    completed?: string;
    /**
     * What is left.
     */
    nextSteps?: string;
    /**
     * Anything else.
     */
    notes?: string;
}

/**
 * What a host can tell of a repository.
 */
export interface Repository {
    /**
     * Address of its remote, as git has it; what is secret in it is dropped.
     */
    remote?: string;
    /**
     * The commit that its history begins with, in hexadecimal.
     */
    rootCommit?: string;
    /**
     * Address of its main working tree; without one, of the folder with its data.
     */
    home: string;
}

/**
 * What a memory is.
 */
export type MemoryKind = "observation" | "summary" | "prompt" | "event" | "fact" | "session" | "context";

/**
 * What a segment turned out to hold.
 */
export interface SegmentReport {
    /**
     * Name of the segment.
     */
    name: string;
    /**
     * Records read.
     */
    records: number;
    /**
     * Memories that were not known before.
     */
    added: number;
    /**
     * Lines that do not verify or are no records.
     */
    damagedLines: number;
    /**
     * Whether every byte is accounted for.
     */
    isWhole: boolean;
    /**
     * Whether a newer version wrote it, so that it was left alone.
     */
    isNewer: boolean;
    /**
     * What is wrong, in words, if anything is.
     */
    problem?: string;
    /**
     * Records that it ended: an image of the index from before holds them.
     */
    ended: number;
}

/**
 * What a selection holds at this moment.
 */
export interface Selected {
    /**
     * All of it, newest first: memories, sessions and their context.
     */
    ids: string[];
    /**
     * How many of them are memories, which a person can see.
     */
    total: number;
    /**
     * The newest of these, at most 50.
     */
    hits: Hit[];
}

/**
 * What a session's context is made of; one of the fields. Seen by TypeScript only.
 */
export type ContextItem = { file: { path: string; importance: number } } | { search: { query: string } } | { decision: { text: string } } | { memory: { id: string; key: string } };

/**
 * What a timeline is around; one of the fields.
 */
export type Anchor = { id: string } | { session: string } | { at: number };

/**
 * What an operation does with a file.
 *
 * Only TypeScript sees this type: a getter can give no enum but as its text.
 */
export type OperationKind = "read" | "put_new" | "delete";

/**
 * What answers a question.
 */
export interface Answer {
    /**
     * What the question was taken for, part by part.
     */
    understood: Understood[];
    /**
     * The words that were searched for; empty if what was understood says it all.
     */
    subject: string;
    /**
     * Whether something fits.
     */
    isAnswered: boolean;
    /**
     * How many memories fit.
     */
    fitting: number;
    /**
     * How many fit or may.
     */
    total: number;
    /**
     * Those that fit, best first, and behind them those that may.
     */
    hits: Hit[];
    /**
     * How many of the hits fit.
     */
    fittingHits: number;
    /**
     * What to say besides.
     */
    notes: AnswerNote[];
}

/**
 * What became of a list of commits, in numbers.
 */
export interface Learned {
    /**
     * New, durable once flushed.
     */
    pending: number;
    /**
     * Learned before, or forgotten since.
     */
    known: number;
    /**
     * Said nothing that may be kept.
     */
    skipped: number;
    /**
     * New memories of releases that tags name; durable once flushed.
     */
    releases: number;
}

/**
 * What became of a list of which each stands for itself.
 */
export interface Captured {
    /**
     * Of those that were not refused, in their order.
     */
    appended: Appended[];
    /**
     * Why each of the others was: a field and what is wrong with it, no text.
     */
    refused: string[];
}

/**
 * What became of each of a list.
 */
export type AppendedList = Appended[];

/**
 * What became of something to be remembered.
 */
export type Appended = { status: "pending"; id: string } | { status: "skipped"; reason: SkipReason };

/**
 * What came of an import.
 */
export interface ImportReport {
    /**
     * New, durable once flushed.
     */
    pending: number;
    /**
     * Here already.
     */
    known: number;
    /**
     * Forgotten here, and so left out.
     */
    forgotten: number;
    /**
     * Of the pending ones, those that the filter changed.
     */
    filtered: number;
    /**
     * Lines that were not taken, the first ones.
     */
    refused: RefusedLine[];
    /**
     * How many more were not taken.
     */
    unlisted: number;
}

/**
 * What came of an operation.
 */
export type Outcome = "done" | "missing" | "failed";

/**
 * What comes first.
 */
export type Order = "best" | "relevance" | "newest" | "oldest";

/**
 * What happened in a session, in numbers.
 */
export interface SessionStatistics {
    /**
     * Events.
     */
    totalEvents: number;
    /**
     * Events by primary sector; sectors without any are absent.
     */
    sectors: Partial<Record<Sector, number>>;
    /**
     * How many files there are.
     */
    uniqueFiles: number;
    /**
     * Files that events, observations and the context name, in order.
     */
    files: string[];
    /**
     * From the first record to the end, or to the last record.
     */
    durationMs: number;
    /**
     * Edits of files.
     */
    edits: number;
    /**
     * Runs of tests.
     */
    testsRun: number;
    /**
     * Those of them that failed.
     */
    testsFailed: number;
    /**
     * Commits.
     */
    commits: number;
    /**
     * Prompts.
     */
    prompts: number;
    /**
     * Observations.
     */
    observations: number;
}

/**
 * What is asked, and where.
 */
export interface AskRequest extends Filter {
    /**
     * The question, in plain words or in the query language.
     */
    text?: string;
    /**
     * What it means by the model of `setModel`, if there is one.
     */
    meant?: number[];
    /**
     * The question before it in the same conversation.
     */
    earlier?: string;
    /**
     * The moment of asking, Unix milliseconds.
     */
    now?: number;
    /**
     * Whether nothing that happened later than that counts.
     */
    isAsOf?: boolean;
    /**
     * Whether other projects are left out even if that has nothing.
     */
    isHereOnly?: boolean;
    /**
     * The file at hand, which `this file` and `here` mean.
     */
    file?: string;
    /**
     * Name of whoever asks, as commits have it.
     */
    me?: string;
    /**
     * Kinds of what was understood that do not count.
     */
    without?: Aspect[];
    /**
     * What comes first, whatever the question says; `best` leaves it to the question.
     */
    order?: Order;
    /**
     * Whether the last word is still being typed.
     */
    isPrefix?: boolean;
    /**
     * How much of each hit; `index` unless told.
     */
    format?: Format;
}

/**
 * What is at hand while somebody searches.
 */
export interface Near {
    /**
     * The file, as memories name it.
     */
    file?: string;
    /**
     * Id of the project.
     */
    project?: string;
}

/**
 * What is kept out besides what the module knows of itself.
 */
export interface PrivacyRules {
    /**
     * Regular expressions of texts that are secret here; each holds within one line.
     */
    patterns?: string[];
    /**
     * Globs of files that are never captured.
     */
    excludedPaths?: string[];
    /**
     * Whether e-mail addresses, telephone, account and card numbers are secret too.
     */
    hasPersonalData?: boolean;
}

/**
 * What is to be changed of a session; absent fields stay as they are.
 */
export interface SessionChange {
    /**
     * What it is about.
     */
    title?: string;
    /**
     * Whether it is kept at hand.
     */
    isPinned?: boolean;
    /**
     * Whether it is put aside.
     */
    isArchived?: boolean;
}

/**
 * What is to be remembered, in order. Seen by TypeScript only.
 */
export type NewRecordList = NewRecord[];

/**
 * What kind of work an observation is about.
 */
export type ObservationType = "discovery" | "decision" | "bugfix" | "feature" | "refactor" | "change" | "command";

/**
 * What recurs.
 */
export type PatternKind = "sequence" | "co_change" | "error_fix" | "habit";

/**
 * What the store holds.
 */
export interface Stats {
    /**
     * Memories of all kinds.
     */
    memories: number;
    /**
     * Memories by kind.
     */
    byKind: Record<string, number>;
    /**
     * Observations by type.
     */
    byType: Record<string, number>;
    /**
     * Projects with at least one memory.
     */
    projects: number;
    /**
     * Sessions that something is remembered of.
     */
    sessions: number;
    /**
     * Segments read or written.
     */
    segments: number;
    /**
     * Their bytes.
     */
    segmentBytes: number;
    /**
     * Lines that do not verify or are no records.
     */
    damagedLines: number;
    /**
     * Segments that a newer version wrote.
     */
    newerSegments: number;
    /**
     * Records that are not durable yet.
     */
    pending: number;
    /**
     * Segments that still hold the text of something that was forgotten.
     */
    unpurgedSegments: number;
    /**
     * When the oldest memory happened.
     */
    firstAt?: number;
    /**
     * When the newest memory happened.
     */
    lastAt?: number;
}

/**
 * Where a file is; seen by TypeScript only.
 */
export type Area = "segments" | "quarantine";

/**
 * Where a memory belongs.
 */
export interface Origin {
    /**
     * The project.
     */
    project: Project;
    /**
     * Who or what wrote it.
     */
    provenance: Provenance;
    /**
     * How far it may be believed; `high` unless told.
     */
    trust?: Trust;
    /**
     * Key of the session.
     */
    session?: string;
    /**
     * URI of the workspace folder.
     */
    workspace?: string;
}

/**
 * Where somebody works, as a host can tell.
 */
export interface Place {
    /**
     * The folder, as a path or a URI.
     */
    folder: string;
    /**
     * Other addresses of it, and of the working tree that it is in.
     */
    otherFolders?: string[];
    /**
     * The repository that it is in, if it is in one.
     */
    repository?: Repository;
}

/**
 * Which facts are wanted.
 */
export interface FactRequest {
    /**
     * Id or name of their project.
     */
    project: string;
    /**
     * How their keys begin.
     */
    prefix?: string;
    /**
     * Most facts, 1 to 200; 20 unless told.
     */
    limit?: number;
    /**
     * Facts to leave out before the first; 0 unless told.
     */
    offset?: number;
}

/**
 * Which memories a request is about; an absent field or empty list asks nothing.
 */
export interface Filter {
    /**
     * Kinds; none means every kind that is a memory, not sessions and context.
     */
    kinds?: MemoryKind[];
    /**
     * Ids or names of projects.
     */
    projects?: string[];
    /**
     * Types of observations or events.
     */
    types?: string[];
    /**
     * At this time or later.
     */
    since?: number;
    /**
     * Earlier than this time.
     */
    before?: number;
    /**
     * Key of the session.
     */
    session?: string;
    /**
     * Kinds of remembering, primary or not.
     */
    sectors?: Sector[];
    /**
     * Labels, or words that follow one another in one.
     */
    concepts?: string[];
    /**
     * Paths, or whole segments of one.
     */
    files?: string[];
    /**
     * Names of commits' authors, or words of one.
     */
    authors?: string[];
    /**
     * Whether it is kept at hand.
     */
    isPinned?: boolean;
    /**
     * Whether it is put aside.
     */
    isArchived?: boolean;
    /**
     * Whether nobody asked: then only what may be recalled by itself.
     */
    isAutomatic?: boolean;
    /**
     * Most hits, 1 to 200; 20 unless told.
     */
    limit?: number;
    /**
     * Hits to leave out before the first; 0 unless told.
     */
    offset?: number;
}

/**
 * Which memories to forget; all that is given must hold, and something must be.
 */
export interface ForgetSelection {
    /**
     * Exactly these.
     */
    ids?: string[];
    /**
     * Id of a project.
     */
    project?: string;
    /**
     * Stands in it literally, whatever the letter case.
     */
    text?: string;
    /**
     * At this time or later.
     */
    since?: number;
    /**
     * Earlier than this time.
     */
    before?: number;
    /**
     * Must be true if nothing else is given.
     */
    isEverything?: boolean;
}

/**
 * Which memories to put into a block for a model.
 */
export interface ContextRequest {
    /**
     * The memories, most useful first.
     */
    ids: string[];
    /**
     * About how long the block may be; 3000 unless told.
     */
    maxTokens?: number;
}

/**
 * Which part of the timeline is wanted.
 */
export interface TimelineRequest {
    /**
     * Around what.
     */
    anchor: Anchor;
    /**
     * Memories before the anchor, at most 100; 10 unless told.
     */
    before?: number;
    /**
     * Memories after the anchor, at most 100; 10 unless told.
     */
    after?: number;
    /**
     * Ids or names of projects; none means all.
     */
    projects?: string[];
    /**
     * Kinds; none means observations, prompts and summaries.
     */
    kinds?: MemoryKind[];
}

/**
 * Which patterns are wanted.
 */
export interface PatternRequest {
    /**
     * Id or name of their project; none means all.
     */
    project?: string;
    /**
     * Key of a session that shows them.
     */
    session?: string;
    /**
     * Kinds; none means all.
     */
    kinds?: PatternKind[];
    /**
     * Most patterns; 20 unless told.
     */
    limit?: number;
}

/**
 * Which sessions are wanted.
 */
export interface SessionRequest {
    /**
     * Id or name of their project; none means all.
     */
    project?: string;
    /**
     * Whether they are put aside.
     */
    isArchived?: boolean;
    /**
     * Most sessions, 1 to 200; 20 unless told.
     */
    limit?: number;
    /**
     * Sessions to leave out before the first; 0 unless told.
     */
    offset?: number;
}

/**
 * Who or what wrote a memory.
 */
export type Provenance = "user" | "assistant" | "tool" | "file" | "web" | "import" | "sync";

/**
 * Why a memory is not recalled unless somebody asks for it; seen by TypeScript only.
 */
export type Flag = "instructions";

/**
 * Why something is not kept.
 */
export type SkipReason = "private" | "nothing";

/**
 * `name` of every error that is thrown.
 */
export type ErrorName = "InvalidInput" | "NotFound" | "TooLarge" | "Full" | "Database";


/**
 * A file to write, once.
 */
export class Flush {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Its bytes, copied out of the module.
     */
    readonly bytes: Uint8Array;
    /**
     * Its name; nobody else can produce it.
     */
    readonly name: string;
    /**
     * How many records it holds.
     */
    readonly records: number;
}

/**
 * A copy of a database that another program wrote, to be read. Free it when done.
 */
export class ForeignDatabase {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Copies the bytes of a database.
     */
    constructor(bytes: ImageReader);
    /**
     * The rows that a query gives, as JSON: a list of objects by the names of the columns,
     * without what is empty or binary.
     */
    rows(query: string): string;
}

/**
 * What the host is to do with its files; one at a time.
 */
export class Operation {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Where the file is.
     */
    readonly area: Area;
    /**
     * The bytes to write, copied out of the module.
     */
    readonly bytes: Uint8Array | undefined;
    /**
     * What to do.
     */
    readonly kind: OperationKind;
    /**
     * Its name.
     */
    readonly name: string;
}

/**
 * All memories of a user, as one process sees them. Free it when done.
 */
export class Recollect {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * How the memories that pass a filter spread over days, files and sectors; at most
     * `most_files` of the files, which take longest. Neither limit nor offset count.
     */
    activity(filter: Filter, most_files: number, now?: number | null): Activity;
    /**
     * The ids that `aliases` gave these numbers; empty for a number that none has.
     */
    aliased(numbers: Float64Array | number[]): string[];
    /**
     * Whole numbers for records, below 2^53 and in the order of time: the same in
     * every window that has the same records. 0 for an id that is not here.
     */
    aliases(ids: string[]): Float64Array;
    /**
     * Takes records in, all or none; results stand in the order of `records`.
     */
    append(records: NewRecordList, now: number): AppendedList;
    /**
     * What answers a question in plain words: of the project at hand, or of all others if that
     * has nothing.
     */
    ask(request: AskRequest, now?: number | null): Answer;
    /**
     * Takes in what nobody asked to be remembered: as `append`, but a text that
     * is too long is cut and marked so, and a record that cannot be kept is left
     * out by itself.
     */
    capture(records: NewRecordList, now: number): Captured;
    /**
     * Titles, pins or archives a session; durable once flushed.
     */
    changeSession(key: string, change: SessionChange, now: number): void;
    /**
     * Takes in the command that a tool's use ran with success, if it is worth
     * knowing again. Skipped as `nothing` if it is not, or is known of this day.
     */
    commandWorked(tool_use: ToolUse, origin: Origin, now: number): Appended;
    /**
     * What came of the operation: with the bytes that were read, or without.
     */
    complete(outcome: Outcome, bytes: Uint8Array | number[] | null | undefined, now: number): void;
    /**
     * Memories as one fenced block of text for a model.
     */
    context(request: ContextRequest, now?: number | null): ContextBlock;
    /**
     * The memories that edits change, by the edits' ids, which `forget` takes back; empty
     * for what is no edit, or was taken back.
     */
    editedBy(edits: string[]): string[];
    /**
     * Ends a session: adds a summary by rules, unless there is nothing to say or
     * one was made since, and the end with its counts. Ending twice adds nothing.
     * What is not durable yet counts too. `NotFound` if nothing is recorded of it.
     */
    endSession(key: string, now: number): EndedSession;
    /**
     * The lines of a segment that an export holds, without line ends; all
     * segments must have been read before.
     */
    exportLines(bytes: Uint8Array | number[]): string[];
    /**
     * The value of a key, which does not count as recalled. `NotFound` with a message that
     * begins with `project` if nothing is recorded of it, and with `key` if that
     * has no value that holds.
     */
    fact(project: string, key: string, now: number): Fact;
    /**
     * Facts of a project; none of them counts as recalled. `NotFound` with a message that
     * begins with `project` if nothing is recorded of it.
     */
    facts(request: FactRequest, now: number): FactList;
    /**
     * The texts of at most so many memories that have no vector of the model, newest first; each
     * but once.
     */
    fetchTexts(most: number): FetchedTexts;
    /**
     * What the filter, with the user's rules, leaves of a text that is kept elsewhere than
     * in a record; nothing if all of it is private.
     */
    filtered(text: string): string | undefined;
    /**
     * The file of that name could not be written; its records come again.
     */
    flushFailed(name: string): void;
    /**
     * The file of that name is durable: its records are found from here on.
     */
    flushed(name: string): void;
    /**
     * Ends what a selection holds, for good; gives how many memories there are
     * of it. A whole project, or everything, ends as of now: with what other
     * windows wrote and this one has not seen.
     */
    forget(selection: ForgetSelection, now: number): number;
    /**
     * Memories by their ids, in that order; unknown ones are left out. As everywhere, the
     * first digits of an id do, at least 8 of them; `InvalidInput` if several ids begin so.
     */
    get(ids: string[], now?: number | null): MemoryList;
    /**
     * Takes in whole lines of an export, at most 4 MiB of them. Ids are kept,
     * texts are filtered again, and nothing gets more than `trust`; a line that
     * cannot be taken is part of the report.
     */
    importLines(text: string, trust: Trust, now: number): ImportReport;
    /**
     * Reads a segment; damage is part of the report.
     */
    ingest(name: string, bytes: Uint8Array | number[], now: number): SegmentReport;
    /**
     * Makes what was counted pending by itself, as before a window closes.
     */
    keepUses(now: number): void;
    /**
     * Of these whole ids those whose records are here already, or were forgotten.
     */
    knownAmong(ids: string[]): string[];
    /**
     * The commits of a project that are remembered, a line each: its hash and those of the
     * commits that it follows, parted by spaces.
     */
    knownCommits(project: string): string[];
    /**
     * Takes in commits; one that was learned before, or forgotten, adds nothing.
     */
    learn(project: Project, commits: CommitList, now: number): Learned;
    /**
     * Starts from an image, before any segment was read. `listed` are the names
     * of the segments that are there. False if the image cannot be used: delete
     * it and read the segments.
     */
    loadCache(image: ImageReader, listed: string[], now: number): boolean;
    /**
     * Those of `names` that are segments and were not read yet, newest first.
     */
    missing(names: string[]): string[];
    /**
     * An empty store. `seed` is 32 bytes, fresh from a secure generator each
     * time; `app` is the version written into segments.
     */
    constructor(seed: Uint8Array | number[], app: string);
    /**
     * The next file to write; none while one is in flight or nothing is pending.
     */
    nextFlush(now: number): Flush | undefined;
    /**
     * The next operation that keeps the files in order, if there is one and
     * none is under way; carry it out and call `complete`. Small segments are
     * folded together if there are more than `compactAbove`, which is left out
     * unless the window is idle.
     */
    nextOperation(now: number, compact_above?: number | null): Operation | undefined;
    /**
     * Tells which files are in quarantine; other windows put some there too.
     */
    noteQuarantined(names: string[]): void;
    /**
     * Takes in what a tool's use is worth remembering for, by rules. Skipped as
     * `nothing` if it is for nothing, and as `private` if its prompt is. The
     * provenance is that of the tool's kind, whatever `origin` says.
     */
    observe(tool_use: ToolUse, origin: Origin, now: number): Appended;
    /**
     * What recurs over sessions. The first call reads all events, later ones those
     * of sessions that have changed. `NotFound` for a project of which nothing is
     * recorded.
     */
    patterns(request: PatternRequest, now: number): PatternList;
    /**
     * The time that a text is, such as `last week`, `since July`, `7d` or `2026-01-31`; nothing
     * if it says anything else.
     */
    period(text: string, now: number): Period | undefined;
    /**
     * The project that a place belongs to. What was recorded under other ids of it is
     * found from here on; a record says so along with the next memory of it.
     */
    projectAt(place: Place): Project;
    /**
     * The project of an id, or of a name that it has or had; of several the one that
     * was used last.
     */
    projectNamed(name: string): Project | undefined;
    /**
     * Projects, the most recently used first.
     */
    projects(now?: number | null): ProjectList;
    /**
     * Whether a session's prompt is private as a whole, its latest unless one is
     * named: then nothing that follows from it is stored.
     */
    promptPrivacy(session: string, number?: number | null): boolean;
    /**
     * Newest first.
     */
    recent(filter: Filter, now?: number | null): SearchResult;
    /**
     * Brings the summary of a session that goes on up to date, under the id that it
     * keeps; durable once flushed. That id if there is a new version; nothing where
     * the version that is there says all, or there is nothing to say.
     */
    refreshSummary(key: string, now: number): string | undefined;
    /**
     * Takes in a text that a person typed or selected.
     */
    remember(note: Note, now: number): Appended;
    /**
     * An image of the index to start from next time; none while something waits
     * to be written.
     */
    saveCache(): Uint8Array | undefined;
    /**
     * Best first; without words, newest first. Ages count from the request's `now`;
     * which facts hold is decided as of the `now` beside it, the host's clock.
     */
    search(request: SearchRequest, now?: number | null): SearchResult;
    /**
     * How much memories matter, in that order; unknown ids are left out. Uses
     * count when they are durable.
     */
    seen(ids: string[], now: number): SeenList;
    /**
     * Shows what a selection holds. Nothing changes.
     */
    select(selection: ForgetSelection, now?: number | null): Selected;
    /**
     * The session of that key; `NotFound` if nothing is recorded of it.
     */
    session(key: string, now: number): SessionDetail;
    /**
     * Sessions, the one with the newest record first. One that has no end and no
     * record for 30 minutes counts as ended with its last record.
     */
    sessions(request: SessionRequest, now: number): SessionList;
    /**
     * How fast memories fade from here on, in searches and in `seen`. The message of an
     * error says which sector is wrong; nothing changes then.
     */
    setHalfLives(half_lives: HalfLives): void;
    /**
     * Takes the table of word vectors, by which memories are found by what they mean, too;
     * without one search goes by words alone. Throws an `InvalidInput` error for bytes that are
     * no such table.
     */
    setMeaning(table: Uint8Array | number[]): void;
    /**
     * Takes vectors of a model of so many numbers from here on, beside those of the table. `of`
     * tells the model from any other; vectors of another go.
     */
    setModel(width: number, of: number): void;
    /**
     * What is kept out from here on, besides what the module knows of itself.
     * Gives what is wrong with each rule that cannot be used; the others hold.
     */
    setPrivacyRules(rules: PrivacyRules): string[];
    /**
     * When the user's days begin, from here on: in questions, in blocks for a model and in
     * habits. Pairs of a moment in Unix milliseconds and of the minutes that local time is
     * ahead of UTC from then on; before the first as from then on. UTC unless told.
     */
    setZone(changes: Float64Array | number[]): void;
    /**
     * Gives some more of the memories their vectors, for a few milliseconds; whether others are
     * left. `settle` does so too; this is for who asks once and does nothing else.
     */
    settleMeaning(): boolean;
    /**
     * Makes some more of the names ready that questions and conditions ask by, for a few
     * milliseconds; whether others are left. `settle` does so too; this is for who is about to ask.
     */
    settleNames(): boolean;
    /**
     * Makes some more of the memories ready for questions, for a few milliseconds: names that
     * these ask by, and vectors. Whether others are left; call it in idle moments until it is
     * false.
     */
    settle(): boolean;
    /**
     * The shortest beginnings of ids that no other record shares, at least 8 digits:
     * they are taken wherever an id is. What is no id is refused, an unknown one is
     * shortened all the same.
     */
    shortIds(ids: string[]): string[];
    /**
     * What the store holds.
     */
    stats(now?: number | null): Stats;
    /**
     * Adds a summary by rules of a session that goes on; `closing` is the
     * assistant's last message. Nothing if there is nothing to say or, without
     * `closing`, one was made since.
     */
    summariseSession(key: string, closing: string | null | undefined, now: number): Appended | undefined;
    /**
     * Takes what the model made of a text that was fetched, by the number of its row.
     */
    takeVector(row: number, vector: Float32Array | number[]): void;
    /**
     * What stood around a memory, a session or a moment.
     */
    timeline(request: TimelineRequest, now?: number | null): TimelineResult;
    /**
     * Counts a use of each of these memories; unknown ids are passed over. Counts
     * are written with the next file that is written for something else.
     */
    used(ids: string[], how: UseOf, now: number): void;
    /**
     * How many records wait to be written, those of a file in flight among them.
     * They are written in the order they came.
     */
    readonly pending: number;
}

declare function __wbg_reset_state(): void;

/**
 * Number of the index's schema, for the name of an image.
 */
export function cacheSchema(): number;

/**
 * A text without what is hidden in it or acts on a terminal.
 */
export function cleanText(text: string): string;

/**
 * Whether a text has a privacy tag, so that not all of it is kept.
 */
export function hasPrivate(text: string): boolean;

/**
 * The tokens that full-text search sees of a text, parted by spaces.
 */
export function indexedText(text: string): string;

/**
 * What a segment holds, without taking it in.
 */
export function inspectSegment(name: string, bytes: Uint8Array | number[]): SegmentReport;

/**
 * The project of a folder and, if it has one, of its git remote.
 */
export function projectOf(remote: string | null | undefined, folder: string): Project;

/**
 * A text with a marker for each secret in it, as it would be kept.
 */
export function redactSecrets(text: string): string;

/**
 * Has the next call run in a new instance of the module: after a trap the memory of
 * the old one may hold anything. Whatever was made before is gone with it.
 */
export function startAnew(): void;

/**
 * What the privacy filter leaves of a text; nothing if all of it was private.
 */
export function stripPrivate(text: string): string | undefined;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_flush_free: (a: number, b: number) => void;
    readonly __wbg_foreigndatabase_free: (a: number, b: number) => void;
    readonly __wbg_operation_free: (a: number, b: number) => void;
    readonly __wbg_recollect_free: (a: number, b: number) => void;
    readonly cacheSchema: () => number;
    readonly cleanText: (a: number, b: number) => [number, number];
    readonly flush_bytes: (a: number) => any;
    readonly flush_name: (a: number) => [number, number];
    readonly flush_records: (a: number) => number;
    readonly foreigndatabase_new: (a: any) => [number, number, number];
    readonly foreigndatabase_rows: (a: number, b: number, c: number) => [number, number, number, number];
    readonly hasPrivate: (a: number, b: number) => number;
    readonly indexedText: (a: number, b: number) => [number, number];
    readonly inspectSegment: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly operation_area: (a: number) => [number, number];
    readonly operation_bytes: (a: number) => any;
    readonly operation_kind: (a: number) => [number, number];
    readonly operation_name: (a: number) => [number, number];
    readonly projectOf: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_activity: (a: number, b: any, c: number, d: number, e: number) => [number, number, number];
    readonly recollect_aliased: (a: number, b: number, c: number) => [number, number];
    readonly recollect_aliases: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_append: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_ask: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_capture: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_changeSession: (a: number, b: number, c: number, d: any, e: number) => [number, number];
    readonly recollect_commandWorked: (a: number, b: any, c: any, d: number) => [number, number, number];
    readonly recollect_complete: (a: number, b: any, c: number, d: number, e: number) => [number, number];
    readonly recollect_context: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_editedBy: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_endSession: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_exportLines: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_fact: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly recollect_facts: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_fetchTexts: (a: number, b: number) => [number, number, number];
    readonly recollect_filtered: (a: number, b: number, c: number) => [number, number];
    readonly recollect_flushFailed: (a: number, b: number, c: number) => [number, number];
    readonly recollect_flushed: (a: number, b: number, c: number) => [number, number];
    readonly recollect_forget: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_get: (a: number, b: number, c: number, d: number, e: number) => [number, number, number];
    readonly recollect_importLines: (a: number, b: number, c: number, d: any, e: number) => [number, number, number];
    readonly recollect_ingest: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly recollect_keepUses: (a: number, b: number) => [number, number];
    readonly recollect_knownAmong: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_knownCommits: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_learn: (a: number, b: any, c: any, d: number) => [number, number, number];
    readonly recollect_loadCache: (a: number, b: any, c: number, d: number, e: number) => number;
    readonly recollect_missing: (a: number, b: number, c: number) => [number, number];
    readonly recollect_new: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_nextFlush: (a: number, b: number) => number;
    readonly recollect_nextOperation: (a: number, b: number, c: number) => [number, number, number];
    readonly recollect_noteQuarantined: (a: number, b: number, c: number) => void;
    readonly recollect_observe: (a: number, b: any, c: any, d: number) => [number, number, number];
    readonly recollect_patterns: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_pending: (a: number) => number;
    readonly recollect_period: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_projectAt: (a: number, b: any) => [number, number, number];
    readonly recollect_projectNamed: (a: number, b: number, c: number) => [number, number, number];
    readonly recollect_projects: (a: number, b: number, c: number) => [number, number, number];
    readonly recollect_promptPrivacy: (a: number, b: number, c: number, d: number) => number;
    readonly recollect_recent: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_refreshSummary: (a: number, b: number, c: number, d: number) => [number, number, number, number];
    readonly recollect_remember: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_saveCache: (a: number) => [number, number, number];
    readonly recollect_search: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_seen: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_select: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_session: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly recollect_sessions: (a: number, b: any, c: number) => [number, number, number];
    readonly recollect_setHalfLives: (a: number, b: any) => [number, number];
    readonly recollect_setMeaning: (a: number, b: number, c: number) => [number, number];
    readonly recollect_setModel: (a: number, b: number, c: number) => void;
    readonly recollect_setPrivacyRules: (a: number, b: any) => [number, number, number, number];
    readonly recollect_setZone: (a: number, b: number, c: number) => void;
    readonly recollect_settle: (a: number) => [number, number, number];
    readonly recollect_settleMeaning: (a: number) => [number, number, number];
    readonly recollect_settleNames: (a: number) => [number, number, number];
    readonly recollect_shortIds: (a: number, b: number, c: number) => [number, number, number, number];
    readonly recollect_stats: (a: number, b: number, c: number) => [number, number, number];
    readonly recollect_summariseSession: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly recollect_takeVector: (a: number, b: number, c: number, d: number) => void;
    readonly recollect_timeline: (a: number, b: any, c: number, d: number) => [number, number, number];
    readonly recollect_used: (a: number, b: number, c: number, d: any, e: number) => [number, number];
    readonly redactSecrets: (a: number, b: number) => [number, number];
    readonly startAnew: () => void;
    readonly stripPrivate: (a: number, b: number) => [number, number];
    readonly rust_sqlite_wasm_host_sleep: (a: bigint, b: number) => void;
    readonly rust_sqlite_wasm_host_random: (a: number, b: number) => number;
    readonly rust_sqlite_wasm_host_epoch_timestamp_in_ms: (a: number) => number;
    readonly rust_sqlite_wasm_abort: () => void;
    readonly rust_sqlite_wasm_assert_fail: (a: number, b: number, c: number, d: number) => void;
    readonly rust_sqlite_wasm_calloc: (a: number, b: number) => number;
    readonly rust_sqlite_wasm_malloc: (a: number) => number;
    readonly rust_sqlite_wasm_free: (a: number) => void;
    readonly rust_sqlite_wasm_getentropy: (a: number, b: number) => number;
    readonly rust_sqlite_wasm_host_fill_entropy: (a: number, b: number) => number;
    readonly rust_sqlite_wasm_host_localtime: (a: bigint, b: number) => number;
    readonly rust_sqlite_wasm_localtime: (a: number) => number;
    readonly rust_sqlite_wasm_realloc: (a: number, b: number) => number;
    readonly sqlite3_os_end: () => number;
    readonly sqlite3_os_init: () => number;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
