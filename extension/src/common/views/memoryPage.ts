import type { Memory, Seen } from "recollect-wasm";
import { webAddresses } from "../git/webAddress.js";
import type { Localize } from "../Localize.js";
import { isProposal } from "../memories/Inbox.js";
import { summaryParts } from "../recall/summaryParts.js";
import { formatTime, oneLine } from "../text/plainText.js";
import { OBSERVATION_TYPES, typeWord } from "./memoryRow.js";
import type { Page, PageRow, PageSection } from "./protocol.js";

/** What a memory's page says besides the memory. */
export interface MemoryPageContext {
  /** How much it matters now. */
  readonly seen?: Seen;
  /** Whether it is about to be forgotten. */
  readonly isLeaving?: boolean;
}

/** Everything of one memory, and what can be done with it. */
export function memoryPage(
  memory: Memory,
  { seen, isLeaving = false }: MemoryPageContext,
  l10n: Localize,
): Page {
  const { id, isPinned } = memory;
  const web = webAddresses(memory.project.id);
  const actions: Page["actions"] = isLeaving
    ? [{ label: l10n.t("Undo"), act: { do: "undoForget", id } }]
    : [
        ...(isProposal(memory)
          ? [
              { label: l10n.t("Keep"), act: { do: "keep" as const, id } },
              { label: l10n.t("Reject"), act: { do: "reject" as const, id } },
            ]
          : []),
        {
          label: isPinned ? l10n.t("Unpin") : l10n.t("Pin"),
          act: { do: "pin", id, isPinned: !isPinned },
        },
        { label: l10n.t("Show timeline"), act: { do: "timeline", id } },
        { label: l10n.t("Copy"), act: { do: "copy", id } },
        ...(memory.flag === undefined
          ? []
          : [
              {
                label: l10n.t("Recall it like others"),
                act: { do: "markHarmless" as const, id },
              },
            ]),
        { label: l10n.t("Forget"), act: { do: "forget", id } },
      ];
  return {
    title: memory.title,
    kindWord: typeWord(memory, l10n),
    warnings: warningsOf(memory, isLeaving, l10n),
    facts: factsOf(memory, seen, l10n),
    sections: [...textSections(memory, l10n), ...fileSections(memory, l10n)],
    actions,
    ...(web === undefined ? {} : { numberAddress: web.number }),
    ...(isLeaving || memory.kind !== "observation"
      ? {}
      : {
          edit: {
            ...{ id, title: memory.title, text: memory.narrative ?? "" },
            type: OBSERVATION_TYPES.find((type) => type === memory.type) ?? "discovery",
          },
        }),
  };
}

function warningsOf(memory: Memory, isLeaving: boolean, l10n: Localize): string[] {
  const { trust, flag } = memory;
  const low = isProposal(memory)
    ? l10n.t("An assistant proposes this. It is not recalled until you keep it.")
    : l10n.t("Low trust: it is never recalled by itself, nor given to a model.");
  return [
    ...(isLeaving ? [l10n.t("This will be forgotten in a few seconds.")] : []),
    ...(trust === "low" ? [low] : []),
    ...(flag === undefined
      ? []
      : [
          l10n.t(
            "It reads like an instruction to an assistant, so it is never recalled by itself.",
          ),
        ]),
  ];
}

