import type { Localize } from "../Localize.js";
import type { Page } from "./protocol.js";

/** Characters of a token, as far as that can be said for all models. */
const CHARACTERS_A_TOKEN = 4;

/** What a model would be given about a file, or about the whole project, as it would get it. */
export function contextPage(given: string, file: string | undefined, l10n: Localize): Page {
  return {
    title: l10n.t("What a model would be given here"),
    kindWord: l10n.t("preview"),
    warnings: [],
    facts: [
      file === undefined
        ? { label: l10n.t("About"), description: l10n.t("the whole project") }
        : { label: l10n.t("About"), description: file, act: { do: "openFile", path: file } },
      {
        label: l10n.t("Size"),
        description: l10n.t("about {0} tokens", Math.ceil(given.length / CHARACTERS_A_TOKEN)),
      },
    ],
    sections: [
      {
        kind: "text",
        text: l10n.t(
          "An assistant that asks what to know before it works here gets this text. It follows the file that you look at.",
        ),
      },
      { kind: "raw", text: given },
    ],
    actions: [],
  };
}