function factsOf(memory: Memory, seen: Seen | undefined, l10n: Localize): PageRow[] {
  const { at, author, commit, tag, session, project, isEdited, isPinned, concepts } = memory;
  const web = webAddresses(project.id);
  const facts: PageRow[] = [{ label: l10n.t("When"), description: formatTime(at) }];
  if (author !== undefined) facts.push({ label: l10n.t("Author"), description: author });
  if (tag !== undefined) facts.push({ label: l10n.t("Release"), description: tag });
  if (commit !== undefined)
    facts.push({
      label: l10n.t("Commit"),
      description: commit.slice(0, 10),
      ...(web === undefined
        ? {}
        : {
            also: {
              label: l10n.t("Open on the web"),
              act: { do: "openWeb" as const, address: web.commit(commit) },
            },
          }),
    });
  if (session !== undefined)
    facts.push({
      label: l10n.t("Session"),
      description: l10n.t("open"),
      act: { do: "openSession", key: session },
    });
  facts.push(
    { label: l10n.t("Project"), description: project.name },
    { label: l10n.t("Written by"), description: provenanceWord(memory, l10n) },
    {
      label: l10n.t("Trust"),
      description: memory.trust === "low" ? l10n.t("low") : l10n.t("high"),
    },
  );
  if (concepts.length > 0)
    facts.push({ label: l10n.t("Concepts"), description: concepts.join(", ") });
  const state = [
    ...(isPinned ? [l10n.t("pinned")] : []),
    ...(isEdited ? [l10n.t("edited")] : []),
    ...(seen === undefined
      ? []
      : [
          l10n.t("matters {0} %", Math.round(seen.salience * 100)),
          recalledWords(seen.recalled, l10n),
        ]),
  ];
  if (state.length > 0) facts.push({ label: l10n.t("State"), description: state.join(", ") });
  return facts;
}

function recalledWords(times: number, l10n: Localize): string {
  if (times === 0) return l10n.t("never recalled");
  return times === 1 ? l10n.t("recalled once") : l10n.t("recalled {0} times", times);
}

function provenanceWord({ provenance }: Memory, l10n: Localize): string {
  switch (provenance) {
    case "user":
      return l10n.t("you");
    case "assistant":
      return l10n.t("an assistant");
    case "tool":
      return l10n.t("a program");
    case "file":
      return l10n.t("the git history");
    case "web":
      return l10n.t("the web");
    case "import":
      return l10n.t("an import");
    case "sync":
      return l10n.t("another machine");
  }
}

function textSections(memory: Memory, l10n: Localize): PageSection[] {
  const { summary, narrative, subtitle, facts } = memory;
  if (summary !== undefined) {
    return summaryParts(summary, l10n).flatMap(([heading, text = ""]) =>
      text.trim() === "" ? [] : [{ kind: "text", heading, text: text.trim() }],
    );
  }
  const sections: PageSection[] = [];
  // Of a commit it says what stands among the facts.
  if (memory.commit === undefined && subtitle !== undefined && subtitle.trim() !== "")
    sections.push({ kind: "text", text: subtitle });
  if (narrative !== undefined && narrative.trim() !== "")
    sections.push({ kind: "text", text: narrative.trim() });
  if (facts.length > 0)
    sections.push({
      kind: "text",
      heading: l10n.t("Facts"),
      text: facts.map((fact) => `- ${oneLine(fact, 1_000)}`).join("\n"),
    });
  const said = memory.text.trim();
  const isSaid =
    said === memory.title || (memory.commit !== undefined && said === subtitle?.trim());
  if (sections.length === 0 && said !== "" && !isSaid) sections.push({ kind: "text", text: said });
  return sections;
}

function fileSections({ filesModified, filesRead, commit }: Memory, l10n: Localize): PageSection[] {
  const rows = (paths: readonly string[], hasDiff: boolean): PageRow[] =>
    paths.map((path) => ({
      label: path,
      act: { do: "openFile", path },
      ...(hasDiff && commit !== undefined
        ? {
            also: {
              label: l10n.t("Diff"),
              act: { do: "openDiff" as const, path, commit },
            },
          }
        : {}),
    }));
  return [
    ...(filesModified.length === 0
      ? []
      : [
          {
            ...{ kind: "rows" as const, heading: l10n.t("Files changed") },
            rows: rows(filesModified, true),
          },
        ]),
    ...(filesRead.length === 0
      ? []
      : [
          {
            ...{ kind: "rows" as const, heading: l10n.t("Files read") },
            rows: rows(filesRead, false),
          },
        ]),
  ];
}

/** A memory as plain text, for the clipboard. */
export function memoryText({ title, text, filesModified, commit }: Memory): string {
  return [
    title,
    ...(text.trim() === "" || text.trim() === title ? [] : ["", text.trim()]),
    ...(commit === undefined ? [] : ["", commit]),
    ...(filesModified.length === 0 ? [] : ["", ...filesModified]),
  ].join("\n");
}
